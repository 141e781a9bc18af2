public import Answers
public import Engine
import Projection
public import Vocabulary

/// Long work as a page shows it.
public struct Work: Sendable {
  public enum Kind: Sendable {
    case rebuild(fromLog: Bool)
    case verification
    /// Evidence about a subject, asked for by somebody who is recorded as taking it.
    case evidence(EvidenceRequest, Circumstances)

    var title: Name {
      switch self {
      case .rebuild: Name("Rebuild of the read models", "重建读模型")
      case .verification: Name("Verification of the log", "日志核验")
      case .evidence(let request, _): Name("Evidence about \(request.subject)", "关于 \(request.subject) 的证据")
      }
    }

    var isVerification: Bool { if case .verification = self { true } else { false } }
  }

  public enum State: Sendable {
    /// What is being done, and how far.
    case underWay(Name, done: Int64, total: Int64)
    case finished([Name])
    case cancelled
    case failed(Name)
  }

  public let id: String
  public let kind: Kind
  public let by: String
  public let state: State
  /// The name of the file that it made; `nil` where it made none.
  public let file: String?

  public init(id: String, kind: Kind, by: String, state: State, file: String? = nil) {
    (self.id, self.kind, self.by, self.state, self.file) = (id, kind, by, state, file)
  }
}

/// Whoever does long work while pages show how far it is.
public protocol Workshop: Sendable {
  /// Newest first, as far as they are remembered.
  var works: [Work] { get }
  /// Starts work behind what is under way. Throws where too much waits.
  func start(_ kind: Work.Kind, by user: String) throws -> Work
  func cancel(_ id: String) throws
  /// The file that work made for a user: an archive of evidence. Throws where there is none of theirs.
  func file(of id: String, for user: String) throws -> [UInt8]
}

extension RebuildReport {
  /// What one model's rebuild came to.
  public var sentence: Name {
    Name(
      "\(projection): \(rows) rows, \(changed) changed, hash \(outputHash.prefix(16))", "\(projection)：\(rows) 行，变化 \(changed)，哈希 \(outputHash.prefix(16))")
  }
}

extension VerifyAnswer {
  /// The verdict, and everything that a reader should know of it.
  public var sentences: [Name] {
    let word = VerifyAnswer.columns[0].words.first { $0.text == verdict }?.title ?? Name(verdict, verdict)
    let (events, root) = (cells[1].plain, cells[2].plain)
    return [Name("Verdict: \(word.en). \(events) events, root \(root).", "结论：\(word.zh)。\(events) 个事件，根哈希 \(root)。")]
      + notes + troubles.map(\.what)
  }
}
