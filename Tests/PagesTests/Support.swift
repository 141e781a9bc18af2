import Answers
import Engine
import Events
import Foundation
import Log
import Vocabulary
import Wire

/// A data folder with the events of a test, as long as the test lives.
final class Company {
  let folder: DataFolder
  private let path: String

  init(_ lines: [String]) throws {
    path = FileManager.default.temporaryDirectory.appending(path: "keshi-pages-" + UUID().uuidString).path
    folder = DataFolder(path: path)
    var random = SystemRandomNumberGenerator()
    try Store.create(at: path, origin: "test/pages", clock: WallClock(), random: &random)
    let store = try folder.open(.write, about: Circumstances(), tell: { _ in })
    let events = try lines.map { try Event(reading: Array($0.utf8).span, by: .keshi, defaultTime: WallClock().millisecond) }
    _ = try Recorder(store, about: Circumstances()).record(events)
    try store.close()
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func ask<R>(_ body: (Snapshot) throws -> R) throws -> R {
    let store = try folder.open(.read, about: Circumstances(), tell: { _ in })
    defer { try? store.close() }
    return try body(store.snapshot())
  }
}

/// The tags of a page in their order, each with its attributes: what a browser would make of it.
struct Tags: Equatable {
  let all: [String]
  /// What is wrong with how they nest; `nil` where nothing is.
  let fault: String?

  private static let withoutEnd: Set<String> = ["meta", "br", "hr", "img", "input", "link"]

  init(_ html: String) {
    let scalars = Array(html.unicodeScalars)
    var (found, open, fault): ([String], [String], String?) = ([], [], nil)
    var place = 0
    while place < scalars.count {
      // A tag opens where `<` stands before a letter or `/`, whatever marks cling to either (HTML Standard, 13.2.5.6).
      guard scalars[place] == "<", place + 1 < scalars.count, scalars[place + 1] == "/" || scalars[place + 1].properties.isAlphabetic && scalars[place + 1].isASCII
      else {
        place += 1
        continue
      }
      let end = scalars[place...].firstIndex(of: ">") ?? scalars.count - 1
      let tag = String(String.UnicodeScalarView(scalars[(place + 1)..<end]))
      found.append(tag)
      let name = String(tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber })
      if tag.hasPrefix("/") {
        if open.popLast() != name { fault = fault ?? "</\(name)> closes nothing" }
      } else if !Tags.withoutEnd.contains(name) {
        open.append(name)
      }
      place = end + 1
    }
    all = found
    self.fault = fault ?? open.last.map { "<\($0)> is not closed" }
  }
}
