import Answers
import Events
import EventsTestSupport
import Foundation
import Projection
import ProjectionCatalogue
import Testing
import Vocabulary
import Wire

@testable import keshi

/// A log with one good event of every type, and what had to happen before it.
private enum Everything {
  static let entries = Catalogue.keshi.entries.filter { $0.declaration.name != "log.lost" }

  /// A rule of a kind that this program knows must say what such a rule says.
  private static func fitting(_ event: Event) -> Event {
    guard event.type.hasPrefix("rule."), event.data["body"] != nil,
      let kind = ProjectionCatalogue.rules.first(where: { $0.name == event.data["kind"]?.string }), let rule = kind.shipped.last
    else { return event }
    var event = event
    event.data["body"] = .object(rule.body)
    return event
  }

  static let wishes: [Event] = entries.map { fitting(GoodOrder($0).wish) }

  /// One line an event: each type's past, and the event. Positions that an event names are those in its own past; a
  /// correction would not fit there, so that the first event of this log is what it corrects.
  static let lines: [String] = entries.flatMap { entry in
    GoodOrder(entry).past.map { event in
      var event = fitting(event)
      (event.seq, event.id) = (nil, nil)
      return JSON.object(event.json).canonical
    }
  } + wishes.filter { $0.type != "event.corrected" }.map { JSON.object($0.json).canonical }

  static let corrected =
    #"{"type":"customer.registered","subject":"customer:S-100-1","data":{"name":"Acme"},"actor":"ann","occurredAt":"2026-03-01"}"#
  static let correction =
    #"{"type":"event.corrected","subject":"customer:S-100-1","data":{"seq":0,"kind":"replace","data":{"name":"Acme Ltd"}},"#
    + #""actor":"ann","reason":"typo","occurredAt":"2026-03-02","id":"sample-100-1"}"#

  static func folder() throws -> Folder {
    let folder = try Folder()
    _ = folder.run("init")
    let run = folder.run("append", input: ([corrected, correction] + lines).joined(separator: "\n"))
    guard run.status == .ok else { throw Unfit(remarks: run.remarks) }
    return folder
  }

  /// The log cannot be made. Not an expectation that fails: that would be told by one test alone.
  struct Unfit: Error { let remarks: String }

  static let shared = Result { try folder() }

  /// The events with an id, one of each type, as a log tells them; without what each log gives anew.
  static func samples(_ folder: Folder) throws -> [String: JSON] {
    var found: [String: JSON] = [:]
    for line in folder.run("export", "events").lines {
      var object = try #require(try JSON(parsing: line).object)
      guard let type = object["type"]?.string, object["id"]?.string?.hasPrefix("sample-") == true else { continue }
      (object["seq"], object["recordedAt"]) = (nil, nil)
      found[type] = .object(object)
    }
    return found
  }
}

@Suite struct `Every type of event` {
  @Test func `goes out and comes in again as it was, as lines and as CloudEvents`() throws {
    let folder = try Everything.shared.get()
    let samples = try Everything.samples(folder)
    #expect(Set(samples.keys) == Set(Everything.entries.map(\.declaration.name)))

    let lines = try Folder()
    _ = lines.run("init")
    let again = lines.run("append", input: folder.run("export", "events").output)
    #expect(again.status == .ok, "\(again.remarks)")
    #expect(try Everything.samples(lines) == samples)

    let clouds = try Folder()
    _ = clouds.run("init")
    for (form, arguments) in [("lines", []), ("batch", ["--batch"])] as [(String, [String])] {
      let file = folder.path + "/all-\(form).json"
      #expect(Run(["export", "cloudevents", "--out", file, "--data", folder.path] + arguments, source: MemorySource("")).status == .ok)
      let run = clouds.run("import", file)
      #expect(run.status == .ok && run.output.contains(#""quarantined":0"#), "\(run.output) \(run.remarks)")
    }
    #expect(try Everything.samples(clouds) == samples)
  }

  @Test func `is a row of CSV with a cell for each of its fields`() throws {
    let folder = try Everything.shared.get()
    let tables = folder.path + "/tables"
    #expect(folder.run("export", "csv", "--per-type", "--out", tables).status == .ok)
    for entry in Everything.entries {
      let text = try String(contentsOfFile: tables + "/\(entry.declaration.name).csv", encoding: .utf8)
      let head = try #require(text.split(separator: "\r\n").first)
      let columns = head.split(separator: ",").map(String.init)
      for field in entry.declaration.fields {
        let name = "data." + field.name
        #expect(columns.contains { $0 == name || $0.hasPrefix(name + ".") }, "\(entry.declaration.name) \(field.name): \(head)")
      }
    }
  }

  /// Other programs get every event; what they cannot know of our types comes back as records.
  @Test(arguments: [("xes", "all.xes"), ("ocel", "all.jsonocel"), ("ocel", "all.sqlite"), ("ocel", "all.xmlocel")])
  func `is in process logs, and they come back`(form: String, name: String) throws {
    // In a log of its own: what is given out of one is noted in it.
    let folder = try Folder()
    _ = folder.run("init")
    let events = try Everything.shared.get().run("export", "events")
    #expect(folder.run("append", input: events.output).status == .ok)
    let count = events.lines.count
    let file = folder.path + "/" + name
    let run = folder.run("export", form, "--out", file)
    #expect(run.status == .ok, "\(run.remarks)")
    let other = try Folder()
    _ = other.run("init")
    let back = other.run("import", file)
    #expect(back.status == .ok && back.output.contains(#""quarantined":0"#), "\(back.output) \(back.remarks)")
    let noted = other.run("export", "events").lines.filter { $0.contains("\"type\":\"record.noted\"") }
    // Records of ours are records again; of XES objects too become events of their traces.
    #expect(noted.count == count - (form == "ocel" ? 1 : 0), "\(noted.count) of \(count)")
    for entry in Everything.entries where entry.declaration.subjects != [.record] && !entry.declaration.name.hasPrefix("record.") {
      #expect(noted.contains { $0.contains("\"activity\":\"\(entry.declaration.name)\"") }, "\(entry.declaration.name)")
    }
  }

  @Test(arguments: Everything.wishes.map(\.type))
  func `is shown in both languages`(type: String) throws {
    let folder = try Everything.shared.get()
    let declaration = try #require(Catalogue.keshi.entry(named: type)).declaration
    let wish = try #require(Everything.wishes.first { $0.type == type })
    for language in Language.allCases {
      let arguments = ["history", wish.subject.description, "--data", folder.path, "--format", "table", "--lang", language.rawValue]
      let run = Run(arguments, source: MemorySource(""), columns: 200)
      #expect(run.status == .ok && run.output.contains(declaration.title[language]), "\(run.output) \(run.remarks)")
    }
  }
}
