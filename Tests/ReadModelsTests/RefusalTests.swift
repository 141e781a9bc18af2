import Projection
import ReadModels
import Testing
import Vocabulary
import Wire

@Suite struct `What is refused` {
  @Test(arguments: [
    (["b", "a"], "E-MODEL-ORDER"), (["a", "a"], "E-MODEL-ORDER"), (["a", "b"], nil), (["", "a"], "E-MODEL-VALUE"),
    // By bytes: é as one scalar (C3 A9) comes after e and an accent (65 CC 81), though Unicode calls them equal.
    (["e\u{301}", "\u{E9}"], nil), (["\u{E9}", "e\u{301}"], "E-MODEL-ORDER"),
    (["\u{FFFD}", "\u{1F600}"], nil), (["a:10", "a:2"], nil), (["a:2", "a:10"], "E-MODEL-ORDER"),
  ] as [([String], String?)])
  func `rows out of the order of their bytes`(subjects: [String], expected: String?) throws {
    let folder = try Folder()
    try folder.store.build(Sample.rows(2))
    #expect(code { () throws(ReadModelError) in try folder.store.build(subjects.map { Sample.row($0) }) } == expected)
    #expect(folder.files == ["lifecycle.sqlite"] + (expected == nil ? ["lifecycle.sqlite.before"] : []))
    if expected != nil { #expect(try folder.store.open("lifecycle").count == 2) }
  }

  @Test(arguments: [
    ("lifecycle", nil), ("a", nil), ("order-clock_2", nil), ("", "E-MODEL-NAME"), ("2a", "E-MODEL-NAME"),
    ("../x", "E-MODEL-NAME"), ("Life", "E-MODEL-NAME"), ("a b", "E-MODEL-NAME"), ("a\"b", "E-MODEL-NAME"),
    ("客户", "E-MODEL-NAME"), ("provenance", "E-MODEL-NAME"), ("words", "E-MODEL-NAME"), ("sqlite_x", "E-MODEL-NAME"),
    ("x_rows", "E-MODEL-NAME"), (String(repeating: "a", count: 64), nil),
    (String(repeating: "a", count: 65), "E-MODEL-LIMIT"),
  ] as [(String, String?)])
  func `names`(name: String, expected: String?) throws {
    let folder = try Folder()
    let provenance = Sample.provenance(name)
    #expect(
      code { () throws(ReadModelError) in
        try folder.store.write(provenance, columns: Sample.columns, rows: Sample.rows(1))
      } == expected)
    #expect(code { () throws(ReadModelError) in try folder.store.open(name) } == expected)
  }

  @Test(arguments: [
    ("stage", nil), ("Stage2", nil), ("order", nil), ("select", nil), ("subject", "E-MODEL-COLUMN"),
    ("asOf", "E-MODEL-COLUMN"), ("RULE", "E-MODEL-COLUMN"), ("a-b", "E-MODEL-COLUMN"), ("", "E-MODEL-COLUMN"),
    ("x\"", "E-MODEL-COLUMN"), ("Twice", "E-MODEL-COLUMN"), (String(repeating: "a", count: 64), nil),
    (String(repeating: "a", count: 65), "E-MODEL-LIMIT"),
  ] as [(String, String?)])
  func `columns`(name: String, expected: String?) throws {
    let folder = try Folder()
    let columns = [Column("twice", .text, "a", "b"), Column(name, .text, "a", "b")]
    #expect(
      code { () throws(ReadModelError) in
        try folder.store.write(
          Sample.provenance(), columns: columns, rows: [ModelRow(subject: "a", values: [.null, .text("x")])])
      } == expected)
  }

  static let values: [Value] = [.text("x"), .integer(1), .flag(true), .day(Day(number: 0)), .instant(Sample.asOf)]
  /// For each kind, the place in `values` of the only one that it takes.
  @Test(arguments: [
    (.text, 0), (.integer, 1), (.money, 1), (.position, 1), (.flag, 2), (.day, 3), (.instant, 4),
  ] as [(Column.Kind, Int)])
  func `values of another kind`(kind: Column.Kind, taken: Int) throws {
    let folder = try Folder()
    for (place, value) in Self.values.enumerated() {
      let found = code { () throws(ReadModelError) in
        try folder.store.write(
          Sample.provenance(), columns: [Column("x", kind, "x", "x")], rows: [ModelRow(subject: "a", values: [value])])
      }
      #expect(found == (place == taken ? nil : "E-MODEL-VALUE"), "\(kind) \(value)")
    }
  }

  @Test(arguments: [-1, 0, 1])
  func `at a limit, and past it`(beyond: Int) throws {
    let folder = try Folder()
    let store = folder.store
    let expected = beyond > 0 ? "E-MODEL-LIMIT" : nil
    func letters(_ limit: Limit) -> String { String(repeating: "x", count: limit.value + beyond) }
    #expect(code { () throws(ReadModelError) in try store.build([Sample.row(letters(.subjectBytes))]) } == expected)
    #expect(
      code { () throws(ReadModelError) in try store.build([Sample.row("a", stage: letters(.textBytes))]) } == expected)
    let columns = (0..<Limit.columns.value + beyond).map { Column("c\($0)", .flag, "", "") }
    let row = ModelRow(subject: "a", values: columns.map { _ in .flag(false) })
    #expect(
      code { () throws(ReadModelError) in
        try store.write(Sample.provenance("wide"), columns: columns, rows: [row])
      } == expected)
    let options = BuildOptions(listedChanges: Limit.changes.value + beyond)
    #expect(code { () throws(ReadModelError) in try store.build(Sample.rows(1), options: options) } == expected)
  }

  @Test func `a row of another width, an index over nothing`() throws {
    let folder = try Folder()
    let store = folder.store
    var row = Sample.row("a")
    row.values.removeLast()
    #expect(code { () throws(ReadModelError) in try store.build([row]) } == "E-MODEL-VALUE")
    for indices in [["nope"], ["stage", "stage"]] {
      let options = BuildOptions(indices: indices)
      #expect(code { () throws(ReadModelError) in try store.build([], options: options) } == "E-MODEL-COLUMN")
    }
  }

  @Test func `every error speaks both languages and says what to do`() {
    let errors: [ReadModelError] = [
      .badName("x"), .badColumn("x", model: "m"), .badValue(subject: "s", column: "c", model: "m"),
      .outOfOrder(subject: "s", after: "t", model: "m"), .limit(.columns, found: 101), .busy(model: "m"),
      .missing(model: "m"), .damaged(model: "m", what: "w"), .newerFormat(model: "m", found: 2, newest: 1),
      .full(model: "m"), .io(model: "m", step: "s", reason: "r"),
    ]
    #expect(Set(errors.map(\.code)).count == errors.count)
    for error in errors {
      #expect(error.code.hasPrefix("E-MODEL-"))
      #expect(error.message(in: .en) != error.code && error.message(in: .zh) != error.message(in: .en))
      #expect(error.message(in: .zh).unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
    }
    for error in [errors[6], errors[7], errors[8], errors[9]] {
      #expect(error.message(in: .en).contains("keshi rebuild m") && error.message(in: .zh).contains("keshi rebuild m"))
    }
  }
}
