import Events
import Facts
import Log
import Projection
import ReadModels
import Testing
import Vocabulary
import Wire

@testable import Engine

/// Events of some customers with late entries, corrections and a rule, from a seed.
private func story(_ count: Int, seed: UInt64) -> [Event] {
  var state = seed
  func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
  return (0..<count).map { number in
    if number > 10, next(40) == 0 {
      let wrong = next(number / 2)
      var event = Event(
        Correction.corrected, subject("order:\(wrong)"), at: at("2026-12-01"),
        ["seq": .int(Int64(wrong)), "kind": next(2) == 0 ? "retract" : "replace", "happenedAt": "2026-01-02T00:00:00Z"])
      event.about.reason = "wrong"
      return event
    }
    return Event(
      Order.placed, subject("order:\(number)"), at: at("2026-01-01").adding(days: next(300)),
      ["customer": .string("\(next(37))"), "totalMinor": .int(Int64(next(5_000))), "cur": "CNY"])
  }
}

private struct Conditions {
  var workers = 2
  var stretch = FactsStore.stretch
  var order = [0, 1]
  var position: Int64?
}

/// The content hash of the orders' read model, as it comes out under some conditions.
private func contentHash(_ events: [Event], _ conditions: Conditions) throws -> String {
  let source = MemorySource(events)
  let projections = [AnyProjection(Orders.self), AnyProjection(OrdersAgain.self)]
  let snapshot = Snapshot(
    catalogue: .keshi, projections: conditions.order.map { projections[$0] }, source: source
  ) { _, progress in
    try FactsStore.load(
      directory: "/nonexistent", plans: LinePlans(.keshi), source: source, stretch: conditions.stretch, save: false,
      progress: progress)
  }
  var view = View()
  view.knownAt = conditions.position.map { .position($0) }
  let run = try snapshot.fold(snapshot.projections, view: view, workers: conditions.workers)
  let result = try #require(run.results.first { $0.projection.name == "orders" })
  let asOf = run.latest ?? at("2026-01-01")
  let judged = Judged(
    result: result, table: try snapshot.facts().table, rule: try snapshot.rule(for: result.projection, view, asOf: asOf),
    asOf: asOf, position: try snapshot.position(of: view))
  let folder = TemporaryFolder()
  return try ReadModelStore(directory: folder.path)
    .write(judged.provenance, columns: result.projection.columns, rows: judged.rows).contentHash
}

@Suite struct `The same log gives the same rows` {
  private static let seed: UInt64 = 20_261_123
  private let events = story(900, seed: seed)

  @Test func `whatever the number of workers, the length of stretches, the order of projections`() throws {
    let expected = try contentHash(events, Conditions())
    for workers in [1, 2, 3, 5] {
      for stretch in [7, 64, 333, FactsStore.stretch] as [Int64] {
        for order in [[0, 1], [1, 0], [0]] {
          let found = try contentHash(events, Conditions(workers: workers, stretch: stretch, order: order))
          #expect(found == expected, "seed \(Self.seed), \(workers) workers, stretches of \(stretch), order \(order)")
        }
      }
    }
    // A test that cannot fail proves nothing.
    var other = events
    other[450].data["totalMinor"] = 999_999
    #expect(try contentHash(other, Conditions()) != expected)
  }

  @Test func `at every position, like a log that ends there`() throws {
    for position in [0, 1, 2, 63, 64, 65, 500, 899, 900] {
      let ended = try contentHash(Array(events[..<position]), Conditions())
      let known = try contentHash(events, Conditions(workers: 3, stretch: 64, position: Int64(position)))
      #expect(known == ended, "seed \(Self.seed), position \(position)")
    }
  }
}

/// The same facts under another name, to be folded beside.
enum OrdersAgain: Gathering, Projection {
  typealias Facts = Orders.Facts
  typealias Rules = Orders.Limit
  typealias Conclusion = Orders.Line
  static let name = "orders-again"
  static let shape = 1
  static let title = Name("Orders", "订单")
  static let key = Key.account
  static let families: [any Family.Type] = [Order.self]
  static let initial = Facts()

  static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    Orders.evolve(&facts, event, &series)
  }
  static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, by rule: Ruled<Rules>, asOf now: Instant, trace: inout some Trace
  ) -> Conclusion? {
    Orders.conclude(facts, series, by: rule, asOf: now, trace: &trace)
  }
}
