import Answers
import Foundation

@testable import keshi

/// A data folder that lives as long as its test.
final class Folder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "keshi-tool-" + UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A log with a customer who bought, complained and is known by a merged name.
  /// - Parameter isSigned: whether the log is signed while it is written, as it is unless somebody switches that off.
  static func filled(isSigned: Bool = true) throws -> Folder {
    let folder = try Folder()
    _ = folder.run("init")
    _ = Run(
      ["append", "--data", folder.path], source: MemorySource(Folder.events.joined(separator: "\n")),
      environment: ["LANG": "en", "KESHI_CHECKPOINTS": isSigned ? "" : "off"])
    return folder
  }

  static let events = [
    #"{"type":"customer.registered","subject":"customer:1","data":{"name":"上海某公司"},"occurredAt":"2025-01-05","id":"e0"}"#,
    #"{"type":"order.placed","subject":"order:9","data":{"customer":"1","totalMinor":129900,"cur":"CNY"},"occurredAt":"2025-01-06T08:00:00+08:00","id":"e1"}"#,
    #"{"type":"customer.registered","subject":"customer:2","data":{"name":"Acme"},"occurredAt":"2025-02-01","id":"e2"}"#,
    #"{"type":"order.placed","subject":"order:10","data":{"customer":"1","totalMinor":5,"cur":"CNY"},"occurredAt":"2025-03-01","id":"e3"}"#,
  ]

  func run(_ arguments: String..., input: String = "", terminal: Bool = false, columns: Int = 120) -> Run {
    Run(arguments + ["--data", path], source: MemorySource(input), environment: ["LANG": "en"], terminal: terminal, columns: columns)
  }

  /// Writes a file into the folder and gives its path.
  func file(_ name: String, _ text: String) throws -> String {
    let place = path + "/" + name
    try text.write(toFile: place, atomically: true, encoding: .utf8)
    return place
  }
}
