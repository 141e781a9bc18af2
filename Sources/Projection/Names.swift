public import Vocabulary

/// The texts behind numbers: what a fact holds of a name, a reference, or who recorded an event.
///
/// Facts are numbers. A field of text that says who, where or for which period is a fact by the number that the log gave
/// to its text; a reference is a fact by its subject's number within its kind. The numbers say nothing but whether two
/// texts are the same: a conclusion may count and compare them, and must not depend on their order.
public protocol Names: Sendable {
  /// The text of a name; `nil` for a number that was never given.
  func text(_ number: Int64) -> String?
  /// The number of a text; `nil` where no event has it.
  func number(_ text: String) -> Int64?
  /// The id of a subject by its number within its kind.
  func id(_ kind: EntityKind, _ number: Int64) -> String?
  /// A subject by its kind and its number within it, as references hold it.
  func subject(_ kind: EntityKind, _ number: Int64) -> OwnSubject?
  /// The whole name of a subject, `contract:K-7`; `nil` for one that the log does not know.
  func name(of subject: OwnSubject) -> String?
  /// The subject that an account stands for, by the account's number.
  func holder(ofAccount account: Int) -> OwnSubject?
}

/// For judgements that meet no names.
public struct NoNames: Names {
  public init() {}
  public func text(_ number: Int64) -> String? { nil }
  public func number(_ text: String) -> Int64? { nil }
  public func id(_ kind: EntityKind, _ number: Int64) -> String? { nil }
  public func subject(_ kind: EntityKind, _ number: Int64) -> OwnSubject? { nil }
  public func name(of subject: OwnSubject) -> String? { nil }
  public func holder(ofAccount account: Int) -> OwnSubject? { nil }
}

/// The tags of what is a fact of the envelope. Fields have tags below these.
public enum EnvelopeFact: UInt8, Sendable {
  /// What the event is about, as its subject's number within its kind; none where that is the account itself. Costs
  /// nothing: the row names its subject anyway.
  case thing = 252
  /// Who recorded the event, as a name; of types whose declaration asks for it.
  case actor = 254
  /// In which role they recorded it, as a name; of types whose declaration asks for it.
  case role = 253
}
