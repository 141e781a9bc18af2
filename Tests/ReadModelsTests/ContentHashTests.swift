import Foundation
import Projection
import ReadModels
import Testing
import Vocabulary
import Wire

@Suite struct `The content hash` {
  static let columns = [
    Column("stage", .text, "Stage", "阶段"), Column("paid", .money, "Paid", "已付"),
    Column("isQuiet", .flag, "Quiet", "沉寂"), Column("last", .day, "Last", "末日"),
  ]
  static let rows = [
    ModelRow(
      subject: "customer:4",
      values: [.text("active"), .integer(990_000), .flag(false), Value(Day("2026-11-01"))],
      since: Instant("2026-03-04T08:00:00.5Z"), because: 17),
    ModelRow(subject: "customer:客户\"甲\"", values: [.null, .integer(-5), .flag(true), .null]),
  ]
  static var provenance: Provenance {
    var provenance = Sample.provenance()
    provenance.asOf = Day(year: 2026, month: 11, day: 23)?.start ?? .distantPast
    return provenance
  }

  /// The fenced blocks of one language in the module's README.
  static func blocks(_ language: String) throws -> [String] {
    let path = URL(fileURLWithPath: #filePath).appending(path: "../../../Sources/ReadModels/README.md").standardized
    let parts = try String(contentsOf: path, encoding: .utf8).components(separatedBy: "```")
    return parts.filter { $0.hasPrefix(language + "\n") }.map { String($0.dropFirst(language.count + 1)) }
  }

  @Test func `is the one that README.md works out`() throws {
    let folder = try Folder()
    let built = try folder.store.write(Self.provenance, columns: Self.columns, rows: Self.rows)
    let blocks = try Self.blocks("text")
    #expect(built.contentHash + "\n" == blocks[1])
    #expect(built.contentHash == "ecbcd455e29132f37c09039daad382b7a88a0dbc2bbf463e2eabecb2f3a1d48d")
  }

  @Test func `is the one that README.md's Python computes from the file`() throws {
    let folder = try Folder()
    _ = try folder.store.write(Self.provenance, columns: Self.columns, rows: Self.rows)
    let python = Process()
    python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    python.arguments = ["python3", "-c", try Self.blocks("python")[0], folder.store.path(of: "lifecycle")]
    let output = Pipe()
    python.standardOutput = output
    try python.run()
    let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    python.waitUntilExit()
    #expect(text == "ecbcd455e29132f37c09039daad382b7a88a0dbc2bbf463e2eabecb2f3a1d48d as stored\n")
  }

  /// What is changed, and whether the hash must then be another.
  @Test(arguments: [
    ("asOf", true), ("rule", true), ("value", true), ("column", true), ("since", true), ("order of columns", true),
    ("position", false), ("shape", false), ("rule hash", false), ("code", false), ("title", false),
  ])
  func `depends on the rows and their meaning only`(what: String, isOther: Bool) throws {
    let folder = try Folder()
    var (provenance, columns, rows) = (Self.provenance, Self.columns, Self.rows)
    switch what {
    case "asOf": provenance.asOf = .distantPast
    case "rule": provenance.rule?.version = 2
    case "value": rows[0].values[1] = .integer(1)
    case "column": columns[0] = Column("step", .text, "Stage", "阶段")
    case "since": rows[0].since = nil
    case "order of columns": for place in rows.indices { rows[place].values.swapAt(0, 1) }; columns.swapAt(0, 1)
    case "position": provenance.position += 1
    case "shape": provenance.shape += 1
    case "rule hash": provenance.rule?.bodyHash = "x"
    case "code": provenance.codeVersion = "9"
    default: columns[0] = Column("stage", .text, "Step", "步")
    }
    let first = try folder.store.write(Self.provenance, columns: Self.columns, rows: Self.rows)
    let second = try folder.store.write(provenance, columns: columns, rows: rows)
    #expect((first.contentHash != second.contentHash) == isOther)
  }

  @Test func `equal input gives equal bytes`() throws {
    let (one, two) = (try Folder(), try Folder())
    try one.store.build(Sample.rows(500))
    try two.store.build(Sample.rows(500))
    try two.store.build(Sample.rows(500))
    let files = [one, two].map { FileManager.default.contents(atPath: $0.store.path(of: "lifecycle")) }
    #expect(files[0] != nil && files[0] == files[1])
  }
}
