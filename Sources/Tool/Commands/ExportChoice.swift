import Answers
import ArgumentParser
import Engine
import Events
import Exchange
import Foundation
import Log
import Vocabulary

/// Which events are given out, and where to: what all forms of `export` share.
struct ExportChoice: ParsableArguments {
  @Argument(help: help("Only what reaches this one: kind:id; a bare id means a customer.", "只导出与之有关的事件：类别:编号；只写编号时指客户。", value: "subject"))
  var subject: String?

  @Option(help: help("Only events of this type; may be given again.", "只导出此类事件；可多次给出。", value: "type"))
  var type: [String] = []

  @Option(help: help("Write into this file, which must not exist yet.", "写入此文件，该文件不能已存在。", value: "file"))
  var out: String?

  @Flag(help: help("No personal value in clear.", "不以明文导出个人信息。"))
  var sealed = false

  @OptionGroup var keys: KeysOption

  /// Calls its argument with each chosen event; may be called again.
  typealias Events = (_ body: (Event) throws -> Void) throws -> Void
  typealias Accounts = (_ body: (String, [Event]) throws -> Void) throws -> Void
  typealias Write = (String) throws -> Void

  /// Opens the log for reading and hands out what was chosen.
  func read(in session: Session, _ reader: ReaderOptions, _ body: (Snapshot, @escaping Events) throws -> Void) throws {
    try checkTypes()
    try session.withStore(.read, keys: keys) { store in
      let snapshot = try store.snapshot()
      tellOfIt(store, in: session)
      let log = store.log.manifest.id.hex
      let bar = ProgressBar(Name("Writing", "导出"), on: session.console)
      defer { bar.finish() }
      var redacted: Int64 = 0
      try body(snapshot) { take in
        var seen: Int64 = 0
        func each(_ stored: StoredEvent) throws {
          seen += 1
          if seen.isMultiple(of: 4_096) { bar.update(stored.seq, of: snapshot.size) }
          if let event = chosen(stored, from: log) { try take(event) }
        }
        if let subject { try snapshot.history(of: subject, view: reader.view, each) } else {
          redacted = try snapshot.forEachEvent(view: reader.view, each)
        }
      }
      tell(redacted, on: session.console)
    }
  }

  /// The same, with a place to write to.
  func write(
    in session: Session, _ reader: ReaderOptions, _ body: (Snapshot, @escaping Events, @escaping Write) throws -> Void
  ) throws {
    try withTarget(session) { write in
      try read(in: session, reader) { snapshot, events in try body(snapshot, events, write) }
    }
  }

  /// The same, account by account.
  func writeByAccount(
    in session: Session, _ reader: ReaderOptions, _ body: (@escaping Accounts, @escaping Write) throws -> Void
  ) throws {
    try checkTypes()
    try withTarget(session) { write in
      try session.withStore(.read, keys: keys) { store in
        let snapshot = try store.snapshot()
        tellOfIt(store, in: session)
        let log = store.log.manifest.id.hex
        let bar = ProgressBar(Name("Writing", "导出"), on: session.console)
        defer { bar.finish() }
        var (seen, redacted): (Int64, Int64) = (0, 0)
        try body({ take in
          if let subject {
            let name = try snapshot.resolve(subject)
            var events: [Event] = []
            try snapshot.history(of: subject, view: reader.view) { if let event = chosen($0, from: log) { events.append(event) } }
            return try take(name, events)
          }
          redacted = try snapshot.eventsByAccount(view: reader.view) { account, stored in
            seen += Int64(stored.count)
            bar.update(seen, of: snapshot.size)
            try take(account, stored.compactMap { chosen($0, from: log) })
          }
        }, write)
        tell(redacted, on: session.console)
      }
    }
  }

  /// Records that personal values are taken out in clear, where there are any. What is given out is the log before that.
  private func tellOfIt(_ store: Store, in session: Session) {
    guard !sealed, let grade = store.openGrade else { return }
    let words = ["export", subject].compactMap { $0 } + type.map { "--type " + $0 }
    session.record(
      AccessRecord(query: words.joined(separator: " "), subject: subject, grade: grade, destination: out), keys: keys)
  }

  private func chosen(_ stored: StoredEvent, from log: String) -> Event? {
    guard type.isEmpty || type.contains(stored.event.type) else { return nil }
    var event = stored.carried(from: log, sealed: sealed)
    event.seq = stored.seq
    return event
  }

  private func tell(_ redacted: Int64, on console: Console) {
    guard redacted > 0 else { return }
    console.remark(
      Name(
        "\(redacted) lines are kept as their hash only and cannot be given out.", "有 \(redacted) 行仅存哈希，无法导出。"))
  }

  private func checkTypes() throws {
    for name in type where Catalogue.keshi.entry(named: name) == nil {
      throw EventError(.unknownType(name), at: "--type")
    }
  }

  private func withTarget(_ session: Session, _ body: (@escaping Write) throws -> Void) throws {
    guard let out else {
      let output = session.console.output
      return try body { try output.write($0) }
    }
    let file = try ExportFile(path: out)
    do {
      try body(file.write)
      try file.close()
    } catch {
      file.discard()
      throw error
    }
  }
}

/// A file that appears whole or not at all: it is written beside its place and then moved there.
final class ExportFile {
  private let path: String
  private let handle: FileHandle
  private let sink: FileSink

  init(path: String) throws {
    try ExportFile.refuseExisting(path)
    self.path = path
    let part = path + ".part"
    guard FileManager.default.createFile(atPath: part, contents: nil), let handle = FileHandle(forWritingAtPath: part) else {
      throw Trouble(
        .cannotCreate, "E-EXPORT-FILE", Name("the file cannot be made", "无法建立该文件"), at: Name(same: path),
        unharmed: Unharmed.everything, remedy: Name("check the folder, its permissions and the room on the disk", "请检查目录、权限与磁盘空间"))
    }
    self.handle = handle
    sink = FileSink(descriptor: handle.fileDescriptor)
  }

  func write(_ text: String) throws { try sink.write(text) }

  func close() throws {
    try sink.flush()
    try handle.synchronize()
    try handle.close()
    try FileManager.default.moveItem(atPath: path + ".part", toPath: path)
  }

  func discard() {
    try? handle.close()
    try? FileManager.default.removeItem(atPath: path + ".part")
  }

  static func refuseExisting(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    throw Trouble(
      .cannotCreate, "E-EXPORT-EXISTS", Name("the file is there already", "文件已存在"), at: Name(same: path),
      unharmed: Name("that file, and the log", "该文件与日志"), remedy: Name("name another file, or move that one away", "请换一个文件名，或先移走该文件"))
  }
}
