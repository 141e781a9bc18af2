public import Vocabulary

/// What is known of the market, and what the company sets out to do in it.
public enum Market: UInt8, Family {
  case insightRecorded = 1
  case campaignLaunched = 2
  case strategyPublished = 3

  public static let code: UInt8 = 20
  public static let title = Name("Market and strategy", "市场与策略")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case insight = 1
    case campaign = 2
    case audience = 3
    case budget = 4
    case currency = 5
    case startOn = 6
    case endOn = 7
    case version = 8
    case channel = 9
    case competitor = 10
    case validUntil = 11
  }

  public enum Insight: UInt8, CodeSet {
    case research = 1
    case competitor = 2
    case trend = 3

    public var word: Word {
      switch self {
      case .research: Word("research", "Research", "市场调研")
      case .competitor: Word("competitor", "Competitor", "竞争对手")
      case .trend: Word("trend", "Trend", "趋势")
      }
    }
  }

  public enum Campaign: UInt8, CodeSet {
    case marketing = 1
    case survey = 2
    case care = 3

    public var word: Word {
      switch self {
      case .marketing: Word("marketing", "Marketing", "营销")
      case .survey: Word("survey", "Survey", "调查")
      case .care: Word("care", "Customer care", "客户关怀")
      }
    }
  }

  public var declaration: Declaration {
    switch self {
    case .insightRecorded:
      Declaration(
        "market.insight_recorded", "Market insight recorded", "市场情报记录", on: .market,
        fields: [
          .code("kind", Insight.self, "Kind", "类别").fact(Fact.insight),
          .text("topic", "Topic", "主题", limit: 500),
          .text("source", "Source", "来源", limit: 500).optional,
          .text("summary", "Summary", "摘要"),
          .text("competitor", "Competitor", "竞争对手", limit: 200).optional.fact(Fact.competitor),
          .text("region", "Region", "区域", limit: 200).optional,
          .day("validUntil", "Valid until", "有效期至").optional.fact(Fact.validUntil),
        ]
      ).by(.market, .sales)
        .meaning("Something was learnt about the market or a competitor.", "得知市场或竞争对手的情况。")
    case .campaignLaunched:
      Declaration(
        "campaign.launched", "Campaign launched", "活动启动", on: .campaign,
        fields: [
          .code("kind", Campaign.self, "Kind", "类别").fact(Fact.campaign),
          .text("title", "Title", "活动名称", limit: 500),
          .text("channel", "Channel", "渠道", limit: 100).optional.fact(Fact.channel),
          .count("audienceCount", "Audience", "受众人数").optional.fact(Fact.audience),
          .money("budgetMinor", "Budget", "预算").optional.fact(Fact.budget),
          .currency().optional.fact(Fact.currency),
          .day("startOn", "Starts on", "开始日期").fact(Fact.startOn),
          .day("endOn", "Ends on", "结束日期").optional.fact(Fact.endOn),
          .text("purpose", "Purpose of the data used", "所用信息的用途", limit: 200).optional
            .noting("As consents name it.", "与同意记录中的用途一致。"),
        ]
      ).opening.by(.market)
        .meaning(
          "A campaign, survey or care action began; leads and answers name it.", "营销、调查或关怀活动开始；线索与答卷引用其编号。")
    case .strategyPublished:
      Declaration(
        "strategy.published", "Strategy published", "策略发布", on: .strategy,
        fields: [
          .count("version", "Version", "版本", 1...100_000, .version).fact(Fact.version),
          .text("period", "Period", "期间", limit: 50),
          .list("segments", of: .text(limit: 200), "Segments", "目标细分市场", limit: 100).optional,
          .list("priorities", of: .text(limit: 1_000), "Priorities", "重点", limit: 100).optional,
          .hash("docHash", "Document", "文件哈希"),
          .count("supersedes", "Supersedes version", "取代版本", 1...100_000, .version).optional,
        ]
      ).tellingActor.approved(.salesManager).by(.salesManager)
        .meaning("What the company sets out to do in a period, as a document with its hash.", "公司在一段期间内的打算，以文件及其哈希为凭。")
    }
  }
}
