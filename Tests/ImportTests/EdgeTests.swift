import Events
import Foundation
import Import
import Testing
import Vocabulary
import Wire

/// What real files hold at their edges: a cell or row, and what becomes of it.
@Suite struct `Rows at the edge` {
  private static let yaml = """
    lookups:
      agents: {file: agents.csv, key: agent, map: {WANG: wang}, missing: blank, absent: allow}
    files:
      - match: edge.csv
        format: {dates: [yyyy-MM-dd, dd/MM/yyyy, "yyyyMMdd HH:mm:ss", "yyyy-MM-ddTHH:mm:ssX"], zone: Asia/Shanghai}
        events:
          - {type: order.placed, subject: "order:{no}", at: day, id: "e:{no}:{day}:{n}",
             data: {customer: "{client}", totalMinor: {column: price, scale: -1, round: half-even},
                    exactTotal: {column: price, scale: -3}, cur: CNY, shipTo: {column: agents.city, optional: yes}}}
    """
  private static let head = "no,day,client,price,agent\n"

  private func run(_ rows: String, agents: String? = nil) throws -> Imported {
    let workspace = try Workspace()
    if let agents { _ = try workspace.write("agents.csv", agents) }
    return try importing(Self.yaml, [try workspace.write("edge.csv", Self.head + rows)])
  }

  @Test(arguments: [
    ("1,1948-01-31,C,5,", "1948-01-30T16:00:00Z 0"),
    ("1,1948-06-01,C,15,", "1948-05-31T15:00:00Z 2"),  // Shanghai kept UTC+9 in that summer
    ("1,2018-05-01,C,12345,", "2018-04-30T16:00:00Z 1234"), ("1,01/05/2018,C,12355,", "2018-04-30T16:00:00Z 1236"),
    ("1,20180501 23:59:59,C,-12345,", "2018-05-01T15:59:59Z -1234"), ("1,2018-05-01T00:00:00Z,C,0,", "2018-05-01T00:00:00Z 0"),
    ("1,2018-05-01T00:00:00+0530,C,10,", "2018-04-30T18:30:00Z 1"), ("\"1\",\"2018-05-01\",\"C\",\"10\",\"\"", "2018-04-30T16:00:00Z 1"),
    (" 1 , 2018-05-01 ,\u{3000}C\u{A0},10,", "2018-04-30T16:00:00Z 1"),
  ]) func `good ones give their event`(row: String, expected: String) throws {
    let result = try run(row + "\n")
    let event = try #require(result.events.first, "\(result.quarantine)")
    #expect("\(event.occurredAt) \(event.data["totalMinor"]?.int ?? 0)" == expected)
    #expect(event.subject.id == "1" && event.data["customer"] == "C")
  }

  @Test(arguments: [
    (",2018-05-01,C,1,", "E-EVENT-SUBJECT"), ("1,,C,1,", "E-ROW-BLANK"), ("1,2018-05-01,,1,", "E-ROW-BLANK"),
    ("1,2018-05-01,C,,", "E-ROW-BLANK"), ("1,2018-02-30,C,1,", "E-ROW-DATE"), ("1,31/02/2018,C,1,", "E-ROW-DATE"),
    ("1,05/01/18,C,1,", "E-ROW-DATE"), ("1,2018-05-01T00:00:00,C,1,", "E-ROW-DATE"), ("1,2018-05-01T00:00:00+9,C,1,", "E-ROW-DATE"),
    ("1,2018-05-01,C,1e3,", "E-ROW-NUMBER"), ("1,2018-05-01,C,\"1,000\",", "E-ROW-NUMBER"), ("1,2018-05-01,C,1234567890123456789,", "E-ROW-NUMBER"),
    ("1,2018-05-01,C,1", "E-ROW-COLUMNS"), ("1,2018-05-01,C,1,,", "E-ROW-COLUMNS"), ("1,2018-05-01,C,\"1", "E-ROW-QUOTE"),
    ("1,2018-05-01,C,\"1\"2,", "E-ROW-QUOTE"), ("1\u{7},2018-05-01,C,1,", "E-EVENT-SUBJECT"),
  ]) func `bad ones are named, and their neighbours go on`(row: String, code: String) throws {
    let result = try run("7,2018-05-01,C,10,\n" + row + "\n8,2018-05-02,C,10,\n")
    #expect(result.quarantine.map { $0["code"]?.string } == [code])
    #expect(result.quarantine.first?["line"] == 3 && result.quarantine.first?["file"] == "edge.csv")
    #expect(result.reasons().allSatisfy { !$0.isEmpty })
    #expect(result.events.map(\.subject.id) == ["7", "8"])
  }

  @Test func `seventy years lie between two rows, and equal times keep their order`() throws {
    let result = try run("1,2018-05-01,C,1,\n2,1948-05-01,C,1,\n3,2018-05-01,C,1,\n4,2018-05-01,C,1,\n")
    #expect(result.events.map(\.subject.id) == ["2", "1", "3", "4"])
    #expect((result.events.first?.occurredAt.microseconds ?? 0) < 0)
  }

  @Test func `look-ups know other spellings of a key, and may be absent`() throws {
    let rows = "1,2018-05-01,C,1,wang\n2,2018-05-01,C,1,WANG\n3,2018-05-01,C,1,li\n"
    let agents = "agent,city\nwang,上海\n"
    #expect(try run(rows, agents: agents).events.map { $0.data["shipTo"] } == ["上海", "上海", nil])
    #expect(try run(rows).events.map { $0.data["shipTo"] } == [nil, nil, nil])
    #expect(throws: MappingError.self) { try run(rows, agents: "agent,city\nwang,a\nwang,b\n") }
  }

  @Test func `bytes that are no letters cost their own row`() throws {
    let workspace = try Workspace()
    let bytes = Array((Self.head + "1,2018-05-01,C,10,\n2,2018-05-01,").utf8) + [0xFF] + Array(",10,\n3,2018-05-01,C,10,\n".utf8)
    let result = try importing(Self.yaml, [try workspace.write("edge.csv", bytes)])
    #expect(result.quarantine.map { $0["code"] } == ["E-ROW-ENCODING"])
    #expect(result.events.map(\.subject.id) == ["1", "3"])
  }
}
