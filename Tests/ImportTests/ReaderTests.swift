import Foundation
import Import
import Testing
import Vocabulary
import Wire

/// Files of contacts, whose cells come back as they were read: name and title of a contact.
private struct Reading {
  var cells: [[String]] = []
  var broken: [(line: Int64, code: String)] = []

  init(_ bytes: [UInt8], format: String = "", name: String = "contacts.csv") throws {
    let workspace = try Workspace()
    let yaml = """
      order: file
      files:
        - match: contacts*
          format: {columns: [name, title], \(format)}
          events:
            - type: contact.added
              subject: "customer:1"
              at: {value: "2026-01-01"}
              id: "{file}:{row}"
              data: {name: {column: name, default: "-"}, title: {column: title, default: "-"}}
      """
    let result = try importing(yaml, [try workspace.write(name, bytes)])
    cells = result.events.map { event in ["name", "title"].map { event.data[$0]?.string ?? "?" } }
    broken = result.quarantine.map { ($0["line"]?.int ?? 0, $0["code"]?.string ?? "") }
    #expect(result.summary.rows == cells.count + broken.count)
  }

  init(_ text: String, format: String = "") throws { try self.init(Array(text.utf8), format: format) }
}

@Suite struct `Records are split as RFC 4180 says` {
  @Test(arguments: [
    ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
    ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
    ("\"a\",\"b\"\r\n", [["a", "b"]]),
    ("\"a,1\",\"b\"\n", [["a,1", "b"]]),
    ("\"a\"\"b\",c\n", [["a\"b", "c"]]),
    ("\"a\nb\",c\nd,e\n", [["a\nb", "c"], ["d", "e"]]),
    ("\"a\r\nb\",c\n", [["a\r\nb", "c"]]),
    ("a 5\" disk,b\n", [["a 5\" disk", "b"]]),
    ("\"\",\"\"\n", [["-", "-"]]),
    ("\n\r\na,b\n\n", [["a", "b"]]),
    ("  a , b\t\n", [["a", "b"]]),
    ("甲,\u{3000}乙\u{A0}\n", [["甲", "乙"]]),
    ("", []),
  ]) func `cells`(_ text: String, _ cells: [[String]]) throws {
    let reading = try Reading(text)
    #expect(reading.cells == cells)
    #expect(reading.broken.isEmpty)
  }

  @Test(arguments: [
    ("a;b\n", "delimiter: \";\""), ("a|b\n", "delimiter: \"|\""), ("a\tb\n", "delimiter: tab"),
    ("   a \t b  \r\n", "delimiter: blanks"), ("'a','b'\n", "quote: \"'\""), ("x\ny\na,b\n", "skipLines: 2"),
  ]) func `delimiters`(_ text: String, _ format: String) throws {
    #expect(try Reading(text, format: format).cells == [["a", "b"]])
  }

  @Test func `words that stand for blank, and blanks that are kept`() throws {
    #expect(try Reading("NULL,x\n", format: "nulls: [NULL, NA]").cells == [["-", "x"]])
    #expect(try Reading(" a ,x\n", format: "trim: no").cells == [[" a ", "x"]])
    #expect(try Reading("\"a\",x\n", format: "quote: none").cells == [["\"a\"", "x"]])
  }

  @Test func `a forgotten quote costs its own line`() throws {
    let reading = try Reading("a,b\nc,\"d\ne,f\n\"g\",h\ni,j\n")
    #expect(reading.cells == [["a", "b"], ["e", "f"], ["g", "h"], ["i", "j"]])
    #expect(reading.broken.map(\.line) == [2])
    #expect(reading.broken.map(\.code) == ["E-ROW-QUOTE"])
    let atEnd = try Reading("a,b\nc,\"d\n")
    #expect(atEnd.cells == [["a", "b"]])
    #expect(atEnd.broken.map(\.line) == [2])
  }

  @Test func `a forgotten quote in a large file is found within the record limit`() throws {
    let rows = (0..<40_000).map { "name\($0),title\n" }
    let reading = try Reading("x,\"y\n" + rows.joined(), format: "recordLimit: 1000")
    #expect(reading.cells.count == 40_000)
    #expect(reading.broken.map(\.line) == [1])
  }

  @Test func `the record limit holds at its edge`() throws {
    let fits = String(repeating: "a", count: 98) + ",b"
    #expect(try Reading(fits + "\nc,d\n", format: "recordLimit: 100").cells.count == 2)
    let over = try Reading("a" + fits + "\nc,d\n", format: "recordLimit: 100")
    #expect(over.cells == [["c", "d"]])
    #expect(over.broken.map(\.code) == ["E-ROW-LIMIT"])
  }

  @Test func `a line without end is passed over in bounded memory`() throws {
    let reading = try Reading(String(repeating: "x", count: 3_000_000) + "\nc,d\n", format: "recordLimit: 100")
    #expect(reading.cells == [["c", "d"]])
    #expect(reading.broken.map(\.line) == [1])
  }

  @Test(arguments: ["a\n", "a,b,c\n", ",,\n"]) func `wrong numbers of columns`(_ text: String) throws {
    let reading = try Reading(text + "c,d\n")
    #expect(reading.cells == [["c", "d"]])
    #expect(reading.broken.map(\.code) == ["E-ROW-COLUMNS"])
  }

  @Test func `lines are counted through quoted breaks`() throws {
    #expect(try Reading("\"a\n\n\nb\",c\nbroken\n").broken.map(\.line) == [5])
  }
}

@Suite struct `Bytes become letters as the mapping says` {
  @Test func `a mark at the beginning is no letter`() throws {
    #expect(try Reading([0xEF, 0xBB, 0xBF] + Array("a,b\n".utf8)).cells == [["a", "b"]])
  }

  @Test func `GB18030, also beyond two bytes and across blocks`() throws {
    // 客户 (two bytes each), 㐀 (four bytes), and a second byte that looks like the delimiter |.
    let row: [UInt8] = [0xBF, 0xCD, 0xBB, 0xA7, 0x2C, 0x81, 0x39, 0xEE, 0x39, 0x81, 0x7C, 0x0A]
    let rows = 60_000
    let reading = try Reading((0..<rows).flatMap { _ in row }, format: "encoding: gb18030")
    #expect(reading.cells.count == rows)
    #expect(Set(reading.cells) == [["客户", "㐀亅"]])
  }

  @Test func `windows-1252 and Latin-1`() throws {
    #expect(try Reading([0x80, 0x2C, 0xE9, 0x0A], format: "encoding: windows-1252").cells == [["€", "é"]])
    #expect(try Reading([0xDF, 0x2C, 0xE9, 0x0A], format: "encoding: latin-1").cells == [["ß", "é"]])
  }

  @Test(arguments: [
    ("utf-8", [0xC3, 0x28] as [UInt8]), ("gb18030", [0xFF, 0xFF]), ("windows-1252", [0x81]),
  ]) func `bytes that mean nothing cost their row`(_ encoding: String, _ bytes: [UInt8]) throws {
    let reading = try Reading(Array("a,".utf8) + bytes + Array("\nc,d\n".utf8), format: "encoding: \(encoding)")
    #expect(reading.cells == [["c", "d"]])
    #expect(reading.broken.map(\.code) == ["E-ROW-ENCODING"])
  }

  @Test func `gzip is known by its bytes, whatever the name`() throws {
    // "a,b\n", packed by gzip 1.12 with -n.
    let packed: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x4B, 0xD4, 0x49, 0xE2, 0x02, 0x00, 0xC5, 0x10, 0x97, 0x24,
      0x04, 0x00, 0x00, 0x00,
    ]
    #expect(try Reading(packed).cells == [["a", "b"]])
    #expect(try Reading(packed + packed, name: "contacts.csv.gz").cells == [["a", "b"], ["a", "b"]])
    #expect(throws: ImportError.self) { try Reading(Array(packed.dropLast(6))) }
  }
}
