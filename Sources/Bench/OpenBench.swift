import Engine
import Events
import Foundation
import Glibc
import Log
import Vocabulary
import Wire

/// Opening for writing after a crash: the command itself records events into a copy of the log until it is killed.
public struct OpenBench {
  private let store: BenchStore
  private let program: String

  /// - Parameter program: the command `keshi`.
  public init(_ store: BenchStore, program: String) { (self.store, self.program) = (store, program) }

  /// Kills the command `seconds` after its first receipt and opens what it left. `openSeconds`: until events are taken;
  /// `appendSeconds`: from there until the first event with an id is durable, which has to be known for new.
  public func run(seconds: Double) throws -> Figure {
    let copy = BenchStore(path: store.path + ".killed")
    try? FileManager.default.removeItem(atPath: copy.path)
    defer { try? FileManager.default.removeItem(atPath: copy.path) }
    try clone(to: copy.path)
    let acknowledged = try Victim(program, data: copy.path).run(seconds: seconds)
    let waiting = try copy.open(.read).log.reader.unsealed
    let (start, cpu) = (nanoseconds(), cpuSeconds)
    let opened = try copy.open(.write)
    let (open, used) = (nanoseconds(), cpuSeconds)
    guard opened.head.size >= acknowledged else {
      throw BenchError.lost(acknowledged: Int64(acknowledged), found: Int64(opened.head.size))
    }
    let size = opened.head.size
    _ = try opened.append([Victim.event(0, id: "after-the-crash")])
    let appended = nanoseconds()
    try opened.close()
    return Figure(
      "open",
      [
        ("events", .whole(Int64(size))), ("unsealed", .whole(Int64(waiting))), ("acknowledged", .whole(Int64(acknowledged))),
        ("openSeconds", .number(Double(open - start) / 1e9)), ("openCPUSeconds", .number(used - cpu)),
        ("appendSeconds", .number(Double(appended - open) / 1e9)), ("load", .number(Load.average)),
      ])
  }

  /// Sealed segments and facts never change in their place, so that names for them do; the rest is copied.
  private func clone(to path: String) throws {
    let manager = FileManager.default
    for folder in ["log/seg", "derived"] {
      try manager.createDirectory(atPath: path + "/" + folder, withIntermediateDirectories: true)
      for name in (try? manager.contentsOfDirectory(atPath: store.path + "/" + folder)) ?? [] where name.contains(".") {
        let (from, to) = ("\(store.path)/\(folder)/\(name)", "\(path)/\(folder)/\(name)")
        if link(from, to) != 0 { try manager.copyItem(atPath: from, toPath: to) }
      }
    }
    for name in try manager.contentsOfDirectory(atPath: store.path + "/log") where name != "seg" {
      try manager.copyItem(atPath: store.path + "/log/" + name, toPath: path + "/log/" + name)
    }
    try? manager.copyItem(atPath: store.path + "/keys", toPath: path + "/keys")
  }
}

/// `keshi append`, fed without end and killed.
private struct Victim {
  private let process = Process()
  private let receipts: String

  init(_ program: String, data: String) {
    receipts = data + "/receipts"
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["append", "--data", data, "--format", "ndjson"]
    process.standardError = FileHandle.nullDevice
  }

  static func event(_ number: Int, id: String? = nil) throws -> Event {
    guard let entry = Catalogue.keshi.entry(named: "visit.logged"), let subject = Subject("customer:\(number % 1000)")
    else { throw BenchError.noVictim }
    return Event("visit.logged", subject, at: Instant(microseconds: 0), [:], version: entry.declaration.version, id: id)
  }

  /// Gives the number of events that the log had by the last receipt.
  func run(seconds: Double) throws -> UInt64 {
    _ = FileManager.default.createFile(atPath: receipts, contents: nil)
    process.standardOutput = FileHandle(forWritingAtPath: receipts)
    let input = Pipe()
    process.standardInput = input
    signal(SIGPIPE, SIG_IGN)
    try process.run()
    let feeding = Thread.start { Victim.feed(input.fileHandleForWriting.fileDescriptor) }
    while try last() == nil, process.isRunning { usleep(20_000) }
    usleep(UInt32(seconds * 1e6))
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try? input.fileHandleForReading.close()
    feeding.wait()
    guard let last = try last() else { throw BenchError.noVictim }
    return last
  }

  private static func feed(_ descriptor: Int32) {
    var number = 0
    while true {
      var text = ""
      for _ in 0..<500 {
        text += #"{"type":"visit.logged","subject":"customer:\#(number % 1000)","data":{},"id":"victim-\#(number)"}"# + "\n"
        number += 1
      }
      var bytes = Array(text.utf8)[...]
      while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { return }
        bytes = bytes.dropFirst(count)
      }
    }
  }

  /// The size in the last whole receipt.
  private func last() throws -> UInt64? {
    guard let handle = FileHandle(forReadingAtPath: receipts) else { return nil }
    defer { try? handle.close() }
    let end = try handle.seekToEnd()
    try handle.seek(toOffset: end - min(end, 4096))
    let text = String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    guard let line = lines.last, let member = line.firstRange(of: "\"size\":") else { return nil }
    return UInt64(line[member.upperBound...].prefix { $0.isNumber })
  }
}
