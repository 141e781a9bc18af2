import Events
import Foundation
import Testing
import Vocabulary
import Wire

/// Lines that were written once must be readable for ever. One sample a type and version; samples are only added.
@Suite struct GoldenTests {
  static let directory = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
  static let types = Catalogue.keshi.entries

  private func sample(_ type: String, _ version: Int) -> [UInt8]? {
    let file = GoldenTests.directory.appending(path: "\(type).v\(version).json")
    guard var bytes = try? [UInt8](Data(contentsOf: file)), bytes.last == UInt8(ascii: "\n") else { return nil }
    bytes.removeLast()
    return bytes
  }

  private func line(_ event: Event) throws -> [UInt8] {
    let parts = event.lineParts
    let recordedAt = try #require(event.recordedAt)
    let seq = try #require(event.seq)
    return parts.head + Array("\"recordedAt\":\"\(recordedAt)\",".utf8) + parts.middle + Array("\"seq\":\(seq)".utf8)
      + parts.tail
  }

  @Test(arguments: types) func sampleOfTheNewestVersion(_ entry: Catalogue.Entry) throws {
    let declaration = entry.declaration
    let proposal = String(decoding: try line(try Sampler.event(of: entry)), as: UTF8.self)
    try Golden.add("\(declaration.name).v\(declaration.version).json", proposal + "\n")
    let bytes = try #require(
      sample(declaration.name, declaration.version),
      "add Golden/\(declaration.name).v\(declaration.version).json:\n\(proposal)")
    let event = try Event(reading: bytes.span, by: .keshi)
    #expect(try line(event) == bytes)
    var text = Text()
    text.append(event.json)
    #expect(text.bytes == bytes, "the parts of a line and the whole event as JSON say the same")
  }

  @Test(arguments: types) func samplesOfOlderVersions(_ entry: Catalogue.Entry) throws {
    let declaration = entry.declaration
    for version in 1..<declaration.version {
      let bytes = try #require(sample(declaration.name, version), "Golden/\(declaration.name).v\(version).json is gone")
      let event = try Event(reading: bytes.span, by: .keshi)
      #expect(event.version == declaration.version)
    }
  }

  /// A type that was recorded once cannot cease to exist.
  @Test func everySampleHasItsType() throws {
    for file in try FileManager.default.contentsOfDirectory(atPath: GoldenTests.directory.path)
    where file.hasSuffix(".json") {
      let parts = file.dropLast(5).components(separatedBy: ".v")
      let entry = try #require(Catalogue.keshi.entry(named: parts[0]), "no type for \(file)")
      let version = try #require(Int(parts[1]))
      #expect((1...entry.declaration.version).contains(version), "\(file)")
    }
  }

  /// Derived files hold these numbers; a line of this list may be added, none may change.
  @Test func numbersStand() throws {
    let file = GoldenTests.directory.appending(path: "numbers.txt")
    let recorded = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    let current = Catalogue.keshi.families.flatMap { Numbers.lines(of: $0) }
    if Golden.isWriting {
      let added = current.filter { !recorded.contains($0) }
      return try ((recorded + added).joined(separator: "\n") + "\n").write(to: file, atomically: true, encoding: .utf8)
    }
    for line in recorded where !current.contains(line) { Issue.record("changed or gone: \(line)") }
    for line in current where !recorded.contains(line) { Issue.record("add to Golden/numbers.txt:\n\(line)") }
    #expect(recorded.count == Set(recorded).count)
  }
}

/// What is kept beside the tests. With `KESHI_GOLDEN=write` what is missing is added; nothing that is there changes.
enum Golden {
  static let isWriting = ProcessInfo.processInfo.environment["KESHI_GOLDEN"] == "write"

  static func add(_ name: String, _ text: String) throws {
    let file = GoldenTests.directory.appending(path: name)
    guard isWriting, !FileManager.default.fileExists(atPath: file.path) else { return }
    try text.write(to: file, atomically: true, encoding: .utf8)
  }
}

/// The numbers that derived files hold, one line each.
enum Numbers {
  static func lines<F: Family>(of family: F.Type) -> [String] {
    let facts = F.Fact.allCases.map { "fact \(F.code).\($0.rawValue) \(family) \($0)" }
    return facts
      + F.allCases.flatMap { type in
        ["type \(F.code).\(type.rawValue) \(type.declaration.name)"]
          + type.declaration.fields.flatMap { lines(of: $0, in: type.declaration.name) }
      }
  }

  private static func lines(of field: Field, in type: String) -> [String] {
    guard let tag = field.fact else { return [] }
    let line = "tag \(type) \(field.name) \(tag)"
    if case .list(.record(let fields), _) = field.kind {
      return [line] + fields.flatMap { lines(of: $0, in: "\(type) \(field.name)") }
    }
    guard case .code(let codes) = field.kind else { return [line] }
    return [line] + codes.map { "code \(type) \(field.name) \($0.word.text) \($0.number)" }
  }
}
