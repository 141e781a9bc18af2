import AccountHistory
import Events
public import Projection
public import Vocabulary
public import Wire

/// What is at stake with this customer: the money of twelve months, and the grade that people gave them.
public enum Worth: Gathering, Projection {
  public typealias Rules = NoRules
  public static let name = "worth"
  public static let shape = 1
  public static let title = Name("What is at stake", "客户价值")
  public static let key = Key.account
  public static let families: [any Family.Type] = [Order.self, Payment.self, Rule.self]

  /// Money counts for so many days.
  static let windowDays = 365

  // MARK: Facts

  /// Late entries: every series is sorted by business time when read.
  public struct Facts: BitwiseCopyable, Sendable {
    var purchases = Purchases()
    /// Grades, two places each: the number, and the day on which it expires.
    var grades = Series()
  }
  public static let initial = Facts()

  // MARK: Evolve

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if let type = event.type(in: Payment.self) {
      facts.purchases.take(type, event, &series)
    } else if let type = event.type(in: Order.self) {
      facts.purchases.take(type, event, &series)
    } else if let type = event.type(in: Rule.self) {
      switch type {
      case .assessmentSet: facts.grade(event, &series)
      case .published, .proposed, .rejected: break  // rules are not facts about a customer
      }
    }
  }

  // MARK: Conclude

  public static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, by rule: Ruled<NoRules>, asOf now: Instant, trace: inout some Trace
  ) -> WorthRow? {
    let revenue = revenue(facts, series, asOf: now)
    let grade = facts.grade(in: series, asOf: now)
    guard let last = revenue.last ?? grade?.moment else { return nil }
    trace.note(
      Finding(
        "revenue", Name("Money of \(windowDays) days", "近 \(windowDays) 天金额"), value: "\(revenue.recent.count)", threshold: "–",
        holds: !revenue.recent.isEmpty, evidence: revenue.recent.suffix(10).map(\.moment.seq)))
    return WorthRow(amounts: revenue.amounts, grade: grade?.grade, since: last.at, because: last.seq)
  }

  /// The money of twelve months by currency, the movements that make it, and the latest movement of any time.
  static func revenue(
    _ facts: Facts, _ series: borrowing SeriesStore, asOf now: Instant
  ) -> (amounts: [Amount], recent: [Movement], last: Moment?) {
    let movements = PurchaseHistory(facts.purchases, series, by: .paymentsFirst).movements.filter { $0.moment.at <= now }
    let recent = movements.filter { now < $0.moment.at.adding(days: windowDays) }
    var sums: [(currency: UInt16, minor: Int64)] = []
    for movement in recent {
      if let place = sums.firstIndex(where: { $0.currency == movement.currency }) {
        sums[place].minor += movement.amount
      } else {
        sums.append((movement.currency, movement.amount))
      }
    }
    let amounts = sums.sorted { $0.currency < $1.currency }.map {
      Amount(WorthRow.revenue, Currency(number: $0.currency), $0.minor)
    }
    return (amounts, recent, movements.last?.moment)
  }
}

extension Worth.Facts {
  fileprivate mutating func grade(_ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard event.code(Rule.Fact.dimension, of: Rule.Dimension.self) == .grade, let value = event.number(Rule.Fact.value)
    else { return }
    series.append(event.moment, value, to: &grades)
    series.append(event.moment, event.number(Rule.Fact.expiresOn) ?? Int64(Instant.distantFuture.day.number), to: &grades)
  }

  /// The latest grade that has not expired.
  fileprivate func grade(
    in series: borrowing SeriesStore, asOf now: Instant
  ) -> (grade: Rule.Judgement, moment: Moment)? {
    var latest: (grade: Rule.Judgement, moment: Moment)?
    var pending: SeriesStore.Entry?
    series.forEach(in: grades) { entry in
      guard let first = pending else { return pending = entry }
      pending = nil
      guard entry.moment.at <= now, entry.value > Int64(now.day.number), latest.map({ $0.moment < entry.moment }) ?? true,
        let grade = Rule.Judgement(rawValue: UInt8(truncatingIfNeeded: first.value))
      else { return }
      latest = (grade, entry.moment)
    }
    return latest
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
