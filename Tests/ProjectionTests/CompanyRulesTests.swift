import CompanyRules
import Projection
import Testing
import Vocabulary
import Wire

@Suite struct `A working calendar` {
  /// Local time is UTC; Monday to Friday, 9:00 to 18:00. 2026-10-01 to -07 are holidays, the 10th is worked for them.
  private func calendar(offset: Int64 = 0) -> WorkCalendar {
    WorkCalendar([
      "offsetMin": .int(offset), "weekdays": ["mon", "tue", "wed", "thu", "fri"], "opensAtMin": 540, "closesAtMin": 1_080,
      "holidays": ["2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"], "extraWorkdays": ["2026-10-10"],
    ])
  }

  private func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }

  @Test(arguments: [
    ("2026-09-30", true), ("2026-10-01", false), ("2026-10-03", false), ("2026-10-08", true), ("2026-10-10", true), ("2026-10-11", false), ("1969-12-31", true),
    ("1970-01-03", false),
  ]) func `knows its days`(day: String, isWorked: Bool) throws {
    #expect(calendar().isWorked(try #require(Day(day))) == isWorked)
  }

  @Test(arguments: [
    ("2026-09-29T10:00:00Z", 0, "2026-09-29T10:00:00Z"), ("2026-09-29T10:00:00Z", 480, "2026-09-29T18:00:00Z"),
    ("2026-09-29T10:00:00Z", 481, "2026-09-30T09:01:00Z"), ("2026-09-29T03:00:00Z", 60, "2026-09-29T10:00:00Z"),
    ("2026-09-29T23:00:00Z", 1, "2026-09-30T09:01:00Z"), ("2026-09-30T17:00:00Z", 61, "2026-10-08T09:01:00Z"),
    ("2026-10-09T18:00:00Z", 540, "2026-10-10T18:00:00Z"), ("2026-10-10T17:59:00Z", 2, "2026-10-12T09:01:00Z"),
  ]) func `counts working minutes`(start: String, minutes: Int, end: String) throws {
    #expect(calendar().adding(workingMinutes: minutes, to: try instant(start)) == (try instant(end)))
  }

  @Test(arguments: [
    ("2026-09-29T10:00:00Z", 0, "2026-09-29T18:00:00Z"), ("2026-09-29T10:00:00Z", 1, "2026-09-30T18:00:00Z"),
    ("2026-09-29T10:00:00Z", 2, "2026-10-08T18:00:00Z"), ("2026-10-09T10:00:00Z", 1, "2026-10-10T18:00:00Z"), ("2026-10-03T10:00:00Z", 0, "2026-10-08T18:00:00Z"),
  ]) func `counts working days`(start: String, days: Int, end: String) throws {
    #expect(calendar().closing(afterWorkingDays: days, from: try instant(start)) == (try instant(end)))
  }

  @Test func `is local`() throws {
    // 2026-09-29 16:30 UTC is half past midnight of the 30th in China.
    #expect(calendar(offset: 480).adding(workingMinutes: 30, to: try instant("2026-09-29T16:30:00Z")) == (try instant("2026-09-30T01:30:00Z")))
  }

  @Test func `that never works ends`() {
    let closed = WorkCalendar(["offsetMin": 0, "weekdays": [], "opensAtMin": 0, "closesAtMin": 1])
    #expect(closed.adding(workingMinutes: 1, to: .day(0)) == nil && closed.closing(afterWorkingDays: 1, from: .day(0)) == nil)
  }
}

@Suite struct `Bodies of company rules` {
  /// A member that the body did not read would change nothing.
  @Test func `read every member`() throws {
    reads(SegmentRules.self, SegmentRules.shipped)
    reads(TimeLimitRules.self, TimeLimitRules.shipped)
    reads(PoolRules.self, PoolRules.shipped)
    reads(PerformanceRules.self, PerformanceRules.shipped)
    reads(CommissionRules.self, CommissionRules.shipped)
    reads(ApprovalRules.self, ApprovalRules.shipped)
    reads(DataGradeRules.self, DataGradeRules.shipped)
    reads(RetentionRules.self, RetentionRules.shipped)
  }

  private func reads<Body: RuleBody>(_: Body.Type, _ shipped: [RuleVersion]) {
    for rule in shipped {
      for (path, changed) in others(.object(rule.body), .record(Body.fields), path: "") {
        guard let changed = changed.object else { continue }
        #expect(Body(changed) != Body(rule.body), "\(Body.self): \(path) is read")
      }
    }
  }

  @Test(arguments: [["contract.", "contract.signed", "visit."], ["contract.signed", "visit.", "contract."]])
  func `files a type under the class that names the longest part of its name`(types: [String]) {
    let rules = RetentionRules([
      "classes": .array(
        types.map { type in
          [
            "id": .string("of " + type), "name": "n", "types": [.string(type)], "keepMonths": 1, "countedFrom": "recording", "then": "review", "basis": "b",
          ]
        }), "otherwiseMonths": 2, "noticeDays": 3,
    ])
    #expect(
      ["contract.signed", "contract.ended", "visit.logged", "contract", "order.placed"].map { rules.records($0)?.id }
        == ["of contract.signed", "of contract.", "of visit.", nil, nil])
  }

  /// The value with one of its parts changed, for every part.
  private func others(_ value: JSON, _ kind: Field.Kind, path: String) -> [(String, JSON)] {
    switch kind {
    case .integer(let range, _): return [(path, .int(value.int == range.upperBound ? range.lowerBound : range.upperBound))]
    case .code(let codes): return codes.first { $0.word.text != value.string }.map { [(path, .string($0.word.text))] } ?? []
    case .flag: return [(path, .bool(value.bool != true))]
    case .currency: return [(path, value.string == "XXX" ? "YYY" : "XXX")]
    case .text: return [(path, .string((value.string ?? "") + "x"))]
    case .day: return [(path, "2001-01-01")]
    case .record(let fields):
      return fields.flatMap { field -> [(String, JSON)] in
        let old = value.object?[field.name] ?? Self.absent(field)
        let changed = others(old, field.kind, path: path + "." + field.name)
        // An empty list in place of none changes nothing.
        return changed.prefix(value.object?[field.name] == nil ? 1 : changed.count).map { inner in
          var object = value.object ?? [:]
          object[field.name] = inner.1
          return (inner.0, .object(object))
        }
      }
    case .list(let kind, _):
      guard let items = value.array, let last = items.last else { return [] }
      return others(last, kind, path: path + "[]").map { ($0.0, .array(items.dropLast() + [$0.1])) } + [(path, .array(items.dropLast()))]
    default: return []
    }
  }

  private static func absent(_ field: Field) -> JSON {
    if case .list(.day, _) = field.kind { return ["2002-02-02"] }
    if case .list(.text, _) = field.kind { return ["x"] }
    return .null
  }
}
