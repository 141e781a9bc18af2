import Events
import Exchange
import Foundation
import TestSupport
import Testing
import Vocabulary
import Wire

/// The published examples of the formats, in and out again.
@Suite(.enabled(if: Root.realData != nil, "the folder of real data is absent; KESHI_REALDATA names it"))
struct `The examples of the standards come in and go out again` {
  private func imported(_ name: String) throws -> Imported { try importing([try #require(Root.realData) + "/" + name]) }

  /// Events, objects, relations of events, relations of objects, changes of attributes.
  private func counts(_ result: Imported) -> [Int] {
    let objects = result.of(.objectChanged)
    func relations(_ events: [Event]) -> Int { events.reduce(0) { $0 + ($1.data["relations"]?.array?.count ?? 0) } }
    return [
      result.of(.noted).count, Set(objects.map(\.subject)).count, relations(result.of(.noted)), relations(objects),
      objects.filter { $0.occurredAt.microseconds != 0 }.reduce(0) { $0 + ($1.data["attributes"]?.array?.count ?? 0) },
    ]
  }

  @Test(arguments: ["ocel20_example.jsonocel", "ocel20_example.xmlocel", "ocel20_example.sqlite"])
  func `OCEL 2.0`(name: String) throws {
    let result = try imported(name)
    #expect(counts(result) == [13, 9, 20, 7, 3])
    #expect(result.quarantine.isEmpty)
    let workspace = try Workspace()
    for (name, text) in [("again.jsonocel", try ocel(result.events)), ("again.xmlocel", try ocelXML(result.events))] {
      let again = try importing([try workspace.write(name, text)])
      #expect(counts(again) == [13, 9, 20, 7, 3], "\(name)")
      #expect(Set(again.events.map(\.id)) == Set(result.events.map(\.id)), "\(name): an id holds a digest of what the event says")
    }
    let change = try #require(result.of(.objectChanged).first { $0.subject.id == "PO1" && $0.occurredAt.microseconds != 0 })
    #expect(change.data["attributes"]?.array?.first?.object?["value"] == "600")
    #expect(change.data["kind"] == "Purchase Order")
  }

  @Test func `OCEL 2.0 as a database`() throws {
    let result = try imported("ocel20_example.jsonocel")
    let workspace = try Workspace()
    let path = workspace.folder + "/again.sqlite"
    try OCELDatabaseWriter(path: path, catalogue: .keshi).write { add in for event in recorded(result.events) { try add(event) } }
    let again = try importing([path])
    #expect(counts(again) == [13, 9, 20, 7, 3])
    let known = Set(result.events.map(\.id))
    let foreign = again.events.filter { !known.contains($0.id) }
    #expect(foreign.isEmpty, "\(foreign.map { JSON.object($0.json).canonical })")
  }

  @Test func `the same events in JSON and in the database are the same where the zone is`() throws {
    // The database writes the clock of +01:00 without saying so.
    let shift = Set(
      zip(try imported("ocel20_example.jsonocel").of(.noted), try imported("ocel20_example.sqlite").of(.noted))
        .map { $1.occurredAt.microseconds - $0.occurredAt.microseconds })
    #expect(shift == [3_600_000_000])
  }

  @Test func `XES`() throws {
    let result = try imported("running-example.xes")
    #expect(result.of(.noted).count == 42)
    #expect(Set(result.of(.noted).map(\.subject)).count == 6)
    #expect(result.quarantine.isEmpty)
    #expect(result.of(.noted).first { $0.subject.id == "3" }?.about.actor == "Pete")
    let workspace = try Workspace()
    let text = try xes(result.events)
    #expect(text.contains("value=\"2010-12-30T14:32:00.000+01:00\""), "times keep the zone of their source")
    let again = try importing([try workspace.write("again.xes", text)])
    #expect(Set(again.events.map(\.id)) == Set(result.events.map(\.id)))
    #expect(again.events.count == result.events.count)
  }

  @Test func `what one format brought another can give`() throws {
    let workspace = try Workspace()
    let fromXES = try importing([try workspace.write("x.jsonocel", try ocel(try imported("running-example.xes").events))])
    #expect(fromXES.of(.noted).count == 42 && fromXES.quarantine.isEmpty)
    let fromOCEL = try importing([try workspace.write("o.xes", try xes(try imported("ocel20_example.jsonocel").events))])
    // Twelve changes of objects become events of their traces too.
    #expect(fromOCEL.of(.noted).count == 25 && fromOCEL.quarantine.isEmpty)
  }
}

/// What independent programs read in our files.
@Suite(.enabled(if: Root.realData != nil, "the folder of real data is absent; KESHI_REALDATA names it"))
struct `Other programs agree` {
  @Test(.enabled(if: Python.having("pm4py") != nil, "no Python with pm4py; KESHI_PYTHON names one"))
  func `pm4py counts the same`() throws {
    let python = try #require(Python.having("pm4py"))
    let folder = try #require(Root.realData)
    let workspace = try Workspace()
    let logs = try importing([folder + "/running-example.xes"]).events
    let objects = try importing([folder + "/ocel20_example.jsonocel"]).events
    let database = workspace.folder + "/o.sqlite"
    try OCELDatabaseWriter(path: database, catalogue: .keshi).write { add in for event in recorded(objects) { try add(event) } }
    let code = """
      import sys, pm4py
      log = pm4py.read_xes(sys.argv[1])
      print(log["case:concept:name"].nunique(), len(log), sorted(log["concept:name"].unique())[0])
      for path, read in ((sys.argv[2], pm4py.read_ocel2_json), (sys.argv[3], pm4py.read_ocel2_sqlite), (sys.argv[4], pm4py.read_ocel2_xml)):
        o = read(path)
        print(len(o.events), len(o.objects), len(o.relations), len(o.o2o), len(o.object_changes))
      """
    let run = try Python.run(
      python, code, [try workspace.write("r.xes", try xes(logs)), try workspace.write("o.jsonocel", try ocel(objects)), database,
      try workspace.write("o.xmlocel", try ocelXML(objects))])
    #expect(run.status == 0, "\(run.remarks)")
    let lines = run.output.split(separator: "\n").suffix(4).map(String.init)
    #expect(lines == ["6 42 check ticket", "13 9 20 7 3", "13 9 20 7 3", "13 9 20 7 3"], "\(run.output)")
  }
}
