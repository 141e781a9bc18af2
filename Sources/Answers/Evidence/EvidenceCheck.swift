import Engine
import Log
import Proofs
import Vocabulary
import Wire

/// What comes of holding kept checkpoints, and files that somebody brings, against the log.
public struct EvidenceCheck {
  /// Something that does not fit, in the form of `keshi verify`'s problems.
  public struct Problem {
    public let file: String
    public let kind: String
    public let lost: Int64
    public let message: Name

    public var json: JSONObject {
      ["file": .string(file), "kind": .string(kind), "lost": .int(lost), "message": .string(message.en), "offset": 0]
    }

    public var trouble: Trouble {
      Trouble(
        .differs, "E-VERIFY-" + kind.uppercased(), message, at: Name(same: file),
        unharmed: Name("nothing was changed", "未作任何更改"),
        remedy: Name(
          "keep this log and the file as they are, and show both to whoever relies on the log",
          "请原样保留此日志与该文件，并出示给依赖此日志的人"))
    }
  }

  private let disk: any Disk
  private let shelf: CheckpointShelf
  private let reader: LogReader
  private let audit: Audit
  private let tree: LogTree
  /// Events before the first that is damaged: a difference beyond them is damage, and no second history.
  private let whole: UInt64
  public private(set) var problems: [Problem] = []
  public private(set) var isForked = false
  /// Kept checkpoints that agree.
  public private(set) var agreed = 0
  /// Receipts that lie in the log's folder and agree.
  public private(set) var agreedReceipts = 0
  private var newestAgreeing: SignedCheckpoint?

  /// - Parameter report: of the log's bytes, as they were read just before.
  public init(_ folder: DataFolder, after report: VerifyReport) throws {
    whole = report.problems.filter { !$0.leaves.isEmpty }.map(\.leaves.lowerBound).min() ?? .max
    disk = Store.logDisk(at: folder.path)
    shelf = CheckpointShelf(disk)
    reader = try LogDirectory.openReadOnly(on: disk).reader
    tree = LogTree(reader)  // without what was kept of earlier runs: nothing is believed here
    audit = Audit(tree, origin: reader.manifest.origin)
  }

  /// Compares the checkpoints and the receipts that lie in the log's folder.
  public mutating func compareKept(_ policy: Policy?) throws {
    for size in try shelf.sizes() {
      let path = try shelf.place(of: size)
      do {
        guard let signed = try shelf.load(size) else { continue }
        try check(signed, policy)
        let finding = try audit.compare(signed.checkpoint)
        if finding == .agrees { (agreed, newestAgreeing) = (agreed + 1, signed) }
        try judge(finding, file: path, held: Array(signed.note.encoded.utf8))
      } catch let error as ProofError {
        add(path, kind: "checkpoint", message: Trouble(error).what)
      }
    }
    try compareKeptReceipts()
  }

  /// Compares the receipts that lie in the log's folder.
  private mutating func compareKeptReceipts() throws {
    for path in try KeptReceipts.files(on: disk) {
      let bytes = try disk.contents(path, limit: ProofLimit.receiptBytes) ?? []
      do {
        let receipts = try KeptReceipt.list(bytes)
        let finding = try audit.compare(.receipts(receipts))
        if finding == .agrees { agreedReceipts += receipts.count }
        try judge(finding, file: path, held: bytes)
      } catch let error as ProofError {
        add(path, kind: "receipt", message: Trouble(error).what)
      }
    }
  }

  /// Who signed a kept checkpoint. Witnesses may yet sign it; who demands them brings it with `--against`.
  private func check(_ signed: SignedCheckpoint, _ policy: Policy?) throws(ProofError) {
    do throws(ProofError) { _ = try policy?.check(signed) } catch .quorum {}
  }

  /// Compares evidence from outside. What is none at all is an error, not a finding.
  ///
  /// - Parameters:
  ///   - bytes: at most `ProofLimit.proofBytes`.
  ///   - name: where it comes from, as findings name it.
  /// - Returns: what agrees and who signed it; `nil` where it does not agree, which is among the problems.
  public mutating func compare(_ bytes: [UInt8], from name: String, _ policy: Policy?) throws -> Name? {
    do {
      let evidence = try Evidence(bytes)
      try evidence.verify()
      let endorsement = try evidence.signed.map { try policy?.check($0) } ?? nil
      let finding = try audit.compare(evidence)
      try judge(finding, file: name, held: bytes)
      return finding == .agrees ? EvidenceCheck.agreement(name, evidence, endorsement) : nil
    } catch let error as ProofError {
      throw Trouble(error).at(Name(same: name))
    }
  }

  private mutating func judge(_ finding: Audit.Finding, file: String, held: [UInt8]) throws {
    switch finding {
    case .agrees: return
    case .shorter(let proven):
      let lost = Int64(proven) - Int64(tree.size)
      add(
        file, kind: "shorter", lost: lost,
        message: Name(
          "\(proven) events were signed or acknowledged; the log has \(tree.size)",
          "曾签署或确认 \(proven) 个事件；日志只有 \(tree.size) 个"))
    case .forked(let size) where size > whole:
      add(
        file, kind: "changed",
        message: Name(
          "the log's first \(size) events are not those that were signed or acknowledged; some are damaged",
          "日志的前 \(size) 个事件与曾签署或确认的不同；其中有损坏"))
    case .forked(let size):
      isForked = true
      let saved = save(size, held: held)
      add(
        file, kind: "forked",
        message: Name(
          "the log's first \(size) events are not those that were signed or acknowledged" + saved.en,
          "日志的前 \(size) 个事件与曾签署或确认的不同" + saved.zh))
    }
  }

  /// Keeps both sides as proof: what was held, and the newest checkpoint that the log still agrees with, or its unsigned
  /// state where there is none.
  private func save(_ size: UInt64, held: [UInt8]) -> Name {
    guard let root = try? tree.root(at: min(size, tree.size)) else { return Name(same: "") }
    let own = newestAgreeing.map { Array($0.note.encoded.utf8) } ?? []
    let head = LogHead(size: tree.size, root: (try? tree.root(at: tree.size)) ?? root)
    let unsigned = (try? Checkpoint(origin: reader.manifest.origin, head: head)).map { Array($0.text.utf8) } ?? []
    do {
      let paths = try shelf.saveContradiction(size: size, held: held, found: own.isEmpty ? unsigned : own, root: root)
      let list = paths.map { "log/" + $0 }.joined(separator: ", ")
      return Name("; both sides are kept in \(list)", "；双方均已保存在 \(list)")
    } catch {
      return Name("; the folder could not be written, so keep both sides yourself", "；目录不可写，请自行保存双方")
    }
  }

  private mutating func add(_ file: String, kind: String, lost: Int64 = 0, message: Name) {
    problems.append(Problem(file: file, kind: kind, lost: lost, message: message))
  }

  private static func name(_ signed: SignedCheckpoint) -> Name {
    Name("the checkpoint of \(signed.checkpoint.size) events", "\(signed.checkpoint.size) 个事件的检查点")
  }

  private static func agreement(_ path: String, _ evidence: Evidence, _ endorsement: Policy.Endorsement?) -> Name {
    let what: Name
    switch evidence {
    case .checkpoint(let signed): what = EvidenceCheck.name(signed)
    case .growth(let proof): what = EvidenceCheck.name(proof.signed)
    case .event(let proof): what = Name("event \(proof.inclusion.index)", "事件 \(proof.inclusion.index)")
    case .events(let proof): what = Name("\(proof.lines.count) events", "\(proof.lines.count) 个事件")
    case .receipts(let receipts): what = Name("\(receipts.count) receipts", "\(receipts.count) 张回执")
    }
    var text = Name("\(path) agrees: ", "\(path) 相符：") + what
    if let endorsement { text = text + Name(", signed by \(endorsement.log.name)", "，由 \(endorsement.log.name) 签署") }
    for witness in endorsement?.witnesses ?? [] {
      text = text + Name(", witnessed by \(witness.name)", "，见证方 \(witness.name)")
    }
    return text
  }
}
