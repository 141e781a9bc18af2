import Events
import Foundation
import Import
import Testing
import Vocabulary
import Wire

/// The files of one test, in a folder that vanishes with it.
final class Workspace {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "keshi-import-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Writes a file and returns its path.
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = folder + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }
}

/// What an import gave.
struct Imported {
  var events: [Event] = []
  var quarantine: [JSONObject] = []
  var summary = ImportSummary()

  func of(_ type: String) -> [Event] { events.filter { $0.type == type } }
  func reasons() -> [String] { quarantine.compactMap { $0["reason"]?.string } }
  func sum(_ field: String, of type: String, where holds: (Event) -> Bool = { _ in true }) -> Int64 {
    of(type).filter(holds).reduce(0) { $0 + ($1.data[field]?.int ?? 0) }
  }
}

func importing(
  _ yaml: String, _ files: [String], name: String = "test.yaml", options: ImportRun.Options = ImportRun.Options()
) throws -> Imported {
  var result = Imported()
  let mapping = try Mapping.load(yaml, name: name, catalogue: .keshi)
  let run = try ImportRun(mapping, files: files, options: options)
  result.summary = try run.run(
    quarantine: { line in
      if let object = try JSON(parsing: line).object { result.quarantine.append(object) }
    },
    emitting: { written in
      for written in written {
        let event = try Event(of: written, by: .keshi)
        // What was written piece by piece is what the event itself would write, byte by byte.
        let parts = event.lineParts
        #expect(Array(written.line) == parts.bytes, "\(String(decoding: written.line, as: UTF8.self))")
        #expect(written.headCount == parts.headCount && written.middleCount == parts.middleCount)
        #expect(written.subject == event.subject.description && written.id == event.id && written.occurredAt == event.occurredAt)
        result.events.append(event)
      }
    })
  return result
}

/// The mapping files that this product brings.
enum Mappings {
  static let names = ["cdnow", "crm-sales", "county-contracts", "online-retail", "ravenstack"]
  static let shipped = names + ["salesforce", "hubspot", "fxiaoke"]

  static func text(_ name: String) throws -> String {
    try String(contentsOfFile: Root.path + "/Sources/Import/Mappings/\(name).yaml", encoding: .utf8)
  }
}

enum Root {
  /// The package's folder.
  static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The folder of real data, or `nil` where it is absent.
  static let realData: String? = {
    let path = ProcessInfo.processInfo.environment["KESHI_REALDATA"] ?? Root.path + "/../shared/data"
    return FileManager.default.fileExists(atPath: path + "/cdnow_sample.txt") ? path : nil
  }()
}
