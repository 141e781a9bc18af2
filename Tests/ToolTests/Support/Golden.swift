import Foundation
import Testing

/// Texts that are compared with what is kept in `Golden/`. `KESHI_GOLDEN=write` keeps the new ones instead.
enum Golden {
  /// Whether texts are kept anew instead of compared.
  static var isWriting: Bool { ProcessInfo.processInfo.environment["KESHI_GOLDEN"] == "write" }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Golden")

  static func check(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = folder.appending(path: name)
    if isWriting {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let kept = try String(contentsOf: file, encoding: .utf8)
    #expect(text == kept, "\(name) has changed", sourceLocation: sourceLocation)
  }
}
