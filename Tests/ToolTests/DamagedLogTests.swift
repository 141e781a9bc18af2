import Answers
import Foundation
import Testing

@testable import keshi

/// Files of a data folder's log.
private struct LogFiles {
  let folder: Folder

  var active: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/log/active").sorted()
        .map { folder.path + "/log/active/" + $0 }
    }
  }

  func change(_ path: String, _ body: (inout Data) -> Void) throws {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    body(&bytes)
    try bytes.write(to: URL(fileURLWithPath: path))
  }

  /// A data folder of two commands, so that its second block of events says that the first is durable.
  static func two() throws -> LogFiles {
    let folder = try Folder()
    _ = folder.run("init")
    _ = folder.run("append", "--batch", input: Folder.events.joined(separator: "\n"))
    _ = folder.run(
      "append",
      input: #"{"type":"order.placed","subject":"order:11","data":{"customer":"2","totalMinor":7,"cur":"CNY"},"occurredAt":"2025-04-01"}"#)
    return LogFiles(folder: folder)
  }

  /// Spoils the block of the first command. Every command after the first begins with pages of its own.
  func spoilFirstBlock() throws { try change(try active[0]) { $0[4096 + 200] ^= 1 } }
}

@Suite struct `A log that a crash tore` {
  @Test func `is cut, says so in both languages, and records the cut once`() throws {
    let files = try LogFiles.two()
    let rubbish = Data(repeating: 0xAB, count: 700)
    try files.change(try files.active[0]) { $0 += rubbish }
    #expect(files.folder.run("verify").output.hasPrefix(#"{"verdict":"torn","events":5"#))
    let run = files.folder.run("append", input: Folder.events[0])
    #expect(run.status == .ok)
    for word in ["700 bytes", "never acknowledged", "SHA-256", "kept:  all 5", "before:", "after:", "quarantine/"] {
      #expect(run.remarks.contains(word), "no \(word) in \(run.remarks)")
    }
    _ = files.folder.run("append", input: Folder.events[0])
    let subject = try #require(files.folder.run("verify").output.isEmpty ? nil : logSubject(files.folder))
    let history = files.folder.run("history", subject)
    #expect(history.lines.count == 1)
    for part in [#""type":"log.recovered""#, #""bytes":700"#, #""kept":5"#, #""reason":"header""#, #""copy":"quarantine/"#] {
      #expect(history.output.contains(part), "no \(part) in \(history.output)")
    }
    #expect(files.folder.run("verify").output.hasPrefix(#"{"verdict":"clean","events":6"#))
  }

  @Test func `says it in Chinese`() throws {
    let files = try LogFiles.two()
    try files.change(try files.active[0]) { $0 += Data(repeating: 1, count: 9) }
    #expect(files.folder.run("append", "--lang", "zh", input: Folder.events[0]).remarks.contains("截去 9 字节"))
  }

  @Test func `records a cut that an earlier crash kept from being recorded`() throws {
    let files = try LogFiles.two()
    let kept = files.folder.path + "/log/quarantine"
    try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: true)
    try Data("rest".utf8).write(to: URL(fileURLWithPath: kept + "/00000000000000000000.0.8192"))
    try Data("other".utf8).write(to: URL(fileURLWithPath: kept + "/something.else"))
    for _ in 0..<2 { _ = files.folder.run("append", input: Folder.events[0]) }
    let history = files.folder.run("history", try logSubject(files.folder))
    #expect(history.lines.count == 1 && history.output.contains(#""bytes":4,"#))
  }
}

private func logSubject(_ folder: Folder) throws -> String {
  let text = try String(contentsOfFile: folder.path + "/log/LOG.json", encoding: .utf8)
  let id = try #require(text.firstMatch(of: /"id":"([0-9a-f]{32})"/)?.1)
  return "log:\(id)"
}

@Suite struct `A damaged log` {
  @Test func `answers from what is whole, and says loudly what is missing`() throws {
    let files = try LogFiles.two()
    try files.spoilFirstBlock()
    let history = files.folder.run("history", "customer:2")
    #expect(history.lines.count == 1 && history.output.contains("order:11"))
    #expect(history.status == .differs)
    #expect(history.remarks.contains("[E-LOG-DAMAGED] THE LOG IS DAMAGED. 4 events"))
    #expect(history.remarks.contains("events 0 to 3: ") && history.remarks.contains("byte 4096"))
    #expect(history.remarks.contains("keshi repair --from DIR"))
    for command in [["show", "lifecycle"], ["rebuild"]] {
      let run = Run(command + ["--data", files.folder.path, "--lang", "zh"], source: MemorySource(""))
      #expect(run.status == .differs && !run.output.isEmpty, "\(command)")
      #expect(run.remarks.contains("日志已损坏") && run.remarks.contains("4 个事件"), "\(command): \(run.remarks)")
    }
    let append = files.folder.run("append", input: Folder.events[0])
    #expect(append.status == .differs && append.output == "" && append.remarks.contains("[E-LOG-DAMAGED]"))
  }

  @Test func `is mended from a copy, which is recorded`() throws {
    let files = try LogFiles.two()
    let copy = try Folder()
    try FileManager.default.copyItem(atPath: files.folder.path + "/log", toPath: copy.path + "/log")
    let before = files.folder.run("verify").output
    try files.spoilFirstBlock()
    #expect(files.folder.run("repair").status == .differs)
    #expect(files.folder.run("history", "customer:1").lines.count == 0)
    let run = files.folder.run("repair", "--from", copy.path)
    #expect(run.status == .ok && run.output.hasPrefix(#"{"verdict":"clean","events":5,"#), "\(run.output) \(run.remarks)")
    let root = try root(of: run.output)
    #expect(run.output.contains(#""borrowed":4"#) && before.contains(root))
    #expect(files.folder.run("history", "customer:1").lines.count == 3)
    #expect(files.folder.run("verify").output.hasPrefix(#"{"verdict":"clean","events":6"#))
    let history = files.folder.run("history", try logSubject(files.folder))
    #expect(history.lines.count == 1 && history.output.contains(#""type":"log.repaired""#))
    #expect(files.folder.run("repair", "--from", copy.path).remarks.contains("nothing was changed"))
  }

  @Test func `is not mended from another log`() throws {
    let files = try LogFiles.two()
    try files.spoilFirstBlock()
    let other = try Folder.filled()
    let run = files.folder.run("repair", "--from", other.path)
    #expect(run.status == .badInput && run.remarks.hasPrefix("[E-LOG-COPY]"))
    let none = files.folder.run("repair", "--from", other.path + "/none")
    #expect(none.status == .noInput && none.remarks.contains("[E-LOG-NONE]"))
  }

  @Test func `whose copy tells another history is not mended from it`() throws {
    let files = try LogFiles.two()
    let copy = try Folder()
    try FileManager.default.copyItem(atPath: files.folder.path + "/log", toPath: copy.path + "/log")
    let own = #"{"type":"customer.registered","subject":"customer:3","data":{"name":"A"},"occurredAt":"2025-02-01"}"#
    _ = files.folder.run("append", input: own)
    _ = copy.run("append", input: own.replacing("customer:3", with: "customer:4"))
    _ = copy.run("append", input: own.replacing("customer:3", with: "customer:5"))
    let before = files.folder.run("verify").output
    let run = files.folder.run("repair", "--from", copy.path)
    #expect(run.status == .badInput && run.remarks.contains("another history"))
    #expect(files.folder.run("verify").output == before)
  }

  private func root(of output: String) throws -> String {
    String(try #require(output.firstMatch(of: /"root":"[0-9a-f]{64}"/)?.0))
  }
}
