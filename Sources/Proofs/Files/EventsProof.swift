public import Log

/// Several events with one proof for all of them: text, in which the events can be read as they are.
///
///     keshi-proof/1
///     about customer:C00042        what they have in common: a remark, which nothing proves
///     events 2
///     12 {"data":…}                number and line, ascending
///     57 {"data":…}
///     gSKyXoYZUgZ6jduWYrkDOARi…    hashes, in the order of `SelectionProof`
///
///     example.com/log              the checkpoint as it was signed
///     …
///
/// It proves each of its events. That there are no others about the same subject it does not prove.
public struct EventsProof: Equatable, Sendable {
  public let about: String
  /// Lines without line feed, one for each of `selection.indexes`.
  public let lines: [[UInt8]]
  public let selection: SelectionProof
  public let signed: SignedCheckpoint

  static let header = "keshi-proof/1"

  /// Proves the events `seqs` (ascending, 1 to `ProofLimit.proofEvents`) by a checkpoint that holds them all. The lines
  /// are read from the log itself, not from anything derived.
  public init(of seqs: [UInt64], about: String, in tree: LogTree, by signed: SignedCheckpoint) throws {
    guard seqs.count <= ProofLimit.proofEvents else { throw ProofError.tooLarge(.proof, limit: ProofLimit.proofEvents) }
    selection = try SelectionProof(of: seqs, in: tree, size: signed.checkpoint.size)
    lines = try seqs.map { try tree.line(at: $0) }
    self.about = String(about.unicodeScalars.filter { $0.value >= 0x20 })
    self.signed = signed
  }

  /// The file's text.
  public var encoded: [UInt8] {
    var bytes = Array("\(Self.header)\nabout \(about)\nevents \(lines.count)\n".utf8)
    for (seq, line) in zip(selection.indexes, lines) { bytes += Array("\(seq) ".utf8) + line + [10] }
    for hash in selection.hashes { bytes += Array((hash.base64 + "\n").utf8) }
    return bytes + [10] + Array(signed.note.encoded.utf8)
  }

  /// Reads a file. Nothing is checked yet but its form: call `verify`.
  public init(_ bytes: [UInt8]) throws(ProofError) {
    var reader = try TextReader(bytes, .proof, limit: ProofLimit.proofBytes)
    guard try reader.next() == Self.header else { throw reader.error(.header) }
    about = String(try reader.next(after: "about"))
    guard let count = Decimal.parse(try reader.next(after: "events")), count > 0 else { throw reader.error(.number) }
    guard count <= ProofLimit.proofEvents else { throw .tooLarge(.proof, limit: ProofLimit.proofEvents) }
    var (indexes, lines): ([UInt64], [[UInt8]]) = ([], [])
    for _ in 0..<count {
      let (index, line) = try Self.event(&reader)
      if let last = indexes.last, index <= last { throw reader.error(.order) }
      indexes.append(index)
      lines.append(line)
    }
    let hashes = try reader.hashes(limit: Int(count) * ProofLimit.pathHashes)
    signed = try SignedCheckpoint(reader.remainder())
    self.lines = lines
    selection = SelectionProof(indexes: indexes, size: signed.checkpoint.size, hashes: hashes)
  }

  private static func event(_ reader: inout TextReader) throws(ProofError) -> (UInt64, [UInt8]) {
    let bytes = try reader.nextBytes()
    guard let space = bytes.firstIndex(of: 0x20),
      let index = Decimal.parse(String(decoding: bytes[..<space], as: UTF8.self))
    else { throw reader.error(.number) }
    let line = Array(bytes[(space + 1)...])
    guard (1...Limit.lineBytes).contains(line.count) else { throw reader.error(.missingLine) }
    return (index, line)
  }

  /// Throws `wrongHashes` unless all lines stand at their places in the tree that the checkpoint names. Who signed the
  /// checkpoint is the policy's question.
  public func verify() throws(ProofError) {
    let leaves = lines.map { line in line.withUnsafeBytes { leafHash(of: $0) } }
    guard try selection.root(of: leaves) == signed.checkpoint.root else { throw .wrongHashes }
  }
}
