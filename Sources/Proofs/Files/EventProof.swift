public import Log

/// One event, where it stands, and who signed that: a C2SP `tlog-proof` whose `extra` is the event's line.
///
///     c2sp.org/tlog-proof@v1
///     extra eyJkYXRhIjp7…          the line in base 64
///     index 73894
///     gSKyXoYZUgZ6jduWYrkDOARi…    siblings from the leaf up, at most 63
///
///     example.com/log              the checkpoint as it was signed
///     …
public struct EventProof: Equatable, Sendable {
  /// The event's line, without line feed.
  public let line: [UInt8]
  public let inclusion: InclusionProof
  public let signed: SignedCheckpoint

  static let header = "c2sp.org/tlog-proof@v1"

  /// Proves event `seq` by a checkpoint whose size is not below it. The line is read from the log itself.
  public init(of seq: UInt64, in tree: LogTree, by signed: SignedCheckpoint) throws {
    inclusion = try InclusionProof(of: seq, in: tree, size: signed.checkpoint.size)
    line = try tree.line(at: seq)
    self.signed = signed
  }

  /// The file's text.
  public var encoded: [UInt8] {
    let path = inclusion.path.map { $0.base64 + "\n" }.joined()
    let head = "\(Self.header)\nextra \(Base64.encode(line))\nindex \(inclusion.index)\n\(path)\n"
    return Array((head + signed.note.encoded).utf8)
  }

  /// Reads a file. Nothing is checked yet but its form: call `verify`.
  public init(_ bytes: [UInt8]) throws(ProofError) {
    var reader = try TextReader(bytes, .proof, limit: ProofLimit.noteBytes)
    guard try reader.next() == Self.header else { throw reader.error(.header) }
    guard let line = Base64.decode(try reader.next(after: "extra")), (1...Limit.lineBytes).contains(line.count) else {
      throw reader.error(.extra)
    }
    guard let index = Decimal.parse(try reader.next(after: "index")) else { throw reader.error(.number) }
    let path = try reader.hashes(limit: ProofLimit.pathHashes)
    signed = try SignedCheckpoint(reader.remainder())
    self.line = line
    inclusion = InclusionProof(index: index, size: signed.checkpoint.size, path: path)
  }

  /// Throws `wrongHashes` unless the line stands at its place in the tree that the checkpoint names. Who signed the
  /// checkpoint is the policy's question.
  public func verify() throws(ProofError) {
    try inclusion.verify(line.withUnsafeBytes { leafHash(of: $0) }, root: signed.checkpoint.root)
  }
}
