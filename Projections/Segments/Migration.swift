import AccountHistory
public import CompanyRules
public import Projection
public import Vocabulary
public import Wire

/// Who changed grade since the grading before: the matrix of moves, with the money behind each.
///
/// A row for each move and currency, `company:all/CNY/a-b`: customers who were A and are B. Grades that people gave count
/// as they were given.
public enum Migration: Census {
  public typealias Source = Trade
  public static let name = "migration"
  public static let shape = 1
  public static let title = Name("Moves between grades", "等级迁移矩阵")
  public static let ruleKind: String? = "segment"
  public static let shippedRules = SegmentRules.shipped

  public typealias Return = Turnover

  public static func report(
    _ facts: Trade.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<SegmentRules>, asOf now: Instant,
    to returns: inout [Turnover]
  ) { Segments.report(facts, series, of: key, by: rule, asOf: now, to: &returns) }

  public static func conclude(
    _ returns: [Turnover], by rule: Ruled<SegmentRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<MigrationRow>] {
    let graded = Grading.all(returns, by: rule.body)
    var tally = Tally<MigrationRow>()
    for (place, turnover) in returns.enumerated() {
      guard let currency = turnover.currency else { continue }
      let row = SegmentRow(turnover, graded[place], .none, by: rule.body, asOf: now)
      let part = "\(currency)/\(row.gradeBefore?.word.text ?? "none")-\(row.grade.word.text)"
      tally.update(
        CensusSubject(.fixed("company:all"), part: part), from: MigrationRow(currency, row.gradeBefore, row.grade)
      ) { $0.add(row) }
    }
    let sums = tally.all.map(\.sum)
    return tally.all.map { subject, sum in
      var row = sum
      row.compare(with: sums)
      row.note(about: subject, in: &trace)
      return CensusRow(subject, row)
    }
  }
}

public struct MigrationRow: Row {
  public let currency: Currency
  public let before: SegmentGrade?
  public let after: SegmentGrade
  public private(set) var customers = 0
  public private(set) var revenueMinor: Int64 = 0
  /// Of those who had the grade before, in hundredths of a percent, rounded down.
  public private(set) var shareBp: Int64?
  private var last: Moment?

  init(_ currency: Currency, _ before: SegmentGrade?, _ after: SegmentGrade) {
    (self.currency, self.before, self.after) = (currency, before, after)
  }

  mutating func add(_ row: SegmentRow) {
    customers += 1
    revenueMinor = revenueMinor.plusMoney(row.revenueMinor)
    if let at = row.since, let seq = row.because { last.advance(to: Moment(at: at, seq: seq)) }
  }

  mutating func compare(with all: [MigrationRow]) {
    let whole = all.filter { $0.currency == currency && $0.before == before }.reduce(0) { $0 + $1.customers }
    shareBp = whole == 0 ? nil : Int64(customers * 10_000 / whole)
  }

  public var since: Instant? { last?.at }
  public var because: Int64? { last?.seq }

  public static let columns: [Column] = [
    .code("after", SegmentGrade.self, "Grade now", "本次等级"),
    .code("before", SegmentGrade.self, "Grade before", "上次等级"),
    .code("move", GradeMove.self, "Move", "等级变动"),
    Column("customers", .integer, "Customers", "客户数"),
    Column("shareBp", .integer, "Of those with the grade before (0.01 %)", "占上次该等级（万分之一）"),
    Column("cur", .text, "Currency", "币种"),
    Column("revenueMinor", .money, "Revenue of the window", "统计期收入"),
  ]

  private var move: GradeMove {
    guard let before else { return .new }
    return before == after ? .stayed : after.rawValue < before.rawValue ? .rose : .fell
  }

  public var values: [Value] {
    [
      Value(after), before.map { Value($0) } ?? .null, Value(move), Value(customers), Value(shareBp), .text(currency.description),
      .integer(revenueMinor),
    ]
  }
  public var outcome: Int? { Int(after.rawValue) - 1 }
  public var amounts: [Amount] { [Amount(SegmentRow.revenue, currency, revenueMinor)] }

  func note(about subject: CensusSubject, in trace: inout some CensusTrace) {
    trace.note(
      subject,
      Finding(
        "customers", Name("Customers who moved so", "发生此变动的客户数"), value: "\(customers)", threshold: "–", holds: true,
        evidence: [because]))
  }
}
