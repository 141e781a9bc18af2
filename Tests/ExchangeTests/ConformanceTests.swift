import Events
import EventsTestSupport
import Exchange
import Foundation
import TestSupport
import Testing
import Vocabulary
import Wire

/// Every type of the catalogue as CloudEvents, before another implementation of the standard.
@Suite(.enabled(if: Python.having("cloudevents.core") != nil, "no Python with cloudevents; KESHI_PYTHON names one"))
struct `The CloudEvents library` {
  /// One event of every type that is recorded, with all its fields.
  private static let events: [Event] = Catalogue.keshi.entries.filter { $0.declaration.name != "log.lost" }
    .map { entry in
      var event = Sampler.event(of: entry)
      event.recordedAt = nil
      return event
    }

  /// Reads the file's lines, or its batch, by the library's rules for version 1.0, and writes each event back.
  private static let code = """
    import json, sys
    from cloudevents.core.formats.json import JSONFormat
    from cloudevents.core.v1.event import CloudEvent
    text = open(sys.argv[1]).read()
    items = [json.dumps(item) for item in json.loads(text)] if sys.argv[2] == "batch" else text.splitlines()
    form = JSONFormat()
    back = []
    for item in items:
      event = form.read(CloudEvent, item)
      assert event.get_specversion() == "1.0" and event.get_type().startswith("keshi."), item
      assert event.get_datacontenttype() == "application/json" and event.get_time() is not None, item
      assert event.get_data() == json.loads(item)["data"], item
      back.append(form.write(event).decode())
    print("[" + ",".join(back) + "]" if sys.argv[2] == "batch" else "\\n".join(back))
    """

  @Test(arguments: ["lines", "batch"]) func `reads every type of ours, and we read what it writes`(form: String) throws {
    let python = try #require(Python.having("cloudevents.core"))
    let workspace = try Workspace()
    let lines = recorded(Self.events).map { CloudEventEnvelope.line(of: $0, log: "t") }
    let text = form == "batch" ? "[" + lines.joined(separator: ",\n") + "]" : lines.joined(separator: "\n")
    let path = try workspace.write("ours.json", text)
    let run = try Python.run(python, Self.code, [path, form])
    #expect(run.status == 0, "\(run.remarks)")
    let back = try importing([try workspace.write(form == "batch" ? "theirs.json" : "theirs.ndjson", run.output)])
    #expect(back.quarantine.isEmpty, "\(back.quarantine.first.map { JSON.object($0).canonical } ?? "")")
    func said(_ events: [Event]) -> [String: Event] {
      Dictionary(uniqueKeysWithValues: events.map { event in
        var event = event
        (event.seq, event.recordedAt) = (nil, nil)
        return (event.type, event)
      })
    }
    #expect(said(back.events) == said(Self.events))
  }

  /// What the library refuses, we refuse. It makes up an id and a version where they are missing; the standard demands
  /// both, and so do we.
  @Test(arguments: [
    (#"{"specversion":"1.0","id":"a","source":"s","type":"order.placed"}"#, true, true),
    (#"{"specversion":"1.0","source":"s","type":"order.placed"}"#, true, false), (#"{"id":"a","source":"s","type":"order.placed"}"#, true, false),
    (#"{"specversion":"1.0","id":"","source":"s","type":"order.placed"}"#, false, false),
    (#"{"specversion":"1.0","id":"a","source":"","type":"order.placed"}"#, false, false),
    (#"{"specversion":"1.0","id":"a","type":"order.placed"}"#, false, false), (#"{"specversion":"1.0","id":"a","source":"s"}"#, false, false),
    (#"{"specversion":"1.0","id":"a","source":"s","type":"t","time":"soon"}"#, false, false),
  ]) func `refuses nothing that we take`(line: String, isTheirs: Bool, isOurs: Bool) throws {
    let python = try #require(Python.having("cloudevents.core"))
    let workspace = try Workspace()
    let code = """
      import sys
      from cloudevents.core.formats.json import JSONFormat
      from cloudevents.core.v1.event import CloudEvent
      try:
        JSONFormat().read(CloudEvent, sys.argv[1])
        print("good")
      except Exception as error:
        print("bad")
      """
    let theirs = try Python.run(python, code, [line]).output.hasPrefix("good")
    let good = CloudEventEnvelope.line(of: recorded(CloudEventTests.events)[0], log: "t")
    let whole = line.replacing(
      "\"type\":\"order.placed\"",
      with: "\"type\":\"customer.registered\",\"subject\":\"customer:1\",\"time\":\"2025-01-01T00:00:00Z\",\"data\":{\"name\":\"x\"}")
    let ours = try importing([try workspace.write("e.ndjson", good + "\n" + whole)]).quarantine.isEmpty
    #expect(theirs == isTheirs && ours == isOurs, "\(line): theirs \(theirs), ours \(ours)")
  }
}
