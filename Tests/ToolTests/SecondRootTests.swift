import Answers
import Foundation
import LogTestSupport
import Proofs
import Testing
import Wire

@testable import keshi

private let canVerify = (try? Binary.shell("python3 --version && lz4 --version").status) == 0

/// What becomes of statements with the roots by both hashes when people are erased and lines give place to their hashes:
/// the line as it stands is a leaf of the second tree, so that only what was stated before is lost, and is told.
@Suite(.enabled(if: canVerify, "needs python3 and lz4")) struct `A log with a second root` {
  private let folder: Folder
  private let given: Folder

  private static let people = (1...3).flatMap { number in
    [
      #"{"type":"customer.registered","subject":"customer:\#(number)","data":{"name":"Acme \#(number)"},"occurredAt":"2025-01-05"}"#,
      #"{"type":"contact.added","subject":"customer:\#(number)","data":{"name":"Li Wei"},"occurredAt":"2025-01-06"}"#,
    ]
  }

  init() throws {
    (folder, given) = (try Folder(), try Folder())
    #expect(folder.run("init", "--origin", "acme.example/log").status == .ok)
    try append(Self.people)
  }

  private func append(_ lines: [String]) throws {
    #expect(folder.run("append", input: lines.joined(separator: "\n")).status == .ok)
  }

  /// Signs both roots over the log as it is now, and gives the statement away.
  private func state(_ name: String) throws {
    let run = folder.run("checkpoint", "--second-root", "--out", given.path + "/" + name)
    #expect(run.status == .ok, "\(name): \(run.remarks)")
  }

  private func redact(_ seq: Int) throws {
    #expect(folder.run("redact", "request", "\(seq)", "--reason", "slip", "--actor", "a").status == .ok)
    #expect(folder.run("redact", "approve", "\(seq)", "--actor", "b").status == .ok)
    #expect(folder.run("redact", "execute", "\(seq)").status == .ok)
  }

  /// What both verifiers say of a statement: theirs, ours.
  private func verdicts(_ name: String) throws -> (python: String, keshi: String, words: String) {
    let note = given.path + "/" + name
    let check = "python3 $log/verify.py $log --key $key --against $note"
    let other = try Binary.shell(check, environment: [
      "log": folder.path + "/log", "key": folder.path + "/keys/signing.vkey", "note": note,
    ])
    let ours = folder.run("verify", "--against", note)
    let verdict = try JSON(parsing: Array((other.output.split(separator: "\n").last ?? "").utf8)).object?["verdict"]?.string
    return (verdict ?? "none", "\(ours.status)", other.output + ours.output + ours.remarks)
  }

  @Test func `keeps it through erasures, which change no line`() throws {
    try state("before.note")
    #expect(folder.run("erase", "customer:1", "--reason", "PIPL 47").status == .ok)
    try state("after.note")
    for name in ["before.note", "after.note"] {
      let found = try verdicts(name)
      #expect(found.python == "clean" && found.keshi == "ok" && found.words.contains("by SHA3-256 too"), "\(name): \(found)")
    }
  }

  @Test func `loses those that were stated over a line that then gave place to its hash, and says so`() throws {
    try state("before.note")
    try append(Self.people.map { $0.replacing("customer:", with: "customer:9") })
    try state("over.note")
    #expect(folder.run("erase", "customer:2", "--reason", "PIPL 47").status == .ok)
    try redact(8)
    try state("after.note")

    let plain = folder.run("verify")
    #expect(plain.status == .ok && plain.output.contains(#""redactions":[{"#) && plain.output.contains(#""seq":8"#), "\(plain.output)")
    for name in ["before.note", "after.note"] {
      let found = try verdicts(name)
      #expect(found.python == "clean" && found.keshi == "ok" && found.words.contains("by SHA3-256 too"), "\(name): \(found)")
    }
    let lost = try verdicts("over.note")
    #expect(lost.python == "refused" && lost.keshi != "ok", "\(lost)")
    #expect(lost.words.contains("lines gave place to their hash") && lost.words.contains("[E-PROOF-REDACTED]"), "\(lost)")
  }

  @Test func `shows where another second root was signed, also behind erasures and before the line that is gone`() throws {
    try append(Self.people.map { $0.replacing("customer:", with: "customer:9") })
    try state("true.note")
    let signed = try SignedCheckpoint(Array(try Data(contentsOf: URL(fileURLWithPath: given.path + "/true.note"))))
    let text = try String(contentsOfFile: folder.path + "/keys/signing.key", encoding: .utf8)
    let key = try SignerKey(text.trimmingCharacters(in: .newlines))
    let forged = try key.sign(Checkpoint(signed.checkpoint, secondRoot: signed.checkpoint.root).text)
    _ = try given.file("forged.note", forged.encoded)
    try append(Self.people.map { $0.replacing("customer:", with: "customer:8") })
    #expect(folder.run("erase", "customer:1", "--reason", "PIPL 47").status == .ok)
    try redact(13)
    #expect(try verdicts("true.note").python == "clean")
    let found = try verdicts("forged.note")
    #expect(found.python == "forked" && found.words.contains(#""verdict":"forked""#), "\(found)")
  }
}
