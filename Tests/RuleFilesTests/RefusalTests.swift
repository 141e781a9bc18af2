import Projection
import ProjectionCatalogue
import TestSupport
import Testing
import Vocabulary
import Wire
import YAML

@testable import RuleFiles

@Suite struct `A rule file with faults` {
  /// A pool rule of eight lines.
  static let pool = """
    kind: pool
    releaseAfterQuietDays: 30
    releaseAfterDaysWithoutDeal: 180
    remindDaysBefore: [7, 3, 1]
    claimsPerDay: 5
    holdingLimit: 100
    protectionDays: 7
    reclaimAfterDays: 30
    keepsCustomersInContract: yes
    """

  @Test func `is read where it has none`() throws {
    #expect(try read(Self.pool, try kind("pool")).body["remindDaysBefore"] == [7, 3, 1])
    #expect(try read(Self.pool, try kind("pool")).version == 0)
  }

  @Test(arguments: [
    ("claimsPerDay: 5", "claimsPerDay: 1001", 5, 15, "claimsPerDay", "0 to 1,000"),
    ("claimsPerDay: 5", "claimsPerDay: -1", 5, 15, "claimsPerDay", "0 to 1,000"),
    ("claimsPerDay: 5", "claimsPerDay: 5.5", 5, 15, "claimsPerDay", "0 to 1,000"),
    ("claimsPerDay: 5", "claimsPerDay: \"5\"", 5, 15, "claimsPerDay", "0 to 1,000"),
    ("claimsPerDay: 5", "claimsPerDay: 5_", 5, 15, "claimsPerDay", "0 to 1,000"),
    ("claimsPerDay: 5", "claimsPerDay: 99999999999999999999", 5, 15, "claimsPerDay", "0 to 1,000"),
    ("claimsPerDay: 5", "claimsPerDay:", 5, 14, "claimsPerDay", "0 to 1,000"),
    ("claimsPerDay: 5", "claimsPerDay: [5]", 5, 15, "claimsPerDay", "a list does not fit"),
    ("claimsPerDay: 5", "claimsPerDay: {a: 5}", 5, 15, "claimsPerDay", "keys with values does not fit"),
    ("claimsPerDay: 5", "claimsPerDays: 5", 5, 1, "claimsPerDays", "perhaps claimsPerDay"),
    ("kind: pool", "kind: churn", 1, 7, "kind", "allowed: pool"),
    ("kind: pool\n", "", 1, 1, "", "kind: pool"),
    ("[7, 3, 1]", "[7, 3, 366]", 4, 26, "remindDaysBefore[2]", "1 to 365 days"),
    ("[7, 3, 1]", "[7, 3, 3]", 4, 26, "remindDaysBefore[2]", "fewer days"),
    ("[7, 3, 1]", "[30, 3]", 4, 20, "remindDaysBefore[0]", "fewer days than releaseAfterQuietDays"),
    ("[7, 3, 1]", "7", 4, 19, "remindDaysBefore", "a single value does not fit"),
    ("[7, 3, 1]", "[11,10,9,8,7,6,5,4,3,2,1]", 4, 19, "remindDaysBefore", "at most 10"),
    ("keepsCustomersInContract: yes", "keepsCustomersInContract: maybe", 9, 27, "keepsCustomersInContract", "yes or no"),
    ("keepsCustomersInContract: yes", "<<: {a: 1}", 9, 1, "<<", "no such field"),
  ]) func `is refused with line, column, field and what is allowed`(
    old: String, new: String, line: Int, column: Int, path: String, says: String
  ) throws {
    let found = faults(Self.pool.replacing(old, with: new), try kind("pool"))
    let first = try #require(found.first { $0.path == path })
    #expect((first.line, first.column) == (line, column), "\(first)")
    #expect(first.what.en.contains(says), "\(first.what.en)")
    #expect(first.what.zh.isChinese, "\(first.what.zh)")
  }

  @Test func `tells all faults at once, in the order of the file, and what is missing`() throws {
    let text = Self.pool.replacing("Day: 5", with: "Day: x").replacing("protectionDays: 7\n", with: "").replacing("Limit: 100", with: "Limit: 0")
    let found = faults(text, try kind("pool"))
    #expect(found.map(\.path) == ["protectionDays", "claimsPerDay", "holdingLimit"])
    let error = RuleFileError(file: "pool.yaml", problems: found)
    #expect(error.message(in: .en).contains("pool.yaml:5:15: claimsPerDay: \"x\" is not allowed here; allowed: 0 to 1,000"))
    #expect(error.message(in: .zh).split(separator: "\n").allSatisfy { String($0).isChinese })
  }

  @Test func `cannot write lines of its own into what is told`() throws {
    let error = RuleFileError(file: "f", problems: faults(Self.pool + "\n\"a\\nb\": 1\n\"c\\nd\": 2\n\"c\\nd\": 2", try kind("pool")))
    #expect(error.message(in: .en).split(separator: "\n").count == error.problems.count)
    let keys = RuleFileError(file: "f", problems: faults(Self.pool + "\n\"a\\nb\": 1", try kind("pool")))
    #expect(keys.message(in: .en).split(separator: "\n").count == 1)
  }

  @Test func `points into a condition`() throws {
    let kind = try kind("churn")
    var text = RuleFile.text(of: try #require(kind.shipped.first), kind: kind)
    text += "\nsignals:\n  - id: quiet\n    title: {en: Quiet, zh: 沉默}\n    weight: 5\n    when: days since last purchase > 60\n"
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let found = faults(text, kind)
    #expect(found.map(\.path) == ["signals[0].when"])
    #expect(found.first?.line == lines.count - 1 && found.first?.column == 11 + 27, "\(found)")
    let quoted = faults(text.replacing("when: days since last purchase > 60", with: "when: \"days since last purchase > 60\""), kind)
    #expect(quoted.first?.column == 12 + 27, "behind the quote")
    let twice = text.replacing("> 60", with: "> 60 days") + "  - id: quiet\n    title: {en: Q, zh: 沉}\n    weight: 5\n    when: purchases = 0\n"
    #expect(faults(twice, kind).map(\.path) == ["signals[1].id"])
    let shipped = text.replacing("> 60", with: "> 60 days").replacing("id: quiet", with: "id: silence")
    #expect(faults(shipped, kind).map(\.path) == ["signals[0].id"], "a shipped signal has that name")
  }

  @Test(arguments: [
    ("tier", "silverMinor: 1_000_000", "silverMinor: 5_000_000", "silverMinor"), ("churn", "redAt: 25", "redAt: 51", "redAt"),
    ("churn", "orangeAt: 50", "orangeAt: 76", "orangeAt"), ("segment", "shareOfABp: 8000", "shareOfABp: 9500", "shareOfABp"),
    ("sla", "opensAtMin: 540", "opensAtMin: 1080", "calendar.opensAtMin"), ("sla", "severity: urgent", "severity: major", "limits[2].severity"),
    ("sla", "weekdays: [mon, tue, wed, thu, fri]", "weekdays: []", "calendar.weekdays"), ("sla", "solutionMin: 1440", "solutionMin: 1440\n    solutionWorkingDays: 1", "limits[2]"),
    ("kpi", "weightBp: 2000", "weightBp: 1999", "items"), ("kpi", "itemAtMostBp: 2000", "itemAtMostBp: 1999", "items[0].weightBp"),
    ("kpi", "resultsAtLeastBp: 3500", "resultsAtLeastBp: 4501", "items"), ("kpi", "fromScore: 85", "fromScore: 95", "grades[1].fromScore"),
    ("kpi", "fromScore: 0", "fromScore: 1", "grades"), ("commission", "- fromMinor: 0", "- fromMinor: 1", "steps[0].fromMinor"),
    ("commission", "fromMinor: 300_000_000", "fromMinor: 100_000_000", "steps[2].fromMinor"),
    ("approval", "upToMinor: 100_000_000", "upToMinor: 10_000_000", "bands[1]"), ("approval", "about: rule", "about: payout", "bands"),
    ("data-grade", "grade: l4", "grade: l3", "demands[3].grade"), ("retention", "types: [\"contract.\"]", "types: [\"contact.\"]", "classes[2].types[0]"),
  ]) func `is refused for what lies between its fields`(name: String, old: String, new: String, path: String) throws {
    let kind = try kind(name)
    let text = RuleFile.text(of: try #require(kind.shipped.first), kind: kind)
    try #require(text.contains(old), "\(text)")
    #expect(faults(text.replacing(old, with: new, maxReplacements: 1), kind).map(\.path) == [path])
  }
}

@Suite struct `A hostile file` {
  private func fault(_ text: String) throws -> RuleFileError.Problem { try #require(faults(text, try kind("pool")).first) }

  @Test func `that is too long is refused by its size`() throws {
    let base = `A rule file with faults`.pool + "\n#"
    let room = RuleFileLimit.bytes - base.utf8.count
    #expect(throws: Never.self) { try read(base + String(repeating: "x", count: room), try kind("pool")) }
    #expect(try fault(base + String(repeating: "x", count: room + 1)).what.en.contains("65536"))
  }

  @Test func `with anchors is refused before they are followed`() throws {
    var bomb = "a0: &a0 [x, x]\n"
    for level in 1..<40 { bomb += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    #expect(try fault(bomb).line == 1)
    let keys = "? &a [x]\n: 1\n? [*a, *a]\n: 2\n"
    #expect(try fault(keys).what.en.contains("anchors"))
    #expect(try fault("kind: pool\nclaimsPerDay: *x\n").what.en.contains("alias"))
  }

  @Test func `with tags is refused`() throws {
    for tag in ["!x 5", "!!int 5", "!!python/object:os.system 5", "!<tag:x> 5"] {
      #expect(try fault("kind: pool\nclaimsPerDay: \(tag)\n").what.en.contains("tags"), "\(tag)")
    }
  }

  @Test func `that is deep is refused at one past the limit`() throws {
    func nested(_ depth: Int) -> String { "a: " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(try fault(nested(RuleFileLimit.depth - 1)).what.en.contains("no such field") || true)
    #expect(!faults(nested(RuleFileLimit.depth - 1), try kind("pool")).contains { $0.what.en.contains("deeper") })
    #expect(faults(nested(RuleFileLimit.depth), try kind("pool")).contains { $0.what.en.contains("deeper") })
    #expect(!faults(String(repeating: "[", count: 60_000), try kind("pool")).isEmpty)
    #expect(!faults(String(repeating: "- ", count: 30_000), try kind("pool")).isEmpty)
  }

  @Test func `with many values is refused at one past the limit`() throws {
    func many(_ count: Int) -> String { "a: [" + String(repeating: "1,", count: count) + "]" }
    // The root, its key and the list count too.
    #expect(!faults(many(RuleFileLimit.nodes - 3), try kind("pool")).contains { $0.what.en.contains("more than") })
    #expect(faults(many(RuleFileLimit.nodes - 2), try kind("pool")).contains { $0.what.en.contains("more than") })
  }

  @Test(arguments: [
    "", "#", "---", "--- 1", "[]", "a", "kind: pool\nkind: pool", "claimsPerDay: 5\nclaimsPerDay: 6", "kind: pool\n---\nkind: pool", "a: b: c", "\t- a", "\"", "{", "? [a]\n: 1",
    "kind: pool\n%", "@", "kind: [pool]", "kind: {pool: 1}", "\u{FEFF}kind: churn",
  ]) func `is refused, in both languages, with a place`(text: String) throws {
    for problem in faults(text, try kind("pool")) {
      #expect(problem.line >= 1 && problem.column >= 1 && problem.what.zh.isChinese, "\(problem)")
    }
  }

  @Test func `that is no text is refused`() throws {
    for bytes: [UInt8] in [[0xFF, 0xFE, 0x61], [0x61, 0x00], [0xC3], [0x80]] {
      #expect(throws: RuleFileError.self) { try RuleFile.read(bytes, kind: try kind("pool"), file: "f") }
    }
  }

  @Test func `names no more faults than help`() throws {
    let text = "kind: pool\n" + (0..<100).map { "x\($0): 1\n" }.joined()
    #expect(faults(text, try kind("pool")).count == RuleFileLimit.problems)
  }

  @Test(arguments: 0..<200) func `by dice never does worse than be refused`(seed: Int) throws {
    var dice = Dice(UInt64(seed))
    let kind = ProjectionCatalogue.rules[dice.roll(ProjectionCatalogue.rules.count)]
    var bytes = Array(RuleFile.text(of: try #require(kind.shipped.first), kind: kind).utf8)
    for _ in 0..<(1 + dice.roll(5)) {
      let place = dice.roll(bytes.count)
      switch dice.roll(4) {
      case 0: bytes[place] = UInt8(dice.roll(256))
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(contentsOf: Array("[]{}:,&*!|>-?\n\"'# ".utf8).shuffled(using: &dice).prefix(2), at: place)
      default: bytes.removeSubrange(place..<min(bytes.count, place + dice.roll(200)))
      }
      if bytes.isEmpty { break }
    }
    guard let rule = try? RuleFile.read(bytes, kind: kind, file: "f") else { return }
    #expect(throws: Never.self, "seed \(seed)") { try kind.check(rule.body) }
  }
}
