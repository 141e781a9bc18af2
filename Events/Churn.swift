public import Vocabulary
import Wire

/// Warnings that a customer may leave, as they were raised then, and what people made of them.
public enum Churn: UInt8, Family {
  case warningRaised = 1
  case warningTriaged = 2
  case playClosed = 3

  public static let code: UInt8 = 14
  public static let title = Name("Churn", "流失预警")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case level = 1
    case score = 2
    case verdict = 3
    case dueOn = 4
    case outcome = 5
    case play = 6
    case owner = 7
  }

  public enum Level: UInt8, CodeSet {
    case yellow = 1
    case orange = 2
    case red = 3

    public var word: Word {
      switch self {
      case .yellow: Word("yellow", "Watch", "关注")
      case .orange: Word("orange", "Warning", "预警")
      case .red: Word("red", "Urgent", "紧急")
      }
    }
  }

  public enum Verdict: UInt8, CodeSet {
    case dismiss = 1
    case watch = 2
    case intervene = 3

    public var word: Word {
      switch self {
      case .dismiss: Word("dismiss", "Dismissed", "排除")
      case .watch: Word("watch", "Watched", "观察")
      case .intervene: Word("intervene", "To be acted on", "介入")
      }
    }
  }

  public enum Outcome: UInt8, CodeSet {
    case recovered = 1
    case lost = 2
    case noEffect = 3

    public var word: Word {
      switch self {
      case .recovered: Word("recovered", "Recovered", "已挽回")
      case .lost: Word("lost", "Lost", "已流失")
      case .noEffect: Word("no-effect", "Without effect", "无效果")
      }
    }
  }

  static let signal: Field.Kind = .record([
    .text("id", "Signal", "信号", limit: 100),
    .count("value", "Value", "数值", -JSON.greatestInteger...JSON.greatestInteger).optional,
    .count("threshold", "Threshold", "阈值", -JSON.greatestInteger...JSON.greatestInteger).optional,
    .text("evidence", "Evidence", "依据", limit: 1_000).optional,
  ])

  public var declaration: Declaration {
    switch self {
    case .warningRaised:
      Declaration(
        "churn.warning_raised", "Churn warning raised", "流失预警发出", on: .customer,
        fields: [
          .code("level", Level.self, "Level", "级别").fact(Fact.level),
          .score("score", "Health", "健康度").optional.fact(Fact.score),
          .list("signals", of: Churn.signal, "Signals", "信号", limit: 100).optional,
          .count("ruleVersion", "Version of the rule", "规则版本", 1...100_000, .version).optional,
        ]
      ).clocked.by(.system, .account)
        .meaning(
          "Somebody was shown at that time that this customer may leave.",
          "当时向人提示该客户可能流失。")
    case .warningTriaged:
      Declaration(
        "churn.warning_triaged", "Churn warning triaged", "预警研判", on: .customer,
        fields: [
          .code("verdict", Verdict.self, "Verdict", "研判结论").fact(Fact.verdict),
          .text("play", "Play", "挽留方案", limit: 200).optional.fact(Fact.play),
          .text("owner", "Owner", "负责人", limit: 200).optional.fact(Fact.owner),
          .day("dueOn", "Due on", "到期日").optional.fact(Fact.dueOn),
        ]
      ).reasoned.clocked.by(.account, .salesManager)
        .meaning(
          "A person decided what to do about a warning.",
          "由人决定如何处置预警。")
    case .playClosed:
      Declaration(
        "churn.play_closed", "Retention play closed", "挽留方案结束", on: .customer,
        fields: [
          .text("play", "Play", "挽留方案", limit: 200).optional.fact(Fact.play),
          .code("outcome", Outcome.self, "Outcome", "结果").fact(Fact.outcome),
          .money("spendMinor", "Spent", "投入").optional,
          .money("savedMinor", "Yearly revenue kept", "挽回的年营收").optional,
          .currency().optional,
        ]
      ).reasoned.by(.account)
        .meaning(
          "An attempt to keep a customer ended, and how.",
          "挽留方案结束及其结果。")
    }
  }
}
