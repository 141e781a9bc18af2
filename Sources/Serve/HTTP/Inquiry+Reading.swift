import AccessControl
import Answers
public import Engine
import Projection
import Vocabulary
import Wire

// What a handler reads from the log, and what its query says of how much and from where.

extension Inquiry {
  /// Answers from the log as it stands now. The one place where what a role may see is enforced on reading: personal values
  /// above the asker's clearance are withheld by the snapshot itself, and that others were shown is recorded.
  public func read<R>(_ body: (Snapshot) throws -> R) throws -> R {
    try awaitPosition()
    return try office.read { snapshot in
      let (answer, shown) = try snapshot.showing(only: principal.visible, body)
      if let grade = shown.map(\.grade).max() { office.ledger.note(self, grade, of: customer(in: snapshot)) }
      return answer
    }
  }

  /// The customer whom the path names, or to whom what it names belongs: of `4` and of `contract:K-7` too.
  private func customer(in snapshot: Snapshot) -> String? {
    guard let asked = parameters["subject"] ?? parameters["customer"], let name = try? snapshot.resolve(String(asked.prefix { $0 != "/" })) else { return nil }
    return try? snapshot.customer(of: name)
  }

  /// `min_position`: the asker has seen that event, and wants no answer from before it.
  var minimumPosition: Int64? {
    get throws {
      try number("min_position")
    }
  }

  func awaitPosition() throws {
    guard let minimum = try minimumPosition, minimum >= office.head else { return }
    throw Trouble(
      .busy, "E-POSITION", Name("event \(minimum) is not in the log yet", "事件 \(minimum) 尚未入账"), unharmed: Unharmed.everything,
      remedy: Name("ask again, or leave min_position out", "请稍后重试，或不写 min_position"))
  }

  /// From where the asker looks: `as_of`, `known_at`, `rule` (may be given again).
  public func view() throws -> View {
    let asOf = try query["as_of"].map { try read($0, "as_of", TimePoint.init, "2026-06-30T12:00:00Z") }
    let knownAt = try query["known_at"].map { try read($0, "known_at", LogPoint.init, "1200") }
    let rules = try query.values("rule").map { try read($0, "rule", RuleChoice.init, "churn=2") }
    return View(asOf: asOf, knownAt: knownAt, rules: rules)
  }

  /// `limit`: how many at most.
  public func limit(_ usual: Int = 100, most: Int = 1_000) throws -> Int {
    try query["limit"].map { text in
      try read(text, "limit", { Int($0).flatMap { (1...most).contains($0) ? $0 : nil } }, "\(usual) (1 – \(most))")
    } ?? usual
  }

  /// A whole number of the query.
  func number(_ name: String, from least: Int64 = 0) throws -> Int64? {
    try query[name].map { try number(name, $0, from: least) }
  }

  /// A whole number that leaves room for the one behind it.
  func number(_ name: String, _ text: String, from least: Int64 = 0) throws -> Int64 {
    try read(text, name, { Int64($0).flatMap { $0 >= least && $0 < .max ? $0 : nil } }, "\(max(least, 1))")
  }

  func read<Value>(_ text: String, _ name: String, _ make: (String) -> Value?, _ example: String) throws -> Value {
    guard let value = make(text) else {
      throw Trouble.usage(
        Name("\(name) cannot be read: \"\(text)\"", "无法识别 \(name)：“\(text)”"), remedy: Name("write it like \(example)", "请按 \(example) 的形式书写"))
    }
    return value
  }
}
