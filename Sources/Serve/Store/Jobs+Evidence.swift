import Answers
import Events
import Log
import Pages
import Projection
import Vocabulary
import Wire

extension Jobs {
  /// Makes a package, records who takes it, and keeps it until it is fetched.
  func evidence(_ request: EvidenceRequest, about: Circumstances, _ id: String) throws -> JSON {
    // The log's own bytes say that a group of events is durable once the next one follows: the look that led here does.
    try ledger.flush()
    let step = Name("Hashing", "计算哈希")
    let export = try EvidenceExport(request, from: folder, progress: { note(id, step, $0, of: $1) }) { try Page.papers(of: $0, in: $1) }
    let taken = try export.taken(by: about, at: now(), to: about.channel ?? "", program: program) { event in
      try Recorder(store, about: about).record([event]).first
    }
    guard let (receipt, archive) = taken else { throw Trouble.noArchive(id) }
    try packages.keep(archive, as: id)
    let (subject, manifest) = (export.evidence.selection.request.subject, export.package.manifest.hash)
    say(
      id,
      [
        Name("\(subject): \(export.evidence.selection.events.count) events, proved by the checkpoint of \(export.evidence.covered) events.", "\(subject)：\(export.evidence.selection.events.count) 个事件，由 \(export.evidence.covered) 个事件的检查点证明。"),
        Name("Recorded as event \(receipt.seq).", "已记为事件 \(receipt.seq)。"),
        Name("SHA-256 of its manifest: \(manifest)", "清单的 SHA-256：\(manifest)"),
      ])
    return [
      "subject": .string(subject), "events": .int(Int64(export.evidence.selection.events.count)), "event": .int(receipt.seq),
      "manifest": .string(manifest), "bytes": .int(Int64(archive.count)), "archive": .string("/api/v1/evidence/\(id)/archive"),
    ]
  }

  /// The archive that an asker had made. Nobody fetches what another took: the log says who has it.
  func archive(_ id: String, for asker: String) throws -> (name: String, bytes: [UInt8]) {
    guard let job = all().first(where: { $0.id == id && $0.by == asker }), let name = job.file, let bytes = try packages.archive(id) else {
      throw Trouble.noArchive(id)
    }
    return (name, bytes)
  }
}

extension Job {
  /// The name of the file that it made; `nil` where it made none.
  var file: String? {
    guard case .evidence(let request, _) = kind, state == .done else { return nil }
    let name = request.subject.replacing(":", with: "-")
    let isPlain = name.utf8.count < 60 && name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x5F
    }
    return "evidence-\(isPlain ? name : id).zip"
  }
}

extension Trouble {
  static func noArchive(_ id: String) -> Trouble {
    Trouble(
      .absent, "E-NO-ARCHIVE", Name("there is no package of yours under \(id)", "没有您名下编号为 \(id) 的证据包"), unharmed: Unharmed.everything,
      remedy: Name("wait until its work is done, or have it made again", "请等待其生成完毕，或重新生成"))
  }
}
