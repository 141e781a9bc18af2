import Events
import Foundation
@testable import Import
import Testing
import Vocabulary
import Wire

@Suite struct `Rows become events, or quarantine` {
  private let yaml = """
    files:
      - match: people*.csv
        events:
          - {type: customer.registered, first: id, subject: "customer:{id}", at: day, id: "c:{id}", data: {name: "{name}"}}
          - {type: payment.received, subject: "customer:{id}", at: day, id: "p:{id}:{day}:{n}",
             data: {amountMinor: {column: paid, scale: 2}, cur: CNY}}
      - match: late*.csv
        events:
          - {type: payment.received, subject: "customer:{id}", at: day, id: "{file}:{row}",
             data: {amountMinor: {column: paid, scale: 2}, cur: CNY}}
    """

  @Test func `good rows go on, and each bad one is named`() throws {
    let workspace = try Workspace()
    let file = try workspace.write(
      "people.csv",
      """
      id,name,day,paid
      1,甲,2026-01-02,5
      2,乙,2026-13-02,5
      3,丙,2026-01-02
      3,"丙,2026-01-02,5
      3,丙,2026-01-02,5.555
      3,丙,2026-01-03,5.55
      ,丁,2026-01-03,1
      1,甲,2026-01-02,5

      """)
    let result = try importing(yaml, [file])
    #expect(result.events.map { $0.id ?? "" } == ["c:1", "p:1:2026-01-02:1", "p:1:2026-01-02:2", "c:3", "p:3:2026-01-03:1"])
    #expect(result.quarantine.map { $0["line"]?.int } == [3, 4, 5, 6, 8])
    #expect(
      result.quarantine.map { $0["code"]?.string } == [
        "E-ROW-DATE", "E-ROW-COLUMNS", "E-ROW-QUOTE", "E-ROW-NUMBER", "E-EVENT-SUBJECT",
      ])
    #expect(result.quarantine.first?["row"] == ["id": "2", "name": "乙", "day": "2026-13-02", "paid": "5"])
    #expect(result.quarantine.map { $0["row"] != nil } == [true, false, false, true, true], "only what could be split")
    #expect(result.quarantine.first?["file"] == "people.csv")
    #expect(result.summary.rows == 8 && result.summary.events == 5 && result.summary.quarantined == 5)
  }

  @Test func `reasons are said in the reader's language`() throws {
    let workspace = try Workspace()
    var options = ImportRun.Options()
    options.language = .zh
    let result = try importing(yaml, [try workspace.write("people.csv", "id,name,day,paid\n1,a,x,1\n")], options: options)
    #expect(result.reasons().first?.contains("不是日期") == true)
  }

  @Test(arguments: [1, 2, 1_000]) func `files are woven together by business time`(_ limit: Int) throws {
    let workspace = try Workspace()
    let late = try workspace.write("late.csv", "id,day,paid\n1,2026-01-01,1\n1,2026-01-02,2\n1,2026-01-04,4\n")
    let people = try workspace.write("people.csv", "id,name,day,paid\n1,a,2026-01-03,3\n1,a,2026-01-02,2\n")
    var options = ImportRun.Options()
    (options.sortLimit, options.pageEvents) = (limit, 1)
    let result = try importing(yaml, [late, people], options: options)
    // The section of people comes first in the mapping, so its rows come first where times are equal.
    #expect(
      result.events.map { $0.id ?? "" } == ["late.csv:1", "p:1:2026-01-02:1", "late.csv:2", "c:1", "p:1:2026-01-03:1", "late.csv:3"])
    #expect(try importing(yaml, [people, late], options: options).events == result.events)
  }

  @Test func `one id for two different events refuses the second row`() throws {
    let workspace = try Workspace()
    let yaml = self.yaml.replacingOccurrences(of: ":{day}:{n}", with: "")
    let file = try workspace.write("people.csv", "id,name,day,paid\n1,a,2026-01-01,1\n1,a,2026-01-02,2\n1,a,2026-01-01,1\n")
    let result = try importing(yaml, [file])
    #expect(result.quarantine.map { $0["code"] } == ["E-ROW-ID"])
    #expect(result.of("payment.received").count == 2, "the same event again is let through: the log knows it")
  }

  @Test func `look-ups fetch from other files`() throws {
    let workspace = try Workspace()
    let rows = try workspace.write("people.csv", "id,agent,day\n1,wang,2026-01-01\n2,,2026-01-01\n3,zhao,2026-01-01\n")
    let table = try workspace.write("agents.csv", "agent,city\nwang,上海\n")
    let yaml = """
      lookups: {agents: {file: agents.csv, key: agent}}
      files:
        - match: people.csv
          events:
            - {type: customer.registered, subject: "customer:{id}", at: day, id: "c:{id}",
               data: {name: "{id}", city: {column: agents.city, optional: yes}}}
      """
    for files in [[rows], [rows, table]] {
      let result = try importing(yaml, files)
      #expect(result.events.map { $0.data["city"] } == ["上海", nil])
      #expect(result.quarantine.map { $0["code"] } == ["E-ROW-LOOKUP"])
    }
    let kind = yaml.replacingOccurrences(of: "key: agent}", with: "key: agent, missing: blank}")
    #expect(try importing(kind, [rows]).events.count == 3)
  }

  @Test func `rows without an event are quarantined or counted`() throws {
    let workspace = try Workspace()
    let file = try workspace.write("late.csv", "id,day,paid\n1,2026-01-01,1\n")
    let yaml = """
      files:
        - match: late.csv
          events:
            - {type: payment.received, when: paid > 5, subject: "customer:{id}", at: day, id: "{row}", data: {amountMinor: {column: paid}, cur: CNY}}
      """
    #expect(try importing(yaml, [file]).quarantine.map { $0["code"] } == ["E-ROW-IDLE"])
    let allowed = yaml.replacingOccurrences(of: "match: late.csv", with: "match: late.csv\n    idle: allow")
    #expect(try importing(allowed, [file]).summary.idle == 1)
  }

  @Test func `files that belong to no section are refused before reading`() throws {
    let mapping = try Mapping.load(yaml, name: "m.yaml", catalogue: .keshi)
    #expect(throws: ImportError.self) { try ImportRun(mapping, files: ["/x/other.csv"]) }
    #expect(throws: ImportError.self) { try ImportRun(mapping, files: []) }
    #expect(throws: ImportError.self) {
      try ImportRun(mapping, files: ["/nowhere/late.csv"]).run(quarantine: { _ in }, emit: { _ in })
    }
  }
}

@Suite struct `The README's example` {
  @Test func `gives what the README says`() throws {
    let readme = try String(contentsOfFile: Root.path + "/Sources/Import/README.md", encoding: .utf8)
    func block(_ name: String) throws -> String {
      let parts = readme.components(separatedBy: "<!-- example: \(name) -->\n```")
      let body = try #require(parts.dropFirst().first?.components(separatedBy: "\n```").first)
      return body.drop { $0 != "\n" }.dropFirst() + "\n"
    }
    let workspace = try Workspace()
    let orders = try workspace.write("orders.csv", try block("orders.csv"))
    _ = try workspace.write("agents.csv", try block("agents.csv"))
    let result = try importing(try block("orders.yaml"), [orders], name: "orders.yaml")
    let lines = result.events.map { "\($0.type) \($0.subject) \($0.occurredAt)\n" }
    #expect(lines.joined() == (try block("events")))
    let bad = result.quarantine.map { "\($0["line"]?.int ?? 0) \($0["reason"]?.string ?? "")\n" }
    #expect(bad.joined() == (try block("quarantine")))
  }
}
