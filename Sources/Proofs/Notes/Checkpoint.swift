public import Log

/// What is signed about a log, after C2SP `tlog-checkpoint`: which log, how many leaves, and the root over them.
public struct Checkpoint: Hashable, Sendable {
  public let origin: String
  public let size: UInt64
  public let root: Hash
  /// Further lines. Ours has none, but for a second root; another's are kept, because they are signed too.
  public let extensions: [String]
  /// The root over the same lines by another hash; see `SecondTree`.
  public let secondRoot: Hash?

  private static let secondStart = SecondTree.name + " "

  /// Throws `badOrigin` for an origin that is no line of text.
  public init(origin: String, head: LogHead) throws(ProofError) {
    guard !origin.isEmpty, origin.utf8.allSatisfy({ $0 >= 0x20 }) else { throw .badOrigin(origin) }
    (self.origin, size, root, extensions, secondRoot) = (origin, head.size, head.root, [], nil)
  }

  /// A statement of both roots.
  public init(_ checkpoint: Checkpoint, secondRoot: Hash) {
    (origin, size, root) = (checkpoint.origin, checkpoint.size, checkpoint.root)
    self.secondRoot = secondRoot
    extensions = [Self.secondStart + secondRoot.base64]
  }

  /// Reads the text of a note.
  public init(text: String) throws(ProofError) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 4, lines.last == "" else { throw .malformed(.checkpoint, line: lines.count, .missingLine) }
    guard !lines[0].isEmpty else { throw .malformed(.checkpoint, line: 1, .originLine) }
    guard let size = Decimal.parse(lines[1]) else { throw .malformed(.checkpoint, line: 2, .number) }
    guard let root = Base64.hash(lines[2]) else { throw .malformed(.checkpoint, line: 3, .hash) }
    let more = lines[3..<lines.count - 1]
    guard more.allSatisfy({ !$0.isEmpty }) else { throw .malformed(.checkpoint, line: 4, .missingLine) }
    let second = more.first { $0.hasPrefix(Self.secondStart) }
    secondRoot = second.flatMap { Base64.hash($0.dropFirst(Self.secondStart.count)) }
    guard second == nil || secondRoot != nil else { throw .malformed(.checkpoint, line: 4, .hash) }
    (origin, self.size, self.root, extensions) = (String(lines[0]), size, root, more.map(String.init))
  }

  /// The text of the note.
  public var text: String { ([origin, String(size), root.base64] + extensions).map { $0 + "\n" }.joined() }
}

/// A checkpoint with the note that carries it.
public struct SignedCheckpoint: Equatable, Sendable {
  public var note: SignedNote
  public let checkpoint: Checkpoint

  public init(_ note: SignedNote) throws(ProofError) {
    self.note = note
    checkpoint = try Checkpoint(text: note.text)
  }

  /// Reads a whole note. No signature is checked: ask a `Policy`.
  public init(_ bytes: [UInt8]) throws(ProofError) { try self.init(try SignedNote(bytes)) }
}
