public import Vocabulary

/// What people are to reach, how they were scored, and what they are paid for it.
public enum Performance: UInt8, Family {
  case targetSet = 1
  case kpiScored = 2
  case commissionPosted = 3

  public static let code: UInt8 = 25
  public static let title = Name("Targets, scores and commission", "目标、考核与提成")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case target = 1
    case value = 2
    case total = 3
    case grade = 4
    case revision = 5
    case entry = 6
    case rate = 7
    case amount = 8
    case currency = 9
    case scope = 10
    case period = 11
    case unit = 12
    case parent = 13
    case kpi = 14
    case items = 15
    case weight = 16
    case score = 17
    case ruleVersion = 18
    case planVersion = 19
  }

  public enum Target: UInt8, CodeSet {
    case revenue = 1
    case collection = 2
    case activity = 3
    case retention = 4
    case development = 5

    public var word: Word {
      switch self {
      case .revenue: Word("revenue", "Revenue", "销售额")
      case .collection: Word("collection", "Collection", "回款")
      case .activity: Word("activity", "Activity", "活动量")
      case .retention: Word("retention", "Retention", "客户留存")
      case .development: Word("development", "Personal development", "个人发展")
      }
    }
  }

  public enum Grade: UInt8, CodeSet {
    case s = 1
    case a = 2
    case b = 3
    case c = 4
    case d = 5

    public var word: Word {
      switch self {
      case .s: Word("s", "S", "卓越")
      case .a: Word("a", "A", "优秀")
      case .b: Word("b", "B", "良好")
      case .c: Word("c", "C", "合格")
      case .d: Word("d", "D", "不合格")
      }
    }
  }

  public enum Entry: UInt8, CodeSet {
    case payout = 1
    case clawback = 2
    case adjust = 3

    public var word: Word {
      switch self {
      case .payout: Word("payout", "Paid out", "发放")
      case .clawback: Word("clawback", "Taken back", "追回")
      case .adjust: Word("adjust", "Adjusted", "调整")
      }
    }
  }

  static let scoredItem: Field.Kind = .record([
    .text("kpi", "Indicator", "指标", limit: 200).fact(Fact.kpi),
    .basisPoints("weightBp", "Weight", "权重").fact(Fact.weight),
    .decimal("target", "Target", "目标值").optional,
    .decimal("actual", "Actual", "实际值").optional,
    .score("score", "Score", "得分", 0...200).fact(Fact.score),
  ])

  static let period: Field = .text("period", "Period", "期间", limit: 50).fact(Fact.period)
    .noting("A month, quarter or year: 2026-07, 2026Q3, 2026.", "月、季或年：2026-07、2026Q3、2026。")

  public var declaration: Declaration {
    switch self {
    case .targetSet:
      Declaration(
        "target.set", "Target set", "目标下达", on: .target,
        fields: [
          .code("kind", Target.self, "Kind", "类别").fact(Fact.target),
          .subject("scope", "Whose target", "目标对象").namedFact(Fact.scope).noting("employee:…, team:… and so on.", "employee:…、team:… 等。"),
          Performance.period,
          .count("value", "Value", "目标值").fact(Fact.value),
          .text("unit", "Unit", "单位", limit: 50).fact(Fact.unit)
            .noting("A currency code where the value is money in minor units.", "金额以分计时写币种代码。"),
          .text("kpi", "Item of the score sheet", "考核项", limit: 40).optional.fact(Fact.kpi)
            .noting(
              "The short name of an item of the rule `kpi`, where the kind alone does not say which.",
              "kpi 规则中考核项的短名；仅凭类别无法确定时填写。"),
          .reference("parent", to: .target, "Part of", "上级目标").optional.fact(Fact.parent),
        ]
      ).tellingActor.approved(.salesManager, .people).by(.salesManager)
        .meaning("Somebody is to reach something in a period.", "某人或团队在一段期间内应达到的目标。")
    case .kpiScored:
      Declaration(
        "kpi.scored", "Performance scored", "考核得分", on: .employee,
        fields: [
          Performance.period,
          .list("items", of: Performance.scoredItem, "Items", "考核项", limit: 50).fact(Fact.items),
          .score("total", "Total", "总分", 0...200).fact(Fact.total),
          .code("grade", Grade.self, "Grade", "等级").fact(Fact.grade),
          .count("ruleVersion", "Version of the rule", "规则版本", 1...100_000, .version).fact(Fact.ruleVersion),
          .count("revision", "Revision", "修订号", 0...1_000, .version).fact(Fact.revision)
            .noting("0 is the locked score; a higher one needs its reason.", "0 为锁定得分；更高者须写明原因。"),
        ]
      ).tellingActor.approved(.salesManager, .people).by(.salesManager, .people)
        .meaning("A person's score for a period, as it was locked and shown then.", "某人一期的考核得分，即当时锁定并告知的结果。")
    case .commissionPosted:
      Declaration(
        "commission.posted", "Commission posted", "提成入账", on: .employee,
        fields: [
          .code("kind", Entry.self, "Kind", "类别").fact(Fact.entry),
          Performance.period,
          .list("basis", of: .text(limit: 200), "Events it rests on", "依据事件", limit: 1_000),
          .basisPoints("rateBp", "Rate", "提成比例").optional.fact(Fact.rate),
          .money("amountMinor", "Amount", "金额").fact(Fact.amount),
          .currency().fact(Fact.currency),
          .text("planVersion", "Version of the plan", "方案版本", limit: 100).fact(Fact.planVersion),
        ]
      ).tellingActor.approved(.finance, .salesManager).by(.finance, .salesManager)
        .meaning(
          "An amount was credited to or taken back from a person, and the events behind every cent.",
          "提成入账、追回或调整，并列明每一分的依据事件。")
    }
  }
}
