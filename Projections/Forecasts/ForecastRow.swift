import AccountHistory
import Events
public import Projection
import Statistics
public import Vocabulary
public import Wire

public struct ForecastRow: Row {
  public let currency: Currency
  private let period: Period?
  private let now: Instant
  /// All that were submitted, by business time.
  private(set) var submissions: [Submission] = []
  /// The sum of what people submitted, of a company's row that has no submission of its own.
  private var summed: Amounts?
  private var summedFirst: Int64?
  private var wins = 0
  private var closed: Int64 = 0
  private var newestWin: Moment?
  private var openDeals = 0
  private var open: Int64 = 0
  private var weighted: Int64 = 0
  private var byCategory: [Int64] = [0, 0, 0]
  private var accuracy: Accuracy?
  private var firstAccuracy: Accuracy?

  struct Amounts: Hashable {
    var commit: Int64
    var best: Int64?
    var pipeline: Int64?
  }

  init(_ currency: Currency, _ period: Period?, asOf now: Instant) {
    (self.currency, self.period, self.now) = (currency, period, now)
  }
}

// MARK: Taking

extension ForecastRow {
  mutating func take(_ submission: Submission) { submissions.append(submission) }

  mutating func take(_ sale: Sale) {
    if let won = sale.won {
      wins += 1
      closed = closed.plusMoney(sale.value)
      newestWin.advance(to: won)
    } else {
      openDeals += 1
      open = open.plusMoney(sale.value)
      weighted = weighted.plusMoney(sale.weighted)
      let place = Int((sale.category ?? .pipeline).rawValue) - 1
      byCategory[place] = byCategory[place].plusMoney(sale.value)
    }
  }

  /// Takes the sum of people's forecasts of this period for the company's.
  mutating func sum(_ parts: [ForecastRow]) {
    let foretold = parts.compactMap(\.foretold)
    guard !foretold.isEmpty else { return }
    summed = Amounts(
      commit: foretold.map(\.commit).moneySum, best: foretold.compactMap(\.best).moneySum,
      pipeline: foretold.compactMap(\.pipeline).moneySum)
    summedFirst = parts.compactMap(\.firstCommit).moneySum
  }

  /// Takes how far the forecasts of ended periods missed.
  mutating func measure(_ periods: [ForecastRow]) {
    let ended = periods.filter { $0.isOver && $0.foretold != nil }
    accuracy = Accuracy(actual: ended.map { Double($0.closed) }, forecast: ended.compactMap { $0.foretold.map { Double($0.commit) } })
    let first = ended.filter { $0.firstCommit != nil }
    firstAccuracy = Accuracy(
      actual: first.map { Double($0.closed) }, forecast: first.compactMap { $0.firstCommit.map { Double($0) } })
  }
}

// MARK: What it says

extension ForecastRow {
  /// Whether the period has ended.
  public var isOver: Bool { period.map { $0.end.start <= now } ?? false }
  /// Submissions that were made before the period ended: later ones are no forecasts.
  private var timely: [Submission] {
    guard let end = period?.end.start else { return [] }
    return submissions.filter { $0.moment.at < end }
  }
  var foretold: Amounts? {
    timely.last.map { Amounts(commit: $0.commit, best: $0.best, pipeline: $0.pipeline) } ?? summed
  }
  var firstCommit: Int64? { timely.first?.commit ?? summedFirst }
  /// What came less what was foretold last: below zero, too much was foretold.
  public var errorMinor: Int64? { isOver ? foretold.map { closed.plusMoney(-$0.commit) } : nil }
  /// The same without its sign as a share of what came, in hundredths of a percent; `nil` where nothing came.
  public var errorBp: Int64? { share(of: errorMinor) }
  public var firstErrorBp: Int64? { isOver ? share(of: firstCommit.map { closed.plusMoney(-$0) }) : nil }

  private func share(of error: Int64?) -> Int64? {
    guard let error, closed > 0 else { return nil }
    let share = abs(Double(error)) / Double(closed) * 10_000
    return share < 1e15 ? Int64(share.rounded(.toNearestOrAwayFromZero)) : nil
  }

  private static func basisPoints(ofPercent percent: Double?) -> Int64? {
    percent.flatMap { $0 < 1e13 ? Int64(($0 * 100).rounded(.toNearestOrAwayFromZero)) : nil }
  }

  public var since: Instant? { (timely.last?.moment ?? newestWin)?.at }
  public var because: Int64? { (timely.last?.moment ?? newestWin)?.seq }

  public static let columns: [Column] = [
    Column("cur", .text, "Currency", "币种"),
    Column("submissions", .integer, "Times submitted", "上报次数"),
    Column("firstOn", .day, "First submitted on", "首次上报日"),
    Column("lastOn", .day, "Last submitted on", "末次上报日"),
    Column("isOver", .flag, "Period has ended", "期间已结束"),
    Column("commitMinor", .money, "Commit, as submitted last", "承诺（末次上报）"),
    Column("bestMinor", .money, "Best case", "最佳情形"),
    Column("pipelineMinor", .money, "Pipeline", "储备"),
    Column("firstCommitMinor", .money, "Commit, as submitted first", "承诺（首次上报）"),
    Column("wins", .integer, "Won opportunities", "赢单数"),
    Column("closedMinor", .money, "Won amount", "赢单金额"),
    Column("errorMinor", .money, "Won less commit; below zero: too much was foretold", "赢单减承诺；负数为高估"),
    Column("errorBp", .integer, "Error, of what was won (0.01 %)", "误差占实际（万分之一）"),
    Column("firstErrorBp", .integer, "Error of the first commit (0.01 %)", "首次上报误差（万分之一）"),
    Column("periods", .integer, "Ended periods with a forecast", "已结束且有预测的期数"),
    Column("biasMinor", .money, "Bias: mean of won less commit", "偏差：赢单减承诺的均值"),
    Column("mapeBp", .integer, "MAPE of the last commit (0.01 %)", "末次承诺的 MAPE（万分之一）"),
    Column("firstMapeBp", .integer, "MAPE of the first commit (0.01 %)", "首次承诺的 MAPE（万分之一）"),
    Column("open", .integer, "Open opportunities", "在途商机数"),
    Column("openMinor", .money, "Open amount", "在途金额"),
    Column("weightedMinor", .money, "Open amount by probability", "在途加权金额"),
    Column("openCommitMinor", .money, "Open as commit", "在途：承诺"),
    Column("openBestMinor", .money, "Open as best case", "在途：最佳情形"),
    Column("openPipelineMinor", .money, "Open as pipeline", "在途：储备"),
  ]

  public var values: [Value] {
    let bias = accuracy.map { Int64(max(-9e15, min(9e15, $0.bias)).rounded(.toNearestOrAwayFromZero)) }
    return [
      .text(currency.description), Value(submissions.count), Value(submissions.first?.moment.at.day),
      Value(submissions.last?.moment.at.day), period == nil ? .null : .flag(isOver), Value(foretold?.commit),
      Value(foretold?.best), Value(foretold?.pipeline), Value(firstCommit), Value(wins), .integer(closed),
      Value(errorMinor), Value(errorBp), Value(firstErrorBp), period == nil ? Value(accuracy?.count ?? 0) : .null,
      Value(bias), Value(ForecastRow.basisPoints(ofPercent: accuracy?.mape)),
      Value(ForecastRow.basisPoints(ofPercent: firstAccuracy?.mape)), Value(openDeals), .integer(open),
      .integer(weighted), .integer(byCategory[0]), .integer(byCategory[1]), .integer(byCategory[2]),
    ]
  }
  public var outcome: Int? { nil }
  public static let outcomes: [Word] = []

  /// Notes every submission, and what came.
  func note(about subject: CensusSubject, in trace: inout some CensusTrace) {
    for submission in submissions {
      trace.note(
        subject,
        Finding(
          "submission", Name("Commit submitted on \(submission.moment.at.day)", "\(submission.moment.at.day) 上报承诺"),
          value: "\(submission.commit)", threshold: "\(closed)", holds: submission.commit <= closed,
          evidence: [submission.moment.seq]))
    }
    trace.note(
      subject,
      Finding(
        "won", Name("Won", "赢单"), value: "\(closed)", threshold: foretold.map { "\($0.commit)" } ?? "–",
        holds: foretold.map { closed >= $0.commit } ?? false, evidence: [newestWin?.seq]))
  }

  public static func == (a: ForecastRow, b: ForecastRow) -> Bool {
    a.values == b.values && a.since == b.since && a.because == b.because
  }
  public func hash(into hasher: inout Hasher) { hasher.combine(because) }
}
