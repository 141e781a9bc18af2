import Events
public import Projection
import Vocabulary

/// What a customer bought, and the grades that people gave them.
///
/// What is at stake with a customer, and the grading of all customers, are judged by it; it is gathered once for both.
public enum Trade: Gathering {
  public static let key = Key.account
  public static let families: [any Family.Type] = [Order.self, Payment.self, Rule.self]

  /// Late entries: every series is sorted by business time when read.
  public struct Facts: BitwiseCopyable, Sendable {
    public var purchases = Purchases()
    public var grades = Grades()
  }
  public static let initial = Facts()

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if let type = event.type(in: Payment.self) {
      facts.purchases.take(type, event, &series)
    } else if let type = event.type(in: Order.self) {
      facts.purchases.take(type, event, &series)
    } else if let type = event.type(in: Rule.self) {
      facts.grades.take(type, event, &series)
    }
  }

  public static func willJudge(_ facts: Facts, _ series: borrowing SeriesStore) { facts.purchases.willRead(in: series) }
}
