import Foundation

/// The package's own files, as text.
enum Tree {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func swiftFiles(below folders: [String]) throws -> [String] {
    try folders.flatMap { folder in
      try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
        .filter { $0.hasSuffix(".swift") }.map { folder + "/" + $0 }
    }.sorted()
  }

  static func text(of file: String) throws -> String { try String(contentsOf: root.appending(path: file), encoding: .utf8) }

  /// The text without its line comments.
  static func code(of file: String) throws -> String {
    try text(of: file).split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in line.range(of: "//").map { String(line[..<$0.lowerBound]) } ?? String(line) }
      .joined(separator: "\n")
  }

  static func imports(of file: String) throws -> Set<String> {
    let lines = try code(of: file).split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    let words = lines.map { $0.split(separator: " ").map(String.init) }
    return Set(words.compactMap { line in
      let access: Set = ["import", "public", "internal", "package", "@testable", "@preconcurrency"]
      guard let first = line.first, access.contains(first), let place = line.firstIndex(of: "import"), place <= 1,
        place + 1 < line.count
      else { return nil }
      return line[place + 1].split(separator: ".").first.map(String.init)
    })
  }

  /// Folders of Projections/ that hold no projection, and their modules.
  private static let shared = ["Account": "AccountHistory", "Company": "CompanyHistory", "Documents": "Documents", "Matters": "Matters",
    "Rules": "CompanyRules"]

  /// `Sources/Log/X.swift` is of module Log; a file in a folder of Projections/ is of that projection's module.
  static func module(of file: String) -> String {
    let parts = file.split(separator: "/").map(String.init)
    switch parts[0] {
    case "Sources": return parts[1]
    case "Projections": return parts.count == 2 ? "ProjectionCatalogue" : shared[parts[1]] ?? "Projections"
    default: return parts[0]
    }
  }
}
