import Answers
import Foundation
import TestSupport
import Testing

@testable import keshi

private func line(_ type: String, _ subject: String, _ at: String, by actor: String = "ann", _ data: String = "{}") -> String {
  #"{"type":"\#(type)","subject":"\#(subject)","occurredAt":"\#(at)","actor":"\#(actor)","role":"CS","data":\#(data)}"#
}

private func log(_ lines: [String]) throws -> Folder {
  let folder = try Folder()
  _ = folder.run("init")
  let run = folder.run("append", input: lines.joined(separator: "\n"))
  #expect(run.status == .ok, "\(run.remarks)")
  return folder
}

private func rows(_ folder: Folder, _ arguments: String...) throws -> [[String: Any]] {
  let run = Run(arguments + ["--data", folder.path, "--format", "ndjson"], source: MemorySource(""), environment: ["LANG": "en"])
  #expect(run.status == .ok, "\(run.remarks)")
  return try run.lines.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:] }
}

/// As a person writes it: whole numbers without decimals.
private func text(_ value: Any?) -> String {
  guard let number = (value as? NSNumber)?.doubleValue else { return value as? String ?? "–" }
  return number == number.rounded() ? String(Int(number)) : String(number)
}

private func texts(_ rows: [[String: Any]], _ names: String...) -> [String] {
  rows.map { row in names.map { name in text(row[name]) }.joined(separator: " ") }
}

/// Two complaints: the first as the procedure asks, the second without assessment, and closed by two who learnt otherwise.
private let complaints = [
  line("complaint.filed", "complaint:1", "2026-03-02T02:00:00Z", #"{"customer":"C"}"#),
  line("complaint.acknowledged", "complaint:1", "2026-03-02T03:00:00Z"),
  line("complaint.assessed", "complaint:1", "2026-03-03T03:00:00Z", #"{"severity":"general"}"#),
  line("complaint.responded", "complaint:1", "2026-03-04T03:00:00Z"), line("complaint.closed", "complaint:1", "2026-03-05T03:00:00Z"),
  line("complaint.filed", "complaint:2", "2026-03-09T02:00:00Z", #"{"customer":"C"}"#),
  line("complaint.acknowledged", "complaint:2", "2026-03-09T03:00:00Z"),
  line("complaint.responded", "complaint:2", "2026-03-10T03:00:00Z", by: "bob"),
  line("complaint.closed", "complaint:2", "2026-03-11T03:00:00Z", by: "eve"),
]

private func training(_ person: String, _ at: String, _ more: String) -> String {
  line("training.completed", "employee:\(person)", at, #"{"kind":"read-and-sign","passed":true,\#(more)}"#)
}

@Suite struct `keshi process check` {
  @Test func `gives both averages of both methods`() throws {
    let found = try rows(try log(complaints), "process", "check", "complaint-handling")
    // 1 and 1 − 1 ÷ 9; together 1 − 1 ÷ 19. Shortest run 5.
    #expect(
      texts(found, "method", "cases", "fitting", "meanTraceFitness", "logFitness", "totalCost", "conforming").first
        == "alignment 2 1 0.944444 0.947368 1 1")
    #expect(found.count == 2 && found[1]["method"] as? String == "replay")
  }

  @Test func `shows one case step by step`() throws {
    let folder = try log(complaints)
    let found = try rows(folder, "process", "check", "complaint-handling", "complaint:2")
    #expect(
      texts(found, "move", "step", "seq") == [
        "done file 5", "done acknowledge 6", "skipped assess –", "done respond 7", "done close 8",
      ])
    let told = folder.run("process", "check", "complaint-handling", "complaint:2", "--lang", "zh", "--format", "table")
    #expect(told.output.contains("投诉分级") && told.output.contains("跳过") && told.output.contains("complaint-handling@1"))
  }

  @Test func `names each deviation with the training of whoever acted`() throws {
    let unknown = try rows(try log(complaints), "process", "check", "complaint-handling", "--by", "deviation")
    #expect(texts(unknown, "case", "deviation", "step", "training") == ["complaint:2 skipped assess unknown"])
    let folder = try log(
      complaints + [
        training("ann", "2026-03-01", #""item":"complaint-handling","itemVersion":"v1""#),
        training("eve", "2026-03-01", #""item":"sop:complaint-handling","itemVersion":"1","validUntil":"2026-03-10""#),
        training("bob", "2026-03-10T04:00:00Z", #""item":"complaint-handling""#),
        training("bob", "2026-03-01", #""item":"another""#),
      ])
    let known = try rows(folder, "process", "check", "complaint-handling", "--by", "deviation")
    // Bob learnt it an hour after he acted; Eve's certificate had run out the day before.
    #expect(
      texts(known, "deviation", "step", "actor", "training") == [
        "skipped assess ann untrained", "untrained respond bob untrained", "untrained close eve expired",
      ])
    #expect(texts(try rows(folder, "process", "check", "complaint-handling", "--by", "step"), "deviation", "count", "untrained").contains("untrained 1 1"))
  }

  @Test func `looks at the log as of a time, and as it stood`() throws {
    let folder = try log(complaints)
    let early = try rows(folder, "process", "check", "complaint-handling", "--by", "case", "--as-of", "2026-03-10T05:00:00Z")
    #expect(texts(early, "case", "standing", "next", "cost") == ["complaint:1 complete – 0", "complaint:2 running close 1"])
    let before = try rows(folder, "process", "check", "complaint-handling", "--known-at", "4")
    #expect(texts(before, "cases", "logFitness").first == "1 1")
  }

  @Test func `takes an event as a correction says that it was`() throws {
    let folder = try log(complaints)
    let fix = #"{"type":"event.corrected","subject":"complaint:2","occurredAt":"2026-03-12","reason":"entered twice","data":{"seq":7,"kind":"retract"}}"#
    let run = folder.run("append", input: fix)
    #expect(run.status == .ok, "\(run.remarks)")
    let found = try rows(folder, "process", "check", "complaint-handling", "complaint:2")
    // It still runs: that it was closed too early costs less than two steps that were skipped.
    #expect(texts(found, "move", "step", "deviations") == ["done file –", "done acknowledge –", "inserted – Out of order, or once too often"])
  }

  @Test func `finds a lead's case also behind the customer that it became`() throws {
    let folder = try log([
      line("lead.created", "lead:L", "2026-03-01", #"{"source":"fair"}"#),
      line("lead.screened", "lead:L", "2026-03-02", #"{"verdict":"qualified"}"#),
      line("customer.registered", "customer:C", "2026-03-03", #"{"name":"Acme"}"#),
      line("lead.converted", "lead:L", "2026-03-03", #"{"customer":"C","opportunity":"O"}"#),
      line("opportunity.opened", "opportunity:O", "2026-03-04", #"{"customer":"C"}"#),
      line("opportunity.opened", "opportunity:other", "2026-03-05", #"{"customer":"C"}"#),
    ])
    let found = try rows(folder, "process", "check", "lead-to-contract", "--by", "case")
    #expect(texts(found, "case", "standing", "events", "cost") == ["lead:L running 4 0"])
    #expect(try rows(folder, "process", "check", "lead-to-contract", "lead:L").count == 4)
    let lines = folder.run("export", "xes").output.components(separatedBy: "<event>").count - 1
    #expect(lines == 6, "every event once, whichever account came first")
  }

  @Test func `judges each case by the version in use when it began`() throws {
    let folder = try log(complaints)
    let shipped = folder.run("process", "show", "complaint-handling", "--format", "yaml").output
    #expect(shipped.contains("kind: sop") && shipped.contains("id: complaint-handling"))
    let next = shipped.replacingOccurrences(of: "version: 1", with: "version: 2")
      .replacingOccurrences(of: "        within: {workingDays: 1, after: file}\n", with: "        within: {minutes: 59, after: file}\n")
    let file = try folder.file("next.yaml", next)
    func publish(_ more: String..., from: String = "2026-03-08") -> Run {
      Run(
        ["process", "publish", file, "--from", from, "--role", "PO", "--actor", "ann", "--data", folder.path] + more,
        source: MemorySource(""), environment: ["LANG": "en"])
    }
    let alone = publish()
    #expect(alone.status == .notPermitted && alone.remarks.contains("E-GUARD-FOUR-EYES"), "\(alone.remarks)")
    _ = folder.run("do", "approval.request", "approval:A", "--about", "sop:complaint-handling", "--event-type", "sop.published", "--actor", "ann", "--role", "PO")
    _ = folder.run("do", "approval.decide", "approval:A", "--verdict", "approve", "--actor", "bob", "--role", "PO")
    #expect(publish("--approval", "A", "--dry-run").output.contains("docHash"))
    #expect(publish("--approval", "A").status == .ok)
    #expect(publish("--approval", "A", from: "2026-09-01").remarks.contains("E-SOP-VERSION"))
    let list = try rows(folder, "process", "list", "complaint-handling")
    #expect(texts(list, "version", "from", "until", "author") == ["1 – 2026-03-08 –", "2 2026-03-08 – ann"])
    // The second complaint began under the second version, which gives 59 minutes.
    let found = try rows(folder, "process", "check", "complaint-handling", "--by", "deviation")
    #expect(texts(found, "model", "deviation", "step").contains("complaint-handling@2 late acknowledge") && found.allSatisfy { $0["case"] as? String == "complaint:2" })
    let both = try rows(folder, "process", "check", "complaint-handling").filter { $0["method"] as? String == "alignment" }
    #expect(
      texts(both, "model", "cases", "totalCost") == [
        "complaint-handling@1 1 0", "complaint-handling@2 1 1", "complaint-handling@1, complaint-handling@2 2 1",
      ])
    let first = try rows(folder, "process", "check", "complaint-handling@2", "--by", "deviation")
    #expect(texts(first, "case", "deviation").first == "complaint:1 late")
    #expect(try rows(folder, "process", "list", "complaint-handling", "--known-at", "8").count == 1)
    let again = folder.run("process", "show", "complaint-handling", "--format", "yaml")
    #expect(again.output == next)
  }

  @Test func `says what is wrong, and what there is`() throws {
    let folder = try log(complaints)
    let bad = try folder.file("bad.yaml", "kind: sop\nid: x\n")
    let net = try folder.file("net.pnml", folder.run("process", "show", "order-to-cash", "--pnml").output)
    let broken = try folder.file("broken.pnml", "<pnml><net")
    let cases: [(arguments: [String], status: keshi.ExitStatus, words: String)] = [
      (["complaint-handlin"], .usage, "E-SOP-UNKNOWN"),
      (["complaint-handling@9"], .usage, "there are: 1"),
      (["complaint-handling", "complaint:9"], .noInput, "E-SUBJECT"), (["complaint-handling", "customer:C"], .noInput, "E-CASE-UNKNOWN"),
      ([bad], .badInput, "bad.yaml:1:1: version: is missing"), ([net], .usage, "--about"), ([broken], .badInput, "E-NET-XML"),
      (["complaint-handling", "--about", "order"], .usage, "--about is for nets"), ([net, "--about", "oder"], .usage, "no kind of thing"),
      ([folder.path + "/none.yaml"], .noInput, "E-FILE"),
    ]
    for (arguments, status, words) in cases {
      let run = Run(["process", "check"] + arguments + ["--data", folder.path], source: MemorySource(""), environment: ["LANG": "en"])
      #expect(run.status == status && run.remarks.contains(words) && run.output == "", "\(arguments): \(run.remarks)")
      let chinese = Run(["process", "check"] + arguments + ["--data", folder.path, "--lang", "zh"], source: MemorySource(""))
      #expect(chinese.remarks.isChinese && !chinese.remarks.contains("unharmed"), "\(chinese.remarks)")
    }
  }

  @Test func `gives no YAML of what is a file already`() throws {
    let folder = try log(complaints)
    let file = try folder.file("own.yaml", folder.run("process", "show", "complaint-handling", "--format", "yaml").output)
    let run = folder.run("process", "show", file, "--format", "yaml")
    #expect(run.status == .usage && run.output == "" && run.remarks.contains("YAML"), "\(run.remarks)")
  }

  @Test func `compares with the net that the procedure gives, from a file`() throws {
    let folder = try log(complaints)
    let net = try folder.file("net.pnml", folder.run("process", "show", "complaint-handling", "--pnml").output)
    let found = try rows(folder, "process", "check", net)
    #expect(texts(found, "model", "cases", "logFitness", "totalCost").first == "net 2 0.947368 1")
    let steps = texts(try rows(folder, "process", "show", net), "activity")
    #expect(steps.first == "complaint.filed")
  }
}

@Suite struct `keshi process` {
  @Test func `lists what ships also without a log`() throws {
    let run = Run("process", "list", "--data", try Folder().path + "/none", environment: ["LANG": "en"])
    #expect(run.status == .ok && run.lines.count == 7 && run.remarks.contains("procedures that Keshi ships"), "\(run.remarks)")
  }

  @Test func `variants and map count alike`() throws {
    let folder = try log(complaints)
    let variants = try rows(folder, "process", "variants", "complaint-handling")
    #expect(
      texts(variants, "cases", "cost", "steps") == [
        "1 0 file → acknowledge → assess → respond → close", "1 1 file → acknowledge → respond → close",
      ])
    let map = try rows(folder, "process", "map", "complaint-handling")
    #expect(
      texts(map, "from", "to", "count", "medianHours") == [
        "– file 2 –", "file acknowledge 2 1", "respond close 2 24", "acknowledge assess 1 24", "acknowledge respond 1 24",
        "assess respond 1 24", "close – 2 –",
      ])
    let bottlenecks = try rows(folder, "process", "map", "complaint-handling", "--bottlenecks", "--least", "2")
    #expect(texts(bottlenecks, "from", "to", "medianHours") == ["respond close 24", "file acknowledge 1"])
    let told = folder.run("process", "map", "complaint-handling", "--format", "table", "--lang", "zh").output
    #expect(told.contains("告知已受理") && told.contains("中位时长"))
  }

  @Test func `nothing to compare is said`() throws {
    let folder = try Folder.filled()
    let run = folder.run("process", "check", "visit", "--lang", "en")
    #expect(run.status == .ok && run.remarks.contains("No case of visit@1"), "\(run.remarks)")
    #expect(run.output.contains(#""meanTraceFitness":null"#))
  }
}
