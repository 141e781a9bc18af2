import Events
import Exchange
import Foundation
import Import
import TestSupport
import Testing
import Vocabulary
import Wire

/// The files of one test, in a folder that vanishes with it.
final class Workspace {
  let folder = NSTemporaryDirectory() + "keshi-exchange-tests-" + UUID().uuidString

  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func write(_ name: String, _ text: String) throws -> String {
    let path = folder + "/" + name
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }
}

/// What an import gave.
struct Imported {
  var events: [Event] = []
  var quarantine: [JSONObject] = []
  var codes: [String] { quarantine.compactMap { $0["code"]?.string } }
  func of(_ type: Record) -> [Event] { events.filter { $0.type == type.declaration.name } }
}

/// Imports files without a mapping, or by one.
func importing(_ files: [String], by yaml: String? = nil) throws -> Imported {
  let mapping = try yaml.map { try Mapping.load($0, name: "test.yaml", catalogue: .keshi) } ?? Mapping.native(catalogue: .keshi)
  var result = Imported()
  try ImportRun(mapping, files: files).run(
    quarantine: { line in
      if let object = try JSON(parsing: line).object { result.quarantine.append(object) }
    }, emit: { result.events.append($0) })
  return result
}

/// Numbers events as a log does that records them in this order.
func recorded(_ events: [Event]) -> [Event] {
  events.enumerated().map { place, event in
    var event = event
    event.seq = Int64(place)
    event.recordedAt = Instant(microseconds: 1_790_000_000_000_000)
    return event
  }
}

/// What a writer writes.
final class Paper {
  var text = ""
  func write(_ piece: String) { text += piece }
}

func ocel(_ events: [Event]) throws -> String {
  let paper = Paper()
  let writer = OCELJSONWriter(catalogue: .keshi, paper.write)
  try writer.begin()
  for event in recorded(events) { try writer.add(event) }
  try writer.end()
  return paper.text
}

func ocelXML(_ events: [Event]) throws -> String {
  let paper = Paper()
  let writer = OCELXMLWriter(catalogue: .keshi, paper.write)
  for event in recorded(events) { writer.gather(event) }
  try writer.begin()
  for event in recorded(events) { try writer.add(event) }
  try writer.end()
  return paper.text
}

/// A trace for each subject, in the order of their first events.
func xes(_ events: [Event]) throws -> String {
  let paper = Paper()
  let writer = XESWriter(catalogue: .keshi, paper.write)
  try writer.begin()
  var subjects: [Subject] = []
  for event in events where !subjects.contains(event.subject) { subjects.append(event.subject) }
  for subject in subjects { try writer.trace(subject.description, recorded(events).filter { $0.subject == subject }) }
  try writer.end()
  return paper.text
}

enum Root {
  static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The folder of real data, or `nil` where it is absent.
  static let realData: String? = {
    let path = ProcessInfo.processInfo.environment["KESHI_REALDATA"] ?? Root.path + "/../shared/data"
    return FileManager.default.fileExists(atPath: path + "/running-example.xes") ? path : nil
  }()
}
