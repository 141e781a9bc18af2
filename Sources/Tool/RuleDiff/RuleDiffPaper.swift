import Crypto
import Engine
import Events
import Vocabulary
import Wire

/// A page that was written: where, by which hash it is known again, and whether the log says that it was issued.
struct RuleDiffPaper {
  let path: String
  let byteCount: Int
  /// SHA-256 in lower-case hexadecimal.
  let hash: String
  private(set) var receipt: Acknowledgement?

  init(path: String, bytes: [UInt8]) {
    self.path = path
    byteCount = bytes.count
    hash = SHA256.hash(data: bytes).reduce(into: Text()) { $0.append(hex: $1) }.string
  }

  /// Records that the page was issued. The same page again is answered with the first receipt.
  func issue(_ report: RuleDiffReport, in session: Session) throws -> RuleDiffPaper {
    var issued = self
    issued.receipt = try session.withStore(.write) { store in
      let recorder = Recorder(store, about: session.circumstances(channel: "cli"))
      return try recorder.record([event(report, at: session.console.clock.millisecond, in: session.language)]).first
    }
    return issued
  }

  private func event(_ report: RuleDiffReport, at now: Instant, in language: Language) throws -> Event {
    let comparison = report.comparison
    guard let subject = Subject(kind: .report, id: "rule-\(comparison.from.kind)-\(hash.prefix(16))") else {
      throw EventError(.badSubject(comparison.from.kind), at: "subject")
    }
    return Event(
      Report.issued, subject, at: now,
      [
        "kind": .string(Report.Kind.ruleDifference.word.text), "title": .string(RuleDiffPage.title(report)[language]),
        "fileHash": .string(hash), "fileBytes": .int(Int64(byteCount)), "mediaType": "text/html",
        "language": .string(language.rawValue), "position": .int(max(0, comparison.position - 1)),
        "asOf": .string(comparison.asOf.description), "ruleKind": .string(comparison.from.kind),
        "ruleFrom": .string(comparison.from.label), "ruleFromHash": .string(comparison.from.hash),
        "ruleTo": .string(comparison.to.label), "ruleToHash": .string(comparison.to.hash),
        "changed": .int(Int64(comparison.moved)),
      ], id: "report:\(hash)")
  }

  var json: JSON {
    var object: JSONObject = ["file": .string(path), "bytes": .int(Int64(byteCount)), "sha256": .string(hash)]
    if let receipt { object["issued"] = ["seq": .int(receipt.seq), "leaf": .string(receipt.leaf)] }
    return .object(object)
  }

  var remark: Name {
    let page = Name("Page: \(path), SHA-256 \(hash)", "页面：\(path)，SHA-256 \(hash)")
    guard let receipt else { return page }
    return page + Name("; recorded as event \(receipt.seq)", "；已记为事件 \(receipt.seq)")
  }
}
