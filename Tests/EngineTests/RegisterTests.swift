import Events
import Facts
import Projection
import ReadModels
import Testing
import Vocabulary
import Wire

@testable import Engine

/// The open complaints of each customer, and how many there are: rows about what belongs to an account, and about it.
private enum OpenComplaints: Gathering, Register {
  struct Limit: RuleBody {
    static let fields: [Field] = [.count("oldDays", "Old after so many days", "多少天后算陈旧", 1...999)]
    let oldDays: Int
    init(_ values: JSONObject) { oldDays = values.number("oldDays") }
  }
  enum Age: UInt8, CodeSet {
    case fresh = 1
    case old = 2
    var word: Word { self == .old ? Word("old", "Old", "陈旧") : Word("fresh", "Fresh", "新近") }
  }
  struct Line: Row {
    static let columns = [Column.code("age", Age.self, "Age", "新旧"), Column("open", .integer, "Open", "未结")]
    let age: Age
    let open: Int
    let since: Instant?
    let because: Int64?
    var values: [Value] { [Value(age), Value(open)] }
  }
  struct Facts: BitwiseCopyable, Sendable { var steps = Series() }
  static let name = "open-complaints"
  static let shape = 1
  static let title = Name("Open complaints", "未结投诉")
  static let ruleKind: String? = "sla"
  static let shippedRules = [
    RuleVersion(1, why: Name("for the test", "测试"), ["oldDays": 10]),
    RuleVersion(2, effective: at("2030-01-01"), why: Name("for the test", "测试"), ["oldDays": 3]),
  ]
  static let key = Key.account
  static let families: [any Family.Type] = [Complaint.self]
  static let initial = Facts()
  static let readsSubjects = true

  static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Complaint.self) else { return }
    switch type {
    case .filed: series.append(event.moment, event.subject.packed << 1, to: &facts.steps)
    case .closed: series.append(event.moment, event.subject.packed << 1 | 1, to: &facts.steps)
    case .acknowledged, .assessed, .escalated, .responded, .reopened, .paused, .resumed: break
    }
  }

  static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, of account: Int, by rule: Ruled<Limit>, asOf now: Instant,
    trace: inout some CensusTrace
  ) -> [CensusRow<Line>] {
    let steps = series.inOrder(facts.steps).filter { $0.moment.at <= now }
    let open = steps.filter { step in step.value & 1 == 0 && !steps.contains { $0.value == step.value | 1 } }
    func age(_ moment: Moment) -> Age { now < moment.at.adding(days: rule.body.oldDays) ? .fresh : .old }
    var rows: [CensusRow<Line>] = open.map { step in
      let subject = CensusSubject(.own(OwnSubject(packed: step.value >> 1) ?? .nobody))
      trace.note(
        subject, Finding("age", Name("Age", "新旧"), value: "\(now.day - step.moment.at.day)", threshold: "\(rule.body.oldDays)", holds: age(step.moment) == .old, evidence: [step.moment.seq]))
      return CensusRow(subject, Line(age: age(step.moment), open: 1, since: step.moment.at, because: step.moment.seq))
    }
    if let first = open.first {
      rows.append(CensusRow(CensusSubject(.key(account), part: "all"), Line(age: age(first.moment), open: open.count, since: nil, because: nil)))
    }
    return rows
  }
}

private func story() -> [Event] {
  func complaint(_ type: Complaint, _ id: String, _ customer: String, _ day: String) -> Event {
    Event(type, subject("complaint:" + id), at: at(day), ["customer": .string(customer)])
  }
  return [
    complaint(.filed, "a", "1", "2026-01-01"), complaint(.filed, "b", "2", "2026-01-02"), complaint(.filed, "c", "1", "2026-01-05"),
    complaint(.closed, "b", "2", "2026-01-06"), complaint(.filed, "a/b", "3", "2026-01-07"), complaint(.closed, "a", "1", "2026-01-20"),
  ]
}

private func snapshot(_ events: [Event] = story()) -> Snapshot {
  let source = MemorySource(events)
  return Snapshot(catalogue: .keshi, projections: [AnyProjection(OpenComplaints.self)], source: source) { _, progress in
    try FactsStore.load(directory: "/nowhere", plans: LinePlans(.keshi), source: source, stretch: 4, save: false, progress: progress)
  }
}

private func view(_ day: String? = nil) -> View {
  var view = View()
  view.asOf = day.map { at($0) }
  return view
}

@Suite struct `A question about what belongs to a customer` {
  private func rows(_ view: View, workers: Int) throws -> [String: [Value]] {
    let snapshot = snapshot()
    let run = try snapshot.fold(snapshot.projections, view: view, workers: workers)
    let asOf = view.asOf ?? run.latest ?? .distantPast
    let judged = Judged(
      result: run.results[0], table: try snapshot.facts().table, rule: try snapshot.rule(for: snapshot.projections[0], view, asOf: asOf),
      asOf: asOf, position: snapshot.size)
    return Dictionary(uniqueKeysWithValues: judged.rows.map { ($0.subject, $0.values) })
  }

  @Test(arguments: [1, 2, 3]) func `has a row for each thing, whatever the number of workers`(workers: Int) throws {
    #expect(try rows(view("2026-01-12"), workers: workers) == [
      "complaint:a": [.text("old"), .integer(1)], "complaint:c": [.text("fresh"), .integer(1)],
      "complaint:a/b": [.text("fresh"), .integer(1)], "customer:1/all": [.text("old"), .integer(2)],
      "customer:3/all": [.text("fresh"), .integer(1)],
    ])
  }

  @Test(arguments: [
    ("complaint:a", ["complaint:a"]), ("customer:1/all", ["customer:1/all"]), ("1/all", ["customer:1/all"]),
    ("customer:1", ["customer:1/all"]), ("1", ["customer:1/all"]), ("complaint:b", []), ("complaint:a/b", ["complaint:a/b"]),
    ("customer:2", []),
  ]) func `is asked by the name of a row or of the subject`(name: String, found: [String]) throws {
    #expect(try snapshot().rows(of: "open-complaints", subject: name, view: view("2026-01-12")).map(\.subject) == found)
  }

  @Test func `one row is what all rows say of it`() throws {
    let line = try #require(try snapshot().row(of: "open-complaints", subject: "complaint:c", view: view("2026-01-12")))
    #expect(line.values == [.text("fresh"), .integer(1)] && line.rule == "sla@1" && line.since == at("2026-01-05"))
    #expect(throws: EngineError.unknownSubject("complaint:x")) { try snapshot().row(of: "open-complaints", subject: "complaint:x") }
  }

  @Test func `a row is explained, with what comes next`() throws {
    let answer = try snapshot().explain("open-complaints", subject: "complaint:c", view: view("2026-01-12"), field: "age")
    #expect(answer.findings.map(\.value) == ["7"] && answer.events.map(\.seq) == [2])
    #expect(answer.next == Foresight(at: at("2026-01-15"), from: Outcome(place: 1), to: Outcome(place: 2)))
    #expect(answer.field?.decisive.map(\.seq) == [2] && answer.field?.decisive.first?.without == .some(nil))
    #expect(try snapshot().explain("open-complaints", subject: "complaint:b", view: view("2026-01-12")).line == nil)
  }

  @Test func `two rules are compared by who moves`() throws {
    let snapshot = snapshot()
    let book = try snapshot.ruleBook()
    let found = try snapshot.compare(
      try book.version(1, of: "sla"), with: try book.version(2, of: "sla"), view: view("2026-01-09"))
    #expect(found.changes.map(\.subject) == ["complaint:a", "complaint:c", "customer:1/all"])
    #expect(found.changes.allSatisfy { $0.account != nil } && found.subjects == 5 && found.moved == 3)
  }

  @Test func `a correction is seen in its thing's row`() throws {
    var correction = Event(
      Correction.corrected, subject("complaint:c"), at: at("2026-01-21"),
      ["seq": 2, "kind": "replace", "data": ["customer": "1"], "happenedAt": "2026-01-01T00:00:00Z"])
    correction.about.reason = "it came on the first"
    let snapshot = snapshot(story() + [correction])
    #expect(try snapshot.row(of: "open-complaints", subject: "complaint:c", view: view("2026-01-12"))?.values[0] == .text("old"))
    let run = try snapshot.fold(snapshot.projections, view: view("2026-01-12"))
    let hearing = CensusHearing(
      run: run.results[0], table: try snapshot.facts().table, position: 7, asOf: at("2026-01-12"), rule: try snapshot.ruleBook().version(1, of: "sla"))
    #expect(hearing.rows.first { $0.subject == "complaint:c" }?.values[0] == .text("old"))
  }
}
