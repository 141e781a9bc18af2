import Answers
import Foundation
import TestSupport
import Testing
import Vocabulary
import Wire

@testable import keshi

@Suite struct `Export` {
  @Test func `CloudEvents come back as the events that they were`() throws {
    let folder = try Folder.filled()
    let file = folder.path + "/out.ndjson"
    #expect(folder.run("export", "cloudevents", "--out", file).status == .ok)
    let other = try Folder()
    _ = other.run("init")
    #expect(other.run("import", file).output.hasPrefix(#"{"rows":4,"events":4,"duplicates":0,"quarantined":0"#))
    #expect(other.run("import", "--map", "cloudevents", file).output.hasPrefix(#"{"rows":4,"events":0,"duplicates":4"#))
    for subject in ["customer:1", "customer:2"] {
      func facts(_ folder: Folder) throws -> [JSON?] {
        try folder.run("history", subject).lines.map { line in
          var object = try #require(try JSON(parsing: line).object)
          (object["recordedAt"], object["seq"]) = (nil, nil)
          return .object(object)
        }
      }
      #expect(try facts(folder) == (try facts(other)))
    }
    #expect(folder.run("export", "cloudevents", "--batch").output.hasPrefix("[\n{"))
  }

  @Test func `choices narrow what is given out`() throws {
    let folder = try Folder.filled()
    func count(_ arguments: String...) -> Int {
      Run(["export", "cloudevents"] + arguments + ["--data", folder.path], source: MemorySource("")).lines.count
    }
    #expect(count() == 4)
    #expect(count("customer:1") == 3 && count("order:9") == 1)
    #expect(count("--type", "order.placed") == 2 && count("--type", "order.placed", "--type", "customer.registered") == 4)
    #expect(count("--as-of", "2025-01-31") == 2 && count("--known-at", "0") == 1)
    let wrong = folder.run("export", "csv", "--type", "order.plcaed")
    #expect(wrong.status == .badInput && wrong.output == "" && wrong.remarks.contains("E-EVENT-TYPE"))
  }

  @Test func `CSV has a row an event and a column a field`() throws {
    let folder = try Folder.filled()
    let lines = folder.run("export", "csv", "--type", "order.placed").output.split(separator: "\r\n")
    #expect(lines.count == 3 && lines[0].hasPrefix("\u{FEFF}seq,recordedAt,id,type,v,subject,occurredAt,actor"))
    #expect(lines[1].contains("order.placed") && lines[1].contains("129900"))
    let tables = folder.path + "/tables"
    #expect(folder.run("export", "csv", "--per-type", "--out", tables).status == .ok)
    #expect(try FileManager.default.contentsOfDirectory(atPath: tables).sorted() == ["customer.registered.csv", "order.placed.csv"])
    #expect(folder.run("export", "csv", "--per-type").status == .usage)
  }

  @Test func `XES has a trace for each customer, or for each subject`() throws {
    let folder = try Folder.filled()
    func traces(_ text: String) -> Int { text.components(separatedBy: "<trace>").count - 1 }
    let text = folder.run("export", "xes").output
    #expect(traces(text) == 2 && text.components(separatedBy: "<event>").count == 5)
    #expect(text.contains(#"<string key="concept:name" value="customer:1"/>"#))
    #expect(traces(folder.run("export", "xes", "--case", "subject").output) == 4)
    #expect(traces(folder.run("export", "xes", "customer:2").output) == 1)
  }

  @Test func `OCEL relates events to all that they concern`() throws {
    let folder = try Folder.filled()
    let text = folder.run("export", "ocel").output
    let log = try #require(try JSON(parsing: text).object)
    #expect(log["events"]?.array?.count == 4 && log["objects"]?.array?.count == 4)
    let order = try #require(log["objects"]?.array?.first { $0.object?["id"] == "order:9" }?.object)
    #expect(order["relationships"] == [["objectId": "customer:1", "qualifier": "customer"]])
    let file = folder.path + "/out.sqlite"
    #expect(folder.run("export", "ocel", "--out", file).status == .ok)
    #expect(folder.run("import", file, "--dry-run").output.contains(#""quarantined":0"#))
    #expect(folder.run("export", "ocel", "--form", "sqlite").status == .usage)
  }

  @Test(arguments: ["cloudevents", "csv", "xes", "ocel"]) func `a file that is there is left alone`(form: String) throws {
    let folder = try Folder.filled()
    let file = try folder.file("there.sqlite", "mine")
    let run = folder.run("export", form, "--out", file)
    #expect(run.status == .cannotCreate && run.remarks.hasPrefix("[E-EXPORT-EXISTS]"))
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
    let zh = folder.run("export", form, "--out", file, "--lang", "zh")
    #expect(zh.remarks.isChinese)
    let failed = folder.run("export", form, "customer:99", "--out", folder.path + "/new.x")
    #expect(failed.status == .noInput)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/new.x") && !FileManager.default.fileExists(atPath: folder.path + "/new.x.part"))
  }
}

private let people = [
  #"{"type":"customer.registered","subject":"customer:1","data":{"name":"Acme"},"occurredAt":"2025-01-05","id":"p0"}"#,
  #"{"type":"contact.added","subject":"customer:1","data":{"name":"李薇","influence":"buyer"},"occurredAt":"2025-01-06","id":"p1"}"#,
  #"{"type":"visit.logged","subject":"customer:1","data":{"position":{"latitudeE6":31230417,"longitudeE6":121473701}},"occurredAt":"2025-01-07"}"#,
]

@Suite struct `Personal values in exports` {
  private func filled() throws -> Folder {
    let folder = try Folder()
    _ = folder.run("init")
    #expect(folder.run("append", input: people.joined(separator: "\n")).status == .ok)
    return folder
  }

  /// The commitments that a text holds as they stand in other logs.
  private func carried(_ text: String) -> Set<String> {
    Set(text.matches(of: /~[A-Za-z0-9_-]{43}/).map { String($0.output) })
  }

  @Test(arguments: ["cloudevents", "csv", "xes", "ocel"])
  func `are in clear for those who hold the keys, else commitments`(form: String) throws {
    let folder = try filled()
    let open = folder.run("export", form)
    #expect(open.status == .ok && open.output.contains("李薇") && open.output.contains("31230417"))
    #expect(carried(open.output).isEmpty)
    let expected = carried(folder.run("export", "events", "--sealed").output)
    #expect(expected.count == 2)
    for way in [["--sealed"], ["--keys", folder.path + "/none"]] {
      let run = Run(["export", form] + way + ["--data", folder.path], source: MemorySource(""))
      #expect(run.status == .ok && run.output.contains("Acme"))
      #expect(!run.output.contains("李薇") && !run.output.contains("31230417"))
      #expect(carried(run.output) == expected, "\(way)")
    }
  }

  @Test(arguments: [false, true]) func `come back by CloudEvents as they went`(sealed: Bool) throws {
    let (folder, other) = (try filled(), try Folder())
    let file = folder.path + "/out.ndjson"
    let run = sealed ? folder.run("export", "cloudevents", "--sealed", "--out", file) : folder.run("export", "cloudevents", "--out", file)
    #expect(run.status == .ok)
    _ = other.run("init")
    #expect(other.run("import", file).output.hasPrefix(#"{"rows":3,"events":3,"duplicates":0,"quarantined":0"#))
    let history = other.run("history", "customer:1").output
    #expect(history.contains("李薇") == !sealed && history.contains(#""why":"elsewhere""#) == sealed)
    let (there, here) = (other.run("export", "cloudevents", "--sealed").output, folder.run("export", "cloudevents", "--sealed").output)
    #expect((carried(there) == carried(here)) == sealed)
  }

  @Test(arguments: ["cloudevents", "csv", "xes", "ocel"]) func `that were redacted are told, and stop nothing`(form: String) throws {
    let folder = try filled()
    _ = folder.run("redact", "request", "1", "--reason", "slip", "--actor", "a")
    _ = folder.run("redact", "approve", "1", "--actor", "b")
    #expect(folder.run("redact", "execute", "1").status == .ok)
    for arguments in [["export", form], ["export", form, "customer:1"]] {
      let run = Run(arguments + ["--data", folder.path], source: MemorySource(""), environment: ["LANG": "en"])
      #expect(run.status == .ok && run.output.contains("Acme") && !run.output.contains("contact.added"), "\(run.remarks)")
      if arguments.count == 2 { #expect(run.remarks.contains("1 lines are kept as their hash only")) }
    }
  }
}
