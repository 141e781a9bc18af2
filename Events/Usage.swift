public import Vocabulary
import Wire

/// How much a customer uses what they bought.
public enum Usage: UInt8, Family {
  case reported = 1

  public static let code: UInt8 = 9
  public static let title = Name("Usage", "使用情况")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case value = 1
    case periodEnd = 2
    case periodStart = 3
  }

  public var declaration: Declaration {
    switch self {
    case .reported:
      Declaration(
        "usage.reported", "Usage reported", "使用情况上报", on: .customer,
        fields: [
          .reference("contract", to: .contract, "Contract", "合同").optional,
          .text("product", "Product", "产品", limit: 200).optional,
          .text("metric", "Metric", "指标", limit: 100),
          .count("value", "Value", "数值", -JSON.greatestInteger...JSON.greatestInteger).fact(Fact.value),
          .text("unit", "Unit", "单位", limit: 50).optional,
          .day("periodStart", "Period start", "期间起始").optional.fact(Fact.periodStart),
          .day("periodEnd", "Period end", "期间截止").optional.fact(Fact.periodEnd),
          .count("errors", "Errors", "错误数").optional,
          .count("durationSec", "Seconds of use", "使用秒数").optional,
        ]
      ).by(.system, .service)
        .meaning(
          "How much a customer used a product in a period.",
          "客户在一段期间内的使用量。")
    }
  }
}
