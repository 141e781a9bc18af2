import Import
import Testing
import Vocabulary
import Wire

/// One row with a cell `x` (and `y`), made into one event by the mapping's `data` and `at`.
private func made(
  _ cells: String, data: String = "name: n", at: String = "{value: \"2026-01-01\", dates: yyyy-MM-dd}", format: String = "",
  type: String = "customer.registered", more: String = ""
) throws -> Imported {
  let yaml = """
    order: file
    files:
      - match: rows.csv
        format: {delimiter: ";", columns: [x, y], \(format)}
        events:
          - type: \(type)
            subject: "customer:1"
            at: \(at)
            id: "{row}"
            \(more)
            data: {\(data)}
    """
  let workspace = try Workspace()
  return try importing(yaml, [try workspace.write("rows.csv", cells)])
}

@Suite struct `Amounts are exact` {
  private func amount(_ cell: String, _ keys: String, format: String = "") throws -> Imported {
    try made(cell + ";\n", data: "cur: USD, amountMinor: {column: x, \(keys)}", format: format, type: "payment.received")
  }

  @Test(arguments: [
    ("29.33", "scale: 2", 2_933), ("0.29", "scale: 2", 29), ("1.1", "scale: 2", 110), ("-4.35", "scale: 2", -435),
    ("+7", "scale: 2", 700), (".5", "scale: 2", 50), ("1234567890123.45", "scale: 2", 123_456_789_012_345),
    ("90071992547409.91", "scale: 2", 9_007_199_254_740_991), ("29.330", "scale: 2", 2_933), ("139120", "scale: -1", 13_912),
    ("2042761", "scale: -1, round: half-even", 204_276), ("25", "scale: -1, round: half-even", 2),
    ("35", "scale: -1, round: half-even", 4), ("-25", "scale: -1, round: half-even", -2), ("25", "scale: -1, round: half-up", 3),
    ("-25", "scale: -1, round: half-up", -3), ("29", "scale: -1, round: down", 2), ("-29", "scale: -1, round: down", -2),
    ("12.5", "scale: 2, negate: yes", -1_250), ("0", "scale: 2", 0), ("0.000", "scale: 2", 0),
  ] as [(String, String, Int64)]) func `whole numbers`(_ cell: String, _ keys: String, _ value: Int64) throws {
    let result = try amount(cell, keys)
    #expect(result.reasons() == [])
    #expect(result.events.first?.data["amountMinor"] == .int(value))
  }

  @Test(arguments: [
    ("29.335", "scale: 2", "E-ROW-NUMBER"), ("2042761", "scale: -1", "E-ROW-NUMBER"), ("12,5", "scale: 2", "E-ROW-NUMBER"),
    ("1e3", "scale: 2", "E-ROW-NUMBER"), ("", "scale: 2", "E-ROW-BLANK"), ("-", "scale: 2", "E-ROW-NUMBER"),
    ("5.", "scale: 2", "E-ROW-NUMBER"), ("1.2.3", "scale: 2", "E-ROW-NUMBER"), ("NaN", "scale: 2", "E-ROW-NUMBER"),
    ("90071992547409.92", "scale: 2", "E-ROW-NUMBER"), ("9999999999999999999", "scale: 0", "E-ROW-NUMBER"),
  ]) func `what is no whole number is refused`(_ cell: String, _ keys: String, _ code: String) throws {
    let result = try amount(cell, keys)
    #expect(result.events == [])
    #expect(result.quarantine.first?["code"]?.string == code)
  }

  @Test func `signs, groups and points of other countries`() throws {
    #expect(try amount("$1,234.50", "scale: 2, strip: $", format: "thousands: \",\"").events.first?.data["amountMinor"] == 123_450)
    let german = try amount("1.234,50", "scale: 2", format: "thousands: \".\", decimalPoint: \",\"")
    #expect(german.events.first?.data["amountMinor"] == 123_450)
  }

  @Test(arguments: [
    ("2042761", "scale: -3", "2042.761"), ("-50", "scale: -3", "-0.050"), ("1.50", "scale: 0", "1.50"), ("1.5", "scale: 2", "150"),
    ("7", "scale: 0, negate: yes", "-7"), ("0", "scale: -2", "0.00"),
  ]) func `decimal texts keep every figure`(_ cell: String, _ keys: String, _ text: String) throws {
    let yaml = """
      order: file
      files:
        - match: rows.csv
          format: {columns: [x]}
          events:
            - {type: order.placed, subject: "order:1", at: {value: "2026-01-01"}, id: "{row}",
               data: {customer: c, totalMinor: "0", cur: GBP, exactTotal: {column: x, \(keys)}}}
      """
    let workspace = try Workspace()
    let result = try importing(yaml, [try workspace.write("rows.csv", cell + "\n")])
    #expect(result.events.first?.data["exactTotal"]?.string == text)
  }
}

@Suite struct `Dates are read by pattern and zone` {
  @Test(arguments: [
    ("20260301", "yyyyMMdd", "2026-03-01T00:00:00Z"), ("2026-03-01", "yyyy-MM-dd", "2026-03-01T00:00:00Z"),
    ("01-03-2026", "dd-MM-yyyy", "2026-03-01T00:00:00Z"), ("03/01/2026", "MM/dd/yyyy", "2026-03-01T00:00:00Z"),
    ("3/1/2026", "M/d/yyyy", "2026-03-01T00:00:00Z"), ("2026年3月1日", "yyyy年M月d日", "2026-03-01T00:00:00Z"),
    ("01-03-2026 09:30", "\"dd-MM-yyyy[ HH:mm[:ss]]\"", "2026-03-01T09:30:00Z"),
    ("01-03-2026 09:30:15", "\"dd-MM-yyyy[ HH:mm[:ss]]\"", "2026-03-01T09:30:15Z"),
    ("01-03-2026", "\"dd-MM-yyyy[ HH:mm[:ss]]\"", "2026-03-01T00:00:00Z"),
    ("2026-03-01 09:30:15.25", "\"yyyy-MM-dd HH:mm:ss.SSS\"", "2026-03-01T09:30:15.250Z"),
    ("20260301", "[yyyy-MM-dd, yyyyMMdd]", "2026-03-01T00:00:00Z"), ("29-02-2024", "dd-MM-yyyy", "2024-02-29T00:00:00Z"),
  ]) func `patterns`(_ cell: String, _ dates: String, _ time: String) throws {
    let result = try made(cell + ";\n", at: "x", format: "dates: \(dates)")
    #expect(result.reasons() == [])
    #expect(result.events.first?.occurredAt.description == time)
  }

  @Test(arguments: [
    ("2026-02-29", "yyyy-MM-dd"), ("13/01/2026", "MM/dd/yyyy"), ("2026-3-1", "yyyy-MM-dd"), ("2026-03-01 ", "yyyyMMdd"),
    ("2026-03-01 24:00", "\"yyyy-MM-dd HH:mm\""), ("2026-03-01x", "yyyy-MM-dd"), ("0000-01-01", "yyyy-MM-dd"),
  ]) func `what no calendar has is refused`(_ cell: String, _ dates: String) throws {
    let result = try made(cell + ";\n", at: "x", format: "dates: \(dates)")
    #expect(result.events == [])
    #expect(result.quarantine.first?["code"] == "E-ROW-DATE")
  }

  @Test(arguments: [
    ("+08:00", "2026-03-01 09:30", "2026-03-01T01:30:00Z"), ("UTC", "2026-03-01 09:30", "2026-03-01T09:30:00Z"),
    ("-05:30", "2026-03-01 09:30", "2026-03-01T15:00:00Z"), ("Asia/Shanghai", "2026-03-01 00:00", "2026-02-28T16:00:00Z"),
    ("Europe/London", "2011-07-01 12:00", "2011-07-01T11:00:00Z"), ("Europe/London", "2011-01-01 12:00", "2011-01-01T12:00:00Z"),
    // Clocks went back at 02:00: the earlier 01:30. Clocks went forward at 01:00: the old offset.
    ("Europe/London", "2011-10-30 01:30", "2011-10-30T00:30:00Z"), ("Europe/London", "2011-03-27 01:30", "2011-03-27T01:30:00Z"),
    ("Europe/London", "2011-10-30 02:30", "2011-10-30T02:30:00Z"), ("Europe/London", "2011-03-27 02:30", "2011-03-27T01:30:00Z"),
  ]) func `zones`(_ zone: String, _ cell: String, _ time: String) throws {
    let result = try made(cell + ";\n", at: "x", format: "zone: \(zone)")
    #expect(result.events.first?.occurredAt.description == time)
  }

  @Test func `a day is the day that the file shows, whatever the zone`() throws {
    let result = try made(
      "2026-03-01 00:30;5\n", data: "amountMinor: {column: y}, cur: CNY, receivedOn: {column: x}", at: "x", format: "zone: \"+08:00\"",
      type: "payment.received")
    #expect(result.events.first?.data["receivedOn"] == "2026-03-01")
    #expect(result.events.first?.occurredAt.description == "2026-02-28T16:30:00Z")
  }
}

@Suite struct `Texts are cleaned up as declared` {
  @Test(arguments: [
    ("GTXPro", "map: {GTXPro: GTX Pro}", "GTX Pro"), ("Other", "map: {GTXPro: GTX Pro}", "Other"), ("ACME", "case: lower", "acme"),
    ("straße", "case: upper", "STRASSE"), ("", "default: none", "none"), ("x: ", "strip: \":\"", "x"), ("a", "trim: yes", "a"),
  ]) func `clean-up`(_ cell: String, _ keys: String, _ text: String) throws {
    #expect(try made(cell + ";\n", data: "name: {column: x, \(keys)}").events.first?.data["name"] == .string(text))
  }

  @Test func `what a map does not know can be refused`() throws {
    let result = try made("B;\n", data: "name: {column: x, map: {A: a}, unmapped: refuse}")
    #expect(result.quarantine.first?["code"] == "E-ROW-VALUE")
  }

  @Test func `blank leaves out, stands in, or refuses`() throws {
    let data = "name: n, industry: {column: x, optional: yes}"
    #expect(try made(";\n", data: data).events.first?.data == ["name": "n"])
    #expect(try made(";\n", data: "name: {column: x}").quarantine.first?["code"] == "E-ROW-BLANK")
  }

  @Test func `lists and records`() throws {
    let result = try made(
      "a@b.cn | 139;王\n", data: "name: {column: y}, channels: {column: x, split: \"|\"}", type: "contact.added")
    #expect(result.events.first?.data["channels"] == ["a@b.cn", "139"])
    let survey = try made(
      "7;speed\n", data: "kind: csat, score: {column: x}, answers: [{item: \"{y}\", score: {column: x}}]", type: "survey.answered")
    #expect(survey.events.first?.data["answers"] == [["item": "speed", "score": 7]])
  }

  @Test func `flags`() throws {
    let data = "metric: m, value: {column: y}"
    #expect(try made("1;2\n", data: data, type: "usage.reported").events.count == 1)
    for (cell, flag) in [("TRUE", true), ("no", false), ("是", true)] {
      let result = try made(
        "\(cell);1\n", data: "role: owner, to: w, cause: claim, toPool: {column: x}", type: "owner.changed", more: "reason: r")
      #expect(result.events.first?.data["toPool"] == .bool(flag))
    }
  }

  @Test func `the envelope`() throws {
    let result = try made("wang;why\n", more: "actor: \"{x}\"\n        reason: {column: y}\n        role: sales")
    let about = try #require(result.events.first?.about)
    #expect(about.actor == "wang" && about.reason == "why" && about.role == "sales" && about.channel == "import")
  }
}

@Suite struct `Conditions choose rows` {
  @Test(arguments: [
    ("x = Won", [1]), ("x != Won", [2, 3, 4]), ("x in [Won, Lost]", [1, 2]), ("x not in [Won, Lost]", [3, 4]),
    ("x is blank", [4]), ("x is not blank", [1, 2, 3]), ("x = 'In Play'", [3]), ("\"x = 'In Play' or x = Lost\"", [2, 3]),
    ("not x = Won and not (x = Lost or x is blank)", [3]), ("x like *o*", [1, 2]), ("x not like W?n", [2, 3, 4]),
    ("y > 9.5", [1, 4]), ("y >= 10", [1, 4]), ("y < 10", [2]), ("y <= 9", [2]), ("y = 10", [1]), ("y > {y}", []), ("y >= {y}", [1, 2, 4]),
    ("x = {x}", [1, 2, 3, 4]), ("\"{x} = Won\"", [1]),
  ]) func `over words and numbers`(_ condition: String, _ rows: [Int]) throws {
    let result = try chosen("Won;10\nLost;9\nIn Play;\n;10.50\n", condition)
    #expect(result == rows)
  }

  @Test(arguments: [
    ("x < 2026-01-02", [1]), ("x >= 2026-01-02", [2]), ("x < {y}", [2]), ("x > {y}", []), ("x <= {y}", [1, 2]),
  ]) func `over dates`(_ condition: String, _ rows: [Int]) throws {
    #expect(try chosen("01-01-2026;01-01-2026\n02-01-2026;01-02-2026\n", condition, format: "dates: dd-MM-yyyy") == rows)
  }

  @Test func `a cell that cannot be compared costs its row`() throws {
    let result = try made("abc;\n", more: "when: x > 5")
    #expect(result.quarantine.first?["code"] == "E-ROW-COMPARE")
  }

  private func chosen(_ cells: String, _ condition: String, format: String = "") throws -> [Int] {
    let result = try made(cells, format: format, more: "when: \(condition)")
    #expect(result.quarantine.allSatisfy { $0["code"] == "E-ROW-IDLE" })
    return result.events.compactMap { $0.id.flatMap { Int($0) } }
  }
}
