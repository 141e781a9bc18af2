import Answers
import Demo
import Events
import Foundation
import Log
import Projection
import Testing
import Vocabulary
import Wire

@testable import Engine
@testable import Serve

/// What a snapshot says of a subject, as text.
private func told(_ subject: String, _ snapshot: Snapshot) throws -> [String] {
  var lines = [try snapshot.resolve(subject)]
  try snapshot.history(of: subject) { lines.append("\($0.seq) \($0.event.type)") }
  let reading = try SubjectReading(subject, in: snapshot)
  let entries = try reading.entries().map { "\($0.seq) \(reading.name(of: $0.type))" }
  #expect(entries == Array(lines.dropFirst()), "\(subject)")
  let wholes = try reading.events(of: reading.entries())
  #expect(wholes.map(\.seq) == (try reading.entries().map(\.seq)), "\(subject)")
  for (entry, whole) in zip(try reading.entries(), wholes) {
    #expect(whole.event.subject.description == reading.name(of: entry.subject) && whole.event.occurredAt == entry.at, "\(subject)")
  }
  if let known = Subject(subject) { lines.append("version \(try snapshot.version(of: known))") }
  let own = snapshot.projections.filter { projection in
    if case .subject(let kind) = projection.key { !projection.needsAll && subject.hasPrefix(kind.word + ":") } else { !projection.needsAll }
  }
  let rows = try [reading.rows(of: own, sideBySideFrom: .max), SubjectReading(subject, in: snapshot).rows(of: own, sideBySideFrom: 0)]
    .map { $0.map { $0.map { "\($0.subject) \($0.values) \(String(describing: $0.since)) \(String(describing: $0.rule))" } } }
  #expect(rows[0] == rows[1] && rows[0].count == own.count, "\(subject)")
  for projection in snapshot.projections where !projection.needsAll {
    let row = try? snapshot.row(of: projection.name, subject: subject)
    lines.append("\(projection.name) \(row.map { "\($0.values) \(String(describing: $0.since)) \(String(describing: $0.because)) \($0.asOf) \($0.position)" } ?? "-")")
  }
  return lines
}

@Suite struct `A snapshot that grows` {
  /// A company's story, recorded in two parts: what a snapshot of the first part says after it has taken in the second is
  /// what a new snapshot says of the whole. Subjects new and old, leads that became customers, rules that were published.
  @Test(arguments: [1, 42] as [UInt64]) func `says of everybody what a new one says`(seed: UInt64) throws {
    let path = NSTemporaryDirectory() + "keshi-fresh-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    let folder = DataFolder(path: path)
    var random = SystemRandomNumberGenerator()
    try Store.create(at: path, origin: "test/fresh", clock: WallClock(), random: &random)
    let store = try folder.open(.write, about: Circumstances(), tell: { _ in })
    let events = try story(seed)
    let middle = events.count / 3
    _ = try store.append(Array(events[..<middle]))
    var grown = try store.presentSnapshot()
    _ = try grown.row(of: "lifecycle", subject: events[0].subject.description)
    for start in stride(from: middle, to: events.count, by: 97) {
      _ = try store.append(Array(events[start..<min(start + 97, events.count)]))
      if try !store.grow(grown) { grown = try store.presentSnapshot() }
    }
    #expect(grown.size == Int64(events.count) && grown.tailCount > 0, "seed \(seed)")
    let fresh = try store.snapshot()
    let copy = try grown.copy()
    let subjects = Set(events.map(\.subject.description)).sorted()
    for (place, subject) in subjects.enumerated() where place.isMultiple(of: max(1, subjects.count / 24)) {
      let expected = try told(subject, fresh)
      for (lines, who) in [(try told(subject, grown), "grown"), (try told(subject, copy), "a copy")] {
        #expect(lines == expected, "seed \(seed), \(subject), \(who): \(lines.filter { !expected.contains($0) }) for \(expected.filter { !lines.contains($0) })")
      }
    }
    let newest = { (snapshot: Snapshot) in try snapshot.newest("order.placed", limit: 5).map(\.seq) }
    #expect(try newest(grown) == newest(fresh))
    // Whoever asks for everybody is answered from everything, too.
    #expect(try grown.fold(grown.projections).latest == fresh.fold(fresh.projections).latest && grown.tailCount == 0)
    try store.close()
  }

  private func story(_ seed: UInt64) throws -> [Event] {
    var events: [Event] = []
    DemoCompany(customers: 4, seed: seed, ending: try #require(Day("2026-10-31"))).forEachEvent { events.append($0) }
    // A correction names a position, and not the one that the story's other part has in this log.
    return events.filter { $0.type != "event.corrected" }
  }

  /// Whom a register says that it is about decides whether a customer's page asks it.
  @Test func `has no row about a customer in a register that is about none`() throws {
    let path = NSTemporaryDirectory() + "keshi-about-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    var random = SystemRandomNumberGenerator()
    try Store.create(at: path, origin: "test/about", clock: WallClock(), random: &random)
    let store = try DataFolder(path: path).open(.write, about: Circumstances(), tell: { _ in })
    var events: [Event] = []
    DemoCompany(customers: 40, seed: 7, ending: try #require(Day("2026-10-31"))).forEachEvent { events.append($0) }
    _ = try store.append(events.filter { $0.type != "event.corrected" })
    var counts: [String: Int] = [:]
    for projection in store.projections {
      guard case .account = projection.way else { continue }
      try store.rows(of: projection.name) { line in
        counts[projection.name, default: 0] += 1
        let isCustomer = line.subject.hasPrefix("customer:") && !line.subject.contains("/")
        #expect(!isCustomer || projection.isAbout("customer"), "\(projection.name): \(line.subject)")
      }
    }
    #expect(counts["complaints", default: 0] > 0 && counts["contracts", default: 0] > 0 && counts["receivables", default: 0] > 0)
    try store.close()
  }

  @Test func `tells where an event corrects an older one, so that a new one is taken`() throws {
    let path = NSTemporaryDirectory() + "keshi-fresh-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    var random = SystemRandomNumberGenerator()
    try Store.create(at: path, origin: "test/fresh", clock: WallClock(), random: &random)
    let store = try DataFolder(path: path).open(.write, about: Circumstances(), tell: { _ in })
    func take(_ line: String) throws { _ = try store.append([Event(reading: Array(line.utf8).span, by: .keshi)]) }
    try take(#"{"type":"order.placed","subject":"order:1","data":{"customer":"1","totalMinor":100,"cur":"CNY"},"occurredAt":"2026-01-05"}"#)
    let present = Present(store)
    func revenue() throws -> Value? { try present.read { try $0.row(of: "worth", subject: "customer:1") }?.values.last { $0 == .integer(100) || $0 == .integer(70) } }
    #expect(try revenue() == .integer(100))
    try take(#"{"type":"event.corrected","subject":"order:1","reason":"typo","data":{"seq":0,"kind":"replace","data":{"customer":"1","totalMinor":70,"cur":"CNY"}},"occurredAt":"2026-01-06"}"#)
    #expect(try revenue() == .integer(70))
    try store.close()
  }
}
