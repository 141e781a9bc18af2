import AccessControl
import Answers
public import Engine
import HTTPTypes
import Log
import Projection
import Vocabulary
import Wire

extension Inquiry {
  /// From where the asker looks: `as_of`, `known_at`, `rule` (may be given again).
  public func view() throws -> View {
    let asOf = try query["as_of"].map { try read($0, "as_of", TimePoint.init, "2026-06-30T12:00:00Z") }
    let knownAt = try query["known_at"].map { try read($0, "known_at", LogPoint.init, "1200") }
    let rules = try query.values("rule").map { try read($0, "rule", RuleChoice.init, "churn=2") }
    return View(asOf: asOf, knownAt: knownAt, rules: rules)
  }

  func read<Value>(_ text: String, _ name: String, _ make: (String) -> Value?, _ example: String) throws -> Value {
    guard let value = make(text) else {
      throw Trouble.usage(
        Name("\(name) cannot be read: \"\(text)\"", "无法识别 \(name)：“\(text)”"), remedy: Name("write it like \(example)", "请按 \(example) 的形式书写"))
    }
    return value
  }
}

extension Trouble {
  static func noRow(_ model: String, _ subject: String) -> Trouble {
    Trouble(
      .absent, "E-NO-ROW", Name("\(subject) has no row in \(model)", "\(subject) 在 \(model) 中没有行"), unharmed: Unharmed.everything,
      remedy: Name("/api/v1/models/\(model) lists the rows that there are", "全部行见 /api/v1/models/\(model)"))
  }
}
