import Conformance
import Foundation
import Testing
import Vocabulary
import Wire
import XML

enum RealData {
  /// The folder, or `nil` where it is absent; KESHI_REALDATA names it.
  static let folder: String? = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    let path = ProcessInfo.processInfo.environment["KESHI_REALDATA"] ?? root + "/../shared/data"
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()

  static func bytes(_ name: String) throws -> [UInt8] {
    let path = try #require(folder) + "/" + name
    return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// Cases of an XES file: their activities and times.
  static func xes(_ name: String) throws -> ProcessLog {
    let scanner = try XMLScanner()
    var log = ProcessLog()
    var cases: [(String, [ProcessLog.Entry])] = []
    var open: [String] = []
    var values: [String: String] = [:]
    scanner.onStart = { name, attributes in
      if name == "trace" { cases.append(("", [])) }
      if let key = attributes["key"], let value = attributes["value"] {
        if open.last == "event" { values[key] = value }
        if open.last == "trace", key == "concept:name" { cases[cases.count - 1].0 = value }
      }
      open.append(name)
    }
    scanner.onEnd = { name, _ in
      open.removeLast()
      guard name == "event", open.last == "trace", let activity = values["concept:name"] else { return }
      let at = values["time:timestamp"].flatMap { Instant($0) } ?? Instant(microseconds: 0)
      cases[cases.count - 1].1.append(ProcessLog.Entry(activity, at: at))
      values = [:]
    }
    try scanner.read(try bytes(name)[...])
    try scanner.read([])
    for (name, entries) in cases { try log.add(name, entries) }
    return log
  }
}
