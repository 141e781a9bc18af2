import Answers
import Foundation
import Testing
import Vocabulary
import Wire

@testable import keshi

/// A contract that was drafted, signed, amended with everybody's assent, and amended again without.
private let story: [String] = {
  let hash = String(repeating: "ab", count: 32)
  func line(_ type: String, _ at: String, _ data: String, reason: String = "") -> String {
    let why = reason.isEmpty ? "" : #""reason":"\#(reason)","#
    return #"{"type":"contract.\#(type)","subject":"contract:K1","occurredAt":"\#(at)","actor":"li",\#(why)"data":\#(data)}"#
  }
  let both = #"[{"party":"us","evidenceHash":"\#(hash)"},{"party":"them","evidenceHash":"\#(hash)"}]"#
  return [
    #"{"type":"customer.registered","subject":"customer:C1","data":{"name":"上海某公司"},"occurredAt":"2025-01-05"}"#,
    line("drafted", "2025-01-10", #"{"customer":"C1","totalMinor":10000000,"cur":"CNY","endOn":"2026-02-28","clauses":[{"key":"1 付款","value":"货到30日内付款"},{"key":"2 Delivery","value":"Delivered within ten days <free>."}]}"#),
    line("signed", "2025-02-01", #"{"version":1,"party":"us","signatory":"王芳","certificateHash":"\#(hash)"}"#),
    line("signed", "2025-02-03", #"{"version":1,"party":"them","certificateHash":"\#(hash)"}"#),
    line("activated", "2025-02-10", #"{"version":1,"effectiveOn":"2025-03-01"}"#),
    line("amended", "2025-06-01", #"{"fromVersion":1,"toVersion":2,"effectiveOn":"2025-07-01","totalMinor":12000000,"cur":"CNY","assent":\#(both),"clauseChanges":[{"key":"1 付款","before":"货到30日内付款","after":"货到45日内付款","proposedBy":"them"}]}"#, reason: "账期调整"),
    line("amended", "2025-08-01", #"{"fromVersion":2,"toVersion":3,"clauseChanges":[{"key":"3 Penalty","after":"2 % a week.","proposedBy":"us"}]}"#, reason: "late deliveries"),
  ]
}()

private func contracts() throws -> Folder {
  let folder = try Folder()
  _ = folder.run("init")
  let run = folder.run("append", input: story.joined(separator: "\n"))
  #expect(run.status == .ok, "\(run.remarks)")
  return folder
}

@Suite struct `A contract` {
  @Test(arguments: Language.allCases) func `reads the same each time`(language: Language) throws {
    let folder = try contracts()
    let code = language.rawValue
    try Golden.check(folder.run("contract", "show", "K1", "--format", "table", "--lang", code).output, "contract-show.\(code).txt")
    try Golden.check(folder.run("contract", "diff", "K1", "1", "2", "--format", "table", "--lang", code).output, "contract-diff.\(code).txt")
    let page = folder.path + "/page.html"
    #expect(folder.run("contract", "diff", "K1", "1", "2", "--page", page, "--lang", code).status == .ok)
    try Golden.check(try String(contentsOfFile: page, encoding: .utf8), "contract-diff.\(code).html")
  }

  @Test(arguments: [
    (["--as-of", "2025-02-28"], 1, "agreed"), (["--as-of", "2025-06-30"], 1, "in-force"), (["--as-of", "2025-07-01"], 2, "in-force"),
    (["--as-of", "2025-12-31"], 2, "in-force"), (["--as-of", "2025-12-31", "--version", "1"], 1, "superseded"),
    (["--as-of", "2025-12-31", "--version", "3"], 3, "not-effective"), (["--as-of", "2025-12-31", "--known-at", "4"], 1, "in-force"),
  ]) func `is asked for any day, as known on any day`(options: [String], version: Int64, state: String) throws {
    let folder = try contracts()
    let run = Run(["contract", "show", "contract:K1", "--data", folder.path, "--format", "json"] + options, source: MemorySource(""))
    let answer = try #require(try JSON(parsing: run.output.trimmingCharacters(in: .newlines)).object)
    #expect(answer["version"]?.int == version && answer["state"]?.string == state)
  }

  @Test func `says what an amendment lacks`() throws {
    let run = try contracts().run("contract", "show", "K1", "--version", "3", "--format", "json")
    #expect(run.output.contains(#""missing":["assent:us","assent:them"]"#))
  }

  @Test func `is coloured on a terminal only, and not where the reader wants none`() throws {
    let folder = try contracts()
    let coloured = folder.run("contract", "diff", "K1", "1", "2", terminal: true)
    #expect(coloured.output.contains("货到\u{1B}[31;9m30日\u{1B}[0m\u{1B}[32;4m45日\u{1B}[0m内付款"))
    let plain = Run(
      ["contract", "diff", "K1", "1", "2", "--data", folder.path], source: MemorySource(""), environment: ["NO_COLOR": "1"],
      terminal: true)
    #expect(plain.output.contains("货到[-30日-]{+45日+}内付款"))
  }

  @Test(arguments: [
    (["show", "K2"], "E-SUBJECT", keshi.ExitStatus.noInput), (["show", "K1", "--version", "9"], "E-CONTRACT-VERSION", .usage),
    (["diff", "K1", "1", "9"], "E-CONTRACT-VERSION", .usage), (["show", "K1", "--as-of", "2024-01-01"], "E-CONTRACT-NONE", .noInput),
    (["diff", "K1", "1", "2", "--page", "/proc/none/x.html"], "E-PAGE-WRITE", .cannotCreate),
  ]) func `that cannot be shown says why`(arguments: [String], code: String, status: keshi.ExitStatus) throws {
    let folder = try contracts()
    let run = Run(["contract"] + arguments + ["--data", folder.path], source: MemorySource(""))
    #expect(run.status == status && run.remarks.contains("[\(code)"), "\(run.remarks)")
  }

  @Test func `gives rows to a spreadsheet`() throws {
    let run = try contracts().run("contract", "diff", "K1", "1", "2", "--format", "csv")
    #expect(run.output.contains("term,changed,totalMinor,,false,10000000,12000000,,5"))
    #expect(run.output.contains("clause,changed,1 付款,,false,货到30日内付款,货到45日内付款,them,5"))
  }
}
