/// That a log only grew between two checkpoints, for those who hold the old one and not the log: the body of an
/// `add-checkpoint` request of C2SP `tlog-witness`, so the same file asks a witness for a signature.
///
///     old 20852014
///     PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=     at most 63 hashes (RFC 6962 section 2.1.2)
///
///     example.com/log                                  the new checkpoint as it was signed
///     …
public struct GrowthProof: Equatable, Sendable {
  public let consistency: ConsistencyProof
  public let signed: SignedCheckpoint

  static let header = "old "

  /// Proves that the tree of `signed` continues its own first `old` leaves.
  public init(since old: UInt64, in tree: some TreeHashes, to signed: SignedCheckpoint) throws {
    consistency = try ConsistencyProof(from: old, to: signed.checkpoint.size, in: tree)
    self.signed = signed
  }

  /// The file's text.
  public var encoded: [UInt8] {
    let path = consistency.path.map { $0.base64 + "\n" }.joined()
    return Array(("\(Self.header)\(consistency.old)\n\(path)\n" + signed.note.encoded).utf8)
  }

  /// Reads a file. Nothing is checked yet but its form: call `verify`.
  public init(_ bytes: [UInt8]) throws(ProofError) {
    var reader = try TextReader(bytes, .request, limit: ProofLimit.noteBytes)
    guard let old = Decimal.parse(try reader.next(after: "old")) else { throw reader.error(.number) }
    let path = try reader.hashes(limit: ProofLimit.pathHashes)
    signed = try SignedCheckpoint(reader.remainder())
    consistency = ConsistencyProof(old: old, new: signed.checkpoint.size, path: path)
  }

  /// Throws `otherLog` or `wrongHashes` unless the new checkpoint continues `old`.
  public func verify(since old: Checkpoint) throws(ProofError) {
    guard old.origin == signed.checkpoint.origin else {
      throw .otherLog(expected: old.origin, found: signed.checkpoint.origin)
    }
    guard old.size == consistency.old else { throw .wrongHashes }
    try consistency.verify(oldRoot: old.root, newRoot: signed.checkpoint.root)
  }
}
