import TestSupport
import Testing
import Vocabulary

@testable import Conditions

@Suite struct `Conditions are read in both languages` {
  @Test(arguments: [
    ("days since last purchase>60 days", "days since last purchase > 60 days", "距上次购买天数 > 60 天"),
    ("距上次购买天数＞６０天", "days since last purchase > 60 days", "距上次购买天数 > 60 天"),
    ("days  since   last purchase > 2 weeks", "days since last purchase > 14 days", "距上次购买天数 > 14 天"),
    ("days since last purchase >= 1 day", "days since last purchase >= 1 day", "距上次购买天数 >= 1 天"),
    (
      "days since last purchase > 1.50 * median purchase gap and purchases in last 365 days >= 2",
      "days since last purchase > 1.5 * median purchase gap and purchases in last 365 days >= 2",
      "距上次购买天数 > 1.5 * 采购间隔中位数 且 购买次数 近 365 天 >= 2"
    ),
    (
      "距上次购买天数>1.5×采购间隔中位数且购买次数近365天≥2",
      "days since last purchase > 1.5 * median purchase gap and purchases in last 365 days >= 2",
      "距上次购买天数 > 1.5 * 采购间隔中位数 且 购买次数 近 365 天 >= 2"
    ),
    (
      "revenue in last 90 days < 70% * revenue in 90 days before last 90 days",
      "revenue in last 90 days < 70 % * revenue in 90 days before last 90 days",
      "收入 近 90 天 < 70 % * 收入 近 90 天之前 90 天"
    ),
    ("收入 近 90 天之前 30 天 ≥ 1234.50 CNY", "revenue in 30 days before last 90 days >= 1234.5 CNY", "收入 近 90 天之前 30 天 >= 1234.5 CNY"),
    ("revenue in last 9 days > 700 JPY", "revenue in last 9 days > 700 JPY", "收入 近 9 天 > 700 JPY"),
    ("grade is a or grade is not c", "grade is a or grade is not c", "客户等级 为 A 级 或 客户等级 不为 C 级"),
    ("客户等级为A 级", "grade is a", "客户等级 为 A 级"),
    ("not (purchases = 0 or recommendation score is unknown)", "not (purchases = 0 or recommendation score is unknown)", "非 (购买次数 = 0 或 推荐分 未知)"),
    ("((purchases != 0))", "purchases != 0", "购买次数 != 0"),
    ("purchases ≠ 0 and (purchases > 1 and grade is a)", "purchases != 0 and (purchases > 1 and grade is a)", "购买次数 != 0 且 (购买次数 > 1 且 客户等级 为 A 级)"),
    ("recommendation score - 2 - 3 > 1", "recommendation score - 2 - 3 > 1", "推荐分 - 2 - 3 > 1"),
    ("recommendation score - (2 - 3) > 1", "recommendation score - (2 - 3) > 1", "推荐分 - (2 - 3) > 1"),
    ("(recommendation score + 2) * 3 > 1", "(recommendation score + 2) * 3 > 1", "(推荐分 + 2) * 3 > 1"),
    ("revenue in last 9 days / purchases in last 9 days > 5 CNY", "revenue in last 9 days / purchases in last 9 days > 5 CNY", "收入 近 9 天 / 购买次数 近 9 天 > 5 CNY"),
    ("median purchase gap / 2 > 3.5 days", "median purchase gap / 2 > 3.5 days", "采购间隔中位数 / 2 > 3.5 天"),
    ("purchase gaps > 1", "purchase gaps > 1", "采购间隔个数 > 1"),
  ]) func `and have one spelling in each`(written: String, en: String, zh: String) throws {
    let condition = try Condition(written)
    #expect(condition.text == en)
    #expect(condition.text(in: .zh) == zh)
    #expect(try Condition(en) == condition)
    #expect(try Condition(zh) == condition)
  }

  @Test(arguments: 0..<400) func `whatever is said is read again as it was said`(seed: Int) throws {
    var writer = RandomCondition(seed: UInt64(seed))
    let written = writer.condition(depth: 3)
    guard let condition = try? Condition(written) else { return }  // too costly or too deep
    #expect(try Condition(condition.text) == condition, "seed \(seed): \(written)")
    #expect(try Condition(condition.text(in: .zh)) == condition, "seed \(seed): \(condition.text(in: .zh))")
  }

  @Test func `most random conditions are read at all`() {
    let read = (0..<400).count { seed in
      var writer = RandomCondition(seed: UInt64(seed))
      return (try? Condition(writer.condition(depth: 3))) != nil
    }
    #expect(read > 200)
  }
}

@Suite struct `Texts that are no conditions` {
  @Test(arguments: [
    ("", 0, "ends early"), ("purchases", 0, "compare"), ("purchases >", 11, "ends early"), ("purchases > x", 12, "\"x\""),
    ("purchase >= 2", 0, "purchases"), ("3 > 2", 0, "no measure"), ("purchases >= 2 days", 13, "do not fit"),
    ("days since last purchase > 60", 27, "write the unit"), ("days since last purchase > 2 months", 27, "fixed length"),
    ("revenue > 5 CNY", 0, "needs a window"), ("days since last purchase in last 9 days > 1 days", 0, "no window"),
    ("purchases in last 0 days > 1", 18, "1 to 3650"), ("purchases in last 3651 days > 1", 18, "1 to 3650"),
    ("purchases in last 1.5 days > 1", 18, "whole number"), ("purchases in last 9 > 1", 20, "days"),
    ("revenue in last 9 days > 5 CNY + 5 USD", 33, "one currency"), ("revenue in last 9 days > 5.001 CNY", 25, "small unit"),
    ("revenue in last 9 days * revenue in last 9 days > 5 CNY", 25, "do not fit"),
    ("purchases > 1 / 0", 16, "division by 0"), ("grade > 1", 0, "ask with"), ("grade is d", 9, "a, b, c"),
    ("(purchases > 1) + 1 > 2", 0, "no value"), ("purchases > 1 and", 17, "ends early"), ("(purchases > 1", 14, "closing"),
    ("purchases > 1)", 13, "the end"), ("purchases > 1000000001", 12, "not a number"), ("purchases > 1.1234567", 12, "not a number"),
    ("purchases > 1.2.3", 12, "not a number"), ("purchases > 1 xor purchases > 2", 14, "\"xor\""),
    ("days since last purchase * (days since last purchase / 1 day) > 4 days", 27, "two factors"),
    ("1 day / days since last purchase > 1", 8, "divisor"), ("purchases => 1", 11, "\">\""), ("\u{0}purchases > 1", 0, "not known"),
  ]) func `are refused at their place`(text: String, offset: Int, says: String) {
    do {
      let condition = try Condition(text, measures: Words.all)
      Issue.record("\(text) was read as \(condition.text)")
    } catch {
      #expect(error.offset == offset, "\(text): \(error.what.en)")
      #expect(error.what.en.contains(says), "\(text): \(error.what.en)")
      #expect(error.what.zh.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(text): \(error.what.zh)")
    }
  }

  @Test func `words that are near are named`() throws {
    do {
      _ = try Condition("purchase gap > 3", measures: Words.all)
      Issue.record("was read")
    } catch {
      #expect(error.what.en.contains("purchase gaps") && error.what.en.contains("median purchase gap"))
      #expect(error.what.zh.contains("采购间隔"))
    }
  }
}

@Suite struct `Conditions are bounded` {
  private func reads(_ text: String) -> Bool { (try? Condition(text)) != nil }
  private func repeated(_ text: String, _ count: Int, _ joint: String) -> String { Array(repeating: text, count: count).joined(separator: joint) }

  @Test func `in their bytes`() {
    let core = "purchases > 1"
    let room = ConditionLimit.bytes - core.utf8.count
    #expect(reads(core + String(repeating: " ", count: room)))
    #expect(!reads(core + String(repeating: " ", count: room + 1)))
  }

  @Test func `in their comparisons`() {
    #expect(reads(repeated("grade is a", ConditionLimit.comparisons, " or ")))
    #expect(!reads(repeated("grade is a", ConditionLimit.comparisons + 1, " or ")))
  }

  @Test func `in their cost, which is known before they run`() throws {
    let sum = { (count: Int) in self.repeated("median purchase gap", count, " + ") + " > 1 day" }
    #expect(try Condition(sum(16)).cost == 64)
    #expect(reads(sum(16)) && !reads(sum(17)))
    #expect(try Condition("purchases > 1 and days since last purchase > 1 day").cost == 3)
  }

  @Test func `in their depth`() {
    func nested(_ depth: Int) -> String { String(repeating: "(", count: depth) + "purchases > 1" + String(repeating: ")", count: depth) }
    #expect(reads(nested(ConditionLimit.depth)) && !reads(nested(ConditionLimit.depth + 1)))
    #expect(reads(String(repeating: "not ", count: ConditionLimit.depth) + "purchases > 1"))
    #expect(!reads(String(repeating: "not ", count: ConditionLimit.depth + 1) + "purchases > 1"))
  }

  @Test func `in the size of their numbers`() {
    #expect(reads("revenue in last 9 days * 1000000000 > 1 CNY"))
    #expect(!reads("revenue in last 9 days * 1000000000 * 2 > 1 CNY"))
  }
}

/// Conditions by dice: most of them are well formed.
struct RandomCondition {
  private var dice: Dice
  init(seed: UInt64) { dice = Dice(seed) }

  mutating func condition(depth: Int) -> String {
    guard depth > 0 else { return comparison() }
    switch dice.roll(6) {
    case 0: return "\(condition(depth: depth - 1)) and \(condition(depth: depth - 1))"
    case 1: return "\(condition(depth: depth - 1)) or \(condition(depth: depth - 1))"
    case 2: return "not (\(condition(depth: depth - 1)))"
    case 3: return "(\(condition(depth: depth - 1)))"
    default: return comparison()
    }
  }

  private mutating func comparison() -> String {
    let relations = Relation.allCases.map(\.rawValue)
    let relation = relations[dice.roll(relations.count)]
    switch dice.roll(7) {
    case 0: return "\(days()) \(relation) \(days())"
    case 1: return "purchases \(window()) \(relation) \(dice.roll(9))"
    case 2: return "revenue \(window()) \(relation) \(dice.roll(900)).\(dice.roll(9))0 CNY"
    case 3: return "revenue \(window()) \(relation) \(dice.roll(99)) % * revenue \(window())"
    case 4: return "recommendation score is \(dice.roll(2) == 0 ? "known" : "unknown")"
    case 5: return "grade is \(dice.roll(2) == 0 ? "" : "not ")\(["a", "b", "c"][dice.roll(3)])"
    default: return "purchase gaps - (\(dice.roll(9)) - \(dice.roll(9))) \(relation) purchases \(window()) / \(1 + dice.roll(4))"
    }
  }

  private mutating func days() -> String {
    switch dice.roll(5) {
    case 0: return "\(dice.roll(300)) days"
    case 1: return "\(dice.roll(30)).\(dice.roll(9)) * median purchase gap"
    case 2: return "days until contract end"
    case 3: return "(days since last purchase + \(dice.roll(50)) days) * 2"
    default: return "days since last purchase"
    }
  }

  private mutating func window() -> String {
    dice.roll(2) == 0 ? "in last \(1 + dice.roll(120)) days" : "in \(1 + dice.roll(120)) days before last \(dice.roll(120)) days"
  }
}
