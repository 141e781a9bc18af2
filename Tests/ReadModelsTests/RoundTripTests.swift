import Projection
import ReadModels
import Testing
import Vocabulary
import Wire

@Suite struct `What is written reads back` {
  static let nothing = [Value](repeating: .null, count: 7)

  /// Place of the column, and a value at an edge.
  @Test(arguments: [
    (0, .text("")), (0, .text("张伟有限公司")),
    (0, .text("O'Brien \"quoted\" \\ ; DROP TABLE x --")), (0, .text("a\nb\tc\u{1}")),
    (0, .text("nul\u{0}inside")), (0, .text("👩‍👩‍👧 e\u{301}")), (0, .null),
    (1, .integer(.min)), (1, .integer(.max)), (1, .integer(0)), (1, .null),
    (2, .integer(-1)), (2, .integer(9_007_199_254_740_993)), (2, .null),
    (3, .day(Instant.distantPast.day)), (3, .day(Instant.distantFuture.day)), (3, .null),
    (4, .instant(.distantPast)), (4, .instant(.distantFuture)), (4, .instant(Instant(microseconds: 1000))), (4, .null),
    (5, .flag(true)), (5, .flag(false)), (5, .null), (6, .integer(3)), (6, .null),
  ] as [(Int, Value)])
  func `every kind at its edges`(place: Int, value: Value) throws {
    let folder = try Folder()
    var row = ModelRow(subject: "customer:客户 1", values: Self.nothing)
    row.values[place] = value
    try folder.store.build([row])
    let model = try folder.store.open("lifecycle")
    let found = try #require(try model.row(row.subject))
    #expect(found == row)
    if case .text(let text) = value, case .text(let back) = found.values[place] {
      #expect(Array(text.utf8) == Array(back.utf8))
    }
    try model.verify()
  }

  @Test func `since and because, present and absent`() throws {
    let folder = try Folder()
    let bare = ModelRow(subject: "a", values: Self.nothing)
    let full = ModelRow(subject: "b", values: Self.nothing, since: .distantPast, because: 0)
    try folder.store.build([bare, full])
    #expect(try folder.store.open("lifecycle").rows(limit: 9) == [bare, full])
  }

  @Test(arguments: [nil, Provenance.Rule(kind: "churn-risk", version: 12, bodyHash: String(repeating: "0", count: 64))])
  func `provenance and columns`(rule: Provenance.Rule?) throws {
    let folder = try Folder()
    let provenance = Sample.provenance("order-clock", rule: rule)
    let built = try folder.store.write(provenance, columns: Sample.columns, rows: Sample.rows(3))
    let model = try folder.store.open("order-clock")
    #expect(model.provenance == provenance)
    #expect(model.columns == Sample.columns)
    #expect(model.count == 3)
    #expect(model.contentHash == built.contentHash)
    #expect(folder.store.names() == ["order-clock"])
    #expect(folder.files == ["order-clock.sqlite"])
  }

  @Test func `no rows and no columns are a read model too`() throws {
    let folder = try Folder()
    let built = try folder.store.write(Sample.provenance(), columns: [], rows: EmptyCollection())
    #expect(built.rows == 0)
    #expect(built.previous == .none)
    try folder.store.open("lifecycle").verify()
  }
}

@Suite struct `Reading` {
  let folder: Folder
  let model: ReadModel

  init() throws {
    folder = try Folder()
    let rows = Sample.rows(25).map { row -> ModelRow in
      var row = row
      if row.subject.hasSuffix("3") { row.values[0] = .null }
      return row
    }
    try folder.store.build(rows, options: BuildOptions(indices: ["stage"]))
    model = try folder.store.open("lifecycle")
  }

  @Test func `pages by the last subject cover every row once`() throws {
    var seen: [String] = []
    while true {
      let page = try model.rows(after: seen.last, limit: 7)
      seen += page.map(\.subject)
      if page.count < 7 { break }
    }
    #expect(seen == Sample.rows(25).map(\.subject))
    #expect(try model.rows(offset: 20, limit: 7).map(\.subject) == Array(seen[20...]))
  }

  @Test func `conditions`() throws {
    #expect(try model.count(matching: ["stage": .null]) == 3)
    #expect(try model.count(matching: ["stage": .text("active"), "isQuiet": .flag(true)]) == 22)
    #expect(try model.rows(after: "customer:0000003", limit: 9, matching: ["stage": .null]).count == 2)
    #expect(code { () throws(ReadModelError) in try model.count(matching: ["nope": .null]) } == "E-MODEL-COLUMN")
    #expect(code { () throws(ReadModelError) in try model.count(matching: ["stage": .integer(1)]) } == "E-MODEL-VALUE")
  }

  @Test func `a subject is found by its exact bytes`() throws {
    #expect(try model.row("customer:0000024") != nil)
    #expect(try model.row("customer:24") == nil)
    #expect(try model.row("") == nil)
  }

  @Test func `reading inside reading`() throws {
    var found = 0
    try model.forEach { row throws(ReadModelError) in if try model.row(row.subject) == row { found += 1 } }
    #expect(found == 25)
  }

  @Test func `a page has a limit`() throws {
    #expect(try model.rows(limit: Limit.pageRows.value).count == 25)
    #expect(code { () throws(ReadModelError) in try model.rows(limit: Limit.pageRows.value + 1) } == "E-MODEL-LIMIT")
    #expect(code { () throws(ReadModelError) in try model.rows(offset: 0, limit: -1) } == "E-MODEL-LIMIT")
  }
}
