public import Vocabulary

/// What was decided and foretold, and what the read models said when they were built.
public enum Decision: UInt8, Family {
  case recorded = 1
  case forecastSubmitted = 2
  case projectionRebuilt = 3

  public static let code: UInt8 = 27
  public static let title = Name("Decisions, forecasts and rebuilds", "决策、预测与重建")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case reviewOn = 1
    case commit = 2
    case best = 3
    case pipeline = 4
    case currency = 5
    case events = 6
    case changed = 7
    case employee = 8
    case period = 9
    case codeVersion = 10
    case toSeq = 11
    case outputHash = 12
    case duration = 13
  }

  public var declaration: Declaration {
    switch self {
    case .recorded:
      Declaration(
        "decision.recorded", "Decision recorded", "决策记录", on: .decision,
        fields: [
          .text("question", "Question", "议题", limit: 2_000),
          .list("options", of: .text(limit: 1_000), "Options", "备选方案", limit: 50).optional,
          .text("chosen", "Chosen", "选定方案", limit: 1_000),
          .list("evidence", of: .text(limit: 200), "Evidence", "依据", limit: 100).optional,
          .day("reviewOn", "To be reviewed on", "复核日期").optional.fact(Fact.reviewOn),
          .reference("reviewOf", to: .decision, "Reviews", "复核的决策").optional,
        ]
      ).reasoned.clocked.by(.salesManager)
        .meaning(
          "Somebody decided between options, on what grounds, and when it will be looked at again.",
          "在备选方案中作出决定，写明依据与复核日期。")
    case .forecastSubmitted:
      Declaration(
        "forecast.submitted", "Forecast submitted", "预测上报", on: .forecast,
        fields: [
          .reference("employee", to: .employee, "Whose forecast", "上报人").optional.namedFact(Fact.employee),
          .text("period", "Period", "期间", limit: 50).fact(Fact.period),
          .money("commitMinor", "Commit", "承诺").fact(Fact.commit),
          .money("bestMinor", "Best case", "最佳情形").optional.fact(Fact.best),
          .money("pipelineMinor", "Pipeline", "储备").optional.fact(Fact.pipeline),
          .currency().fact(Fact.currency),
          .text("adjustmentNote", "Why it was adjusted", "调整说明").optional,
        ]
      ).clocked.by(.sales, .salesManager)
        .meaning("What a person expected to sell in a period, as they said at that time.", "某人当时对一期销售的预计。")
    case .projectionRebuilt:
      Declaration(
        "projection.rebuilt", "Read model rebuilt", "读模型重建", on: .projection,
        fields: [
          .text("codeVersion", "Version of the program", "程序版本", limit: 100).fact(Fact.codeVersion),
          .list("ruleVersions", of: .text(limit: 100), "Rules", "规则版本", limit: 50).optional,
          .count("fromSeq", "From event", "起始事件"),
          .count("toSeq", "To event", "截止事件").fact(Fact.toSeq),
          .count("events", "Events", "事件数").fact(Fact.events),
          .count("durationMs", "Milliseconds", "毫秒数").optional.fact(Fact.duration),
          .hash("outputHash", "Result", "结果哈希").fact(Fact.outputHash),
          .count("changedSubjects", "Rows changed", "变化的行数").optional.fact(Fact.changed),
        ]
      ).by(.system, .auditor)
        .meaning("Conclusions were drawn anew from the log; the hash says what came out.", "由日志重新得出结论；哈希标明结果。")
    }
  }
}
