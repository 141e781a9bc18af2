public import AccountHistory
import Events
public import Projection
public import Vocabulary
public import Wire

/// What is at stake with this customer: the money of twelve months, and the grade that people gave them.
public enum Worth: Projection {
  public typealias Source = Trade
  public typealias Rules = NoRules
  public static let name = "worth"
  public static let shape = 1
  public static let title = Name("What is at stake", "客户价值")

  /// Money counts for so many days.
  static let windowDays = 365

  // MARK: Conclude

  public static func conclude(
    _ facts: Trade.Facts, _ series: borrowing SeriesStore, by rule: Ruled<NoRules>, asOf now: Instant, trace: inout some Trace
  ) -> WorthRow? {
    let movements = PurchaseHistory(facts.purchases, series, by: .paymentsFirst).movements.filter { $0.moment.at <= now }
    let grade = facts.grades.given(in: series, asOf: now)
    guard let last = movements.last?.moment ?? grade?.moment else { return nil }
    let recent = movements.filter { now < $0.moment.at.adding(days: windowDays) }
    var sums: [(currency: UInt16, minor: Int64)] = []
    for movement in recent {
      if let place = sums.firstIndex(where: { $0.currency == movement.currency }) {
        sums[place].minor = sums[place].minor.plusMoney(movement.amount)
      } else {
        sums.append((movement.currency, movement.amount))
      }
    }
    trace.note(
      Finding(
        "revenue", Name("Money of \(windowDays) days", "近 \(windowDays) 天金额"), value: "\(recent.count)", threshold: "–",
        holds: !recent.isEmpty, evidence: recent.suffix(10).map(\.moment.seq)))
    let money = sums.sorted { $0.currency < $1.currency }.map {
      Amount(WorthRow.revenue, Currency(number: $0.currency), $0.minor)
    }
    return WorthRow(amounts: money, grade: grade?.grade, since: last.at, because: last.seq)
  }
}

// MARK: Row

public struct WorthRow: Row {
  /// What came in within twelve months, by currency; who pays nothing is counted by orders.
  public static let revenue = Word("revenue12m", "Revenue of 12 months", "近 12 个月收入")

  public let amounts: [Amount]
  public let grade: Rule.Judgement?
  public let since: Instant?
  public let because: Int64?

  /// The currency with the most money.
  private var main: Amount? { amounts.max { $0.minor < $1.minor } }

  public static let columns: [Column] = [
    Column("cur", .text, "Currency", "币种"),
    Column("revenue12mMinor", .money, "Revenue of 12 months", "近 12 个月收入"),
    Column("others", .text, "In other currencies, minor units", "其他币种（分）"),
    .code("grade", Rule.Judgement.self, "Grade", "客户等级"),
  ]

  public var values: [Value] {
    let others = amounts.filter { $0 != main }.map { "\($0.currency) \($0.minor)" }.joined(separator: "; ")
    return [
      main.map { .text($0.currency.description) } ?? .null, Value(main?.minor), others.isEmpty ? .null : .text(others),
      grade.map { Value($0) } ?? .null,
    ]
  }
  public var outcome: Int? { nil }
}
