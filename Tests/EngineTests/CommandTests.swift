import Events
import Foundation
import Log
import Projection
import Synchronization
import Testing
import Vocabulary
import Wire

@testable import Engine

private func event(
  _ type: String, _ subject: String, by actor: String = "ann", as role: String? = nil, id: String? = nil, _ data: JSONObject = [:]
) throws -> Event {
  let declaration = try #require(Catalogue.keshi.entry(named: type)).declaration
  var event = Event(
    type, try #require(Subject(subject)), at: Instant(microseconds: FixedClock().now()), data, version: declaration.version, id: id)
  event.about.actor = actor
  event.about.role = role ?? declaration.recorders.first?.word
  if declaration.needsReason { event.about.reason = "as agreed" }
  return event
}

private let bodyHash = JSON.string(String(repeating: "a", count: 64))

private func store(_ folder: TemporaryFolder) throws -> Store {
  var random = SystemRandomNumberGenerator()
  try Store.create(at: folder.path, origin: "test.example/log", clock: FixedClock(), random: &random)
  return try open(folder)
}

private func open(_ folder: TemporaryFolder, _ access: Store.Access = .write) throws -> Store {
  try Store.open(at: folder.path, access, catalogue: .keshi, projections: [AnyProjection(Orders.self)], clock: FixedClock())
}

@Suite struct `A command` {
  @Test func `is decided and recorded, or refused and nothing is written`() throws {
    let folder = TemporaryFolder()
    let store = try store(folder)
    let visit = Command([try event("visit.logged", "customer:4")])
    #expect(throws: Refusal.self) { try store.perform(visit, guards: Guards.all) }
    #expect(store.head.size == 0)
    _ = try store.perform(Command([try event("customer.registered", "customer:4", ["name": "Acme"])]), guards: Guards.all)
    let result = try store.perform(visit, guards: Guards.all)
    #expect(result.receipts.map(\.seq) == [1] && store.head.size == 2)
    try store.close()
  }

  @Test func `is rehearsed without a trace, also by a reader`() throws {
    let folder = TemporaryFolder()
    let writer = try store(folder)
    _ = try writer.append([try event("customer.registered", "customer:4", ["name": "Acme"])])
    try writer.close()
    let reader = try open(folder, .read)
    let result = try reader.perform(Command([try event("visit.logged", "customer:4")]), guards: Guards.all, rehearse: true)
    #expect(result.events.map(\.type) == ["visit.logged"] && result.receipts.isEmpty && reader.head.size == 1)
    #expect(throws: Refusal.self) {
      try reader.perform(Command([try event("visit.logged", "customer:5")]), guards: Guards.all, rehearse: true)
    }
  }

  @Test func `with the same id again is answered with its first receipt, whatever the guards say now`() throws {
    let folder = TemporaryFolder()
    let first = try store(folder)
    let command = Command([try event("customer.registered", "customer:4", id: "c-1", ["name": "Acme"])])
    let receipt = try first.perform(command, guards: Guards.all).receipts[0]
    try first.close()
    let again = try open(folder)
    let second = try again.perform(command, guards: Guards.all).receipts[0]
    #expect(second.seq == receipt.seq && second.duplicate && again.head.size == 1)
    try again.close()
  }

  /// A batch is a repetition only where all of it is there: else its new events would slip by the guards.
  @Test func `of which a part is there already is decided about where it is new`() throws {
    let folder = TemporaryFolder()
    let store = try store(folder)
    let first = try event("customer.registered", "customer:4", id: "c-1", ["name": "Acme"])
    _ = try store.perform(Command([first]), guards: Guards.all)
    let unknown = try event("visit.logged", "customer:5", id: "v-1")
    #expect(throws: Refusal.self) { try store.perform(Command([first, unknown]), guards: Guards.all) }
    let subject = try #require(Subject("customer:4"))
    let known = try event("visit.logged", "customer:4", id: "v-2")
    #expect(throws: ConditionFailed.self) {
      try store.perform(Command([first, known], if: [.version(subject, 7)]), guards: Guards.all)
    }
    #expect(store.head.size == 1)
    let result = try store.perform(Command([first, known, known], if: [.version(subject, 1)]), guards: Guards.all)
    #expect(result.receipts.map(\.duplicate) == [true, false, true] && store.head.size == 2)
    let again = try store.perform(Command([first, known], if: [.version(subject, 1)]), guards: Guards.all)
    #expect(again.receipts.map(\.seq) == [0, 1] && again.receipts.allSatisfy(\.duplicate))
    try store.close()
  }

  /// To answer with another event's receipt would be to lose this one.
  @Test func `whose id names another event is refused, also where only its words differ`() throws {
    let folder = TemporaryFolder()
    let store = try store(folder)
    let first = try event("customer.registered", "customer:4", id: "c-1", ["name": "Acme"])
    _ = try store.append([first])
    let visit = try event("visit.logged", "customer:4", id: "v-1", ["purpose": "renewal"])
    _ = try store.perform(Command([visit]), guards: Guards.all)
    for (wish, cause) in [
      (try event("visit.logged", "customer:4", id: "c-1"), 0), (try event("customer.registered", "customer:5", id: "c-1", ["name": "Acme"]), 0),
      (try event("visit.logged", "customer:4", id: "v-1", ["purpose": "complaint"]), 1),
    ] as [(Event, Int64)] {
      let refusal = #expect(throws: Refusal.self) { try store.perform(Command([wish]), guards: Guards.all) }
      #expect(refusal?.code == "E-GUARD-ID-REUSED" && refusal?.causes.map(\.seq) == [cause])
    }
    var other = visit
    other.occurredAt = visit.occurredAt + .seconds(-60)
    #expect(try store.perform(Command([other]), guards: Guards.all).receipts.map(\.duplicate) == [true])
    #expect(store.head.size == 2)
    try store.close()
  }

  @Test func `sees what was recorded before it in the log, in this process and in its own batch`() throws {
    let folder = TemporaryFolder()
    let before = try store(folder)
    _ = try before.append([try event("customer.registered", "customer:4", ["name": "Acme"])])
    try before.close()
    let store = try open(folder)
    _ = try store.perform(Command([try event("visit.logged", "customer:4")]), guards: Guards.all)
    _ = try store.append([try event("contract.drafted", "contract:K", ["customer": "4"])])
    let batch = Command([
      try event("contract.text_frozen", "contract:K", ["version": 1, "docHash": bodyHash]),
      try event("contract.signed", "contract:K", ["party": "us", "docHash": bodyHash]),
      try event("contract.signed", "contract:K", ["party": "them", "docHash": bodyHash]),
      try event("contract.activated", "contract:K"),
    ])
    #expect(try store.perform(batch, guards: Guards.all).receipts.map(\.seq) == [3, 4, 5, 6])
    let twice = Command([batch.events[1]])
    #expect { try store.perform(twice, guards: Guards.all) } throws: { ($0 as? Refusal)?.rule == "frozen-text" }
    try store.close()
  }

  @Test func `records what guards add, in the same batch`() throws {
    let folder = TemporaryFolder()
    let store = try store(folder)
    _ = try store.append([
      try event("customer.registered", "customer:4", ["name": "Acme"]),
      try event("employee.joined", "employee:ann", ["person": "Ann", "position": "rep"]),
    ])
    let order = try event(
      "order.placed", "order:9", ["customer": "4", "totalMinor": 1, "cur": "CNY", "lines": [["sku": "X", "qty": "1"]]])
    let result = try store.perform(Command([order]), guards: Guards.all)
    #expect(result.events.map(\.type) == ["order.placed", "sop.deviation_recorded"])
    #expect(result.receipts.map(\.seq) == [2, 3])
    try store.close()
  }

  @Test func `holds over several subjects at once`() throws {
    let folder = TemporaryFolder()
    let store = try store(folder)
    let (a, b) = (try #require(Subject("customer:1")), try #require(Subject("customer:2")))
    _ = try store.append([
      try event("customer.registered", "customer:1", ["name": "A"]), try event("customer.registered", "customer:2", ["name": "B"]),
    ])
    let visit = [try event("visit.logged", "customer:1")]
    for (conditions, holds) in [
      ([.version(a, 1), .version(b, 1)], true), ([.version(a, 1), .version(b, 1)], false), ([.version(a, 2), .version(b, 0)], false),
      ([.none(of: ["visit.logged"], about: [a, b], from: 2)], false), ([.none(of: ["visit.logged"], about: [b], from: 0)], true),
      ([.none(of: ["customer.merged"], about: [a, b], from: 0)], true), ([.none(of: [], about: [a], from: 5)], true),
      ([.none(of: [], about: [a], from: 4)], false),
    ] as [([Condition], Bool)] {
      let before = store.head.size
      do {
        _ = try store.perform(Command(visit, if: conditions), guards: Guards.all)
        #expect(holds, "\(conditions)")
      } catch let error as ConditionFailed {
        #expect(!holds && conditions.contains(error.condition), "\(error)")
        #expect(store.head.size == before && !error.message(in: .zh).isEmpty)
      }
    }
    try store.close()
  }
}

/// Threads that start at one moment.
private func race(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  let ready = DispatchSemaphore(value: 0)
  let go = DispatchSemaphore(value: 0)
  let done = DispatchGroup()
  for number in 0..<count {
    let thread = Thread {
      ready.signal()
      go.wait()
      body(number)
      done.leave()
    }
    done.enter()
    thread.start()
  }
  for _ in 0..<count { ready.wait() }
  for _ in 0..<count { go.signal() }
  done.wait()
}

@Suite(.serialized) struct `Of commands that rest on each other's absence` {
  /// Two meeting rooms of money: whoever looked at both customers before anybody moved wins, everybody else is told.
  @Test func `exactly one is recorded, thousands of times`() throws {
    let folder = TemporaryFolder()
    let store = try store(folder)
    _ = try store.append([
      try event("customer.registered", "customer:1", ["name": "A"]), try event("customer.registered", "customer:2", ["name": "B"]),
    ])
    let subjects = Set([try #require(Subject("customer:1")), try #require(Subject("customer:2"))])
    let rounds = 1_000
    let writers = 4
    for round in 0..<rounds {
      let position = try store.position()
      let outcome = Mutex((won: [Int](), failed: 0, other: [String]()))
      race(writers) { number in
        do {
          // Each looks at both and writes about one, so neither subject's version alone would see the other.
          let visit = try event("visit.logged", "customer:\(number % 2 + 1)", ["purpose": .string("round \(round)")])
          let condition = Condition.none(of: ["visit.logged"], about: subjects, from: position)
          _ = try store.perform(Command([visit], if: [condition]), guards: [])
          outcome.withLock { $0.won.append(number) }
        } catch is ConditionFailed {
          outcome.withLock { $0.failed += 1 }
        } catch { outcome.withLock { $0.other.append("\(error)") } }
      }
      let (won, failed, other) = outcome.withLock { $0 }
      #expect(won.count == 1 && failed == writers - 1 && other.isEmpty, "round \(round): \(won) \(other)")
      if won.count != 1 { break }
    }
    #expect(store.head.size == UInt64(2 + rounds))
    try store.close()
  }

  /// The same by versions: each expects both subjects as it read them, and moves both on.
  @Test func `of commands that expect the versions of two subjects, one goes through`() throws {
    let folder = TemporaryFolder()
    let store = try store(folder)
    _ = try store.append([
      try event("customer.registered", "customer:1", ["name": "A"]), try event("customer.registered", "customer:2", ["name": "B"]),
    ])
    let subjects = [try #require(Subject("customer:1")), try #require(Subject("customer:2"))]
    let rounds = 1_000
    for round in 0..<rounds {
      let conditions = subjects.map { Condition.version($0, 1 + round) }
      let outcome = Mutex((won: 0, failed: 0))
      race(4) { number in
        do {
          let both = try ["customer:1", "customer:2"].map { try event("visit.logged", $0, ["purpose": .string("\(round) \(number)")]) }
          // Half of them ask in the other order, so that neither subject alone decides.
          let command = Command(both, if: number % 2 == 0 ? conditions : conditions.reversed())
          _ = try store.perform(command, guards: [])
          outcome.withLock { $0.won += 1 }
        } catch is ConditionFailed { outcome.withLock { $0.failed += 1 } } catch {}
      }
      let (won, failed) = outcome.withLock { $0 }
      #expect(won == 1 && failed == 3, "round \(round)")
      if won != 1 { break }
    }
    #expect(store.head.size == UInt64(2 + 2 * rounds))
    try store.close()
  }

  /// The same for a guard: one id, many who want to open it.
  @Test func `an id is opened once, whoever comes first`() throws {
    let folder = TemporaryFolder()
    let store = try store(folder)
    for round in 0..<500 {
      let outcome = Mutex((opened: 0, refused: 0))
      race(4) { number in
        do {
          let wish = try event("customer.registered", "customer:\(round)", ["name": .string("by \(number)")])
          _ = try store.perform(Command([wish]), guards: Guards.all)
          outcome.withLock { $0.opened += 1 }
        } catch is Refusal { outcome.withLock { $0.refused += 1 } } catch {}
      }
      let (opened, refused) = outcome.withLock { $0 }
      #expect(opened == 1 && refused == 3, "round \(round)")
    }
    #expect(store.head.size == 500)
    try store.close()
  }

  /// Plain appends are not commands, but a command's condition sees them all.
  @Test func `an append between look and record is seen`() throws {
    let folder = TemporaryFolder()
    let store = try store(folder)
    let subject = try #require(Subject("customer:1"))
    _ = try store.append([try event("customer.registered", "customer:1", ["name": "A"])])
    for round in 0..<500 {
      let position = try store.position()
      let outcome = Mutex<(command: Bool?, seq: UInt64?)>((nil, nil))
      race(2) { number in
        guard let visit = try? event("visit.logged", "customer:1", by: number == 0 ? "command" : "append") else { return }
        if number == 1 {
          let receipt = try? store.append([visit])[0]
          return outcome.withLock { $0.seq = receipt?.seq }
        }
        let condition = Condition.none(of: [], about: [subject], from: position)
        let result = try? store.perform(Command([visit], if: [condition]), guards: [])
        outcome.withLock { $0.command = result != nil }
      }
      let (command, seq) = outcome.withLock { $0 }
      let came = try #require(seq)
      // Recorded, the command came first; refused, the append did.
      #expect(command == (came > UInt64(position)), "round \(round)")
    }
    try store.close()
  }
}
