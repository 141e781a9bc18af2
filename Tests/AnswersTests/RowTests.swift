import Projection
import Testing
import Vocabulary
import Wire

@testable import Answers

private let columns = [
  Column("name", .text, "Name", "名称"), Column("count", .integer, "Count", "数量"),
  Column("totalMinor", .money, "Total", "金额"), Column("cur", .text, "Currency", "币种"),
]

private func json(_ rows: [[Cell]], _ columns: [Column] = columns, asLines: Bool) throws -> String {
  let sink = MemorySink()
  try JSONRowWriter(columns, to: sink, asLines: asLines).give(rows)
  return sink.text
}

private func csv(_ rows: [[Cell]]) throws -> String {
  let sink = MemorySink()
  try CSVWriter(columns, to: sink).give(rows)
  return sink.text
}

@Suite struct `Answers for programs` {
  static let row: [Cell] = [.text("a \"b\", c\r\n客"), .integer(-1), .absent, .null]

  @Test func `ndjson keeps the order of the columns and leaves out what is not said`() throws {
    #expect(try json([Self.row], asLines: true) == "{\"name\":\"a \\\"b\\\", c\\r\\n客\",\"count\":-1,\"cur\":null}\n")
  }

  @Test func `json is one array`() throws {
    #expect(try json([], asLines: false) == "[]\n")
    #expect(try json([[.flag(true)], [.flag(false)]], [columns[0]], asLines: false) == "[\n{\"name\":true},\n{\"name\":false}\n]\n")
  }

  @Test func `csv quotes what RFC 4180 asks for`() throws {
    #expect(try csv([Self.row]) == "name,count,totalMinor,cur\r\n\"a \"\"b\"\", c\r\n客\",-1,,\r\n")
    #expect(try csv([]) == "name,count,totalMinor,cur\r\n")
  }

  @Test(arguments: [
    (0.0, 3, "0.000"), (1.5, 3, "1.500"), (0.0005, 3, "0.001"), (-2.25, 1, "-2.3"), (12_345.678, 0, "12346"), (-0.0001, 2, "0.00"),
    (Double.nan, 2, "0"), (Double.infinity, 2, "0"),
  ]) func `decimals do not depend on the place`(value: Double, places: Int, text: String) { #expect(value.fixed(places) == text) }

  @Test(arguments: [
    (0 as Int64, "0.00"), (5, "0.05"), (-5, "-0.05"), (100, "1.00"), (99_999, "999.99"), (100_000, "1,000.00"),
    (123_456_789_012, "1,234,567,890.12"), (Int64.min, "-92,233,720,368,547,758.08"),
  ]) func `money has two decimals`(minor: Int64, text: String) { #expect(minor.asMoney == text) }
}

@Suite struct `Answers for people` {
  @Test func `say words in the reader's language, money with its currency, times to the second`() {
    let tier = Column("tier", .text, "Tier", "等级", words: [Word("gold", "Gold", "金卡")])
    #expect(Cell.text("gold").text(in: tier, .zh) == "金卡" && Cell.text("gold").text(in: tier, .en) == "Gold")
    #expect(Cell.text("other").text(in: tier, .en) == "other")
    let row: [Cell] = [.text("a\u{1B}b"), .integer(7), .integer(-129_905), .text("CNY")]
    #expect(Column.texts(of: row, in: columns, .en) == ["a\u{FFFD}b", "7", "-1,299.05 CNY", "CNY"])
    let at = Column("at", .instant, "At", "时间")
    #expect(Cell.instant(Instant(microseconds: -1)).text(in: at, .en) == "1969-12-31T23:59:59Z")
  }

  @Test func `stand where their columns are numbers`() {
    #expect([Column.Kind.integer, .money, .position, .text, .day, .instant, .flag].map(\.isNumeric) == [true, true, true, false, false, false, false])
  }
}
