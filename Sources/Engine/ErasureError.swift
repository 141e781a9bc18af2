import Vocabulary

/// Why personal data was not erased. Nothing was destroyed, but where the case says otherwise.
public enum ErasureError: Error, Hashable, Sendable {
  /// A legal hold is in force.
  case held(subject: String, hold: Int64)
  /// There is nothing to release.
  case noHold(subject: String)
  /// The store has no keys at hand.
  case noKeys
  /// Nobody has asked for this line to be redacted.
  case notRequested(line: Int64)
  /// Nobody but who asked has approved it.
  case notApproved(request: Int64)
  /// Who asked cannot approve.
  case sameActor(actor: String, request: Int64)
  /// The line is its hash already.
  case alreadyRedacted(line: Int64)
  /// After destroying, something could still be read: the erasure is not done.
  case remains(what: String)

  /// Stable, for programs.
  public var code: String {
    switch self {
    case .held: "E-ERASE-HELD"
    case .noHold: "E-HOLD-NONE"
    case .noKeys: "E-KEYS-NONE"
    case .notRequested: "E-REDACT-REQUEST"
    case .notApproved: "E-REDACT-APPROVAL"
    case .sameActor: "E-REDACT-ACTOR"
    case .alreadyRedacted: "E-REDACT-DONE"
    case .remains: "E-ERASE-REMAINS"
    }
  }
}
