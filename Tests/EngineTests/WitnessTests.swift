import Events
import Facts
import Projection
import ReadModels
import Testing
import Vocabulary
import Wire

@testable import Engine

/// What each owner's customers ordered, against what was set for the owner: targets are heard first, customers after them.
private enum Against: Census {
  typealias Source = Aims
  typealias Rules = NoRules
  struct Heard: Hearing {
    var aims: [Int64: Int64] = [:]
    /// Who was heard, in that order.
    var order: [String] = []
    var sums: [(owner: Int64, money: Int64, seq: Int64)] = []
    let asked: CensusSubject?
    init(about subject: CensusSubject?) { asked = subject }
  }
  struct Line: Row {
    static let columns = [
      Column("money", .integer, "Money", "金额"), Column("aim", .integer, "Aim", "目标"), Column("heard", .text, "Heard", "顺序"),
      Column("mean", .hundredths, "Mean", "平均"),
    ]
    let money: Int64
    let aim: Int64?
    let heard: String
    let since: Instant?
    let because: Int64?
    var values: [Value] { [.integer(money), Value(aim), .text(heard), Value(hundredthsOf: Double(money) / 3)] }
  }
  static let name = "against"
  static let shape = 1
  static let title = Name("Against", "对比")
  static let about = "employee/part"

  static func report(
    _ facts: Aims.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<NoRules>, asOf now: Instant,
    to returns: inout Heard
  ) {
    returns.aims[facts.scope] = facts.value
    returns.order.append("target \(rule.names.id(.target, Int64(key)) ?? "?")")
  }

  static let witnesses: [Witness<Against>] = [
    Witness(Staffed.self) { facts, _, key, rule, _, heard in heard.order.append("employee \(rule.names.id(.employee, Int64(key)) ?? "?")") },
    Witness(Bought.self) { facts, _, _, _, _, heard in
      heard.order.append("account")
      if let owner = facts.owner { heard.sums.append((owner, facts.money, facts.last)) }
    },
  ]

  static func conclude(
    _ returns: Heard, by rule: Ruled<NoRules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<Line>] {
    var tally = Tally<(money: Int64, last: Int64)>()
    for one in returns.sums {
      for part in [nil, "again"] {
        tally.update(CensusSubject(.named(.employee, one.owner), part: part), from: (0, -1)) { $0 = ($0.money + one.money, max($0.last, one.seq)) }
      }
    }
    let heard = returns.order.joined(separator: ", ")
    return tally.all.map { subject, sum in
      var aim: Int64?
      if case .named(_, let owner) = subject.base, let id = rule.names.text(owner), let scope = rule.names.number("employee:" + id) {
        aim = returns.aims[scope]
      }
      trace.note(subject, Finding("asked", Name("Asked", "被问"), value: "\(returns.asked == subject)", threshold: "–", holds: true, evidence: [sum.last]))
      return CensusRow(subject, Line(money: sum.money, aim: aim, heard: heard, since: nil, because: sum.last))
    }
  }
}

private enum Aims: Gathering {
  struct Facts: BitwiseCopyable, Sendable {
    var scope: Int64 = -1
    var value: Int64 = 0
  }
  static let key = Key.subject(.target)
  static let families: [any Family.Type] = [Performance.self]
  static let initial = Facts()
  static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    facts.scope = event.number(Performance.Fact.scope) ?? -1
    facts.value = event.number(Performance.Fact.value) ?? 0
  }
}

private enum Staffed: Gathering {
  struct Facts: BitwiseCopyable, Sendable {}
  static let key = Key.subject(.employee)
  static let families: [any Family.Type] = [People.self]
  static let initial = Facts()
  static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {}
}

private enum Bought: Gathering {
  struct Facts: BitwiseCopyable, Sendable {
    var money: Int64 = 0
    var last: Int64 = -1
    var owner: Int64?
  }
  static let key = Key.account
  static let families: [any Family.Type] = [Order.self, Owner.self]
  static let initial = Facts()
  static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if event.type.family == Owner.code {
      facts.owner = event.number(Owner.Fact.to)
    } else {
      facts.money += event.number(Order.Fact.total) ?? 0
      facts.last = event.seq
    }
  }
}

private func story() -> [Event] {
  func own(_ customer: String, _ who: String) -> Event {
    Event(Owner.changed, subject("customer:" + customer), at: at("2026-01-01"), ["role": "owner", "to": .string(who), "cause": "assign"])
  }
  func order(_ id: String, _ customer: String, _ total: Int64) -> Event {
    Event(Order.placed, subject("order:" + id), at: at("2026-01-05"), ["customer": .string(customer), "totalMinor": .int(total), "cur": "CNY"])
  }
  func aim(_ id: String, _ who: String, _ value: Int64) -> Event {
    Event(
      Performance.targetSet, subject("target:" + id), at: at("2026-01-02"),
      ["kind": "revenue", "scope": .string("employee:" + who), "period": "2026", "value": .int(value), "unit": "CNY"])
  }
  return [
    own("1", "e1"), own("2", "e2"), own("3", "e1"), order("a", "1", 600), aim("T1", "e1", 700), order("b", "2", 250), order("c", "3", 150),
    Event(People.joined, subject("employee:e1"), at: at("2026-01-01"), ["person": "x", "position": "p"]), aim("T2", "e2", 900),
  ]
}

private func snapshot() -> Snapshot {
  let source = MemorySource(story())
  return Snapshot(catalogue: .keshi, projections: [AnyProjection(Against.self)], source: source) { _, progress in
    try FactsStore.load(directory: "/nowhere", plans: LinePlans(.keshi), source: source, stretch: 4, save: false, progress: progress)
  }
}

@Suite struct `A census with witnesses` {
  @Test(arguments: [1, 2, 3]) func `hears the source first, then each witness, whatever the number of workers`(workers: Int) throws {
    let snapshot = snapshot()
    let run = try snapshot.fold(snapshot.projections, workers: workers)
    let judged = Judged(
      result: run.results[0], table: try snapshot.facts().table, rule: nil, asOf: at("2026-02-01"), position: snapshot.size)
    let rows = Dictionary(uniqueKeysWithValues: judged.rows.map { ($0.subject, $0.values) })
    let heard = Value.text("target T1, target T2, employee e1, account, account, account")
    #expect(rows["employee:e1"] == [.integer(750), .integer(700), heard, .integer(25_000)])
    #expect(rows["employee:e2"] == [.integer(250), .integer(900), heard, .integer(8_333)])
    #expect(rows.count == 4)
  }

  @Test func `a name means its row, or else all parts of it`() throws {
    let snapshot = snapshot()
    #expect(try snapshot.rows(of: "against", subject: "employee:e1").map(\.subject) == ["employee:e1"])
    #expect(try snapshot.rows(of: "against", subject: "employee:e1/").map(\.subject) == ["employee:e1/again"])
    #expect(throws: EngineError.unknownSubject("employee:e9")) { try snapshot.rows(of: "against", subject: "employee:e9") }
  }

  @Test func `who is asked about is told to the hearing`() throws {
    let answer = try snapshot().explain("against", subject: "employee:e1/again")
    #expect(answer.findings.map(\.value) == ["true"] && answer.events.map(\.seq) == [6])
  }

  @Test func `says whose rows it has`() {
    #expect(AnyProjection(Against.self).about == "employee/part" && AnyProjection(Against.self).sources.count == 3)
  }
}
