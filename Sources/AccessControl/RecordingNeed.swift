import Vocabulary

extension Declaration {
  /// What somebody must be allowed to record this type from outside; `nil`: nobody records it from outside, because it says
  /// what the machine itself did or saw.
  public var recordingNeed: Capability? {
    switch name.prefix(while: { $0 != "." }) {
    case "log", "projection", "data", "retention", "report": nil
    case "rule": .changeRules
    case "access": .administer
    case "approval": name == "approval.decided" ? .decide : .record
    default: .record
    }
  }
}

extension Principal {
  /// Categories of personal values that they may see.
  public var visible: Set<PersonalCategory> { Set(PersonalCategory.allCases.filter { $0.grade <= clearance }) }
}
