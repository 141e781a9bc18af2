import Events
import Exchange
import Foundation
import GRDB
import Import
import Testing
import Vocabulary
import Wire

@Suite struct `Files that mean harm, or are merely wrong` {
  private func code(_ name: String, _ text: String) throws -> String {
    let workspace = try Workspace()
    do {
      let result = try importing([try workspace.write(name, text)])
      return result.codes.first ?? "\(result.events.count)"
    } catch let error as ImportError { return error.code }
  }

  private static let bomb = """
    <?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
    <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><log><trace><string key="concept:name" value="&c;"/></trace></log>
    """
  private static let fetch = """
    <?xml version="1.0"?><!DOCTYPE log SYSTEM "file:///etc/passwd" [<!ENTITY x SYSTEM "file:///etc/passwd">]>
    <log><trace><string key="concept:name" value="&x;"/></trace></log>
    """
  private static func deep(_ levels: Int) -> String {
    "<log><trace>" + String(repeating: "<string key=\"a\" value=\"b\">", count: levels)
      + String(repeating: "</string>", count: levels) + "</trace></log>"
  }

  private static let tower = String(repeating: "[", count: 100_000)
  private static let eventsTower = #"{"events":"# + tower

  private static let files: [(String, String, String)] = [
    ("a.xes", bomb, "E-EXCHANGE-DTD"), ("b.xes", fetch, "E-EXCHANGE-DTD"), ("c.xes", "<log><trace>", "E-EXCHANGE-XML"),
    ("d.xes", "<log>\u{0}</log>", "E-EXCHANGE-XML"), ("e.xes", "<html/>", "E-EXCHANGE-FORMAT"), ("f.xes", "<log/>", "0"),
    ("g.xes", deep(17), "0"), ("h.xes", deep(18), "E-EXCHANGE-LIMIT"), ("i.xes", deep(100), "E-EXCHANGE-LIMIT"),
    ("j.xes", "<log><trace><event><string key=\"concept:name\" value=\"a\"/></event></trace></log>", "E-NOTE-MISSING"),
    ("k.xes", "<log><trace><event><string key=\"concept:name\" value=\"a\"/><date key=\"time:timestamp\" value=\"x\"/></event></trace></log>", "E-NOTE-TIME"),
    ("l.jsonocel", "{\"events\":[{\"id\":\"e\",\"type\":\"t\",\"time\":\"2025-01-01T00:00:00Z\"}]", "E-EXCHANGE-JSON"),
    ("m.jsonocel", #"{"objects":[],"events":[{"id":"e","time":"2025-01-01T00:00:00Z"}]}"#, "E-NOTE-MISSING"),
    ("n.jsonocel", #"{"ocel:global-log":{},"ocel:events":{}}"#, "E-EXCHANGE-FORMAT"), ("o.jsonocel", #"{"objects":[]}"#, "E-EXCHANGE-FORMAT"),
    ("p.jsonocel", #"{"events":[{"id":"e","type":"t","time":"2025-01-01T00:00:00Z","attributes":[{"name":"a","value":1.5e3}]}]}"#, "1"),
    ("q.jsonocel", #"{"events":[{"id":"e","type":"t","time":"2025-01-01T00:00:00Z","attributes":[{"name":"a","value":01}]}]}"#, "E-NOTE-JSON"),
    ("r.jsonocel", #"{"objects":[{"id":" ","type":"t"}],"events":[]}"#, "E-EVENT-SUBJECT"),
    ("s.jsonocel", tower, "E-EXCHANGE-JSON"),
    ("t.jsonocel", eventsTower, "E-EXCHANGE-JSON"),
    ("u.csv", "a,b\n1,2\n", "E-IMPORT-MAPPING"), ("v.xes", "", "E-IMPORT-MAPPING"),
  ]

  @Test(arguments: files) func `are told apart and hurt nothing`(name: String, text: String, expected: String) throws {
    #expect(try code(name, text) == expected)
  }

  @Test func `a database that is no log is refused`() throws {
    let workspace = try Workspace()
    let path = workspace.folder + "/x.sqlite"
    try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE t (a)") }
    #expect(throws: ImportError.self) { try importing([path]) }
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes.replaceSubrange(100..<200, with: Data(repeating: 0xFF, count: 100))
    try bytes.write(to: URL(fileURLWithPath: workspace.folder + "/y.sqlite"))
    #expect(throws: ImportError.self) { try importing([workspace.folder + "/y.sqlite"]) }
  }

  @Test func `a view in place of a table is not run`() throws {
    let workspace = try Workspace()
    let path = workspace.folder + "/x.sqlite"
    try DatabaseQueue(path: path).write { db in
      for table in ["object", "event_object", "event_map_type", "object_map_type"] { try db.execute(sql: "CREATE TABLE \(table) (a)") }
      try db.execute(sql: "CREATE VIEW event AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n")
    }
    #expect(throws: ImportError.self) { try importing([path]) }
  }

  @Test func `types whose names are SQL are only names`() throws {
    let workspace = try Workspace()
    let evil = #"a"; DROP TABLE event; --"#
    let quoted = JSON.string(evil).canonical
    let file = try workspace.write(
      "x.jsonocel",
      #"{"objects":[{"id":"o","type":\#(quoted),"attributes":[{"name":\#(quoted),"time":"1970-01-01T00:00:00Z","value":"v"},{"name":"ocel_id","time":"1970-01-01T00:00:00Z","value":"w"}]}],"events":[{"id":"e","type":\#(quoted),"time":"2025-01-01T00:00:00Z","relationships":[{"objectId":"o","qualifier":\#(quoted)}]}]}"#)
    let result = try importing([file])
    let path = workspace.folder + "/x.sqlite"
    try OCELDatabaseWriter(path: path, catalogue: .keshi).write { add in for event in recorded(result.events) { try add(event) } }
    let back = try importing([path])
    #expect(back.of(.noted).first?.data["activity"]?.string == evil)
    #expect(back.of(.objectChanged).first?.data["attributes"]?.array?.count == 2)
  }

  @Test func `XML holds any letter or its stand-in`() throws {
    let workspace = try Workspace()
    let text = "a<b>&\"c\" 中\n\t."
    var event = Event(Record.noted, try #require(Subject("record:1")), at: Instant(microseconds: 0), ["activity": .string(text + "\u{1}")])
    event.data["attributes"] = [["name": "po creator<", "kind": "text", "value": .string(text)]]
    let file = try workspace.write("x.xes", try xes([event]))
    let back = try importing([file])
    let noted = try #require(back.of(.noted).first)
    #expect(noted.data["activity"]?.string == text + "\u{FFFD}")
    let attributes = noted.data["attributes"]?.array?.compactMap(\.object) ?? []
    #expect(attributes.first { $0["name"] == "po_creator_" }?["value"]?.string == text)
  }
}

@Suite struct `Process logs by a mapping` {
  @Test func `activities become our events`() throws {
    let yaml = """
      files:
        - match: "*.xes"
          idle: allow
          events:
            - {type: complaint.filed, when: activity = register, subject: "complaint:{case}", at: time, id: "x:{case}:{place}",
               actor: "{org:resource}", data: {customer: "{case:client}"}}
      """
    let log = """
      <log xes.version="1.0"><trace><string key="concept:name" value="7"/><string key="client" value="C1"/>
      <event><string key="concept:name" value="register"/><string key="org:resource" value="Pete"/>
      <date key="time:timestamp" value="2025-01-01T10:00:00+01:00"/></event>
      <event><string key="concept:name" value="pay"/><date key="time:timestamp" value="2025-01-02T10:00:00+01:00"/></event></trace></log>
      """
    let workspace = try Workspace()
    let result = try importing([try workspace.write("a.xes", log)], by: yaml)
    #expect(result.events.map { "\($0.subject) \($0.occurredAt) \($0.about.actor ?? "")" } == ["complaint:7 2025-01-01T09:00:00Z Pete"])
    #expect(result.events.first?.data["customer"] == "C1")
    #expect(throws: MappingError.self) { try importing([try workspace.write("b.xes", log)], by: yaml.replacing("case:client", with: "case:nobody")) }
  }

  @Test func `objects name the subjects of events`() throws {
    let yaml = """
      files:
        - match: "*.jsonocel"
          idle: allow
          events:
            - {type: order.placed, when: what = event and type = Place, subject: "order:{object:Order}", at: time, id: "o:{id}",
               data: {customer: "{object:Client}", totalMinor: {column: total, scale: 2}, cur: CNY}}
      """
    let log = #"{"objects":[{"id":"O1","type":"Order"},{"id":"C1","type":"Client"}],"events":[{"id":"e","type":"Place","time":"2025-01-01T00:00:00Z","attributes":[{"name":"total","value":9.5}],"relationships":[{"objectId":"C1","qualifier":"by"},{"objectId":"O1","qualifier":"of"}]}]}"#
    let workspace = try Workspace()
    let result = try importing([try workspace.write("a.jsonocel", log)], by: yaml)
    #expect(result.events.map { "\($0.subject) \($0.data["customer"]?.string ?? "") \($0.data["totalMinor"]?.int ?? 0)" } == ["order:O1 C1 950"])
  }
}
