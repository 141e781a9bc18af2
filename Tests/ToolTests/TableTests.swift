import Answers
import Projection
import Testing
import Vocabulary
import Wire

@testable import keshi

private let columns = [
  Column("name", .text, "Name", "名称"), Column("count", .integer, "Count", "数量"),
  Column("totalMinor", .money, "Total", "金额"), Column("cur", .text, "Currency", "币种"),
]

private func written(
  _ rows: [[Cell]], _ columns: [Column] = columns, as format: Format = .table, language: Language = .en, terminal: Int? = nil
) throws -> String {
  let sink = MemorySink()
  var console = Console(input: MemorySource(""), output: sink, remarks: MemorySink(), environment: [:])
  if let terminal {
    console.outputIsTerminal = true
    console.columns = terminal
  }
  try Speech.$language.withValue(language) {
    let writer = format.writer(columns, on: console)
    for row in rows { try writer.write(row) }
    try writer.finish()
  }
  return sink.text
}

@Suite struct `Display width` {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("客史", 4), ("ﾊﾝ", 2), ("Ａ", 2), ("é", 1), ("e\u{301}", 1), ("👩‍👩‍👧", 2), ("한글", 4), ("✓", 1), ("…", 1),
    ("€", 1), ("𠀀", 2), ("、", 2), ("a\u{200B}b", 2), ("☎️", 2),
  ]) func `of a text`(text: String, width: Int) { #expect(text.displayWidth == width) }

  @Test(arguments: [
    ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("客史平台", 8, "客史平台"), ("客史平台", 7, "客史平…"), ("客史平台", 6, "客史…"),
    ("abc", 1, "…"), ("abc", 0, ""),
  ]) func `bounds a cut`(text: String, width: Int, cut: String) {
    #expect(text.cut(toWidth: width) == cut)
    #expect(text.cut(toWidth: width).displayWidth <= width)
  }
}

@Suite struct `A table` {
  @Test func `aligns numbers on the right and says the currency`() throws {
    let text = try written([
      [.text("Ada"), .integer(7), .integer(123_456_789), .text("CNY")], [.text("Grace Hopper"), .integer(1200), .integer(-5), .text("USD")],
    ])
    #expect(text == """
      Name          Count             Total  Currency
      ────────────  ─────  ────────────────  ────────
      Ada               7  1,234,567.89 CNY  CNY
      Grace Hopper   1200         -0.05 USD  USD

      """)
  }

  @Test func `aligns Chinese`() throws {
    let text = try written(
      [[.text("上海某公司"), .integer(7), .integer(100), .text("CNY")], [.text("ab"), .null, .null, .null]], language: .zh)
    #expect(text == """
      名称        数量      金额  币种
      ──────────  ────  ────────  ────
      上海某公司     7  1.00 CNY  CNY
      ab

      """)
  }

  @Test(arguments: [20, 30, 41, 60]) func `is never wider than the terminal`(width: Int) throws {
    let text = try written(
      [[.text("上海一家名字很长很长的有限公司 Limited"), .integer(123_456), .integer(123_456_789), .text("CNY")]], terminal: width)
    for line in text.split(separator: "\n") { #expect(String(line).displayWidth <= width, "\(line)") }
  }

  @Test(arguments: [
    ([10, 10], [4, 4], 30, [10, 10]), ([30, 10], [12, 10], 30, [18, 10]), ([30, 30], [12, 12], 30, [14, 14]),
    ([30, 20, 20], [12, 20, 20], 40, [18, 20]), ([30, 20], [30, 20], 20, [20]), ([5, 3], [0, 0], 9, [4, 3]), ([5, 3], [0, 0], 8, [5]),
  ]) func `fits by cutting texts, then by leaving columns out`(natural: [Int], least: [Int], limit: Int, widths: [Int]) {
    #expect(TableWriter.fit(natural, least: least, to: limit) == widths)
  }

  @Test func `is not cut where there is no terminal`() throws {
    let long = String(repeating: "x", count: 500)
    #expect(try written([[.text(long), .null, .null, .null]]).contains(long))
  }

  @Test func `says words in the reader's language`() throws {
    let column = Column("tier", .text, "Tier", "等级", words: [Word("gold", "Gold", "金卡")])
    #expect(try written([[.text("gold")]], [column], language: .zh).hasSuffix("金卡\n"))
    #expect(try written([[.text("gold")]], [column], as: .ndjson, language: .zh) == "{\"tier\":\"gold\"}\n")
  }

  @Test func `lets no event move the cursor`() throws {
    let text = try written([[.text("a\u{1B}[2Jb\nc"), .null, .null, .null]])
    #expect(text.contains("a\u{FFFD}[2Jb c"))
  }

  @Test func `without rows is nothing`() throws { #expect(try written([]) == "") }

  @Test func `streams beyond its sample`() throws {
    let rows = (0..<TableWriter.sample + 5).map { [Cell.text("n\($0)"), .null, .null, .null] }
    #expect(try written(rows).split(separator: "\n").count == TableWriter.sample + 7)
  }
}
