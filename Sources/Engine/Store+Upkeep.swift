import Events
import Foundation
public import Log
import Vocabulary
import Wire

// What befalls the log, recorded in the log.

extension Store {
  /// Which events of a damaged log the questions asked so far could not read.
  public var lostEvents: [Losses.Stretch] { losses.stretches }

  /// Records every cut that a recovery has made and nobody has recorded yet. The event's id follows from the name of
  /// the bytes that were kept, so that each cut is recorded once, whenever a crash comes between.
  func recordRecoveries() throws {
    let cuts = try log.quarantined()
    guard !cuts.isEmpty else { return }
    let known = try Set(log.events(of: logSubject().description).compactMap { try id(at: $0) })
    for cut in cuts where !known.contains(Store.id(of: cut)) { _ = try append([recovered(cut)]) }
  }

  private func logSubject() throws -> Subject {
    guard let subject = Subject(kind: .log, id: log.manifest.id.hex) else { throw EventError(.missing, at: "subject") }
    return subject
  }

  private func id(at seq: UInt64) throws -> String? {
    let line = try log.line(at: seq)
    return try LineMembers.id(of: line.span)
  }

  private static func id(of cut: QuarantinedBytes) -> String { "log.recovered:" + cut.copy }

  private func recovered(_ cut: QuarantinedBytes) throws -> Event {
    let (bytes, sha256) = try log.digest(of: cut)
    var data: JSONObject = [
      "file": .string(cut.file), "offset": .int(Int64(cut.offset)), "bytes": .int(Int64(bytes)),
      "sha256": .string(sha256.hex), "copy": .string(cut.copy), "kept": .int(Int64(head.size)),
      "root": .string(head.root.hex),
    ]
    if let recovery, let last = recovery.cut, last.quarantine == cut.copy {
      data["reason"] = .string(last.reason.rawValue)
      data["fileBefore"] = recovery.before.map { .string($0.sha256.hex) }
      data["fileAfter"] = recovery.after.map { .string($0.sha256.hex) }
    }
    return upkeep(.recovered, try logSubject(), data, id: Store.id(of: cut))
  }

  private func upkeep(_ type: LogUpkeep, _ subject: Subject, _ data: JSONObject, id: String? = nil) -> Event {
    var event = Event(type, subject, at: Instant(microseconds: clock.now() / 1_000 * 1_000), data, id: id)
    event.about.actor = "keshi"
    event.about.channel = "rule"
    return event
  }

  /// Mends the log of a data folder from the copy at `copy`, a data folder or a log's own folder; `nil` makes only
  /// derived bytes anew. See `LogRepair`.
  public static func repair(
    at path: String, from copy: String?, progress: @escaping @Sendable (UInt64, UInt64) -> Void
  ) throws -> RepairReport {
    let other = copy.map { copy -> PosixDisk in
      let inner = Folder(path: copy).log
      return PosixDisk(root: FileManager.default.fileExists(atPath: inner + "/LOG.json") ? inner : copy)
    }
    return try LogRepair(disk: PosixDisk(root: Folder(path: path).log), copy: other, progress: progress).run()
  }

  /// Records what a repair did. Nothing where it did nothing.
  public func record(_ repair: RepairReport) throws {
    guard !repair.mended.isEmpty else { return }
    let files = repair.mended.prefix(Field.listLimit).map { JSON.string($0.file) }
    _ = try append([
      upkeep(.repaired, try logSubject(), [
        "files": .array(files), "borrowed": .int(Int64(repair.borrowed)), "events": .int(Int64(repair.after.events)),
        "root": .string(repair.after.root.hex),
      ])
    ])
  }
}
