import Events
import Exchange
import Foundation
import TestSupport
import Testing
import Vocabulary
import Wire

/// One object that an event names twice, in two roles; two objects that are related in two ways; an object whose
/// attribute changes more than once, twice to the same value.
private let twice = """
  {"objectTypes":[{"name":"Person","attributes":[]},{"name":"Order","attributes":[{"name":"price","type":"integer"}]}],
   "eventTypes":[{"name":"Approve","attributes":[]}],
   "objects":[
     {"id":"p1","type":"Person"},
     {"id":"o1","type":"Order","attributes":[
       {"name":"price","time":"1970-01-01T00:00:00Z","value":"5"},{"name":"price","time":"2026-01-02T00:00:00Z","value":"6"},
       {"name":"price","time":"2026-01-03T00:00:00Z","value":"5"},{"name":"price","time":"2026-01-04T00:00:00Z","value":"5"}],
      "relationships":[{"objectId":"p1","qualifier":"buyer"},{"objectId":"p1","qualifier":"payer"}]}],
   "events":[{"id":"e1","type":"Approve","time":"2026-01-02T10:00:00Z","relationships":[
     {"objectId":"o1","qualifier":"matter"},{"objectId":"p1","qualifier":"asks"},{"objectId":"p1","qualifier":"decides"}]}]}
  """

@Suite struct `Twofold relations and changes of objects` {
  private struct Said: Equatable {
    var relations: Set<String> = []
    var objects: Set<String> = []
    var values: Set<String> = []
  }

  private func said(_ result: Imported) -> Said {
    var said = Said()
    func texts(_ event: Event) -> [String] {
      (event.data["relations"]?.array ?? []).compactMap(\.object).map { "\(event.subject.id) \(JSON.object($0).canonical)" }
    }
    for event in result.of(.noted) { said.relations.formUnion(texts(event)) }
    for event in result.of(.objectChanged) {
      said.objects.formUnion(texts(event))
      for value in event.data["attributes"]?.array ?? [] { said.values.insert("\(event.occurredAt) \(value.canonical)") }
    }
    return said
  }

  private func files(_ events: [Event], in workspace: Workspace) throws -> [String] {
    let database = workspace.folder + "/again.sqlite"
    try OCELDatabaseWriter(path: database, catalogue: .keshi).write { add in for event in recorded(events) { try add(event) } }
    return [
      try workspace.write("again.jsonocel", try ocel(events)), try workspace.write("again.xmlocel", try ocelXML(events)), database,
    ]
  }

  @Test func `survive every form of OCEL 2.0`() throws {
    let workspace = try Workspace()
    let result = try importing([try workspace.write("twice.jsonocel", twice)])
    let first = said(result)
    #expect(first.relations.count == 3 && first.objects.count == 2 && first.values.count == 4, "\(first)")
    for file in try files(result.events, in: workspace) { #expect(said(try importing([file])) == first, "\(file)") }
  }

  /// pm4py's reader of JSON keeps one relation for each object of an event, whoever wrote the file: there ours must count
  /// as the file does that we read. Of XML and the database it sees all.
  @Test(.enabled(if: Python.having("pm4py") != nil, "no Python with pm4py; KESHI_PYTHON names one"))
  func `are counted by pm4py as we count them`() throws {
    let python = try #require(Python.having("pm4py"))
    let workspace = try Workspace()
    let source = try workspace.write("twice.jsonocel", twice)
    let result = try importing([source])
    let code = """
      import sys, pm4py
      for path, read in zip(sys.argv[1:], (pm4py.read_ocel2_json, pm4py.read_ocel2_json, pm4py.read_ocel2_xml, pm4py.read_ocel2_sqlite)):
        o = read(path)
        print(len(o.events), len(o.objects), len(o.relations), len(o.o2o), len(o.object_changes))
      """
    let run = try Python.run(python, code, [source] + (try files(result.events, in: workspace)))
    #expect(run.status == 0, "\(run.remarks)")
    let counts = run.output.split(separator: "\n").suffix(4).map(String.init)
    #expect(counts.count == 4 && counts[1] == counts[0] && counts[2...] == ["1 2 3 2 3", "1 2 3 2 3"], "\(run.output)")
  }
}
