import Answers
import Foundation
import Testing
import Vocabulary
import Wire

@testable import keshi

private func orders() throws -> Folder {
  let folder = try Folder()
  _ = folder.run("init")
  let lines = (0..<300).map {
    #"{"type":"order.placed","subject":"order:\#($0)","data":{"customer":"\#($0 % 40)","totalMinor":\#(100 + $0),"cur":"\#($0 % 3 == 0 ? "USD" : "CNY")"},"occurredAt":"2025-01-06"}"#
  }
  #expect(folder.run("append", input: lines.joined(separator: "\n")).status == .ok)
  return folder
}

extension Run {
  fileprivate var items: [String] { lines.compactMap { (try? JSON(parsing: $0))?.object?["item"]?.string } }
}

@Suite struct `A sample for an audit` {
  @Test func `is the same for the same seed, whoever draws it`() throws {
    let folder = try orders()
    let run = folder.run("audit", "sample", "--population", "order.placed", "--size", "20", "--seed", "2026")
    #expect(run.status == .ok && run.items.count == 20 && Set(run.items).count == 20)
    #expect(run.remarks.contains("20 of 300"))
    // Independently, by hashlib.
    let script = #"""
      import hashlib
      draw = lambda item: hashlib.sha256(b"keshi-sample/1\0" + b"2026\0" + str(item).encode()).hexdigest()
      print(" ".join(map(str, sorted(range(300), key=draw)[:20])))
      """#
    let python = try Binary.shell("python3 \(try folder.file("draw.py", script))")
    if python.status == 0 { #expect(python.output == run.items.joined(separator: " ") + "\n") }
    let larger = folder.run("audit", "sample", "--population", "order.placed", "--size", "50", "--seed", "2026")
    #expect(Array(larger.items.prefix(20)) == run.items, "a larger sample continues the smaller")
    let other = folder.run("audit", "sample", "--population", "order.placed", "--size", "20", "--seed", "2027")
    #expect(Set(other.items) != Set(run.items))
  }

  @Test func `is drawn from what was known then, and from what meets the conditions`() throws {
    let folder = try orders()
    let usd = folder.run("audit", "sample", "--population", "order.", "--where", "cur=USD", "--size", "1000", "--seed", "1")
    #expect(usd.items.count == 100 && usd.items.allSatisfy { (Int($0) ?? 1) % 3 == 0 })
    let before = folder.run("audit", "sample", "--population", "order.placed", "--size", "5", "--seed", "1", "--known-at", "99")
    _ = folder.run("append", input: #"{"type":"order.placed","subject":"order:x","data":{"customer":"1","totalMinor":5,"cur":"CNY"},"occurredAt":"2025-01-01"}"#)
    let after = folder.run("audit", "sample", "--population", "order.placed", "--size", "5", "--seed", "1", "--known-at", "99")
    #expect(before.items == after.items && after.remarks.contains("5 of 100"))
    let rows = folder.run("audit", "sample", "--population", "show:lifecycle", "--size", "7", "--seed", "1")
    #expect(rows.items.count == 7 && rows.items.allSatisfy { $0.hasPrefix("customer:") } && rows.remarks.contains("7 of 40"))
  }

  /// Each item must have the same chance: counted over many seeds, against the chi-squared distribution.
  @Test func `gives every item the same chance`() throws {
    let folder = try orders()
    var counts = [Int](repeating: 0, count: 100)
    let seeds = 60
    for seed in 0..<seeds {
      let run = folder.run("audit", "sample", "--population", "order.placed", "--size", "10", "--seed", "\(seed)", "--known-at", "99")
      for item in run.items { counts[Int(item) ?? 0] += 1 }
    }
    let expected = Double(seeds) * 10 / 100
    let chi = counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    // 99 degrees of freedom; sampling without replacement makes the spread smaller. Far tails: p < 0.0001 on either side.
    #expect(chi > 45 && chi < 165, "chi-squared \(chi)")
  }

  @Test func `leaves its tick-marks in the log, by an auditor`() throws {
    let folder = try orders()
    let arguments = ["audit", "sample", "--population", "order.placed", "--size", "3", "--seed", "9", "--data", folder.path]
    let run = Run(arguments + ["--record", "A-1", "--conclusion", "all looked at", "--role", "AU"], source: MemorySource(""), environment: ["LANG": "en"])
    #expect(run.status == .ok, "\(run.remarks)")
    let event = try #require(try JSON(parsing: folder.run("history", "audit:A-1").lines[0]).object?["data"]?.object)
    #expect(event["sampleSeed"]?.int == 9 && event["population"]?.int == 300)
    #expect(event["items"]?.array?.compactMap(\.string) == run.items)
    let sales = Run(arguments + ["--record", "A-2", "--conclusion", "x", "--role", "SR"], source: MemorySource(""), environment: ["LANG": "en"])
    #expect(sales.status == .notPermitted && sales.remarks.contains("[E-GUARD-ROLE]"), "\(sales.remarks)")
  }

  @Test(arguments: [
    (["--population", "nothing", "--size", "3", "--seed", "1"], "E-SAMPLE-POPULATION"), (["--population", "order.placed", "--size", "0", "--seed", "1"], "E-USAGE"),
    (["--population", "order.placed", "--size", "1001", "--seed", "1"], "E-USAGE"), (["--population", "show:nothing", "--size", "1", "--seed", "1"], "E-"),
    (["--population", "show:lifecycle", "--where", "nothing=1", "--size", "1", "--seed", "1"], "E-SAMPLE-POPULATION"),
    (["--population", "order.placed", "--where", "cur", "--size", "1", "--seed", "1"], "E-SAMPLE-POPULATION"),
    (["--population", "order.placed", "--size", "1", "--seed", "1", "--record", "A-1"], "E-USAGE"),
  ]) func `that cannot be drawn says why`(arguments: [String], code: String) throws {
    let folder = try Folder.filled()
    let run = Run(["audit", "sample", "--data", folder.path] + arguments, source: MemorySource(""), environment: ["LANG": "en"])
    #expect(run.status != .ok && run.remarks.contains("[" + code), "\(run.remarks)")
  }
}

@Suite struct `An auditor` {
  @Test(arguments: [
    ["append"], ["do", "customer.register", "customer:7", "--name", "X"], ["erase", "customer:1", "--reason", "x"],
    ["hold", "place", "customer:1", "--reason", "x"], ["redact", "request", "1", "--reason", "x"], ["keys", "backup", "--to", "/tmp/none"],
    ["rules", "approve", "churn"],
  ], ["AU", "auditor", "审计员"]) func `writes nothing`(command: [String], role: String) throws {
    let folder = try Folder.filled()
    let before = folder.run("verify").output
    let line = #"{"type":"customer.registered","subject":"customer:9","data":{"name":"X"},"occurredAt":"2025-02-01"}"#
    let run = Run(command + ["--data", folder.path, "--role", role], source: MemorySource(line), environment: ["LANG": "en"])
    #expect(run.status != .ok && (run.remarks.contains("[E-ROLE-READS]") || run.remarks.contains("[E-GUARD-")), "\(run.remarks)")
    #expect(folder.run("verify").output == before)
  }

  @Test func `reads everything, takes evidence out, and records audits`() throws {
    let folder = try Folder.filled()
    for command in [["history", "1"], ["show", "lifecycle"], ["verify"], ["show", "duties"], ["show", "access-rights"]] {
      #expect(Run(command + ["--data", folder.path, "--role", "AU"], source: MemorySource("")).status == .ok)
    }
    #expect(folder.run("evidence", "export", "--customer", "1", "--out", folder.path + "/e.zip", "--role", "AU").status == .ok)
    let audit = folder.run("do", "audit.perform", "audit:A-9", "--kind", "internal", "--conclusion", "in order", "--role", "AU")
    #expect(audit.status == .ok, "\(audit.remarks)")
  }
}
