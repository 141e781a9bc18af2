public import Vocabulary

/// A sale in the making: opened, moved along, quoted for, won or lost.
public enum Opportunity: UInt8, Family {
  case opened = 1
  case progressed = 2
  case closed = 3
  case quoteIssued = 4

  public static let code: UInt8 = 5
  public static let title = Name("Opportunities and quotes", "商机与报价")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case amount = 1
    case currency = 2
    case probability = 3
    case closeOn = 4
    case category = 5
    case outcome = 6
    case final = 7
    case total = 8
    case stage = 9
    case product = 10
    case reasons = 11
    case winner = 12
    case competitors = 13
    case region = 14
    case team = 15
  }

  public enum Outcome: UInt8, CodeSet {
    case won = 1
    case lost = 2
    case abandoned = 3

    public var word: Word {
      switch self {
      case .won: Word("won", "Won", "赢单")
      case .lost: Word("lost", "Lost", "输单")
      case .abandoned: Word("abandoned", "Abandoned", "放弃")
      }
    }
  }

  /// How firmly the seller counts on it.
  public enum Category: UInt8, CodeSet {
    case commit = 1
    case best = 2
    case pipeline = 3

    public var word: Word {
      switch self {
      case .commit: Word("commit", "Commit", "承诺")
      case .best: Word("best", "Best case", "最佳情形")
      case .pipeline: Word("pipeline", "Pipeline", "储备")
      }
    }
  }

  /// What every step of an opportunity may say of its size and prospects.
  static let prospects: [Field] = [
    .money("amountMinor", "Expected amount", "预计金额").optional.fact(Fact.amount),
    .currency().optional.fact(Fact.currency),
    .basisPoints("probabilityBp", "Probability", "赢单概率").optional.fact(Fact.probability),
    .day("closeOn", "Expected to close on", "预计成交日").optional.fact(Fact.closeOn),
    .text("product", "Product", "产品", limit: 200).optional.fact(Fact.product),
    .text("note", "Note", "备注").optional,
  ]

  public var declaration: Declaration {
    switch self {
    case .opened:
      Declaration(
        "opportunity.opened", "Opportunity opened", "商机立项", on: .opportunity,
        fields: [
          .reference("customer", to: .customer, "Customer", "客户").optional,
          .text("need", "Need", "需求").optional,
          .text("stage", "Stage", "阶段", limit: 100).optional.fact(Fact.stage),
          .text("region", "Region", "区域", limit: 200).optional.fact(Fact.region)
            .noting("Where it is not that of the customer.", "与客户所在区域不同时填写。"),
          .text("team", "Team", "团队", limit: 200).optional.fact(Fact.team)
            .noting("Where it is not that of the owner.", "与负责人所在团队不同时填写。"),
          .list("competitors", of: .text(limit: 200), "Competitors", "竞争对手", limit: 50).optional
            .fact(Fact.competitors),
        ] + Opportunity.prospects).opening.by(.sales)
        .meaning(
          "A sale that may come about is pursued from now on.",
          "自此跟进一笔可能的销售。")
    case .progressed:
      Declaration(
        "opportunity.progressed", "Opportunity progressed", "商机推进", on: .opportunity,
        fields: [
          .reference("customer", to: .customer, "Customer", "客户").optional,
          .text("fromStage", "From stage", "原阶段", limit: 100).optional,
          .text("toStage", "To stage", "新阶段", limit: 100).optional.fact(Fact.stage),
          .code("category", Category.self, "Forecast category", "预测类别").optional.fact(Fact.category),
          .list("exitCriteriaMet", of: .text(limit: 500), "Exit criteria met", "已达成的阶段标准", limit: 50).optional,
        ] + Opportunity.prospects
      ).clocked.by(.sales, .salesManager)
        .meaning(
          "An opportunity moved to another stage, amount, chance or date.",
          "商机的阶段、金额、概率或日期有变。")
    case .closed:
      Declaration(
        "opportunity.closed", "Opportunity closed", "商机关闭", on: .opportunity,
        fields: [
          .reference("customer", to: .customer, "Customer", "客户").optional,
          .code("outcome", Outcome.self, "Outcome", "结果").fact(Fact.outcome),
          .money("finalMinor", "Final amount", "成交金额").optional.fact(Fact.final),
          .text("stage", "Last stage", "最后阶段", limit: 100).optional.fact(Fact.stage),
          .list("reasonCodes", of: .text(limit: 100), "Reason codes", "原因代码", limit: 50).optional.fact(Fact.reasons),
          .text("winner", "Winner", "胜出方", limit: 200).optional.fact(Fact.winner),
        ] + Opportunity.prospects
      ).reasoned.by(.sales)
        .meaning(
          "An opportunity was won, lost or given up, and why.",
          "商机赢单、输单或放弃，并写明缘由。")
    case .quoteIssued:
      Declaration(
        "quote.issued", "Quote issued", "报价", on: .quote,
        fields: [
          .reference("customer", to: .customer, "Customer", "客户").optional,
          .reference("opportunity", to: .opportunity, "Opportunity", "商机").optional,
          .count("revision", "Revision", "修订号", 0...100_000, .version).optional,
          .list("lines", of: Order.line, "Lines", "明细").optional,
          .money("totalMinor", "Total", "总额").fact(Fact.total),
          .currency().fact(Fact.currency),
          .day("validUntil", "Valid until", "有效期至").optional,
          .reference("supersedes", to: .quote, "Supersedes", "取代").optional,
        ]
      ).tellingActor.by(.sales)
        .meaning(
          "A price was offered in writing. That it was accepted is said by the order that names it.",
          "书面报价。被接受与否由引用它的订单说明。")
    }
  }
}
