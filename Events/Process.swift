public import Vocabulary

/// How work is to be done, where it was done otherwise, and how it gets better.
public enum Process: UInt8, Family {
  case published = 1
  case deviationRecorded = 2
  case auditPerformed = 3
  case improvementProposed = 4
  case improvementClosed = 5

  public static let code: UInt8 = 26
  public static let title = Name("Processes, audits and improvement", "流程、审核与改进")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case kind = 1
    case version = 2
    case effectiveOn = 3
    case audit = 4
    case improvement = 5
    case adopted = 6
    case retires = 7
    case step = 8
    case findings = 9
    case severity = 10
    case clause = 11
    case population = 12
    case about = 13
    case baseline = 14
    case expected = 15
    case actual = 16
    case metric = 17
    case value = 18
    case unit = 19
    case verifiedBy = 20
  }

  public enum Kind: UInt8, CodeSet {
    case sop = 1
    case policy = 2
    case contractTemplate = 3

    public var word: Word {
      switch self {
      case .sop: Word("sop", "Procedure", "作业流程")
      case .policy: Word("policy", "Policy", "制度")
      case .contractTemplate: Word("contract-template", "Contract template", "合同范本")
      }
    }
  }

  public enum Audit: UInt8, CodeSet {
    case sop = 1
    case contract = 2
    case accessReview = 3
    case `internal` = 4

    public var word: Word {
      switch self {
      case .sop: Word("sop", "Procedure", "流程检查")
      case .contract: Word("contract", "Contracts", "合同检查")
      case .accessReview: Word("access-review", "Access rights", "权限复核")
      case .internal: Word("internal", "Internal audit", "内部审核")
      }
    }
  }

  public enum Improvement: UInt8, CodeSet {
    case corrective = 1
    case preventive = 2
    case innovation = 3

    public var word: Word {
      switch self {
      case .corrective: Word("corrective", "Corrective", "纠正措施")
      case .preventive: Word("preventive", "Preventive", "预防措施")
      case .innovation: Word("innovation", "Innovation", "创新")
      }
    }
  }

  public enum Severity: UInt8, CodeSet {
    case note = 1
    case minor = 2
    case major = 3

    public var word: Word {
      switch self {
      case .note: Word("note", "Observation", "观察项")
      case .minor: Word("minor", "Minor", "一般不符合")
      case .major: Word("major", "Major", "严重不符合")
      }
    }
  }

  static let finding: Field.Kind = .record([
    .code("severity", Severity.self, "Severity", "严重程度").fact(Fact.severity),
    .text("clause", "Clause", "条款", limit: 200).optional.fact(Fact.clause),
    .text("what", "What was found", "发现", limit: 2_000),
  ])

  static let measured: Field.Kind = .record([
    .text("metric", "Metric", "指标", limit: 200).fact(Fact.metric),
    .decimal("value", "Value", "数值").fact(Fact.value),
    .text("unit", "Unit", "单位", limit: 50).optional.fact(Fact.unit),
  ])

  public var declaration: Declaration {
    switch self {
    case .published: publication
    case .deviationRecorded:
      Declaration(
        "sop.deviation_recorded", "Deviation recorded", "流程偏差", on: .process,
        fields: [
          .reference("customer", to: .customer, "Customer", "客户").optional,
          .count("version", "Version", "版本", 1...100_000, .version).optional.fact(Fact.version),
          .text("step", "Step", "步骤", limit: 200).fact(Fact.step),
          .subject("about", "Where it happened", "涉及对象").optional,
          .text("cause", "Cause", "原因", limit: 2_000).optional,
          .text("containment", "What was done at once", "临时措施", limit: 2_000).optional,
        ]
      ).reasoned
        .meaning("Work was done otherwise than the procedure asks.", "未按流程办理。")
    case .auditPerformed: audit
    case .improvementProposed:
      Declaration(
        "improvement.proposed", "Improvement proposed", "改进提案", on: .improvement,
        fields: [
          .code("kind", Improvement.self, "Kind", "类别").fact(Fact.improvement),
          .text("problem", "Problem", "问题", limit: 2_000),
          Field("baseline", Process.measured, "As it is", "现状").optional.fact(Fact.baseline),
          Field("expected", Process.measured, "As it shall be", "预期").optional.fact(Fact.expected),
          .subject("about", "What it concerns", "涉及对象").optional.namedFact(Fact.about),
        ]
      ).opening
        .meaning("Somebody proposes to do something better, with figures before and hoped for.", "提出改进，附现状与预期数值。")
    case .improvementClosed:
      Declaration(
        "improvement.closed", "Improvement closed", "改进关闭", on: .improvement,
        fields: [
          .flag("adopted", "Adopted", "是否采用").fact(Fact.adopted),
          Field("actual", Process.measured, "As it turned out", "实际效果").optional.fact(Fact.actual),
          .text("verifiedBy", "Verified by", "验证人", limit: 200).fact(Fact.verifiedBy),
        ]
      ).by(.process)
        .meaning("Whether it helped was measured, and the proposal was taken up or dropped.", "经效果验证后采用或放弃。")
    }
  }

  private var publication: Declaration {
    Declaration(
      "sop.published", "Process or template published", "流程或范本发布", on: .process,
      fields: [
        .code("kind", Kind.self, "Kind", "类别").fact(Fact.kind),
        .count("version", "Version", "版本", 1...100_000, .version).fact(Fact.version),
        .text("title", "Title", "标题", limit: 500),
        .list("steps", of: .text(limit: 1_000), "Steps", "步骤", limit: 200).optional,
        .hash("docHash", "Document", "文件哈希").optional,
        .day("effectiveOn", "Effective on", "生效日期").fact(Fact.effectiveOn),
        .count("retires", "Retires version", "废止版本", 1...100_000, .version).optional.fact(Fact.retires),
      ]
    ).tellingActor.approved(.process, .legal).by(.process)
      .meaning("A version of a procedure, policy or template is in use from a day on.", "流程、制度或范本的一个版本自某日起使用。")
  }

  private var audit: Declaration {
    Declaration(
      "audit.performed", "Audit performed", "检查或审核", on: .audit,
      fields: [
        .code("kind", Audit.self, "Kind", "类别").fact(Fact.audit),
        .count("sampleSeed", "Seed of the sample", "抽样种子").optional,
        .count("population", "Population", "总体数量").optional.fact(Fact.population),
        .list("items", of: .text(limit: 200), "Items looked at", "抽查项", limit: 1_000).optional,
        .list("findings", of: Process.finding, "Findings", "发现项", limit: 200).optional.fact(Fact.findings),
        .text("conclusion", "Conclusion", "结论"),
      ]
    ).by(.process, .auditor, .dataSecurity)
      .meaning(
        "Somebody looked whether rules were kept; the sample can be drawn again by its seed.",
        "检查规则是否得到遵守；可按种子重新抽样。")
  }
}
