public import Log

/// The checkpoints that lie in a log's folder: `checkpoints/<size>.note` each of them, `checkpoint` the newest.
///
/// Every file is written beside, synced, renamed, and its folder synced; a checkpoint is handed out only after that, so
/// that no crash leaves one outside which the log does not know.
public struct CheckpointShelf: Sendable {
  public static let directory = "checkpoints"
  public static let newestPath = "checkpoint"
  public static let evidenceDirectory = "evidence"
  public static let anchorDirectory = "anchors"
  private static let lockPath = "checkpoints/LOCK"

  private let disk: any Disk

  /// `disk`: the log's folder.
  public init(_ disk: any Disk) { self.disk = disk }

  public static func path(_ size: UInt64) -> String { "\(directory)/\(digits(size)).note" }
  /// Where a time stamp (RFC 3161) over the text of the checkpoint of that size lies.
  public static func anchorPath(_ size: UInt64) -> String { "\(anchorDirectory)/\(digits(size)).tsr" }

  private static func digits(_ number: UInt64) -> String {
    let text = String(number)
    return String(repeating: "0", count: 20 - text.count) + text
  }

  /// Sizes of the kept checkpoints by their files' names, ascending.
  public func sizes() throws(LogError) -> [UInt64] {
    try disk.list(Self.directory).compactMap { name in
      guard name.utf8.count == 25, name.hasSuffix(".note"), let size = UInt64(name.dropLast(5)) else { return nil }
      return Self.digits(size) + ".note" == name ? size : nil
    }.sorted()
  }

  /// The kept checkpoint of that size; `nil` where there is none. Throws `ProofError` for a file that is no checkpoint,
  /// or one of another size.
  public func load(_ size: UInt64) throws -> SignedCheckpoint? {
    guard let bytes = try disk.contents(Self.path(size), limit: ProofLimit.noteBytes) else { return nil }
    let signed = try SignedCheckpoint(bytes)
    guard signed.checkpoint.size == size else { throw ProofError.malformed(.checkpoint, line: 2, .number) }
    return signed
  }

  /// The kept checkpoint of the largest size.
  public func newest() throws -> SignedCheckpoint? { try sizes().last.flatMap { size in try load(size) } }

  /// Keeps a checkpoint; one of the same text that is there already gets the signatures that it lacks.
  ///
  /// Throws `contradiction`, having saved both, if the one that is there has another text.
  @discardableResult public func keep(_ signed: SignedCheckpoint) throws -> SignedCheckpoint {
    var kept = signed
    if let there = try load(signed.checkpoint.size) {
      guard there.note.text == signed.note.text else {
        let saved = try saveContradiction(
          size: there.checkpoint.size, held: Array(there.note.encoded.utf8), found: Array(signed.note.encoded.utf8),
          root: signed.checkpoint.root)
        throw ProofError.contradiction(kept: there.checkpoint, found: signed.checkpoint, saved: saved)
      }
      kept = there
      kept.note.add(signed.note.signatures)
      guard kept.note.signatures.count <= ProofLimit.signatures else {
        throw ProofError.tooLarge(.note, limit: ProofLimit.signatures)
      }
    }
    let bytes = Array(kept.note.encoded.utf8)
    try disk.replace(Self.path(kept.checkpoint.size), with: bytes, in: Self.directory)
    if try sizes().last == kept.checkpoint.size { try disk.replace(Self.newestPath, with: bytes, in: "") }
    return kept
  }

  /// Keeps two statements that exclude each other, where nothing overwrites them; gives their paths. `size`: at which
  /// they differ; `found`: what the log says of itself now.
  public func saveContradiction(size: UInt64, held: [UInt8], found: [UInt8], root: Hash) throws(LogError) -> [String] {
    let name = "\(Self.evidenceDirectory)/\(Self.digits(size))-\(root.hex.prefix(16))"
    let files = [(name + ".held.txt", held), (name + ".found.txt", found)]
    for (path, bytes) in files { try disk.replace(path, with: bytes, in: Self.evidenceDirectory) }
    return files.map(\.0)
  }

  /// Keeps a time stamp over the checkpoint of that size.
  public func keepAnchor(_ bytes: [UInt8], size: UInt64) throws(LogError) {
    try disk.replace(Self.anchorPath(size), with: bytes, in: Self.anchorDirectory)
  }

  /// Lets no other process sign meanwhile. Throws `busy`.
  func alone<R>(_ body: () throws -> R) throws -> R {
    try disk.makeDirectory(Self.directory)
    let file: any DiskFile
    do { file = try disk.open(Self.lockPath, .write) } catch { file = try disk.open(Self.lockPath, .create) }
    guard try file.lock() else { throw ProofError.busy }
    defer { file.unlock() }
    return try body()
  }
}
