import Events
import Matters
public import Projection
public import Vocabulary
import Wire

/// What is gathered of requests for decisions, and of what takes effect only by one.
public enum DecisionBook: Gathering {
  public static let key = Key.account
  public static let families: [any Family.Type] = [
    Approval.self, Contract.self, Payment.self, Performance.self, People.self, Access.self, Process.self, Market.self,
    Privacy.self, Rule.self,
  ]
  public static let passesOver = [TypeCode(Access.dataAccessed)]
  public static let readsSubjects = true

  public struct Facts: BitwiseCopyable, Sendable {
    var approvals = Notes()
    /// What waits for a second person, and the terms of contracts before it.
    var effects = Notes()
  }
  public static let initial = Facts()

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if event.type.family == Approval.code {
      facts.approvals.take(event, &series)
    } else if DecisionBook.matters(event.type) {
      facts.effects.take(event, &series)
    }
  }

  /// Whether an event is one that waits for a second person, or states the terms that one changes.
  private static func matters(_ type: TypeCode) -> Bool {
    if let payment = Payment(type) {
      switch payment {
      case .adjusted: return true
      case .received, .failed, .refunded, .demanded: return false
      }
    }
    if let contract = Contract(type) {
      switch contract {
      case .drafted, .signed, .activated, .amended, .renewed: return true
      case .revised, .obligationMet, .breachRecorded, .ended, .archived, .textFrozen: return false
      }
    }
    return SecondPerson.isAwaited(by: type)
  }
}

extension Family {
  /// The family's type with a number; `nil` for a type of another family.
  init?(_ code: TypeCode) {
    guard code.family == Self.code else { return nil }
    self.init(rawValue: code.type)
  }
}

/// Which types take effect only by a second person's decision, as their declarations say; a test holds the two together.
enum SecondPerson {
  static func isAwaited(by type: TypeCode) -> Bool {
    if let contract = Contract(type) { return contract == .amended || contract == .renewed }
    if let payment = Payment(type) { return payment == .adjusted }
    if let people = People(type) { return people == .positionChanged }
    if let access = Access(type) { return access == .changed || access == .retentionDisposed }
    if let process = Process(type) { return process == .published }
    if let market = Market(type) { return market == .strategyPublished }
    if let privacy = Privacy(type) { return privacy == .holdReleased }
    if let rule = Rule(type) { return rule == .published }
    return Performance(type) != nil
  }

  /// The name of such a type.
  static func name(of type: TypeCode) -> String? { Catalogue.keshi.entry(of: type)?.declaration.name }
}
