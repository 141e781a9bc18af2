import Events
import Facts
import Projection
import Testing
import Vocabulary
import Wire

@testable import Engine

/// Silent for more than so many days: a judgement that time alone changes.
enum Silence: Gathering, Projection {
  struct Facts: BitwiseCopyable, Sendable {
    var last = Moment(at: .distantPast, seq: -1)
  }
  struct Limit: RuleBody {
    static let fields: [Field] = [.count("days", "Days", "天", 1...1000)]
    let days: Int
    init(_ values: JSONObject) { days = values.number("days") }
  }
  enum State: UInt8, CodeSet {
    case heard = 1
    case silent = 2
    var word: Word {
      switch self {
      case .heard: Word("heard", "Heard of", "有消息")
      case .silent: Word("silent", "Silent", "沉默")
      }
    }
  }
  struct Line: Row {
    static let columns = [Column.code("state", State.self, "State", "状态")]
    let state: State
    let since: Instant?
    let because: Int64?
    var values: [Value] { [Value(state)] }
  }
  static let name = "silence"
  static let shape = 1
  static let title = Name("Silence", "沉默")
  static let key = Key.account
  static let families: [any Family.Type] = [Order.self]
  static let ruleKind: String? = "churn"
  static let shippedRules = [RuleVersion(1, why: Name("for the test", "测试"), ["days": 30])]
  static let initial = Facts()

  static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    facts.last = max(facts.last, event.moment)
  }

  static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, by rule: Ruled<Limit>, asOf now: Instant, trace: inout some Trace
  ) -> Line? {
    let end = facts.last.at.adding(days: rule.body.days)
    trace.note(
      Finding(
        "days", Name("Days", "天"), value: "\(now.days(since: facts.last.at))", threshold: "\(rule.body.days)",
        holds: now > end, evidence: [facts.last.seq]))
    return Line(state: now > end ? .silent : .heard, since: now > end ? end : facts.last.at, because: facts.last.seq)
  }
}

private func order(_ customer: String, on day: String, hour: Int = 0) -> Event {
  Event(
    Order.placed, subject("order:\(customer)-\(day)"), at: at(day) + .seconds(hour * 3600),
    ["customer": .string(customer), "totalMinor": 100, "cur": "CNY"])
}

private func snapshot(_ events: [Event]) -> Snapshot {
  let source = MemorySource(events)
  return Snapshot(catalogue: .keshi, projections: [AnyProjection(Silence.self)], source: source) { _, progress in
    try FactsStore.load(
      directory: "/nonexistent", plans: LinePlans(.keshi), source: source, save: false, progress: progress)
  }
}

private func rule(_ version: Int, days: Int64) -> PublishedRule {
  .candidate("churn", version: version, why: Name("test", "测试"), ["days": .int(days)])
}

@Suite struct `Two rules over the same facts` {
  // a: last heard of on 03-01 · b: 40 days of silence in January, heard again on 03-30 · c: on 03-25
  private let story = [
    order("a", on: "2026-03-01", hour: 9), order("b", on: "2026-01-05"), order("b", on: "2026-03-30"),
    order("c", on: "2026-03-25"),
  ]

  private func compare(_ old: Int64, _ new: Int64, _ view: View = .present) throws -> RuleComparison {
    try snapshot(story).compare(rule(1, days: old), with: rule(2, days: new), view: view)
  }

  @Test func `give a matrix of everyone and name who moves`() throws {
    let found = try compare(30, 20)
    let (heard, silent) = (Outcome(place: 1), Outcome(place: 2))
    #expect(found.asOf == at("2026-03-30") && found.subjects == 3 && found.moved == 1)
    #expect(found.count(from: heard, to: heard) == 2 && found.count(from: heard, to: silent) == 1)
    #expect(found.count(from: silent, to: heard) == 0 && found.count(from: silent, to: silent) == 0)
    #expect(found.changes.map(\.subject) == ["customer:a"])
    #expect(found.changes[0].row.old?.values == [.text("heard")] && found.changes[0].row.new?.values == [.text("silent")])
    #expect(found.changes[0].row.new?.since == (at("2026-03-21") + .seconds(9 * 3600)))
  }

  @Test func `give nothing where they say the same`() throws {
    let found = try compare(30, 30)
    #expect(found.changes.isEmpty && found.subjects == 3 && found.moved == 0)
  }

  @Test func `compare as of another day, as far as it was known`() throws {
    var view = View()
    view.asOf = at("2026-02-10")
    #expect(try compare(30, 40, view).changes.map(\.subject) == ["customer:b"])
    view.knownAt = .position(1)
    #expect(try compare(30, 40, view).subjects == 0)
  }

  /// Old and new limit → who, first instant, the event before it.
  @Test(arguments: [
    ("a", 30, 20, "2026-03-21T09:00:00.000001Z", 0 as Int64),  // a difference that time makes, to the microsecond
    ("b", 30, 20, "2026-01-25T00:00:00.000001Z", 1),  // the first of all, though by now both agree again
  ])
  func `part first`(customer: String, old: Int64, new: Int64, at expected: String, seq: Int64) throws {
    let found = try snapshot(story).divergence(
      of: "customer:" + customer, rule(1, days: old), rule(2, days: new), view: .present, asOf: at("2026-03-30"),
      wanted: .outcome)
    #expect(found == Divergence(at: try #require(Instant(expected)), seq: seq))
  }

  @Test func `never part where they agree at every time`() throws {
    #expect(
      try snapshot(story).divergence(
        of: "customer:c", rule(1, days: 30), rule(2, days: 20), view: .present, asOf: at("2026-03-30"), wanted: .outcome)
        == nil)
  }

  @Test(arguments: [1, 2, 3]) func `whatever the number of workers`(workers: Int) throws {
    var options = ComparisonOptions()
    options.workers = workers
    let events = (0..<50).map { order("c\($0)", on: "2026-03-\($0 % 20 + 10)") }
    let found = try snapshot(events).compare(rule(1, days: 30), with: rule(2, days: 10), options: options)
    #expect(found.changes.map(\.subject) == found.changes.map(\.subject).sorted())
    #expect(found.moved == 27 && found.differences.matrix.reduce(0, +) == 50)
  }
}

@Suite struct `What comes next` {
  @Test(arguments: [
    ("2026-03-10", "2026-03-31T09:00:00.000001Z" as String?),  // within the horizon
    ("2026-05-01", nil),  // silent already, and nothing wakes them
  ])
  func `if nothing happens`(day: String, expected: String?) throws {
    var view = View()
    view.asOf = at(day)
    let answer = try snapshot([order("a", on: "2026-03-01", hour: 9)]).explain("silence", subject: "a", view: view)
    #expect(answer.next?.at == expected.flatMap { Instant($0) })
    if let next = answer.next { #expect(next.from == Outcome(place: 1) && next.to == Outcome(place: 2)) }
  }

  @Test(arguments: [(Foresight.horizonDays - 1, true), (Foresight.horizonDays, false)])
  func `is looked for up to the horizon and no further`(days: Int, isSeen: Bool) {
    let start = at("2026-01-01") + .seconds(3600)
    let change = (start.day + days).start + .seconds(1)
    let found = Foresight.look(from: start) { Outcome(place: $0 >= change ? 2 : 1) }
    #expect(found == (isSeen ? Foresight(at: change, from: Outcome(place: 1), to: Outcome(place: 2)) : nil))
  }
}

@Suite struct `One field of a row` {
  private let story = [order("a", on: "2026-01-01"), order("a", on: "2026-03-01"), order("a", on: "2026-03-10")]

  @Test func `rests on the event without which it would be another`() throws {
    var view = View()
    view.asOf = at("2026-04-05")
    let state = try #require(try snapshot(story).explain("silence", subject: "a", view: view, field: "state").field)
    #expect(state.value == .text("heard") && !state.isPartial)
    #expect(state.decisive == [FieldCause.Decisive(seq: 2, without: .text("silent"))])
    let since = try #require(try snapshot(story).explain("silence", subject: "a", view: view, field: "since").field)
    #expect(since.decisive.map(\.seq) == [2])
  }

  @Test func `rests on none alone where two would do`() throws {
    let twice = [order("a", on: "2026-03-01"), order("a", on: "2026-03-01", hour: 1)]
    let state = try #require(try snapshot(twice).explain("silence", subject: "a", field: "state").field)
    #expect(state.decisive.isEmpty)
  }

  @Test func `that is none is refused`() throws {
    #expect { try snapshot(story).explain("silence", subject: "a", field: "mood") } throws: {
      ($0 as? EngineError) == .unknownField("mood", model: "silence", known: ["state", "since", "because"])
    }
  }
}
