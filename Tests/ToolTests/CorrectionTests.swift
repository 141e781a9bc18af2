import Answers
import Foundation
import Testing
import Wire

@testable import keshi

/// A line that corrects event `seq` about a subject.
private func correction(_ seq: Int, _ subject: String, _ members: String, reason: String = "typed wrongly") -> String {
  #"{"type":"event.corrected","subject":"\#(subject)","data":{"seq":\#(seq),\#(members)},"occurredAt":"2025-06-01","reason":"\#(reason)"}"#
}

@Suite struct `Corrections on the command line` {
  private func revenue(_ folder: Folder, _ arguments: String...) throws -> Int64? {
    let run = Run(["show", "worth", "customer:1", "--data", folder.path] + arguments, source: MemorySource(""))
    return try run.lines.first.flatMap { try JSON(parsing: $0).object?["revenue12mMinor"]?.int }
  }

  @Test func `count from when they are known, and both lines stay`() throws {
    let folder = try Folder.filled()
    #expect(try revenue(folder) == 129_905)
    let run = folder.run(
      "append",
      input: correction(1, "order:9", #""kind":"replace","data":{"customer":"1","totalMinor":1299,"cur":"CNY"}"#) + "\n"
        + correction(3, "order:10", #""kind":"retract""#))
    #expect(run.status == .ok, "\(run.remarks)")
    #expect(try revenue(folder) == 1_299)
    #expect(try revenue(folder, "--known-at", "3") == 129_905, "as it was recorded")
    #expect(try revenue(folder, "--known-at", "4") == 1_304)
    #expect(try revenue(folder, "--as-of", "2025-01-06") == 1_299, "as it is known now, of a day long before the correction")
    #expect(folder.run("history", "customer:1").lines.count == 5)
    let answer = try JSON(parsing: folder.run("explain", "worth", "customer:1").output.trimmingCharacters(in: .newlines))
    #expect(answer.object?["events"]?.array?.compactMap { $0.object?["seq"]?.int } == [1, 4])
    // The whole read model says the same as the single row.
    let row = try #require(folder.run("show", "worth").lines.first { $0.contains(#""customer:1""#) })
    #expect(row.contains(#""revenue12mMinor":1299,"#))
  }

  @Test(arguments: [
    (correction(9, "order:9", #""kind":"retract""#), "E-EVENT-RANGE", "data.seq"),
    (correction(4, "order:9", #""kind":"retract""#), "E-EVENT-RANGE", "data.seq"),
    (correction(1, "order:10", #""kind":"retract""#), "E-EVENT-CODE", "subject"),
    (correction(1, "order:9", #""kind":"replace","data":{"customer":"1","totalMinor":"x","cur":"CNY"}"#), "E-EVENT-KIND", "data.data.totalMinor"),
    (correction(1, "order:9", #""kind":"replace","data":{"customer":"2","totalMinor":5,"cur":"CNY"}"#), "E-EVENT-CODE", "data.data.customer"),
    (correction(1, "order:9", #""kind":"replace","happenedAt":"2999-01-01T00:00:00Z""#), "E-EVENT-FUTURE", "data.happenedAt"),
    (correction(1, "order:9", #""kind":"perhaps""#), "E-EVENT-CODE", "data.kind"),
    (correction(1, "order:9", #""kind":"retract""#, reason: ""), "E-EVENT-MISSING", "reason"),
  ])
  func `that do not fit are refused before they are in the log`(line: String, code: String, place: String) throws {
    let folder = try Folder.filled()
    let run = folder.run("append", input: line)
    #expect(run.status == .badInput && run.remarks.contains("[\(code)]") && run.remarks.contains(place), "\(run.remarks)")
    #expect(folder.run("verify").output.contains(#""events":4"#))
  }

  @Test func `of a correction are refused: the event is corrected again`() throws {
    let folder = try Folder.filled()
    #expect(folder.run("append", input: correction(1, "order:9", #""kind":"retract""#)).status == .ok)
    let run = folder.run("append", input: correction(4, "order:9", #""kind":"retract""#))
    #expect(run.status == .badInput && run.remarks.contains("[E-EVENT-FORMAT] data.seq"))
    let again = correction(1, "order:9", #""kind":"replace","data":{"customer":"1","totalMinor":7,"cur":"CNY"}"#)
    #expect(folder.run("append", input: again).status == .ok)
    #expect(try revenue(folder) == 12)
  }
}

@Suite struct `What comes next, on the command line` {
  @Test func `is said with its day, in both languages and to programs`() throws {
    let folder = try Folder.filled()
    let answer = try JSON(parsing: folder.run("explain", "churn", "customer:1").output.trimmingCharacters(in: .newlines))
    let next = try #require(answer.object?["next"]?.object)
    #expect(next["from"]?.string == "none" && next["to"]?.string == "yellow")
    // Bought in January and March: from 30 May on both lie in the days before, and nothing in the last ninety.
    #expect(next["at"]?.string == "2025-05-30T00:00:00Z")
    let en = folder.run("explain", "churn", "customer:1", "--format", "table", "--lang", "en").output
    #expect(en.contains("Becomes Watch on 2025-05-30 if nothing happens."))
    let zh = folder.run("explain", "churn", "customer:1", "--format", "table", "--lang", "zh").output
    #expect(zh.contains("若无新事件，将于 2025-05-30 变为关注。"))
  }

  @Test func `and which events a field rests on`() throws {
    let folder = try Folder.filled()
    let run = folder.run("explain", "worth", "customer:1", "--field", "revenue12mMinor")
    let field = try #require(try JSON(parsing: run.output.trimmingCharacters(in: .newlines)).object?["field"]?.object)
    #expect(field["value"]?.int == 129_905)
    let events = try #require(field["events"]?.array).compactMap(\.object)
    #expect(events.map { $0["seq"]?.int } == [1, 3])
    #expect(events.map { $0["without"]?.int } == [5, 129_900])
    let table = folder.run("explain", "worth", "customer:1", "--field", "cur", "--format", "table", "--lang", "en").output
    #expect(table.contains("No single event decides it"))
    #expect(folder.run("explain", "worth", "customer:1", "--field", "mood").status == .usage)
  }
}
