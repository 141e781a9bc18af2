import Answers
import Engine
import Foundation
import Testing
import Vocabulary
import Wire

@testable import keshi

private let story = [
  #"{"type":"customer.registered","subject":"customer:1","data":{"name":"Acme"},"occurredAt":"2025-01-05"}"#,
  #"{"type":"contact.added","subject":"customer:1","data":{"name":"Li Wei","channels":["li@acme.example"]},"occurredAt":"2025-01-06"}"#,
]

private func filled(_ lines: [String]) throws -> Folder {
  let folder = try Folder()
  _ = folder.run("init")
  #expect(folder.run("append", input: lines.joined(separator: "\n")).status == .ok)
  return folder
}

extension Folder {
  /// What the log says that somebody took out.
  fileprivate func looks() throws -> [JSONObject] {
    try run("export", "events", "--sealed").lines.compactMap { try JSON(parsing: $0).object }.filter { $0["type"] == "data.accessed" }
  }
}

@Suite struct `What is taken out by a command` {
  @Test func `in clear is told to the log first, and is what the log held before`() throws {
    let folder = try filled(story)
    let run = folder.run("export", "events", "--actor", "wang")
    #expect(run.status == .ok && run.lines.count == story.count && run.output.contains("Li Wei"), "\(run.output)")
    let look = try #require(try folder.looks().first)
    #expect(look["actor"] == "wang" && look["data"]?.object?["kind"] == "export" && look["data"]?.object?["maxClass"] == "sensitive")
    // Taken over by an empty log it gives the same rows.
    let other = try Folder()
    _ = other.run("init")
    #expect(other.run("append", input: run.output).status == .ok)
    func rows(_ folder: Folder) -> [String] { folder.run("show", "lifecycle").lines.map { String($0.prefix { $0 != "," }) } }
    #expect(rows(other) == rows(folder))
    #expect(try other.looks().isEmpty && folder.looks().count == 1)
  }

  @Test(arguments: [["export", "csv", "1"], ["export", "cloudevents"], ["export", "xes"]]) func `is told in every form`(arguments: [String]) throws {
    let folder = try filled(story)
    #expect(Run(arguments + ["--data", folder.path], source: MemorySource("")).status == .ok)
    let look = try #require(try folder.looks().first?["data"]?.object)
    #expect(look["destination"] == "stdout" && look["query"]?.string?.hasPrefix("export") == true)
    #expect(look["customer"] == (arguments.count == 3 ? "1" : nil))
  }

  @Test func `sealed, or where nothing personal is held, is not told`() throws {
    let folder = try filled(story)
    #expect(folder.run("export", "csv", "--sealed").status == .ok)
    #expect(try folder.looks().isEmpty)
    let plain = try filled([story[0]])
    #expect(plain.run("export", "events").lines.count == 1)
    #expect(try plain.looks().isEmpty)
  }

  @Test func `as a proof is told with the hash of the file`() throws {
    let folder = try filled(story)
    let file = folder.path + "/1.proof"
    #expect(folder.run("prove", "customer:1", "--out", file, "--actor", "auditor").status == .ok)
    let look = try #require(try folder.looks().first)
    let sum = try Binary.shell("sha256sum < $f | cut -c1-64", environment: ["f": file]).output.trimmingCharacters(in: .newlines)
    #expect(look["data"]?.object?["hash"]?.string == sum && look["data"]?.object?["customer"] == "1" && look["actor"] == "auditor")
    #expect(folder.run("verify", "--against", file).status == .ok)
  }

  @Test func `is given also where the folder cannot be written, with a word that it was not told`() throws {
    let folder = try filled(story)
    let lines = try folder.looks().count
    // Somebody else writes: the lock is theirs.
    let writer = try DataFolder(path: folder.path).open(.write, about: Circumstances()) { _ in }
    let run = folder.run("export", "events")
    #expect(run.status == .ok && run.output.contains("Li Wei") && run.remarks.contains("Not recorded"), "\(run.remarks)")
    try writer.close()
    #expect(try folder.looks().count == lines)
  }

  @Test(arguments: [["history", "1"], ["show", "privacy"], ["verify"]]) func `not at all, only read, leaves the log as it is`(arguments: [String]) throws {
    let folder = try filled(story)
    _ = Run(arguments + ["--data", folder.path], source: MemorySource(""))
    #expect(try folder.looks().isEmpty)
  }
}
