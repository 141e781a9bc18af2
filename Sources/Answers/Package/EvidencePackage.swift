import Engine
import Events
import Log
import Projection
import Proofs
import Vocabulary
import Wire

/// Everything about a customer, a contract or a dispute that somebody needs who has neither the log nor Keshi.
///
/// Lines as they stand in the log, one proof for all of them and one each, the checkpoint that they lead to, the rules
/// that were in force, documents by their hash, what is withheld and why, and pages to read. The same request gives the
/// same content: nothing in it says when or by whom it was taken out; that stands in the custody line.
public struct EvidencePackage {
  public let selection: EvidenceSelection
  public let withholdings: Withholdings
  public let attachments: Attachments
  public let rules: [PublishedRule]
  public let signed: SignedCheckpoint
  /// Who may have signed it by the log's own policy.
  public let keys: [VerifierKey]
  private let proofs: [PackedFile]

  /// - Parameters:
  ///   - selection: of a store whose keys are closed, so that no personal value gets into the package.
  ///   - attachments: found documents.
  ///   - progress: of the hashing, by events.
  public init(
    _ selection: EvidenceSelection, _ attachments: Attachments, in snapshot: Snapshot, signing: Signing,
    progress: (Int64, Int64) -> Void = { _, _ in }
  ) throws {
    self.selection = selection
    self.attachments = attachments
    withholdings = try Withholdings(selection, in: snapshot)
    rules = try EvidencePackage.rules(in: snapshot, for: selection)
    let seqs = selection.events.map { UInt64($0.seq) }
    let (signed, tree) = try signing.earliestCheckpoint(covering: seqs.last ?? 0)
    self.signed = signed
    keys = try signing.policy()?.logs ?? []
    proofs = try EvidencePackage.proofs(of: seqs, selection.request.subject, in: tree, by: signed, progress)
  }

  /// The versions of every rule that were in force at some time between the first event and the time asked for, as far as
  /// they were known.
  private static func rules(in snapshot: Snapshot, for selection: EvidenceSelection) throws -> [PublishedRule] {
    let book = try snapshot.ruleBook(selection.view)
    return try book.kinds.flatMap { kind in
      try book.all(kind).filter { rule in
        rule.rule.effective <= selection.asOf && book.end(of: rule) ?? .distantFuture > selection.began
      }
    }
  }

  private static func proofs(
    of seqs: [UInt64], _ about: String, in tree: LogTree, by signed: SignedCheckpoint, _ progress: (Int64, Int64) -> Void
  ) throws -> [PackedFile] {
    for (done, seq) in seqs.enumerated() {  // what is computed here is kept for the proofs
      _ = try tree.hash(level: 0, index: seq)
      progress(Int64(done), Int64(seqs.count))
    }
    let all = try EventsProof(of: seqs, about: about, in: tree, by: signed)
    try all.verify()
    guard seqs.count <= PackageLimit.singleProofs else { return [PackedFile("events.proof", all.encoded)] }
    return try [PackedFile("events.proof", all.encoded)]
      + seqs.map { PackedFile("proofs/\(EvidencePackage.digits($0)).tlog-proof", try EventProof(of: $0, in: tree, by: signed).encoded) }
  }

  private static func digits(_ seq: UInt64) -> String {
    let text = String(seq)
    return String(repeating: "0", count: max(0, 12 - text.count)) + text
  }
}

// What is in it.
extension EvidencePackage {
  /// The log that it is from; how many of its events the checkpoint covers, and their root in hexadecimal.
  public var origin: String { signed.checkpoint.origin }
  public var covered: Int64 { Int64(signed.checkpoint.size) }
  public var root: String { signed.checkpoint.root.hex }

  /// The package with pages and other papers that were made of its parts.
  public func package(with papers: [PackedFile]) throws -> Package {
    var content = proofs + attachments.files + papers
    content.append(PackedFile("events.ndjson", selection.events.flatMap { $0.line + [UInt8(ascii: "\n")] }))
    content.append(PackedFile("checkpoint.note", text: signed.note.encoded))
    content.append(PackedFile("request.json", json: .object(about)))
    content.append(PackedFile("attachments.json", json: attachments.json))
    content.append(PackedFile("withheld.json", json: withholdings.json))
    content += rules.map { PackedFile("rules/\($0.label).json", json: .object(EvidencePackage.json(of: $0))) }
    content.append(PackedFile("log.vkey", text: keys.map { $0.text + "\n" }.joined()))
    content.append(PackedFile("README.md", text: PackageReadme.text(self)))
    content.append(PackedFile("verify.py", AuditorFiles.verifier))
    content.append(PackedFile("SPEC.md", Specification.text))
    return try Package(content)
  }

  /// The request with both clocks said, so that anybody can ask it again; and what it was answered from.
  public var about: JSONObject {
    let checkpoint = signed.checkpoint
    var object: JSONObject = [
      "kind": "keshi/evidence-package/1", "subject": .string(selection.request.subject),
      "log": .string(checkpoint.origin), "asOf": .string(selection.asOf.description),
      "events": .int(Int64(selection.events.count)), "first": .int(selection.events.first?.seq ?? 0),
      "last": .int(selection.events.last?.seq ?? 0),
      "checkpoint": ["size": .int(Int64(checkpoint.size)), "root": .string(checkpoint.root.hex)],
      "keys": .array(keys.map { .string($0.text) }),
    ]
    switch selection.view.knownAt {
    case .position(let count): object["knownAt"] = .int(count - 1)
    case .recorded(let instant): object["knownAt"] = .string(instant.description)
    case nil: break
    }
    return object
  }

  private static func json(of rule: PublishedRule) -> JSONObject {
    var object: JSONObject = [
      "rule": .string(rule.label), "sha256": .string(rule.hash), "body": .object(rule.rule.body),
      "why": ["en": .string(rule.rule.why.en), "zh": .string(rule.rule.why.zh)],
    ]
    if rule.rule.effective != .distantPast { object["from"] = .string(rule.rule.effective.description) }
    object["event"] = rule.seq.map { .int($0) }
    object["author"] = rule.publication?.author.map { .string($0) }
    object["approvedBy"] = rule.publication?.approvedBy.map { .string($0) }
    return object
  }

  public static let ruleColumns = [
    Column("rule", .text, "Rule", "规则"), Column("from", .instant, "In force from", "生效时间"),
    Column("author", .text, "Author", "制定人"), Column("approvedBy", .text, "Approved by", "批准人"),
    Column("event", .position, "Event", "事件"), Column("sha256", .text, "SHA-256", "SHA-256"),
  ]

  public var ruleRows: [[Cell]] {
    rules.map { rule in
      [
        .text(rule.label), rule.rule.effective == .distantPast ? .null : .instant(rule.rule.effective),
        Cell(rule.publication?.author), Cell(rule.publication?.approvedBy), Cell(rule.seq), .text(rule.hash),
      ]
    }
  }
}

// Who took it out.
extension EvidencePackage {
  /// The event that says that the package was handed out. It is recorded before the file is written: who holds a package
  /// finds its taking in the log.
  ///
  /// - Parameters:
  ///   - destination: where the file goes, as it was said.
  public func taken(_ package: Package, at now: Instant, to destination: String) throws -> Event {
    guard let subject = Subject(kind: .access, id: "evidence-\(package.manifest.hash.prefix(16))-\(now.microseconds)") else {
      throw EventError(.badSubject(selection.request.subject), at: "subject")
    }
    var data: JSONObject = [
      "kind": .string(Access.Way.export.word.text), "query": .string(JSON.object(query).canonical), "subjects": 1,
      "rows": .int(Int64(selection.events.count)), "maxClass": .string(Access.Grade.sensitive.word.text),
      "destination": .string(String(destination.prefix(100))), "hash": .string(package.manifest.hash),
    ]
    data["customer"] = selection.customer.map { .string($0) }
    return Event(Access.dataAccessed, subject, at: now, data)
  }

  /// The request alone.
  private var query: JSONObject {
    let about = about
    var query: JSONObject = ["evidence": about["subject"] ?? .null, "asOf": about["asOf"] ?? .null]
    query["knownAt"] = about["knownAt"]
    return query
  }

  /// The custody line: who took it out and by what, where the log says so, and who looked before.
  public func custody(
    _ receipt: Acknowledgement, by about: Circumstances, at now: Instant, program: String
  ) -> JSONObject {
    var line: JSONObject = [
      "exportedAt": .string(now.description), "program": .string(program), "request": .object(query),
      "recorded": ["event": .int(receipt.seq), "leaf": .string(receipt.leaf)],
      "earlier": .array(
        selection.looks.map { look in
          var object: JSONObject = ["event": .int(look.seq), "at": .string(look.event.occurredAt.description)]
          object["actor"] = look.event.about.actor.map { .string($0) }
          object["kind"] = look.event.data["kind"]
          object["hash"] = look.event.data["hash"]
          return .object(object)
        }),
    ]
    line["exportedBy"] = about.actor.map { .string($0) }
    line["role"] = about.role.map { .string($0) }
    line["reason"] = about.reason.map { .string($0) }
    return line
  }
}
