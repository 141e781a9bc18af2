import CompanyHistory
import Events
public import Projection
import Statistics
public import Vocabulary
public import Wire

public struct MarketRow: Row {
  private let matter: MarketMatter
  public let currency: Currency?
  private let leads: Int?
  private let qualified: Int?
  private let converted: Int?
  public let open: Int
  public let won: Int
  public let lost: Int
  private let lostTo: Int?
  public let abandoned: Int
  public let wonMinor: Int64
  public let lostMinor: Int64
  /// Won ÷ (won + lost).
  public let winRateBp: Int64?
  /// Won of the leads.
  public let conversionBp: Int64?
  private let campaign: Campaign?
  public let costPerLeadMinor: Int64?
  public let costPerWinMinor: Int64?
  /// (Won − budget) ÷ budget, in hundredths of a percent; 0 where just the budget came back.
  public let returnBp: Int64?
  private let insights: Int?
  private let lastInsightOn: Day?
  public let since: Instant?
  public let because: Int64?

  public static let columns: [Column] = [
    .code("about", MarketMatter.self, "About", "类别"),
    Column("cur", .text, "Currency", "币种"),
    Column("leads", .integer, "Leads", "线索数"),
    Column("qualified", .integer, "Found worth pursuing", "合格线索数"),
    Column("converted", .integer, "Converted", "已转化线索数"),
    Column("open", .integer, "Open opportunities", "在途商机"),
    Column("won", .integer, "Won", "赢单"),
    Column("lost", .integer, "Lost", "输单"),
    Column("lostTo", .integer, "Lost to this competitor", "输给该对手"),
    Column("abandoned", .integer, "Abandoned", "放弃"),
    Column("wonMinor", .money, "Won amount", "赢单金额"),
    Column("lostMinor", .money, "Lost amount", "输单金额"),
    Column("winRateBp", .integer, "Win rate: won of won and lost (0.01 %)", "赢单率：赢单占赢单与输单之和（万分之一）"),
    Column("conversionBp", .integer, "Won of the leads (0.01 %)", "线索赢单率（万分之一）"),
    .code("kind", Market.Campaign.self, "Kind of campaign", "活动类别"),
    Column("startOn", .day, "Starts on", "开始日期"),
    Column("endOn", .day, "Ends on", "结束日期"),
    Column("audience", .integer, "Audience", "受众人数"),
    Column("budgetMinor", .money, "Budget", "预算"),
    Column("costPerLeadMinor", .money, "Budget ÷ leads", "单条线索成本"),
    Column("costPerWinMinor", .money, "Budget ÷ won", "单个赢单成本"),
    Column("returnBp", .integer, "Return: (won − budget) ÷ budget (0.01 %)", "回报率：（赢单金额 − 预算）÷ 预算（万分之一）"),
    Column("insights", .integer, "Insights recorded", "情报条数"),
    Column("lastInsightOn", .day, "Last insight", "最近情报日期"),
  ]

  public var values: [Value] {
    let isSource = leads != nil
    return [
      Value(matter), currency.map { .text($0.description) } ?? .null, Value(leads.map { Int64($0) }),
      Value(qualified.map { Int64($0) }), Value(converted.map { Int64($0) }), Value(open), Value(won), Value(lost),
      Value(lostTo.map { Int64($0) }), Value(abandoned), .integer(wonMinor), .integer(lostMinor), Value(winRateBp),
      isSource ? Value(conversionBp) : .null, campaign?.kind.map { Value($0) } ?? .null, Value(campaign?.startOn),
      Value(campaign?.endOn), Value(campaign?.audience), Value(campaign?.budget), Value(costPerLeadMinor),
      Value(costPerWinMinor), Value(returnBp), Value(insights.map { Int64($0) }), Value(lastInsightOn),
    ]
  }
  public var outcome: Int? { nil }
  public static let outcomes: [Word] = []
}

extension MarketRow {
  init(_ sum: MarketSum) {
    (matter, currency, campaign) = (sum.matter, sum.currency, sum.campaign)
    let countsLeads = matter == .source || matter == .campaign
    (leads, qualified, converted) = countsLeads ? (sum.leads, sum.qualified, sum.converted) : (nil, nil, nil)
    (open, won, lost, abandoned) = (sum.open, sum.won, sum.lost, sum.abandoned)
    lostTo = matter == .competitor ? sum.lostTo : nil
    (wonMinor, lostMinor) = (sum.wonMinor, sum.lostMinor)
    winRateBp = Proportion(won, of: won + lost)?.basisPoints
    let brought = SourceReturn(leads: sum.leads, won: sum.won, revenue: max(0, sum.wonMinor), cost: sum.campaign?.budget)
    conversionBp = brought?.conversion.basisPoints
    costPerLeadMinor = MarketRow.whole(brought?.costPerLead)
    costPerWinMinor = MarketRow.whole(brought?.costPerWin)
    returnBp = MarketRow.whole(brought?.rate.map { $0 * 10_000 })
    insights = matter == .competitor ? sum.insights : nil
    lastInsightOn = sum.lastInsight?.at.day
    (since, because) = (sum.last?.at, sum.last?.seq)
  }

  private static func whole(_ number: Double?) -> Int64? {
    number.flatMap { abs($0) < 9e15 ? Int64($0.rounded(.toNearestOrAwayFromZero)) : nil }
  }

  /// Notes each count with the newest events that it counted.
  func note(about subject: CensusSubject, _ sum: MarketSum, in trace: inout some CensusTrace) {
    let counts: [(String, Name, Int)] = [
      ("won", Name("Won", "赢单"), won), ("lost", Name("Lost", "输单"), lost),
      ("abandoned", Name("Abandoned", "放弃"), abandoned), ("open", Name("Open", "在途"), open),
      ("leads", Name("Leads", "线索"), sum.leads), ("insight", Name("Insights", "情报"), sum.insights),
    ]
    for (id, title, number) in counts where number > 0 {
      trace.note(
        subject, Finding(id, title, value: "\(number)", threshold: "–", holds: true, evidence: sum.newest(id)))
    }
    if let campaign, let budget = campaign.budget {
      trace.note(
        subject,
        Finding(
          "budget", Name("Won amount against the budget", "赢单金额与预算"), value: "\(wonMinor)", threshold: "\(budget)",
          holds: wonMinor >= budget, evidence: [campaign.launched.seq]))
    }
  }
}
