import Foundation
import TestSupport
import Testing

@testable import keshi

/// Walks the sources for sentences: `Name("…", "…")` and `help("…", "…")`.
private struct SentenceScanner {
  private let text: [Character]
  private var place = 0

  init(_ text: String) { self.text = Array(text) }

  /// All pairs of literals.
  mutating func pairs() -> [(en: String, zh: String)] {
    var found: [(String, String)] = []
    while place < text.count {
      if starts(with: "Name(") || starts(with: "help(") {
        place += 5
        skipBlanks()
        guard let en = literal() else { continue }
        skipBlanks()
        guard place < text.count, text[place] == "," else { continue }
        place += 1
        skipBlanks()
        if let zh = literal() { found.append((en, zh)) }
      } else {
        place += 1
      }
    }
    return found
  }

  private func starts(with word: String) -> Bool {
    text[place...].starts(with: word) && (place == 0 || !(text[place - 1].isLetter || text[place - 1] == "."))
  }

  private mutating func skipBlanks() { while place < text.count, text[place].isWhitespace { place += 1 } }

  /// A string literal's text; interpolations are left out.
  private mutating func literal() -> String? {
    let mark = text[place...].starts(with: "\"\"\"") ? "\"\"\"" : "\""
    guard text[place...].starts(with: mark) else { return nil }
    place += mark.count
    var result = ""
    while !text[place...].starts(with: mark) {
      if text[place] == "\\", text[place + 1] == "(" {
        skipInterpolation()
      } else {
        if text[place] == "\\" { place += 1 }
        result.append(text[place])
        place += 1
      }
    }
    place += mark.count
    return result
  }

  private mutating func skipInterpolation() {
    place += 2
    var depth = 1
    while depth > 0 {
      if text[place] == "\"" { _ = literal() } else {
        depth += text[place] == "(" ? 1 : text[place] == ")" ? -1 : 0
        place += 1
      }
    }
  }
}

@Suite struct `Sentences` {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources")

  /// Those that speak to people.
  private static func sources() throws -> [(name: String, text: String)] {
    try ["Answers", "Pages", "Tool"].flatMap { module in
      let folder = folder.appending(path: module)
      return try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }.sorted()
        .map { ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) }
    }
  }

  @Test func `are said in both languages`() throws {
    var count = 0
    for (name, text) in try Self.sources() {
      var scanner = SentenceScanner(text)
      for (en, zh) in scanner.pairs() {
        if en.isEmpty, zh.isEmpty { continue }  // nothing, said in both languages
        count += 1
        #expect(!en.isEmpty && !zh.isEmpty, "\(name): \(en)")
        #expect(!en.isChinese, "\(name): \(en)")
        #expect(zh.isChinese || zh.allSatisfy { !$0.isLetter }, "\(name): \(en) is not in Chinese: \(zh)")
      }
    }
    #expect(count > 150)
  }

  @Test func `are never said to a person in one language only`() throws {
    for (name, text) in try Self.sources() {
      #expect(!text.contains("remark(\"") || text.contains("remark(\"  \" +"), "\(name) remarks in one language")
      #expect(!text.contains("print("), "\(name) prints past the console")
    }
  }
}
