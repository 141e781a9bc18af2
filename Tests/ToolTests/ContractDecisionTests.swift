import Answers
import Foundation
import Testing
import Wire

@testable import keshi

/// An amendment that two people decided about, after the approval rule had changed.
private func amended(asking content: String, frozen: String? = nil) throws -> Folder {
  let folder = try Folder()
  _ = folder.run("init")
  func line(_ type: String, _ subject: String, _ at: String, _ actor: String, _ role: String, _ data: String) -> String {
    #"{"type":"\#(type)","subject":"\#(subject)","occurredAt":"\#(at)","actor":"\#(actor)","role":"\#(role)","reason":"r","data":\#(data)}"#
  }
  let shipped = folder.run("rules", "show", "approval", "--format", "yaml").output
  let rule = try folder.file("approval.yaml", shipped.replacing(/(?m)^decideWithinHours: \d+/, with: "decideWithinHours: 5"))
  #expect(folder.run("rules", "publish", "approval", rule, "--from", "2025-03-01", "--why", "stricter", "--actor", "a").status == .ok)
  #expect(folder.run("rules", "approve", "approval", "--actor", "b").status == .ok)
  var lines = [
    #"{"type":"customer.registered","subject":"customer:C1","data":{"name":"上海某公司"},"occurredAt":"2025-01-05"}"#,
    line("contract.drafted", "contract:K1", "2025-01-10", "li", "LG", #"{"customer":"C1","totalMinor":100,"cur":"CNY"}"#),
    line("contract.activated", "contract:K1", "2025-02-10", "li", "LG", #"{"version":1,"effectiveOn":"2025-03-01"}"#),
    line("approval.requested", "approval:A1", "2025-06-01", "wang", "SR", #"{"about":"contract:K1","eventType":"contract.amended","contentHash":"\#(content)"}"#),
    line("approval.decided", "approval:A1", "2025-06-02", "zhao", "LG", #"{"verdict":"approve"}"#),
    line("approval.decided", "approval:A1", "2025-06-03", "qian", "SM", #"{"verdict":"approve"}"#),
  ]
  if let frozen { lines.append(line("contract.text_frozen", "contract:K1", "2025-06-04", "li", "LG", #"{"version":2,"docHash":"\#(frozen)"}"#)) }
  lines.append(line("contract.amended", "contract:K1", "2025-06-05", "li", "LG", #"{"approval":"A1","cur":"CNY","fromVersion":1,"toVersion":2,"totalMinor":120}"#))
  let run = folder.run("append", input: lines.joined(separator: "\n"))
  #expect(run.status == .ok, "\(run.remarks)")
  return folder
}

/// What the request must name: the canonical data without the approval, summed by another program.
private func sum(_ text: String) throws -> String {
  try Binary.shell("printf %s \"$t\" | sha256sum | cut -c1-64", environment: ["t": text]).output.trimmingCharacters(in: .newlines)
}

private let data = #"{"cur":"CNY","fromVersion":1,"toVersion":2,"totalMinor":120}"#

@Suite struct `The decision about a change of a contract` {
  @Test func `is told with who asked, who decided, in which role, under which version of the rule, each with its event`() throws {
    let folder = try amended(asking: try sum(data))
    let run = folder.run("contract", "diff", "K1", "1", "2", "--format", "json")
    let answer = try #require(try JSON(parsing: run.output.trimmingCharacters(in: .newlines)).object)
    let decision = try #require(answer["agreement"]?.object?["decisions"]?.array?.first?.object)
    #expect(decision["approval"] == "A1" && decision["askedBy"] == "wang" && decision["content"] == "same", "\(decision)")
    #expect(decision["rule"] == "approval@2")
    let published = try #require(decision["ruleSeq"]?.int)
    #expect(folder.run("export", "events").lines[Int(published)].contains("rule.published"))
    let votes = decision["decisions"]?.array?.compactMap(\.object) ?? []
    #expect(votes.map { "\($0["who"]?.string ?? "") \($0["role"]?.string ?? "")" } == ["zhao LG", "qian SM"])
    for language in ["en", "zh"] {
      let table = folder.run("contract", "diff", "K1", "1", "2", "--format", "table", "--lang", language).output
      #expect(table.contains("approval@2") && table.contains("zhao") && !table.contains("  ! A1"), "\(table)")
    }
    // As of a day before the rule changed, another version is the one in force.
    let before = folder.run("contract", "diff", "K1", "1", "2", "--format", "json", "--known-at", "1")
    #expect(before.status != .ok, "the contract is not known yet")
  }

  @Test func `is a finding where it was about another content than took effect`() throws {
    let folder = try amended(asking: try sum(data.replacingOccurrences(of: "120", with: "110")))
    let page = folder.path + "/diff.html"
    let run = folder.run("contract", "diff", "K1", "1", "2", "--format", "table", "--page", page)
    #expect(run.output.contains("! A1 decided about another text"), "\(run.output)")
    #expect(try String(contentsOfFile: page, encoding: .utf8).contains("A1 decided about another text"))
    #expect(folder.run("contract", "show", "K1", "--version", "2", "--format", "json").output.contains(#""content":"other""#))
  }

  @Test(arguments: [(true, "same"), (false, "other")]) func `may be about the text that was frozen`(isSame: Bool, word: String) throws {
    let (text, other) = (String(repeating: "ab", count: 32), String(repeating: "cd", count: 32))
    let run = try amended(asking: text, frozen: isSame ? text : other).run("contract", "diff", "K1", "1", "2", "--format", "json")
    #expect(run.output.contains(#""content":"\#(word)""#), "\(run.output.suffix(600))")
  }

  /// What an auditor holds who has the package alone: the votes and the rule are lines of the log with proofs, since they
  /// are about the approval and the rule and not about the contract.
  @Test func `is part of the evidence about the contract, with the rule it was made by, in both languages`() throws {
    guard try Binary.shell("python3 -c 'import zipfile'").status == 0 else { return print("SKIPPED: there is no python3") }
    let folder = try amended(asking: try sum(data))
    let out = folder.path + "/k.zip"
    let run = Run(["evidence", "export", "--contract", "K1", "--out", out, "--data", folder.path], source: MemorySource(""), environment: ["LANG": "en"])
    #expect(run.status == .ok, "\(run.remarks)")
    let unpacked = try Binary.shell("python3 -m zipfile -e $o $o.d && python3 $o.d/verify.py --package $o.d && cat $o.d/events.ndjson", environment: ["o": out])
    #expect(unpacked.status == 0, "\(unpacked.output.suffix(600)) \(unpacked.remarks)")
    for line in [#""actor":"zhao""#, #""actor":"qian""#, #""type":"approval.decided""#, #""type":"rule.published""#] {
      #expect(unpacked.output.contains(line), "\(line)")
    }
    #expect(try String(contentsOfFile: out + ".d/rules/approval@2.json", encoding: .utf8).contains(#""decideWithinHours":5"#))
    for (language, words) in [("en", ["Decisions", "asked for it", "What took effect", "approval@2, event"]), ("zh", ["审批", "申请", "即生效内容", "approval@2，事件"])] {
      let page = try String(contentsOfFile: out + ".d/pages/contract-1-K1.\(language).html", encoding: .utf8)
      for word in words + ["zhao", "qian", "A1"] { #expect(page.contains(word), "\(language) \(word)") }
    }
  }

  @Test func `that was refused, and by which nothing took effect, stands in the file of the contract`() throws {
    let folder = try amended(asking: try sum(data))
    let lines = [
      #"{"type":"approval.requested","subject":"approval:A2","occurredAt":"2025-07-01","actor":"wang","data":{"about":"contract:K1","eventType":"contract.amended"}}"#,
      #"{"type":"approval.decided","subject":"approval:A2","occurredAt":"2025-07-02","actor":"zhao","role":"LG","reason":"too dear","data":{"verdict":"reject"}}"#,
    ]
    #expect(folder.run("append", input: lines.joined(separator: "\n")).status == .ok)
    guard try Binary.shell("python3 -c 'import zipfile'").status == 0 else { return print("SKIPPED: there is no python3") }
    let out = folder.path + "/k.zip"
    let run = Run(["evidence", "export", "--contract", "K1", "--out", out, "--data", folder.path], source: MemorySource(""), environment: ["LANG": "en"])
    #expect(run.status == .ok, "\(run.remarks)")
    let page = try Binary.shell("python3 -m zipfile -e $o $o.d && cat $o.d/pages/contract-1-K1.en.html $o.d/events.ndjson", environment: ["o": out]).output
    // Decided after the last thing that happened to the contract itself.
    #expect(page.contains("A2") && page.contains("Nothing took effect") && page.contains("too dear"), "\(page.suffix(2_000))")
  }
}
