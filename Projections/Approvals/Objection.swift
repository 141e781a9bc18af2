public import Vocabulary

/// What is wrong with a decision, or with what took effect without one.
public enum Objection: UInt8, CodeSet {
  case concerned = 1
  case overLimit = 2
  case wrongRole = 3
  case late = 4
  case noDecision = 5
  case notApproved = 6
  case rolesMissing = 7
  case decidedAfter = 8
  case aboveApproved = 9
  case usedTwice = 10

  public var word: Word {
    switch self {
    case .concerned: Word("concerned", "Decided by who asked, benefits or records it", "由申请人、受益人或入账人审批")
    case .overLimit: Word("over-limit", "Decided above the limit of the step", "超出该步骤权限")
    case .wrongRole: Word("wrong-role", "Decided in another role than the step's", "审批角色与步骤不符")
    case .late: Word("late", "Took longer than the rule allows", "超过规定的审批时限")
    case .noDecision: Word("no-decision", "Took effect without any decision", "未经审批即生效")
    case .notApproved: Word("not-approved", "Took effect though it was not approved", "未获同意即生效")
    case .rolesMissing: Word("roles-missing", "Roles that the rule asks for did not decide", "规则要求的角色未审批")
    case .decidedAfter: Word("decided-after", "Decided after it took effect", "生效之后才审批")
    case .aboveApproved: Word("above-approved", "For more than was approved", "超出批准的金额")
    case .usedTwice: Word("used-twice", "The decision was used before", "同一审批重复使用")
    }
  }
  var bit: UInt64 { 1 << UInt64(rawValue - 1) }
}
