import CompanyHistory
import Events
public import Projection
public import Vocabulary
public import Wire

public enum FunnelState: UInt8, CodeSet {
  case open = 1
  case won = 2
  case lost = 3
  case abandoned = 4

  public var word: Word {
    switch self {
    case .open: Word("open", "Open", "进行中")
    case .won: Word("won", "Won", "赢单")
    case .lost: Word("lost", "Lost", "输单")
    case .abandoned: Word("abandoned", "Abandoned", "放弃")
    }
  }
}

public struct FunnelRow: NamingRow {
  public let state: FunnelState
  /// Names. The owner is who answers for it, and of a closed one who did when it was closed.
  public let owner: Int64?
  public let product: Int64?
  public let region: Int64?
  /// The stage in which it stands, or stood last.
  public let stage: Int64?
  public let stageSince: Day?
  /// Of an open one: days in this stage.
  public let stageDays: Int?
  /// Stages through which it went, and days in each: `Proposal 14 → Quotation 9`.
  private let stays: [DaysInStage]
  public let postponements: Int
  public let openedOn: Day?
  public let closedOn: Day?
  /// Expected while open, final once closed.
  public let amountMinor: Int64?
  public let currency: Currency?
  public let probabilityBp: Int64?
  /// Of an open one: amount × probability, rounded towards zero.
  public let weightedMinor: Int64?
  public let category: Opportunity.Category?
  public let expectedOn: Day?
  /// Of a closed one: days from opening to closing.
  public let cycleDays: Int?
  /// Of an open one: days since the opening.
  public let ageDays: Int?
  private let reasons: [Int64]
  public let winner: Int64?
  public let since: Instant?
  public let because: Int64?
  private let today: Day

  private struct DaysInStage: Hashable {
    let stage: Int64
    let days: Int
  }

  public static let columns: [Column] = [
    .code("state", FunnelState.self, "State", "状态"),
    Column("owner", .text, "Owner", "负责人"),
    Column("product", .text, "Product", "产品"),
    Column("region", .text, "Region", "区域"),
    Column("stage", .text, "Stage", "阶段"),
    Column("stageSince", .day, "In this stage since", "进入该阶段日期"),
    Column("stageDays", .integer, "Days in this stage", "该阶段停留天数"),
    Column("openedOn", .day, "Opened on", "立项日期"),
    Column("closedOn", .day, "Closed on", "关闭日期"),
    Column("amountMinor", .money, "Amount", "金额"),
    Column("cur", .text, "Currency", "币种"),
    Column("probabilityBp", .integer, "Probability (0.01 %)", "赢单概率（万分之一）"),
    Column("weightedMinor", .money, "Weighted amount", "加权金额"),
    .code("category", Opportunity.Category.self, "Forecast category", "预测类别"),
    Column("expectedOn", .day, "Expected to close on", "预计成交日"),
    Column("postponements", .integer, "Times postponed", "推迟次数"),
    Column("cycleDays", .integer, "Cycle in days", "成交周期（天）"),
    Column("ageDays", .integer, "Age in days", "已持续天数"),
    Column("path", .text, "Stages, days in each", "各阶段及停留天数"),
    Column("reasons", .text, "Reasons", "原因"),
    Column("winner", .text, "Won by", "胜出方"),
  ]

  public func values(_ names: any Names) -> [Value] {
    let path = stays.map { "\(names.text($0.stage) ?? "?") \($0.days)" }.joined(separator: " → ")
    let why = reasons.map { names.text($0) ?? "?" }.joined(separator: ", ")
    return [
      Value(state), Value(name: owner, names), Value(name: product, names), Value(name: region, names),
      Value(name: stage, names), Value(stageSince), Value(stageDays.map { Int64($0) }), Value(openedOn), Value(closedOn),
      Value(amountMinor), currency.map { .text($0.description) } ?? .null, Value(probabilityBp), Value(weightedMinor),
      category.map { Value($0) } ?? .null, Value(expectedOn), Value(postponements), Value(cycleDays.map { Int64($0) }),
      Value(ageDays.map { Int64($0) }), path.isEmpty ? .null : .text(path), why.isEmpty ? .null : .text(why),
      Value(name: winner, names),
    ]
  }
  public var outcome: Int? { Int(state.rawValue) - 1 }
}

extension FunnelRow {
  init(_ deal: Deal, asOf now: Instant) {
    today = now.day
    switch deal.closed?.outcome {
    case .won: state = .won
    case .lost: state = .lost
    case .abandoned: state = .abandoned
    case nil: state = .open
    }
    (owner, product, region, winner) = (deal.owner(asOf: now), deal.product, deal.region, deal.winner)
    let last = deal.stays.last
    (stage, stageSince) = (last?.stage, last?.since.at.day)
    stageDays = deal.isOpen ? last.map { now.day - $0.since.at.day } : nil
    stays = deal.stays.map { DaysInStage(stage: $0.stage, days: ($0.until?.at ?? now).day - $0.since.at.day) }
    postponements = deal.postponements
    (openedOn, closedOn) = (deal.opened?.at.day, deal.closed?.moment.at.day)
    (amountMinor, currency, probabilityBp, weightedMinor) = (deal.value, deal.currency, deal.probability, deal.weighted)
    (category, expectedOn, cycleDays) = (deal.category, deal.closeOn, deal.cycleDays)
    ageDays = deal.isOpen ? deal.opened.map { now.day - $0.at.day } : nil
    reasons = deal.reasons
    let moment = deal.closed?.moment ?? deal.began
    (since, because) = (moment.at, moment.seq)
  }

  func days(in stay: Deal.Stay) -> Int { (stay.until?.at.day ?? today) - stay.since.at.day }
}
