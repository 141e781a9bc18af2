public import Conditions
public import Vocabulary
public import Wire

/// A condition that a company adds to a rule in its own words: a name, and when it holds.
public struct OwnCondition: Hashable, Sendable {
  /// Conditions that a rule may have in one list.
  public static let limit = 16
  /// The members that hold conditions.
  public static let conditionNames = ["when", "until"]

  /// Stable, for programs: `big-and-quiet`.
  public let id: String
  public let title: Name
  public let held: HeldCondition

  /// The fields that every kind of own condition has.
  public static let fields: [Field] = [
    .text("id", "Short name: small letters, digits and -", "短名：小写字母、数字和 -", limit: 40),
    Field(
      "title", .record([.text("en", "in English", "英文", limit: 100), .text("zh", "in Chinese", "中文", limit: 100)]),
      "What people call it", "显示名称"),
    .text("when", "Holds when", "成立条件", limit: ConditionLimit.bytes),
    .text("until", "Once it holds, goes on until", "成立后直到满足此条件为止", limit: ConditionLimit.bytes).optional,
    .count("afterDays", "Counts only after so many days in a row", "连续成立多少天后才计入", 0...3_650, .days).optional,
  ]

  /// - Parameter values: one that `check` has accepted. `nil` for another.
  public init?(_ values: JSONObject, measures: [Measure]) {
    guard let when = try? Condition(values.text("when"), measures: measures) else { return nil }
    let until = values["until"]?.string.flatMap { try? Condition($0, measures: measures) }
    let title = values["title"]?.object ?? [:]
    id = values.text("id")
    self.title = Name(title.text("en"), title.text("zh"))
    held = HeldCondition(when: when, until: until, afterDays: values.number("afterDays"))
  }

  /// The conditions of a checked list.
  public static func list(_ values: JSONObject, _ name: String, measures: [Measure]) -> [OwnCondition] {
    values.records(name).compactMap { OwnCondition($0, measures: measures) }
  }

  /// Refuses a list whose names are no names or stand twice, or whose conditions are none.
  /// - Parameter taken: names that mean something already.
  public static func check(
    _ values: JSONObject, _ name: String, measures: [Measure], taken: [String] = []
  ) throws(RuleFault) {
    var seen = Set(taken)
    for (place, values) in values.records(name).enumerated() {
      let path = "\(name)[\(place)]"
      let id = values.text("id")
      guard isName(id) else {
        throw RuleFault(
          path + ".id",
          Name(
            "\"\(id)\" is no short name; allowed: small letters, digits and -, beginning with a letter",
            "“\(id)”不是短名；只能用小写字母、数字和 -，以字母开头"))
      }
      guard seen.insert(id).inserted else {
        throw RuleFault(path + ".id", Name("\"\(id)\" stands twice, or has a meaning already", "“\(id)”重复或已有含义"))
      }
      for part in conditionNames {
        guard let text = values[part]?.string else { continue }
        do { _ = try Condition(text, measures: measures) } catch {
          throw RuleFault("\(path).\(part)", error.what, offset: error.offset)
        }
      }
    }
  }

  /// Looks that the conditions of a checked list take on one day at most.
  public static func cost(_ values: JSONObject, _ name: String, measures: [Measure]) -> Int {
    list(values, name, measures: measures).reduce(0) { $0 + $1.held.cost }
  }

  /// The list with its conditions in the spelling that is stored.
  public static func normal(_ values: JSONObject, _ name: String, measures: [Measure]) -> JSONObject {
    guard let list = values[name]?.array else { return values }
    var values = values
    values[name] = .array(
      list.map { item in
        guard var object = item.object else { return item }
        for part in conditionNames {
          guard let text = object[part]?.string, let condition = try? Condition(text, measures: measures) else {
            continue
          }
          object[part] = .string(condition.text)
        }
        return .object(object)
      })
    return values
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, (0x61...0x7A).contains(first) else { return false }
    return text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
  }
}

extension OwnCondition {
  /// Positions that a finding names at most.
  private static let evidenceLimit = 10

  /// What the condition came out as: a finding for itself, and where it has several comparisons one for each.
  ///
  /// - Parameter began: the day from which it counts; `nil` where it does not today.
  public func findings(_ source: some MeasureSource, on today: Day, began: Day?) -> [Finding] {
    let parts = held.when.measurements(source, on: today)
    if parts.count == 1, held.until == nil {
      let (part, holds) = (parts[0], began != nil)
      return [Finding(id, words, value: part.value, threshold: part.threshold, holds: holds, evidence: part.evidence)]
    }
    let answer = held.when.answer(source, on: today).map { $0 ? "yes" : "no" } ?? "unknown"
    let evidence = Set(parts.flatMap(\.evidence)).sorted().suffix(OwnCondition.evidenceLimit)
    let whole = Finding(
      id, words, value: began.map { "since \($0)" } ?? answer, threshold: "yes", holds: began != nil,
      evidence: Array(evidence))
    return [whole]
      + parts.enumerated().map { place, part in
        Finding(
          "\(id).\(place + 1)", Name(part.comparison, part.comparisonInChinese), value: part.value,
          threshold: part.threshold, holds: part.holds ?? false, evidence: part.evidence)
      }
  }

  /// The name with what it asks for: the words of the rule, so that nobody has to look them up.
  private var words: Name {
    var (en, zh) = ("\(title.en): \(held.when.text)", "\(title.zh)：\(held.when.text(in: .zh))")
    if let until = held.until {
      en += ", until \(until.text)"
      zh += "，直到 \(until.text(in: .zh))"
    }
    if held.afterDays > 0 {
      en += ", after \(held.afterDays) days"
      zh += "，连续 \(held.afterDays) 天后"
    }
    return Name(en, zh)
  }
}
