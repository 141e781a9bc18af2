import Answers
import Foundation
import Projection
import ProjectionCatalogue
import Testing
import Vocabulary
import Wire

@testable import keshi

@Suite struct `Commands` {
  @Test func `init makes a log once`() throws {
    let folder = try Folder()
    #expect(folder.run("init").status == .ok)
    let again = folder.run("init")
    #expect(again.status == .cannotCreate)
    #expect(again.remarks.hasPrefix("[E-LOG-EXISTS]"))
    #expect(folder.run("verify").output.hasPrefix(#"{"verdict":"clean","events":0,"root":""#))
  }

  @Test(arguments: [["history", "customer:1"], ["show", "churn"], ["rebuild"], ["verify"], ["append"], ["explain", "churn", "customer:1"]])
  func `without a log say so`(arguments: [String]) throws {
    let folder = try Folder()
    let run = Run(arguments + ["--data", folder.path + "/none"], source: MemorySource(""))
    #expect(run.status == .noInput)
    #expect(run.remarks.contains("[E-LOG-NONE]") && run.remarks.contains(folder.path))
  }

  @Test func `append answers with receipts, and the same id with the first one`() throws {
    let folder = try Folder.filled()
    let again = folder.run("append", input: Folder.events[1])
    #expect(again.output.hasPrefix(#"{"seq":1,"id":"e1","leaf":""#))
    #expect(again.output.hasSuffix(#","size":4,"duplicate":true}"# + "\n"))
    #expect(folder.run("verify").output.contains(#""events":4"#))
  }

  @Test func `append writes who acted`() throws {
    let folder = try Folder()
    _ = folder.run("init")
    _ = Run("append", "--data", folder.path, "--role", "SR", input: Folder.events[0], environment: ["KESHI_ACTOR": "ann"])
    _ = folder.run("append", "--actor", "bo", input: Folder.events[2])
    let lines = folder.run("history", "1").lines + folder.run("history", "2").lines
    #expect(lines.first?.contains(#""actor":"ann","channel":"cli""#) == true && lines.first?.contains(#""role":"SR""#) == true)
    #expect(lines.last?.contains(#""actor":"bo""#) == true && lines.last?.contains("role") == false)
  }

  @Test func `append refuses a bad line and records the others`() throws {
    let folder = try Folder()
    _ = folder.run("init")
    let run = folder.run("append", input: Folder.events[0] + "\n{}\n" + Folder.events[2])
    #expect(run.status == .badInput)
    #expect(run.lines.count == 2)
    #expect(run.remarks.contains("line 2: [E-EVENT-MISSING] type") && run.remarks.contains("(2)"))
    let batch = folder.run("append", "--batch", input: Folder.events[1] + "\n{}\n")
    #expect(batch.status == .badInput && batch.output == "")
    #expect(folder.run("verify").output.contains(#""events":2"#))
  }

  @Test func `append expects versions`() throws {
    let folder = try Folder.filled()
    let more = #"{"type":"customer.updated","subject":"customer:1","data":{"changes":[{"field":"region","after":"华东"}]},"occurredAt":"2025-04-01"}"#
    let wrong = folder.run("append", "--expect", "customer:1=0", input: more)
    #expect(wrong.status == .tryAgain && wrong.output == "" && wrong.remarks.hasPrefix("[E-LOG-VERSION]"))
    #expect(folder.run("append", "--expect", "customer:1=1", "--expect", "order:9=1", input: more).status == .ok)
  }

  @Test func `history gives the log's own lines, oldest first`() throws {
    let folder = try Folder.filled()
    let lines = folder.run("history", "customer:1").lines
    #expect(lines.map { $0.contains("\"seq\":0,") ? 0 : $0.contains("\"seq\":1,") ? 1 : 3 } == [0, 1, 3])
    #expect(folder.run("history", "order:9").lines.count == 1)
    #expect(folder.run("history", "customer:1", "--as-of", "2025-01-06").lines.count == 2)
    #expect(folder.run("history", "customer:1", "--as-of", "2025-01-05").lines.count == 1)
    #expect(folder.run("history", "customer:1", "--known-at", "0").lines.count == 1)
    #expect(folder.run("history", "customer:1", "--known-at", "1").lines.count == 2)
    #expect(folder.run("history", "customer:1", "--known-at", "4").status == .usage)
    #expect(folder.run("history", "customer:1", "--format", "json").output.hasPrefix("[\n{"))
    let none = folder.run("history", "customer:1", "--as-of", "2024-01-01")
    #expect(none.status == .ok && none.output == "" && !none.remarks.isEmpty)
    #expect(folder.run("history", "customer:99").status == .noInput)
  }

  @Test func `show gives rows that say where they come from`() throws {
    let folder = try Folder.filled()
    let rows = try folder.run("show", "lifecycle").lines.map { try JSON(parsing: $0) }
    #expect(rows.count == 2)
    for row in rows {
      #expect(row.object?["asOf"]?.string == "2025-03-01T00:00:00Z")
      #expect(row.object?["position"]?.int == 3)
      #expect(row.object?["rule"]?.string == "lifecycle@1")
    }
    #expect(folder.run("show", "lifecycle", "1").lines.count == 1)
    #expect(folder.run("show", "lifecycle", "--rule", "lifecycle=9").status == .usage)
    #expect(folder.run("show", "nothing").status == .usage)
    let none = folder.run("show", "funnel")
    #expect(none.status == .ok && none.output == "" && !none.remarks.isEmpty)
  }

  @Test func `the position of a row brings the row back`() throws {
    let folder = try Folder.filled()
    let before = folder.run("show", "lifecycle").output
    _ = folder.run("append", input: #"{"type":"order.placed","subject":"order:11","data":{"customer":"2","totalMinor":5,"cur":"CNY"},"occurredAt":"2025-03-02"}"#)
    #expect(folder.run("show", "lifecycle").output != before)
    #expect(folder.run("show", "lifecycle", "--known-at", "3").output == before)
  }

  @Test func `explain is complete for programs and readable for people`() throws {
    let folder = try Folder.filled()
    let answer = try JSON(parsing: folder.run("explain", "lifecycle", "customer:1").output.trimmingCharacters(in: .newlines))
    let findings = try #require(answer.object?["findings"]?.array)
    #expect(!findings.isEmpty)
    for finding in findings {
      for name in ["id", "title", "value", "threshold", "holds", "evidence"] { #expect(finding.object?[name] != nil) }
    }
    let evidence = findings.flatMap { $0.object?["evidence"]?.array ?? [] }
    #expect(evidence.contains { $0.object?["type"]?.string == "order.placed" && $0.object?["time"] != nil && $0.object?["seq"] != nil })
    #expect(answer.object?["rule"]?.string == "lifecycle@1")
    let table = folder.run("explain", "lifecycle", "customer:1", "--format", "table", "--lang", "zh").output
    #expect(table.contains("✗") && table.contains("下单 2025-01-06"))
  }

  @Test func `rebuild reports and changes nothing the second time`() throws {
    let folder = try Folder.filled()
    let first = try folder.run("rebuild").lines.map { try Rows.read($0) }
    #expect(first.map { $0["projection"] as? String } == ProjectionCatalogue.all.map(\.name))
    for row in first {
      #expect(row.keys.sorted() == ["changed", "events", "eventsPerSecond", "outputHash", "projection", "rows", "seconds"])
    }
    let second = try folder.run("rebuild", "--from-log", "lifecycle").lines.map { try Rows.read($0) }
    #expect(second.map { $0["changed"] as? Int } == [0])
    #expect(second.first?["outputHash"] as? String == first.first { $0["projection"] as? String == "lifecycle" }?["outputHash"] as? String)
    #expect(folder.run("rebuild", "nothing").status == .usage)
  }

  @Test func `rules are listed and shown`() throws {
    let folder = try Folder.filled()
    #expect(folder.run("rules", "list").lines.contains { $0.hasPrefix(#"{"kind":"churn","version":1,"#) })
    let rule = try JSON(parsing: folder.run("rules", "show", "churn", "1").output.trimmingCharacters(in: .newlines))
    #expect(rule.object?["body"]?.object?["silenceDays"]?.int != nil)
    #expect(folder.run("rules", "show", "churn", "9").status == .usage)
    #expect(folder.run("rules", "show", "nothing").status == .usage)
    #expect(Run("rules", "list", "--data", folder.path + "/none").status == .ok)
  }
}

/// Rows as another program would read them.
private enum Rows {
  static func read(_ line: String) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
  }
}

@Suite struct `An id that names another event already` {
  @Test func `is refused by append, and the events around it are recorded`() throws {
    let folder = try Folder.filled()
    let other = Folder.events[1].replacing("129900", with: "129901")
    let new = Folder.events[3].replacing("e3", with: "e9").replacing("order:10", with: "order:19")
    let run = folder.run("append", input: other + "\n" + new)
    #expect(run.status == .badInput, "\(run.status)")
    #expect(run.lines.count == 1 && run.remarks.contains("line 1: [E-GUARD-ID-REUSED]") && run.remarks.contains("event 1"), "\(run.remarks)")
    #expect(folder.run("verify").output.contains(#""events":5"#))
  }

  @Test func `goes to quarantine in an import, with its reason`() throws {
    let folder = try Folder()
    _ = folder.run("init")
    let map = try folder.file(
      "map.yaml",
      """
      title: People
      files:
        - match: people*.csv
          events:
            - type: customer.registered
              subject: "customer:{id}"
              at: since
              id: "people:{id}"
              data:
                name: "{name}"
      """)
    let first = try folder.file("people-1.csv", "id,name,since\n1,A,2025-01-01\n2,B,2025-01-02\n")
    let run = folder.run("import", "--map", map, first)
    #expect(run.status == .ok, "\(run.remarks)")
    let second = try folder.file("people-2.csv", "id,name,since\n1,A,2025-01-01\n2,Other,2025-01-02\n3,C,2025-01-03\n1,A,2025-06-01\n")
    let again = folder.run("import", "--map", map, second)
    #expect(again.output.contains(#""events":1,"duplicates":1"#), "\(again.output) \(again.remarks)")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/quarantine")
    let text = try String(contentsOfFile: folder.path + "/quarantine/" + (files.first ?? ""), encoding: .utf8)
    #expect(text.contains("E-GUARD-ID-REUSED") && text.contains("Other"), "\(text)")
    #expect(folder.run("verify").output.contains(#""events":3"#))
  }
}
