import Projection
import Statistics
import Vocabulary
import Wire

// The fields of a rule that bring a model of repeat buying. All are optional: rules that were published before they
// were there stay valid, and keep their hash.

extension Expectation {
  /// Millionths, so that a rule holds whole numbers only: from 0.000001 to 1,000,000, the range of fits.
  private static let millionths: ClosedRange<Int64> = 1...1_000_000_000_000

  static let fields: [Field] = [
    field(BetaGeometric.self, "bgNbd", "Purchases expected by BG/NBD, times in weeks", "按 BG/NBD 模型的预期购买（时间以周计）"),
    field(
      ParetoNBD.self, "paretoNbd", "Purchases expected by Pareto/NBD, times in weeks; not read beside bgNbd",
      "按 Pareto/NBD 模型的预期购买（时间以周计）；有 bgNbd 时不读取"),
  ]

  private static func field<M: PurchaseModel>(_: M.Type, _ name: String, _ en: String, _ zh: String) -> Field {
    let parameters = M.parameterNames.map { name in
      Field.count(name, "Parameter \(name), in millionths", "参数 \(name)（百万分之一）", millionths)
    }
    let asked: [Field] = [
      .count("days", "Purchases are expected over so many days", "预期购买的天数", 1...3_650, .days),
      .count("atMost", "Few are at most so many thousandths of a purchase", "预期购买不高于千分之多少次视为少", 0...1_000_000),
    ]
    return Field(name, .record(parameters + asked), en, zh).optional
  }

  /// `nil` where the rule brings no model.
  init?(_ values: JSONObject) {
    func parameters(_ record: JSONObject, _ names: [String]) -> [Int] { names.map { record.number($0) } }
    let asked: JSONObject
    if let record = values["bgNbd"]?.object {
      asked = record
      model = .betaGeometric(parameters(record, BetaGeometric.parameterNames))
    } else if let record = values["paretoNbd"]?.object {
      asked = record
      model = .paretoNBD(parameters(record, ParetoNBD.parameterNames))
    } else {
      return nil
    }
    days = asked.number("days")
    atMost = asked.number("atMost")
  }
}
