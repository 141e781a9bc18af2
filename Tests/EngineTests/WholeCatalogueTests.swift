import Events
import EventsTestSupport
import Log
import Testing
import Vocabulary
import Wire

@testable import Engine

/// A log whose present is the day after the samples of the catalogue.
private func store(_ folder: TemporaryFolder) throws -> Store {
  let clock = FixedClock(microseconds: GoodOrder.now.microseconds)
  var random = SystemRandomNumberGenerator()
  try Store.create(at: folder.path, origin: "test.example/log", clock: clock, random: &random)
  return try Store.open(at: folder.path, .write, catalogue: .keshi, projections: [], clock: clock)
}

/// The code by which a wish is refused; `nil` where it passes.
private func code(_ store: Store, _ wish: Event) throws -> (code: String, causes: [Int64], texts: [String])? {
  func texts(_ message: (Language) -> String) -> [String] { Language.allCases.map(message) }
  do {
    _ = try store.perform(Command([wish]), guards: Guards.all)
    return nil
  } catch let refusal as Refusal {
    return (refusal.code, refusal.causes.compactMap(\.seq), texts(refusal.message))
  } catch let error as AppendError {
    return (error.reason.code, [], texts(error.reason.message))
  }
}

/// Every type of the catalogue in a log on the disk.
@Suite struct `Every wish` {
  @Test(arguments: Catalogue.keshi.entries.map(\.declaration.name))
  func `is recorded in good order, and refused for each of its reasons without a trace`(type: String) throws {
    let order = GoodOrder(try #require(Catalogue.keshi.entry(named: type)))
    let folder = TemporaryFolder()
    let store = try store(folder)
    defer { try? store.close() }
    _ = try store.append(order.past)
    let before = store.head
    for refused in order.refusals where refused.past == order.past {
      let found = try #require(try code(store, refused.wish), "\(refused.code): it passes")
      // What a guard and the declaration both refuse, the guard may refuse first.
      let both = refused.code.hasPrefix("E-EVENT-") && found.code.hasPrefix("E-GUARD-")
      let isNeverRecorded = type == LostLine.type && found.code == "E-EVENT-TYPE"
      #expect(found.code == refused.code || both || isNeverRecorded, "\(found)")
      #expect(!found.texts[0].isEmpty && found.texts[0] != found.texts[1])
      #expect(store.head == before, "\(refused.code) left a trace")
    }
    guard type != LostLine.type else {
      #expect(throws: AppendError.self) { try store.append([order.wish]) }
      return
    }
    #expect(try code(store, order.wish) == nil)
    let recorded = try #require(try store.snapshot().event(at: Int64(order.past.count)))
    var asked = order.wish
    (asked.seq, asked.recordedAt) = (recorded.event.seq, recorded.event.recordedAt)
    #expect(recorded.event == asked)
    // Whatever opens its subject, opens it once.
    if order.entry.declaration.opensSubject {
      var again = order.wish
      again.id = nil
      let found = try code(store, again)
      #expect(found?.code == "E-GUARD-ID-REUSED" && found?.causes == [Int64(order.past.count)])
    }
  }
}
