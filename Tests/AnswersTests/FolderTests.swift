import Engine
import Events
import Foundation
import Log
import Projection
import Testing
import Vocabulary
import Wire

@testable import Answers

/// A data folder that lives as long as its test.
private final class Place {
  let folder: DataFolder

  init(isLog: Bool = true) throws {
    folder = DataFolder(path: FileManager.default.temporaryDirectory.appending(path: "keshi-answers-" + UUID().uuidString).path)
    guard isLog else { return }
    var random = SystemRandomNumberGenerator()
    try Store.create(at: folder.path, origin: "test/answers", clock: WallClock(), random: &random)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder.path) }

  func trouble(_ access: Store.Access) -> Trouble? {
    do {
      let store = try folder.locating { try folder.open(access, about: Circumstances(), tell: { _ in }) }
      try store.close()
      return nil
    } catch { return error as? Trouble }
  }

  func record(_ lines: String...) throws {
    let store = try folder.open(.write, about: Circumstances(), tell: { _ in })
    defer { try? store.close() }
    let events = try lines.map { try Event(reading: Array($0.utf8).span, by: .keshi, defaultTime: WallClock().millisecond) }
    _ = try Recorder(store, about: Circumstances()).record(events)
  }
}

private let order =
  #"{"type":"order.placed","subject":"order:1","data":{"customer":"1","totalMinor":129900,"cur":"CNY"},"occurredAt":"2025-01-06"}"#

@Suite struct `A data folder` {
  @Test func `has its keys beside the log, unless they are elsewhere`() {
    #expect(DataFolder(path: "/a").keysPath == "/a/keys")
    #expect(DataFolder(path: "/a", keysPath: "/b").keysPath == "/b")
  }

  @Test func `that is none is named in the error`() throws {
    let place = try Place(isLog: false)
    let trouble = try #require(place.trouble(.read))
    #expect(trouble.kind == .absent && trouble.place?.en.hasPrefix(place.folder.path) == true, "\(trouble)")
  }

  @Test func `is written by one at a time, and read beside it`() throws {
    let place = try Place()
    let store = try place.folder.open(.write, about: Circumstances(), tell: { _ in })
    #expect(place.trouble(.write)?.kind == .busy)
    #expect(place.trouble(.read) == nil)
    try store.close()
    #expect(place.trouble(.write) == nil)
  }

  @Test func `whose writer was interrupted is recovered, and that is told`() throws {
    let place = try Place()
    try place.record(order)
    let active = place.folder.path + "/log/active"
    let file = try #require(try FileManager.default.contentsOfDirectory(atPath: active).sorted().last)
    let handle = try #require(FileHandle(forWritingAtPath: active + "/" + file))
    _ = try handle.seekToEnd()
    try handle.write(contentsOf: Data("torn".utf8))
    try handle.close()
    var told: [Name] = []
    try place.folder.open(.write, about: Circumstances(), tell: { told.append($0) }).close()
    #expect(told.first?.en.contains("were cut from") == true && told.first?.zh.contains("截去") == true, "\(told)")
  }

  @Test func `that is whole withholds nothing`() throws {
    let place = try Place()
    try place.record(order)
    let store = try place.folder.open(.read, about: Circumstances(), tell: { _ in })
    defer { try? store.close() }
    var rows: [[Cell]] = []
    let answer = try ModelAnswer("lifecycle", view: View(asOf: TimePoint("2025-02-01")), of: store)
    try answer.forEachRow { rows.append($0) }
    #expect(rows.map(\.count) == [answer.columns.count] && rows.first?.first == .text("customer:1"))
    #expect(throws: EngineError.self) { try ModelAnswer("nothing", view: .present, of: store) }
    #expect(place.folder.shortfall(of: store) == nil)
  }
}

@Suite struct `Stored events` {
  @Test func `are lines to programs, and rows to people and spreadsheets`() throws {
    let place = try Place()
    try place.record(order)
    let store = try place.folder.open(.read, about: Circumstances(), tell: { _ in })
    defer { try? store.close() }
    let (lines, array) = (MemorySink(), MemorySink())
    let writers = [EventLineWriter(to: lines, asLines: true), EventLineWriter(to: array, asLines: false)]
    var stored: [StoredEvent] = []
    try store.snapshot().history(of: "order:1") { event in
      stored.append(event)
      for writer in writers { try writer.write(event) }
    }
    for writer in writers { try writer.finish() }
    let event = try #require(stored.first)
    #expect(array.text == "[\n" + lines.text.dropLast() + "\n]\n")
    #expect(lines.text.hasPrefix("{") && lines.text.contains(#""type":"order.placed""#))
    #expect(EventRows.cells(of: event).last?.plain == #"{"cur":"CNY","customer":"1","totalMinor":129900}"#)
    #expect(EventRows.cells(of: event, in: .zh)?[2] != EventRows.cells(of: event, in: .en)?[2])
    #expect(EventRows.cells(of: event, in: .en)?.last?.plain.contains("1,299.00") == true)
  }
}
