import Foundation
import Testing

/// `Sources/REQUIREMENTS.md`, row by row.
private struct Need: CustomTestStringConvertible {
  let number: Int
  let cells: [String]

  var testDescription: String { "need \(number)" }
  /// Pairs of a file's name and what it tests.
  var tests: [(file: String, name: String)] {
    var (found, file): ([(String, String)], String?) = ([], nil)
    for part in (cells.last ?? "").matches(of: /(?:(\w+Tests): )?`([^`]+)`/) {
      file = part.1.map(String.init) ?? file
      if let file { found.append((file, String(part.2))) }
    }
    return found
  }

  static let all: [Need] = {
    let lines = (try? Tree.text(of: "Sources/REQUIREMENTS.md"))?.split(separator: "\n") ?? []
    return lines.compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      return cells.first.flatMap { Int($0) }.map { Need(number: $0, cells: cells) }
    }
  }()
}

@Suite struct `What auditors need` {
  @Test func `is listed without a gap`() { #expect(Need.all.map(\.number) == Array(1...26)) }

  @Test(arguments: Need.all) private func `is held by tests that are there`(need: Need) throws {
    #expect(need.cells.count == 4 && !need.tests.isEmpty, "no test, and no word why")
    let files = try Tree.swiftFiles(below: ["Tests"])
    for (file, name) in need.tests {
      let places = files.filter { $0.hasSuffix("/\(file).swift") }
      #expect(!places.isEmpty, "need \(need.number): there is no \(file).swift")
      let isThere = try places.contains { try Tree.text(of: $0).contains("`\(name)`") }
      #expect(isThere, "need \(need.number): \(file) has no `\(name)`")
    }
  }
}
