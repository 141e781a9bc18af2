import Answers
import Foundation
import Testing
import Wire

@testable import keshi

/// One whose time is over, one who is held, one who was spoken to lately.
private let story = [
  #"{"type":"customer.registered","subject":"customer:1","data":{"name":"Acme"},"occurredAt":"2015-01-05"}"#,
  #"{"type":"contact.added","subject":"customer:1","data":{"name":"Zq7xKw9vPm3T","channels":["rJ5nCe@mail.example"],"influence":"buyer"},"occurredAt":"2015-01-06"}"#,
  #"{"type":"interaction.logged","subject":"customer:1","data":{"kind":"call","person":"Zq7xKw9vPm3T","summary":"kept"},"occurredAt":"2015-02-06"}"#,
  #"{"type":"customer.registered","subject":"customer:2","data":{"name":"Held"},"occurredAt":"2015-01-05"}"#,
  #"{"type":"contact.added","subject":"customer:2","data":{"name":"Zhang"},"occurredAt":"2015-01-06"}"#,
  #"{"type":"customer.registered","subject":"customer:3","data":{"name":"New"},"occurredAt":"2026-01-05"}"#,
  #"{"type":"contact.added","subject":"customer:3","data":{"name":"Neu"},"occurredAt":"2026-01-06"}"#,
]

private func filled() throws -> Folder {
  let folder = try Folder()
  _ = folder.run("init")
  #expect(folder.run("append", input: story.joined(separator: "\n")).status == .ok)
  #expect(folder.run("hold", "place", "2", "--reason", "claim").status == .ok)
  return folder
}

private func object(_ run: Run) throws -> JSONObject {
  let line = try #require(run.lines.first, "\(run.remarks)")
  return try #require(try JSON(parsing: line).object)
}

@Suite struct `Personal values whose time is over` {
  private func requested(in folder: Folder, _ subjects: String...) throws -> String {
    let arguments = ["privacy", "dispose", "request", "contacts"] + subjects + ["--actor", "wang", "--role", "DO", "--data", folder.path]
    let run = Run(arguments, source: MemorySource(""))
    #expect(run.status == .ok, "\(run.remarks)")
    return try object(run)["id"]?.string ?? ""
  }

  private func decided(_ id: String, by actor: String, in folder: Folder) -> keshi.ExitStatus {
    folder.run("do", "approval.decide", "approval:" + id, "--verdict", "approve", "--actor", actor, "--role", "LG").status
  }

  private func executed(_ id: String, in folder: Folder) -> Run {
    folder.run("privacy", "dispose", "execute", id, "--actor", "wang", "--role", "DO")
  }

  @Test func `are listed with what stands against their disposal`() throws {
    let rows = try filled().run("privacy", "dispose", "list").lines.compactMap { try JSON(parsing: $0).object }
    #expect(rows.map { $0["subject"]?.string } == ["customer:1", "customer:2"])
    #expect(rows.map { $0["due"]?.bool } == [true, false] && rows.map { $0["holds"]?.int } == [0, 1])
    #expect(rows[0]["over"] == "2018-02-06" && rows[0]["keys"]?.int == 2 && rows[0]["others"]?.int == 1)
  }

  @Test func `go by another person's decision, wholly, and every older proof holds`() throws {
    let (folder, given) = (try filled(), try Folder())
    let proof = given.path + "/1.proof"
    #expect(folder.run("prove", "customer:1", "--out", proof).status == .ok)
    let id = try requested(in: folder)
    #expect(executed(id, in: folder).remarks.contains("[E-GUARD-FOUR-EYES]"), "nobody has decided")
    #expect(folder.run("history", "1").output.contains("Zq7xKw9vPm3T"), "nothing was destroyed")
    #expect(decided(id, by: "wang", in: folder) == .notPermitted && decided(id, by: "li", in: folder) == .ok)
    let run = executed(id, in: folder)
    #expect(run.status == .ok, "\(run.remarks)")
    let answer = try object(run)
    #expect(answer["subjects"]?.int == 1 && answer["keys"]?.int == 2)
    let found = try Binary.shell("grep -rl -e Zq7xKw9vPm3T -e rJ5nCe $d | wc -l", environment: ["d": folder.path])
    #expect(found.output.trimmingCharacters(in: .whitespacesAndNewlines) == "0", "\(found.output)")
    #expect(folder.run("verify", "--against", proof).status == .ok && folder.run("history", "3").output.contains("Neu"))
    #expect(folder.run("history", "1").output.contains(#""summary":"kept""#), "values under other keys stay")
    let list = try String(contentsOfFile: try #require(answer["list"]?.string), encoding: .utf8)
    #expect(list.contains(#""rule":"retention@1""#) && !list.contains("customer:2"))
    // Done is done: the same call answers with the same event, and destroys nothing more.
    #expect(try object(executed(id, in: folder))["event"] == answer["event"])
    let approvals = try folder.run("show", "approvals").lines.compactMap { try JSON(parsing: $0).object }
    #expect(approvals.map { $0["order"]?.string } == ["sound"], "\(approvals)")
  }

  @Test func `stay under a hold, also one that came after the decision`() throws {
    let folder = try filled()
    let held = folder.run("privacy", "dispose", "request", "contacts", "2", "--actor", "wang", "--role", "DO")
    #expect(held.status == .notPermitted && held.remarks.contains("[E-DISPOSE-NOT-DUE]") && held.remarks.contains("legal hold"))
    let id = try requested(in: folder, "1")
    #expect(decided(id, by: "li", in: folder) == .ok)
    #expect(folder.run("hold", "place", "1", "--reason", "claim").status == .ok)
    #expect(executed(id, in: folder).remarks.contains("[E-GUARD-HOLD]"))
    #expect(folder.run("history", "1").output.contains("Zq7xKw9vPm3T"))
  }

  @Test func `stay where somebody spoke to them after the decision`() throws {
    let folder = try filled()
    let id = try requested(in: folder)
    #expect(decided(id, by: "li", in: folder) == .ok)
    let call = #"{"type":"interaction.logged","subject":"customer:1","data":{"kind":"call"},"occurredAt":"2026-10-06"}"#
    #expect(folder.run("append", input: call).status == .ok)
    #expect(executed(id, in: folder).remarks.contains("[E-DISPOSE-NOT-DUE]"))
    #expect(folder.run("history", "1").output.contains("Zq7xKw9vPm3T"))
  }

  @Test(arguments: [
    (["request", "nonsense"], "E-DISPOSE-CLASS", keshi.ExitStatus.usage), (["request", "contracts"], "E-DISPOSE-NONE", .noInput),
    (["request", "contacts", "3"], "E-DISPOSE-NOT-DUE", .notPermitted), (["execute", "disposal-00ff"], "E-DISPOSE-LIST", .noInput),
    (["execute", "../keys/x"], "E-DISPOSE-LIST", .noInput),
  ]) func `that may not go say why`(arguments: [String], code: String, status: keshi.ExitStatus) throws {
    let folder = try filled()
    let run = Run(["privacy", "dispose"] + arguments + ["--actor", "wang", "--role", "DO", "--data", folder.path], source: MemorySource(""))
    #expect(run.status == status && run.remarks.contains("[\(code)]"), "\(run.remarks)")
  }

  @Test func `are not disposed of by a list that somebody changed`() throws {
    let folder = try filled()
    let id = try requested(in: folder)
    #expect(decided(id, by: "li", in: folder) == .ok)
    let path = "\(folder.path)/certificates/\(id).json"
    let list = try String(contentsOfFile: path, encoding: .utf8)
    try list.replacingOccurrences(of: "customer:1", with: "customer:3").write(toFile: path, atomically: true, encoding: .utf8)
    #expect(executed(id, in: folder).remarks.contains("[E-DISPOSE-LIST]"))
  }
}
