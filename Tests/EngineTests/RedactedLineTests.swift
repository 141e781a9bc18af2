import Events
import Foundation
import Log
import Projection
import Testing
import Vocabulary
import Wire

@testable import Engine

private let customer = "customer:4"

private func event(_ type: String, _ data: JSONObject = [:], on name: String = customer, id: String? = nil) throws -> Event {
  let declaration = try #require(Catalogue.keshi.entry(named: type)).declaration
  let at = Instant(microseconds: FixedClock().now())
  var event = Event(type, try #require(Subject(name)), at: at, data, version: declaration.version, id: id)
  event.about.actor = "ann"
  event.about.role = declaration.recorders.first?.word
  event.about.reason = "as agreed"
  return event
}

private func correction(of seq: Int64) throws -> Event {
  try event("event.corrected", ["seq": .int(seq), "kind": "retract"], on: "order:A")
}

private func order(_ id: String, _ total: Int64) throws -> Event {
  try event("order.placed", ["customer": "4", "totalMinor": .int(total), "cur": "CNY"], on: "order:" + id)
}

/// A customer, two orders and a correction of the first.
private func filled(_ folder: TemporaryFolder) throws -> Store {
  var random = SystemRandomNumberGenerator()
  try Store.create(at: folder.path, origin: "test.example/log", clock: FixedClock(), random: &random)
  let store = try open(folder)
  _ = try store.append([try event("customer.registered", ["name": "Acme"]), try order("A", 100), try order("B", 200)])
  _ = try store.append([try correction(of: 1)])
  return store
}

private func open(_ folder: TemporaryFolder) throws -> Store {
  try Store.open(at: folder.path, .write, catalogue: .keshi, projections: [AnyProjection(Orders.self)], clock: FixedClock())
}

@Suite struct `A line that gave place to its hash` {
  @Test(arguments: [[1], [3], [1, 3], [0, 1, 2, 3]] as [Set<UInt64>])
  func `and was corrected, or corrects, keeps no reader from the rest`(_ lines: Set<UInt64>) throws {
    let folder = TemporaryFolder()
    let store = try filled(folder)
    try store.log.redact(lines)
    let snapshot = try store.snapshot()
    let corrections = try snapshot.corrections().known(before: snapshot.size)
    #expect(corrections.isEmpty, "what was corrected is nobody's event any more")
    _ = try snapshot.fold(snapshot.projections, view: .present)
    var seen: [Int64] = []
    if lines.count < 4 { try snapshot.history(of: customer) { seen.append($0.seq) } }
    // The correction is about the order; without the order's own line nothing says whose that is.
    let lost = lines.contains(1) ? lines.union([3]) : lines
    #expect(seen == (0..<4).filter { lines.count < 4 && !lost.contains(UInt64($0)) })
    try store.close()
  }

  @Test func `is passed over by commands, also one that was read before it`() throws {
    let folder = TemporaryFolder()
    let store = try filled(folder)
    _ = try store.perform(Command([try event("visit.logged")]), guards: Guards.all)
    _ = try store.append([try event("visit.logged", id: "slip"), try event("visit.logged")])
    try store.log.redact([5])
    // Six events are known, the one behind the redacted line is read now.
    let result = try store.perform(Command([try event("visit.logged")]), guards: Guards.all)
    #expect(result.receipts.map(\.seq) == [7])
    #expect(try store.read(about: try #require(Subject(customer))).events.map(\.seq) == [0, 4, 6, 7])
    try store.close()
    let again = try open(folder)
    #expect(try again.perform(Command([try event("visit.logged")]), guards: Guards.all).receipts.map(\.seq) == [8])
    try again.close()
  }

  @Test func `cannot be corrected any more`() throws {
    let folder = TemporaryFolder()
    let store = try filled(folder)
    try store.log.redact([1])
    #expect { try store.append([try correction(of: 1)]) } throws: { error in
      (error as? AppendError)?.reason.path == "data.seq" && store.head.size == 4
    }
    try store.close()
  }
}
