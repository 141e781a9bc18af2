import Projection
import ProjectionCatalogue
import TestSupport
import Testing
import Vocabulary
import Wire

@testable import RuleFiles

@Suite struct `A rule goes through a file unchanged` {
  @Test(arguments: ProjectionCatalogue.rules, Language.allCases) func `as it ships`(kind: RuleKind, language: Language) throws {
    for rule in kind.shipped {
      let text = RuleFile.text(of: rule, kind: kind, header: ["a header"], language: language)
      #expect(try read(text, kind).body == rule.body, "\(text)")
    }
  }

  @Test(arguments: ProjectionCatalogue.rules) func `with every field that may be left out`(kind: RuleKind) throws {
    let body = try full(kind)
    try kind.check(body)
    for language in Language.allCases {
      let text = RuleFile.text(of: RuleVersion(1, why: Name("", ""), body), kind: kind, language: language)
      #expect(try read(text, kind).body == kind.normal(body), "\(text)")
    }
  }

  @Test(arguments: ProjectionCatalogue.rules, 0..<60) func `with values by dice`(kind: RuleKind, seed: Int) throws {
    var dice = Dice(UInt64(seed))
    var body = try full(kind)
    for _ in 0..<12 {
      guard let field = kind.fields.randomElement(using: &dice), let value = body[field.name] else { continue }
      let before = body
      body[field.name] = Roll.value(field.kind, like: value, &dice)
      if (try? kind.check(body)) == nil { body = before }
    }
    let text = RuleFile.text(
      of: RuleVersion(1, why: Name("", ""), body), kind: kind, language: seed % 2 == 0 ? .en : .zh)
    #expect(try read(text, kind).body == kind.normal(body), "seed \(seed): \(text)")
    #expect(RuleFile.kind(of: Array(text.utf8)) == kind.name)
  }

  @Test(arguments: [
    "yes", "No", "null", "~", "1", "1.5", "- a", "a: b", "a #b", "#a", "a & b", "A &b", "&b", "*b", "!b", "'a'", "\"a\"", " a", "a ", "a\nb", "a\tb",
    "\u{0}", "\u{7F}", "\u{85}", "\u{2028}", "a\u{FEFF}", "\u{E000}", "客户", "Ａ客户：沉默", "%a", "@a", "`a", "{a}", "[a]", "a, b", "<<", "=", "?a", "|", ">", "…", "😀", "a\\b",
  ]) func `whatever a text holds`(text: String) throws {
    let kind = try kind("sla")
    var body = try #require(kind.shipped.first).body
    body["escalateTo"] = .string(text)
    let file = RuleFile.text(of: RuleVersion(1, why: Name("", ""), body), kind: kind)
    #expect(try read(file, kind).body == body, "\(file)")
    let approval = try self.approval(text)
    let second = RuleFile.text(of: RuleVersion(1, why: Name("", ""), approval.body), kind: approval.kind)
    #expect(try read(second, approval.kind).body == approval.body, "in a list: \(second)")
  }

  /// A text inside a list in brackets.
  private func approval(_ text: String) throws -> (kind: RuleKind, body: JSONObject) {
    let kind = try kind("approval")
    var body = try #require(kind.shipped.first).body
    var bands = body["bands"]?.array ?? []
    guard var band = bands[0].object else { return (kind, body) }
    band["roles"] = [.string(text), "legal"]
    bands[0] = .object(band)
    body["bands"] = .array(bands)
    return (kind, body)
  }

  /// The shipped rule with whatever may be left out filled in.
  private func full(_ kind: RuleKind) throws -> JSONObject {
    var body = try #require(kind.shipped.last).body
    for (name, value) in Full.members[kind.name] ?? [:] { body[name] = value }
    return body
  }
}

/// What optional members of rules may hold.
enum Full {
  static let members: [String: [String: JSON]] = [
    "churn": [
      "signals": [
        [
          "id": "quiet", "title": ["en": "Quiet", "zh": "沉默"], "weight": 12, "atLeast": "orange", "afterDays": 3,
          "when": "days since last purchase > 1.5 * median purchase gap and purchases in last 365 days >= 2",
          "until": "purchases in last 30 days >= 1",
        ],
        ["id": "unhappy", "title": ["en": "Unhappy", "zh": "不满"], "weight": 5, "when": "recommendation score < 5 or open complaints > 2"],
      ]
    ],
    "lifecycle": [
      "precedence": ["lost", "dormant", "won-back", "declining", "advocate", "active", "new", "prospect", "qualified", "lead"],
      "stages": [
        ["id": "fading", "title": ["en": "Fading", "zh": "渐远"], "stage": "declining", "when": "days since last visit or use > 60 days"]
      ],
    ],
    "tier": ["cur": "CNY"], "segment": ["cur": "EUR"], "commission": ["cur": "CNY", "capMinor": 50_000_000],
    "sla": [
      "calendar": [
        "offsetMin": 480, "weekdays": ["mon", "tue", "wed", "thu", "fri"], "opensAtMin": 540, "closesAtMin": 1_080,
        "holidays": ["2026-10-01", "2026-10-02"], "extraWorkdays": ["2026-10-10"],
      ]
    ],
    "data-grade": [
      "demands": [
        ["grade": "l1", "isMaskedInLists": false, "readingIsLogged": false, "exportNeedsApproval": false, "roles": []],
        ["grade": "l2", "isMaskedInLists": false, "readingIsLogged": false, "exportNeedsApproval": false],
        ["grade": "l3", "isMaskedInLists": false, "readingIsLogged": true, "exportNeedsApproval": true],
        ["grade": "l4", "isMaskedInLists": true, "readingIsLogged": true, "exportNeedsApproval": true, "roles": ["legal, finance", "审计员"]],
      ]
    ],
  ]
}

/// Values by dice that a field takes.
enum Roll {
  static func value(_ kind: Field.Kind, like value: JSON, _ dice: inout Dice) -> JSON {
    switch kind {
    case .integer(let range, _): return [.int(range.lowerBound), .int(range.upperBound), value][dice.roll(3)]
    case .code(let codes): return codes.randomElement(using: &dice).map { .string($0.word.text) } ?? value
    case .flag: return .bool(dice.roll(2) == 0)
    case .currency: return ["CNY", "JPY", "USD"][dice.roll(3)]
    case .list(let kind, _):
      guard var items = value.array, !items.isEmpty else { return value }
      let place = dice.roll(items.count)
      items[place] = Roll.value(kind, like: items[place], &dice)
      return .array(items)
    case .record(let fields):
      guard var object = value.object, let field = fields.randomElement(using: &dice), let old = object[field.name] else { return value }
      object[field.name] = Roll.value(field.kind, like: old, &dice)
      return .object(object)
    default: return value
    }
  }
}
