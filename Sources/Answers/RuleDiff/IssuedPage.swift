import Engine
import Events
import Vocabulary
import Wire

/// A page that was made: where it is, by which hash it is known again, and whether the log says that it was issued.
public struct IssuedPage {
  public let path: String
  public let byteCount: Int
  /// SHA-256 in lower-case hexadecimal.
  public let hash: String
  public private(set) var receipt: Acknowledgement?

  public init(path: String, bytes: [UInt8]) {
    self.path = path
    byteCount = bytes.count
    hash = bytes.sha256Text
  }

  /// Records that the page was issued. The same page again is answered with the first receipt.
  public mutating func record(_ event: Event, by recorder: Recorder) throws { receipt = try recorder.record([event]).first }

  public var json: JSON {
    var object: JSONObject = ["file": .string(path), "bytes": .int(Int64(byteCount)), "sha256": .string(hash)]
    if let receipt { object["issued"] = ["seq": .int(receipt.seq), "leaf": .string(receipt.leaf)] }
    return .object(object)
  }

  /// What a person is told of it.
  public var remark: Name {
    let page = Name("Page: \(path), SHA-256 \(hash)", "页面：\(path)，SHA-256 \(hash)")
    guard let receipt else { return page }
    return page + Name("; recorded as event \(receipt.seq)", "；已记为事件 \(receipt.seq)")
  }
}

extension RuleDiffReport {
  /// The event that says that a page about this comparison was issued.
  public func issued(_ page: IssuedPage, at now: Instant, in language: Language) throws -> Event {
    guard let subject = Subject(kind: .report, id: "rule-\(comparison.from.kind)-\(page.hash.prefix(16))") else {
      throw EventError(.badSubject(comparison.from.kind), at: "subject")
    }
    return Event(
      Report.issued, subject, at: now,
      [
        "kind": .string(Report.Kind.ruleDifference.word.text), "title": .string(title[language]),
        "fileHash": .string(page.hash), "fileBytes": .int(Int64(page.byteCount)), "mediaType": "text/html",
        "language": .string(language.rawValue), "position": .int(max(0, comparison.position - 1)),
        "asOf": .string(comparison.asOf.description), "ruleKind": .string(comparison.from.kind),
        "ruleFrom": .string(comparison.from.label), "ruleFromHash": .string(comparison.from.hash),
        "ruleTo": .string(comparison.to.label), "ruleToHash": .string(comparison.to.hash),
        "changed": .int(Int64(comparison.moved)),
      ], id: "report:\(page.hash)")
  }
}
