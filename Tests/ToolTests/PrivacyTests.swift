import Answers
import Engine
import Foundation
import Testing
import Vault
import Vocabulary
import Wire

@testable import keshi

private let people = [
  #"{"type":"customer.registered","subject":"customer:1","data":{"name":"Acme"},"occurredAt":"2025-01-05"}"#,
  #"{"type":"contact.added","subject":"customer:1","data":{"name":"李薇","channels":["li@acme.example"],"influence":"buyer"},"occurredAt":"2025-01-06","id":"k1"}"#,
  #"{"type":"interaction.logged","subject":"customer:1","data":{"kind":"call","person":"李薇","summary":"wants a new offer"},"occurredAt":"2025-02-06"}"#,
  #"{"type":"order.placed","subject":"order:9","data":{"customer":"1","totalMinor":129900,"cur":"CNY"},"occurredAt":"2025-03-06"}"#,
  #"{"type":"contact.added","subject":"customer:2","data":{"name":"Zhang Wei"},"occurredAt":"2025-04-06"}"#,
]

private func filled() throws -> Folder {
  let folder = try Folder()
  _ = folder.run("init")
  #expect(folder.run("append", input: people.joined(separator: "\n")).status == .ok)
  return folder
}

extension Folder {
  /// The hashes of the rows of all read models.
  fileprivate func outputHashes(_ arguments: String...) -> [String] {
    run(arguments).lines.compactMap { $0.firstMatch(of: /"outputHash":"([0-9a-f]+)"/).map { String($0.1) } }
  }

  fileprivate func rows(_ arguments: String...) throws -> [JSONObject] {
    let run = Run(arguments + ["--data", path], source: MemorySource(""), environment: ["LANG": "en"])
    #expect(run.status == .ok, "\(run.remarks)")
    return try run.lines.map { try #require(try JSON(parsing: $0).object) }
  }
}

@Suite struct `Personal values on the command line` {
  @Test func `stand in history in clear, and outside the line`() throws {
    let folder = try filled()
    let lines = folder.run("history", "customer:1").lines
    let contact = try #require(try JSON(parsing: lines[1]).object)
    #expect(contact["data"]?.object?["name"]?.string == "李薇" && contact["withheld"] == nil)
    #expect(contact["p"]?.object?.members.map(\.name) == ["channels", "name"])
    let closed = folder.run("history", "customer:1", "--keys", folder.path + "/none").lines
    let withheld = try #require(try JSON(parsing: closed[1]).object)
    #expect(withheld["data"]?.object?["name"] == nil)
    #expect(withheld["withheld"]?.object?["name"] == ["why": "no-key"])
    #expect(folder.run("history", "1", "--keys", folder.path + "/none", "--format", "table").output.contains("[key not here]"))
    #expect(folder.run("history", "1", "--format", "table", "--lang", "zh").output.contains("李薇"))
  }

  @Test func `are gone after erase, which says so in both languages and is done once`() throws {
    let folder = try filled()
    // The erasure is an event of today: so the same day is asked for before and after.
    func answers() -> [String] {
      ["lifecycle", "churn", "loyalty", "contracts", "funnel"].map { name in
        folder.run("show", name, "--as-of", "2025-06-01", "--known-at", "4").output
      }
    }
    let before = answers()
    #expect(before[0].contains("customer:1"))
    let row = try #require(try folder.rows("erase", "customer:1", "--reason", "PIPL 47").first)
    #expect(row["keys"]?.int == 3 && row["records"]?.int == 2 && row["event"]?.int == 6)
    let path = try #require(row["certificate"]?.string)
    #expect(FileManager.default.fileExists(atPath: path))
    let again = folder.run("erase", "customer:1", "--reason", "PIPL 47", "--lang", "zh")
    #expect(again.status == .ok && again.remarks.contains("此前已由事件 6 擦除"))
    #expect(folder.run("history", "customer:1", "--format", "table").output.contains("by event 6]"))
    #expect(folder.run("history", "customer:1", "--format", "table", "--lang", "zh").output.contains("由事件 6 擦除"))
    #expect(folder.run("history", "customer:2", "--format", "table").output.contains("Zhang Wei"))
    #expect(folder.run("rebuild", "--from-log").status == .ok)
    #expect(answers() == before, "read models know no person")
    #expect(try folder.rows("verify").first?["verdict"]?.string == "clean")
    #expect(folder.run("erase", "customer:77", "--reason", "x").status == .noInput)
    #expect(folder.run("erase", "customer:1", "--reason", "").status == .usage)
    #expect(folder.run("erase", "customer:1", "--reason", "x", "--category", "nothing").status == .usage)
  }

  @Test func `of one category go alone`() throws {
    let folder = try filled()
    _ = try folder.rows("erase", "1", "--reason", "consent withdrawn", "--category", "words")
    let history = folder.run("history", "customer:1", "--format", "table").output
    #expect(history.contains("李薇") && !history.contains("wants a new offer"))
  }

  @Test func `are kept under a hold`() throws {
    let folder = try filled()
    let hold = try #require(try folder.rows("hold", "place", "customer:1", "--reason", "claim").first?["hold"]?.int)
    let refused = folder.run("erase", "customer:1", "--reason", "PIPL 47")
    #expect(refused.status == .notPermitted && refused.remarks.contains("[E-ERASE-HELD]"))
    #expect(try folder.rows("hold", "list").map { $0["hold"]?.int } == [hold])
    _ = try folder.rows("hold", "release", "customer:1", "--reason", "over")
    #expect(try folder.rows("hold", "list").isEmpty)
    #expect(folder.run("hold", "release", "customer:1", "--reason", "over").status == .noInput)
    #expect(folder.run("erase", "customer:1", "--reason", "PIPL 47").status == .ok)
  }

  @Test func `that slipped into a line go by four eyes`() throws {
    let folder = try filled()
    #expect(folder.run("redact", "execute", "3").status == .notPermitted)
    #expect(folder.run("redact", "request", "3", "--reason", "slip", "--actor", "a").status == .ok)
    #expect(folder.run("redact", "execute", "3").status == .notPermitted)
    let own = folder.run("redact", "approve", "3", "--actor", "a")
    #expect(own.status == .notPermitted && own.remarks.contains("[E-REDACT-ACTOR]"))
    #expect(folder.run("redact", "approve", "3", "--actor", "b").status == .ok)
    #expect(folder.run("redact", "execute", "3").status == .ok)
    let verify = try #require(try folder.rows("verify").first)
    #expect(verify["verdict"]?.string == "clean" && verify["redactions"]?.array?.first?.object?["seq"] == 3)
    #expect(!folder.run("history", "customer:1").output.contains("order.placed"))
    #expect(folder.run("rebuild").status == .ok)
  }
}

@Suite struct `Copies on the command line` {
  @Test func `a backup comes back as it was, and never over a log`() throws {
    let (folder, target) = (try filled(), try Folder())
    let made = try #require(try folder.rows("backup", "--to", folder.path + "/b").first)
    #expect(made["events"]?.int == 5)
    let back = try #require(try target.rows("restore", "--from", folder.path + "/b", "--keys", folder.path + "/keys").first)
    #expect(back["root"] == made["root"])
    #expect(target.run("history", "1").output.contains("p\":"))
    let open = target.run("history", "1", "--keys", folder.path + "/keys").output
    #expect(open == folder.run("history", "1").output && open.contains("李薇"))
    #expect(target.run("restore", "--from", folder.path + "/b").status == .cannotCreate)
    #expect(target.run("restore", "--from", folder.path).status == .noInput)
    #expect(try Folder().run("restore", "--from", folder.path).status == .noInput)
    #expect(folder.run("backup", "--to", folder.path + "/b").status == .cannotCreate)
  }

  @Test func `a copy of the keys warns, and brings no erased key back`() throws {
    let folder = try filled()
    let run = folder.run("keys", "backup", "--to", folder.path + "/k")
    #expect(run.status == .ok && run.remarks.contains("LOSING THE KEYS IS ERASURE"))
    let row = try #require(try folder.rows("erase", "customer:1", "--reason", "x").first)
    let certificate = try String(contentsOfFile: row["certificate"]?.string ?? "", encoding: .utf8)
    #expect(certificate.contains("keyBackups") && certificate.contains(folder.path + "/k"))
    let back = try #require(try folder.rows("keys", "restore", "--from", folder.path + "/k").first)
    #expect(back["keys"]?.int == 0 && back["refused"]?.int == 3)
    try FileManager.default.removeItem(atPath: folder.path + "/keys")
    let again = try #require(try folder.rows("keys", "restore", "--from", folder.path + "/k").first)
    #expect(again["keys"]?.int == 1 && again["refused"]?.int == 3, "the log remembers what the keys forgot")
    #expect(!folder.run("history", "customer:1").output.contains("李薇"))
    #expect(folder.run("history", "customer:2").output.contains("Zhang Wei"))
    #expect(folder.run("keys", "restore", "--from", folder.path + "/none").status == .noInput)
  }

  @Test(arguments: [false, true])
  func `an export appended to an empty log means the same`(_ sealed: Bool) throws {
    let (folder, target) = (try filled(), try Folder())
    _ = try folder.rows("erase", "customer:2", "--reason", "x")
    let exported = folder.run(sealed ? ["export", "events", "--sealed"] : ["export", "events"])
    #expect(exported.status == .ok && exported.lines.count == 7)
    #expect(exported.output.contains("李薇") == !sealed)
    #expect(!exported.output.contains("Zhang Wei"))
    _ = target.run("init")
    let receipts = target.run("append", input: exported.output).lines
    #expect(try receipts.enumerated().allSatisfy { try JSON(parsing: $1).object?["seq"]?.int == Int64($0) })
    let again = target.run(sealed ? ["export", "events", "--sealed"] : ["export", "events"])
    #expect(try again.lines.map(bare) == exported.lines.map(bare), "the same events with the same ids in the same places")
    #expect(target.outputHashes("rebuild") == folder.outputHashes("rebuild"))
    #expect(target.run("history", "customer:2", "--format", "table").output.contains("by event 6]"))
    #expect(try target.rows("verify").first?["verdict"]?.string == "clean")
  }

  /// An exported line but for when it was recorded there.
  private func bare(_ line: String) throws -> JSONObject {
    var object = try JSON(parsing: line).object ?? [:]
    object["recordedAt"] = nil
    return object
  }
}

extension Folder {
  fileprivate func run(_ arguments: [String]) -> Run {
    Run(arguments + ["--data", path], source: MemorySource(""), environment: ["LANG": "en"])
  }
}
