import CompanyHistory
public import Projection
import Statistics
public import Vocabulary
public import Wire

public struct CycleRow: Row {
  private let kind: CycleKind
  /// Opportunities, or leads, that the row counts.
  public let entered: Int
  public let open: Int
  public let advanced: Int?
  public let won: Int
  public let lost: Int
  public let abandoned: Int
  /// Won ÷ (won + lost), in hundredths of a percent, rounded to the nearest.
  public let winRateBp: Int64?
  /// Won, or gone on, of all that the row counts.
  public let conversionBp: Int64?
  private let days: Summary?
  private let lostDays: Summary?
  private let money: CycleMoney.Sum?
  private let others: [CycleMoney.Sum]
  public let meanWonMinor: Int64?
  /// Sales velocity in minor units a day, see `salesVelocity`.
  public let velocityMinor: Int64?
  public let since: Instant?
  public let because: Int64?

  public static let columns: [Column] = [
    .code("counts", CycleKind.self, "Counts", "统计范围"),
    Column("entered", .integer, "Number", "数量"),
    Column("open", .integer, "Open", "进行中"),
    Column("advanced", .integer, "Went on", "继续推进"),
    Column("won", .integer, "Won", "赢单"),
    Column("lost", .integer, "Lost", "输单"),
    Column("abandoned", .integer, "Abandoned", "放弃"),
    Column("winRateBp", .integer, "Win rate: won of won and lost (0.01 %)", "赢单率：赢单占赢单与输单之和（万分之一）"),
    Column("conversionBp", .integer, "Conversion: won, or went on, of all (0.01 %)", "转化率：赢单或继续推进占全部（万分之一）"),
    Column("medianDays", .hundredths, "Median days to winning, or going on", "赢单或推进的天数中位数"),
    Column("meanDays", .hundredths, "Mean days to winning, or going on", "赢单或推进的平均天数"),
    Column("lostMedianDays", .hundredths, "Median days to losing", "输单天数中位数"),
    Column("lostMeanDays", .hundredths, "Mean days to losing", "输单平均天数"),
    Column("cur", .text, "Currency", "币种"),
    Column("wonMinor", .money, "Won amount", "赢单金额"),
    Column("meanWonMinor", .money, "Mean amount won", "平均赢单金额"),
    Column("openMinor", .money, "Open amount", "在途金额"),
    Column("weightedMinor", .money, "Open amount by probability", "在途加权金额"),
    Column(
      "velocityMinor", .money, "Velocity a day: open × win rate × mean won ÷ mean days to winning",
      "日销售速度：在途数 × 赢单率 × 平均赢单额 ÷ 平均赢单天数"),
    Column("others", .text, "Won in other currencies, minor units", "其他币种赢单（分）"),
  ]

  public var values: [Value] {
    let rest = others.filter { $0.won != 0 }.map { "\($0.currency) \($0.won)" }.joined(separator: "; ")
    return [
      Value(kind), Value(entered), Value(open), Value(advanced.map { Int64($0) }), Value(won), Value(lost),
      Value(abandoned), Value(winRateBp), Value(conversionBp), Value(hundredthsOf: days?.median),
      Value(hundredthsOf: days?.mean), Value(hundredthsOf: lostDays?.median), Value(hundredthsOf: lostDays?.mean),
      money.map { .text($0.currency.description) } ?? .null, Value(money?.won), Value(meanWonMinor), Value(money?.open),
      Value(money?.weighted), Value(velocityMinor), rest.isEmpty ? .null : .text(rest),
    ]
  }
  public var outcome: Int? { nil }
  public static let outcomes: [Word] = []
}

extension CycleRow {
  init(_ sum: CycleSum) {
    (kind, entered, open, won, lost, abandoned) = (sum.kind, sum.entered, sum.open, sum.won, sum.lost, sum.abandoned)
    let goesOn = kind == .stage || kind == .lead
    advanced = goesOn ? sum.advanced : nil
    let winRate = goesOn ? nil : Proportion(sum.won, of: sum.won + sum.lost)
    winRateBp = winRate?.basisPoints
    conversionBp = Proportion(goesOn ? sum.advanced : sum.won, of: sum.entered)?.basisPoints
    (days, lostDays) = (Summary(sum.days), Summary(sum.lostDays))
    (money, others) = (sum.money.main, sum.money.others)
    let mean = money.flatMap { $0.wins > 0 ? Double($0.won) / Double($0.wins) : nil }
    meanWonMinor = mean.map { Int64($0.rounded(.toNearestOrAwayFromZero)) }
    var velocity: Double?
    if let mean, let share = winRate?.share, let cycle = days?.mean {
      velocity = salesVelocity(open: sum.open, winRate: share, meanWon: mean, meanCycleDays: cycle)
    }
    velocityMinor = velocity.map { Int64($0.rounded(.toNearestOrAwayFromZero)) }
    (since, because) = (sum.last?.at, sum.last?.seq)
  }

  /// Notes each count with the newest events that it counted.
  func note(about subject: CensusSubject, _ sum: CycleSum, in trace: inout some CensusTrace) {
    let counts: [(CycleCount, String, Name, Int)] = [
      (.won, "won", Name("Won", "赢单"), won), (.lost, "lost", Name("Lost", "输单"), lost),
      (.abandoned, "abandoned", Name("Abandoned", "放弃"), abandoned), (.open, "open", Name("Open", "进行中"), open),
      (.advanced, "advanced", Name("Went on", "继续推进"), advanced ?? 0),
    ]
    for (count, id, title, number) in counts where number > 0 {
      trace.note(
        subject,
        Finding(
          id, title, value: "\(number)", threshold: "of \(entered)", holds: true, evidence: sum.newest(count)))
    }
  }
}
