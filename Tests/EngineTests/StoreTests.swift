import Events
import Foundation
import Log
import Projection
import Testing
import Vocabulary
import Wire

@testable import Engine

/// A clock that stands still until it is moved.
struct FixedClock: LogClock {
  var microseconds: Int64 = 1_790_000_000_000_000
  func now() -> Int64 { microseconds }
}

/// A data folder for one test, removed with it.
final class TemporaryFolder {
  let path = NSTemporaryDirectory() + "keshi-test-" + UUID().uuidString
  deinit { try? FileManager.default.removeItem(atPath: path) }
}

private func makeStore(_ folder: TemporaryFolder) throws -> Store {
  var random = SystemRandomNumberGenerator()
  try Store.create(at: folder.path, origin: "test.example/log", clock: FixedClock(), random: &random)
  return try openStore(folder, .write)
}

private func openStore(_ folder: TemporaryFolder, _ access: Store.Access) throws -> Store {
  try Store.open(
    at: folder.path, access, catalogue: .keshi, projections: [AnyProjection(Orders.self)], clock: FixedClock())
}

private func orders(_ range: Range<Int>) -> [Event] {
  range.map { number in
    Event(
      Order.placed, subject("order:\(number)"), at: at("2026-01-01").adding(days: number % 50),
      ["customer": .string("\(number % 97)"), "totalMinor": .int(Int64(number)), "cur": "CNY"], id: "import:\(number)")
  }
}

@Suite struct `A data folder` {
  @Test func `appends, rebuilds, shows and forgets nothing over a restart`() throws {
    let folder = TemporaryFolder()
    let store = try makeStore(folder)
    let receipts = try store.append(orders(0..<1000))
    #expect(receipts.map { Int($0.seq) } == Array(0..<1000))
    try store.close()

    let reader = try openStore(folder, .read)
    let report = try reader.rebuild([])[0]
    #expect(report.rows == 97 && report.events == 1000 && report.changed == 97)
    #expect(report.rule == "tier@1" && report.asOf == at("2026-02-19"))
    let again = try reader.rebuild([])[0]
    #expect(again.changed == 0 && again.outputHash == report.outputHash)

    var lines: [ModelLine] = []
    try reader.rows(of: "orders") { lines.append($0) }
    #expect(lines.count == 97 && lines[0].subject == "customer:0" && lines[0].values[0] == .integer(11))
    #expect(lines == lines.sorted { $0.subject.utf8.lexicographicallyPrecedes($1.subject.utf8) })
    #expect(try reader.snapshot().row(of: "orders", subject: "customer:0") == lines[0])
  }

  @Test func `the same id again adds nothing, also after a restart`() throws {
    let folder = TemporaryFolder()
    let store = try makeStore(folder)
    let first = try store.append(orders(0..<10))
    let again = try store.append(orders(5..<12))
    #expect(again.map(\.duplicate) == [true, true, true, true, true, false, false])
    #expect(again[0].seq == first[5].seq && again[0].leaf == first[5].leaf)
    try store.close()
    let reopened = try openStore(folder, .write)
    #expect(try reopened.append(orders(0..<12)).allSatisfy { $0.duplicate })
    #expect(reopened.head.size == 12)
    try reopened.close()
  }

  @Test func `complete stretches answer like fresh lines`() throws {
    let folder = TemporaryFolder()
    let store = try makeStore(folder)
    let count = Int(FactsStore.stretch) + 500
    for start in stride(from: 0, to: count, by: 10_000) { _ = try store.append(orders(start..<min(start + 10_000, count))) }
    try store.close()
    let reader = try openStore(folder, .read)
    let report = try reader.rebuild([])[0]

    // Facts and packs are on disk now; a second reader uses them, a third derives anew.
    let second = try openStore(folder, .read)
    var history: [Int64] = []
    try second.snapshot().history(of: "customer:13") { history.append($0.seq) }
    let expected = (0..<count).filter { $0 % 97 == 13 }.map(Int64.init)
    #expect(history == expected)
    let pack = folder.path + "/derived/timeline/" + FactsStore.fileName(0) + ".pack"
    var bytes = try #require(try DerivedFile.read(pack))
    for place in stride(from: bytes.count / 2, to: bytes.count, by: 997) { bytes[place] ^= 1 }
    try DerivedFile.write(bytes, to: pack)
    history = []
    try openStore(folder, .read).snapshot().history(of: "customer:13") { history.append($0.seq) }
    #expect(history == expected, "a damaged pack is no pack: the log answers")
    var fresh = RebuildOptions()
    fresh.fromLog = true
    #expect(try second.rebuild([], options: fresh)[0].outputHash == report.outputHash)

    let writer = try openStore(folder, .write)
    #expect(try writer.append(orders(3..<4))[0].duplicate)
    let expectation = Expectation(subject: "order:\(count)", version: 0)
    #expect(try writer.append(orders(count..<count + 1), expecting: [expectation])[0].seq == UInt64(count))
    #expect(throws: LogError.wrongExpectedVersion(subject: "order:7", expected: 0, actual: 1)) {
      var event = orders(7..<8)[0]
      event.id = nil
      _ = try writer.append([event], expecting: [Expectation(subject: "order:7", version: 0)])
    }
    try writer.close()
  }

  @Test func `an event that its declaration refuses is named, and nothing is written`() throws {
    let folder = TemporaryFolder()
    let store = try makeStore(folder)
    var events = orders(0..<3)
    events[1].data["totalMinor"] = "much"
    #expect { try store.append(events) } throws: { error in
      (error as? AppendError)?.event == 1 && (error as? AppendError)?.reason.path == "data.totalMinor"
    }
    events = orders(0..<1)
    events[0].occurredAt = Instant(microseconds: FixedClock().now() + 1)
    #expect { try store.append(events) } throws: { ($0 as? AppendError)?.reason.reason == .occurredLater }
    let rule = Event(
      Rule.published, subject("rule:tier"), at: at("2026-01-01"),
      ["kind": "tier", "version": 2, "body": ["many": 5000], "effectiveOn": "2026-01-01T00:00:00Z"])
    #expect { try store.append([rule]) } throws: { ($0 as? AppendError)?.reason.path == "data.body.many" }
    #expect(store.head.size == 0)
    try store.close()
  }

  @Test func `a damaged derived file is made again`() throws {
    let folder = TemporaryFolder()
    let store = try makeStore(folder)
    for start in stride(from: 0, to: Int(FactsStore.stretch), by: 8192) {
      _ = try store.append(orders(start..<start + 8192))
    }
    try store.close()
    let hash = try openStore(folder, .read).rebuild([])[0].outputHash
    let file = folder.path + "/derived/" + FactsStore.fileName(0)
    for place in [0, 9, 30, 5000] {
      var bytes = try #require(try DerivedFile.read(file))
      bytes[place] ^= 0x40
      try DerivedFile.write(bytes, to: file)
      #expect(try openStore(folder, .read).rebuild([])[0].outputHash == hash)
    }
  }
}
