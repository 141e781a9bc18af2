import Answers
import Foundation
import LogTestSupport
import Proofs
import TestSupport
import Testing

@testable import Log
@testable import keshi

/// A log with a line that no writer of ours leaves between two others, under right hashes.
private func log(with member: String, in folder: Folder) throws {
  let disk = PosixDisk(root: folder.path + "/log")
  try LogDirectory.createForTest(on: disk)
  let log = try LogDirectory.open(on: disk, clock: TestClock(), options: .byHand)
  // What a draft says of its subject must be what its line says.
  let subject = member.contains("customer:1") ? "customer:1" : ""
  let hostile = Draft(id: nil, subject: subject, head: Array("{\(member),".utf8), middle: [], tail: Array(",\"v\":1}".utf8))
  for draft in [.order(1), hostile, .order(2)] { _ = try log.append([draft]) }
  try log.close()
}

@Suite struct `A line under a right hash that is no event` {
  /// Both verifiers say the same, each by code of its own.
  @Test(arguments: [
    #""a":1,"a":2"#, #""a":9007199254740992"#, #""a":-0"#, #""a":1e400"#, #""a":"\ud800""#, "\"a\":\"\u{1}\"", "\"a\":1,\r",
    #""a":NaN"#, #""a":[1"#, #""a":-0.0"#, #""a":1.5e999"#,
  ])
  func `is damage where two programs could read it in two ways`(_ member: String) throws {
    let folder = try Folder()
    try log(with: member, in: folder)
    let run = folder.run("verify", "--lines")
    #expect(run.status == .differs && run.output.hasPrefix(#"{"verdict":"damaged","events":3"#), "\(run.output)")
    #expect(run.output.contains(#""kind":"line""#) && run.output.contains(#""seq":1"#), "\(run.output)")
    #expect(run.remarks.contains("[E-VERIFY-LINE]") && run.remarks.contains("event 1"), "\(run.remarks)")
    #expect(try independent(folder).contains(#"{"verdict": "damaged""#))
  }

  @Test(arguments: [
    (#""a":1"#, "E-EVENT-UNKNOWN-FIELD"), (#""a":1.5"#, "E-EVENT-JSON"), (#""subject":"customer:1","type":"order.eaten""#, "E-EVENT-TYPE"),
    (#""data":{"a":{"a":{"a":1}}},"type":"order.placed""#, "E-EVENT-MISSING"),
  ])
  func `is named and no damage where all read it alike`(_ member: String, _ code: String) throws {
    let folder = try Folder()
    try log(with: member, in: folder)
    let run = folder.run("verify", "--lines")
    #expect(run.status == .ok && run.output.hasPrefix(#"{"verdict":"clean","events":3"#), "\(run.output)")
    #expect(run.output.contains(#""unknown":[{"#) && run.output.contains(#""seq":1"#) && run.output.contains(code), "\(run.output)")
    #expect(run.remarks.contains("no event to this program"), "\(run.remarks)")
    #expect(try independent(folder).contains(#"{"verdict": "clean""#))
  }

  @Test func `is not there in a log that Keshi wrote`() throws {
    let folder = try Folder.filled()
    let run = folder.run("verify", "--lines")
    #expect(run.status == .ok && !run.output.contains("\"unknown\":["), "\(run.output)")
  }

  private func independent(_ folder: Folder) throws -> String {
    try Python.run("python3", String(decoding: AuditorFiles.verifier, as: UTF8.self), [folder.path + "/log"]).output
  }
}

@Suite struct `Receipts that lie in the log's folder` {
  private func receipts(_ folder: Folder, _ text: String) throws {
    try FileManager.default.createDirectory(atPath: folder.path + "/log/receipts", withIntermediateDirectories: true)
    _ = try folder.file("log/receipts/mine.ndjson", text)
  }

  @Test func `agree with the log that gave them`() throws {
    let folder = try Folder()
    _ = folder.run("init")
    let run = folder.run("append", input: Folder.events.joined(separator: "\n"))
    try receipts(folder, run.output)
    let verdict = folder.run("verify")
    #expect(verdict.status == .ok && verdict.remarks.contains("Kept receipts that the log bears out: 4."), "\(verdict.remarks)")
    #expect(folder.run("append", input: Folder.events[0]).status == .ok)
  }

  @Test func `of a longer log keep an older copy from growing`() throws {
    let folder = try Folder.filled(isSigned: false)
    let leaf = String(repeating: "ab", count: 32)
    try receipts(folder, #"{"seq":4,"id":"x","leaf":"\#(leaf)","size":5}"# + "\n")
    let run = folder.run("append", input: Folder.events[0])
    #expect(run.status == .differs && run.remarks.contains("[E-LOG-DAMAGED]") && run.remarks.contains("receipts/mine.ndjson"), "\(run.remarks)")
    #expect(folder.run("history", "1").status == .ok)
    let verdict = folder.run("verify")
    #expect(verdict.status == .differs && verdict.output.contains(#""kind":"shorter""#), "\(verdict.output)")
  }

  @Test func `of another event show that history was rewritten`() throws {
    let folder = try Folder.filled()
    try receipts(folder, #"{"seq":1,"id":"e1","leaf":"\#(String(repeating: "ab", count: 32))","size":2}"# + "\n")
    #expect(folder.run("verify").output.hasPrefix(#"{"verdict":"forked""#))
  }

  @Test(arguments: ["rubbish", "{}", #"{"seq":9,"size":9007199254740993,"leaf":"00"}"#, "{\"size\":\n\n\"", ""])
  func `that are none keep nobody out, and are named`(_ text: String) throws {
    let folder = try Folder.filled()
    try receipts(folder, text)
    #expect(folder.run("append", input: Folder.events[0]).status == .ok)
    let verdict = folder.run("verify")
    #expect(verdict.status == .differs && verdict.output.contains(#""kind":"receipt""#), "\(verdict.output)")
  }
}
