public import Vocabulary

/// What the company lays down, and where a person judges otherwise.
public enum Rule: UInt8, Family {
  case published = 1
  case assessmentSet = 2
  case proposed = 3
  case rejected = 4

  public static let code: UInt8 = 16
  public static let title = Name("Rules and judgements", "规则与评定")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case kind = 1
    case dimension = 2
    case value = 3
    case expiresOn = 4
    case version = 5
    case effectiveOn = 6
    case bodyHash = 7
    case approvedBy = 8
    case proposedBy = 9
  }

  public enum Kind: UInt8, CodeSet {
    case lifecycle = 1
    case tier = 2
    case churn = 3
    case segment = 4
    case sla = 5
    case pool = 6
    case kpi = 7
    case commission = 8
    case approval = 9
    case dataGrade = 10
    case retention = 11
    case duty = 12
    case risk = 13
    case satisfaction = 14
    case visit = 15
    case talent = 16

    public var word: Word {
      switch self {
      case .lifecycle: Word("lifecycle", "Lifecycle stages", "生命周期阶段")
      case .tier: Word("tier", "Loyalty tiers", "忠诚度等级")
      case .churn: Word("churn", "Churn warnings", "流失预警")
      case .segment: Word("segment", "Segments", "客户分级")
      case .sla: Word("sla", "Time limits", "处理时限")
      case .pool: Word("pool", "Public pool", "公海")
      case .kpi: Word("kpi", "Performance", "绩效考核")
      case .commission: Word("commission", "Commission", "提成")
      case .approval: Word("approval", "Approval", "审批")
      case .dataGrade: Word("data-grade", "Data grades", "数据分级")
      case .retention: Word("retention", "Retention of records", "保管期限")
      case .duty: Word("duty", "Separation of duties", "职责分离")
      case .risk: Word("risk", "Risk matrix", "风险矩阵")
      case .satisfaction: Word("satisfaction", "Satisfaction", "满意度")
      case .visit: Word("visit", "Visits", "拜访频次")
      case .talent: Word("talent", "People and ladder", "人才与职级")
      }
    }
  }

  public enum Dimension: UInt8, CodeSet {
    case grade = 1
    case lifecycle = 2
    case tier = 3
    case churn = 4

    public var word: Word {
      switch self {
      case .grade: Word("grade", "Grade", "客户等级")
      case .lifecycle: Word("lifecycle", "Lifecycle stage", "生命周期阶段")
      case .tier: Word("tier", "Loyalty tier", "忠诚度等级")
      case .churn: Word("churn", "Churn warning", "流失预警")
      }
    }
  }

  public var declaration: Declaration {
    switch self {
    case .published:
      Declaration(
        "rule.published", "Rule published", "规则发布", on: .rule,
        fields: Rule.versionFields + [
          .text("expectedImpact", "Expected impact", "预期影响").optional,
          .text("approvedBy", "Approved by", "批准人", limit: 200).optional.fact(Fact.approvedBy),
          .text("proposedBy", "Proposed by", "提出人", limit: 200).optional.fact(Fact.proposedBy),
          Rule.impact.optional,
        ]
      ).tellingActor.fourEyes
    case .proposed:
      Declaration(
        "rule.proposed", "Rule proposed", "规则提案", on: .rule, fields: Rule.versionFields + [Rule.impact.optional]
      ).reasoned
    case .rejected:
      Declaration(
        "rule.rejected", "Rule rejected", "规则提案驳回", on: .rule,
        fields: [
          .code("kind", Kind.self, "Kind", "类别").fact(Fact.kind),
          .count("version", "Version", "版本", 1...100_000, .version).fact(Fact.version),
          .hash("bodyHash", "Hash of the rule", "规则哈希").fact(Fact.bodyHash),
        ]
      ).reasoned
    case .assessmentSet:
      Declaration(
        "assessment.set", "Judged by a person", "人工评定", on: .customer,
        fields: [
          .code("dimension", Dimension.self, "Dimension", "维度").fact(Fact.dimension),
          .code("value", Judgement.self, "Value", "评定值").fact(Fact.value),
          .code("computedValue", Judgement.self, "Value by the rule", "规则计算值").optional,
          .count("ruleVersion", "Version of the rule", "规则版本", 1...100_000, .version).optional,
          .day("expiresOn", "Expires on", "失效日期").optional.fact(Fact.expiresOn),
        ]
      ).reasoned
    }
  }
}
