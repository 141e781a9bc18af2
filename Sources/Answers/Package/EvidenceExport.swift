import Engine
import Events
import Projection
import Vocabulary
import Wire

/// Takes evidence out of a data folder, whoever asks for it: by the command line, by HTTP or on a page.
///
/// First the package is made, then the log is told who takes it, and only then there is an archive.
public struct EvidenceExport {
  public let evidence: EvidencePackage
  public let package: Package

  /// - Parameters:
  ///   - folder: opened beside whoever writes it, with closed keys, so that no personal value gets into the package.
  ///   - documents: a folder with documents that events name by SHA-256; `nil` for none.
  ///   - papers: pages to read, made of the package.
  ///   - progress: of the hashing, by events.
  /// - Throws: `EngineError.unknownSubject`, `ProofError`; `E-EVIDENCE-NONE`; `E-EVIDENCE-DAMAGED` where events of the log
  ///   cannot be read; `E-PACKAGE-SIZE`.
  public init(
    _ request: EvidenceRequest, from folder: DataFolder, documents: String? = nil, tell: (Name) -> Void = { _ in },
    progress: (Int64, Int64) -> Void = { _, _ in }, papers: (EvidencePackage, Snapshot) throws -> [PackedFile]
  ) throws {
    let closed = DataFolder(path: folder.path, keysPath: folder.path + "/.closed")
    (evidence, package) = try folder.locating {
      let store = try closed.open(.read, about: Circumstances(), tell: tell)
      defer { try? store.close() }
      let snapshot = try store.snapshot()
      let selection = try EvidenceSelection(request, in: snapshot)
      let attachments = try Attachments(selection.events, from: documents)
      let evidence = try EvidencePackage(selection, attachments, in: snapshot, signing: Signing(folder), progress: progress)
      let package = try evidence.package(with: papers(evidence, snapshot))
      if let shortfall = closed.shortfall(of: store) { throw Trouble.incompleteEvidence(shortfall.sentence) }
      return (evidence, package)
    }
  }

  /// Records that the package is taken out, and gives its archive.
  ///
  /// - Parameters:
  ///   - destination: where it goes, as it is said in the log.
  ///   - program: what made it, with its version.
  ///   - record: appends an event; durable when it returns.
  public func taken(
    by about: Circumstances, at now: Instant, to destination: String, program: String, record: (Event) throws -> Acknowledgement?
  ) throws -> (receipt: Acknowledgement, archive: [UInt8])? {
    var event = try evidence.taken(package, at: now, to: destination)
    event.about = about
    guard let receipt = try record(event) else { return nil }
    return (receipt, package.archive(custody: evidence.custody(receipt, by: about, at: now, program: program)))
  }
}

extension EvidenceRequest {
  /// Kinds of subjects about which evidence is handed out.
  public static let kinds: [EntityKind] = [.customer, .contract, .dispute]

  /// - Parameter subject: with its kind: `contract:K-7`.
  /// - Throws: `E-EVIDENCE-KIND` for what evidence is not about.
  public init(about subject: String, view: View) throws {
    guard let kind = EvidenceRequest.kinds.first(where: { subject.hasPrefix($0.word + ":") }) else { throw Trouble.noEvidenceKind(subject) }
    self.init(kind, subject, view: view)
  }
}

extension Trouble {
  fileprivate static func incompleteEvidence(_ sentence: Name) -> Trouble {
    Trouble(
      .differs, "E-EVIDENCE-DAMAGED", sentence, unharmed: Name("nothing was written", "未写入任何内容"),
      remedy: Name("repair the log first: `keshi repair`", "请先修复日志：`keshi repair`"))
  }

  fileprivate static func noEvidenceKind(_ subject: String) -> Trouble {
    Trouble(
      .usage, "E-EVIDENCE-KIND", Name("evidence is about a customer, a contract or a dispute, not about \(subject)", "证据须针对客户、合同或纠纷，而非 \(subject)"),
      unharmed: Unharmed.everything, remedy: Name("name one like contract:HT-000037", "请写成 contract:HT-000037 的形式"))
  }
}
