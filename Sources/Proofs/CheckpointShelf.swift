import Foundation
public import Log

/// The checkpoints that lie in a log's folder: `checkpoints/<size>.note` each of them, `checkpoint` the newest.
///
/// Those that were signed in passing are called `<size>.recent.note`. Of them only so many stay, and the last of each
/// day for ever, under the other name.
///
/// Every file is written beside, synced, renamed, and its folder synced; a checkpoint is handed out only after that, so
/// that no crash leaves one outside which the log does not know.
public struct CheckpointShelf: Sendable {
  public static let directory = "checkpoints"
  public static let newestPath = "checkpoint"
  public static let evidenceDirectory = "evidence"
  public static let anchorDirectory = "anchors"
  private static let lockPath = "checkpoints/LOCK"
  /// How long another's signing is waited for, in milliseconds: it takes as long as writing a few small files does.
  public static let patience = 5_000

  private let disk: any Disk

  /// `disk`: the log's folder.
  public init(_ disk: any Disk) { self.disk = disk }

  public static func path(_ size: UInt64) -> String { "\(directory)/\(digits(size)).note" }
  static func recentPath(_ size: UInt64) -> String { "\(directory)/\(digits(size)).recent.note" }
  /// Where a time stamp (RFC 3161) over the text of the checkpoint of that size lies.
  public static func anchorPath(_ size: UInt64) -> String { "\(anchorDirectory)/\(digits(size)).tsr" }

  /// Where the statement with a second root lies, and a time stamp over its text.
  public static func secondPath(_ size: UInt64) -> String { "\(anchorDirectory)/\(digits(size)).\(SecondTree.name).note" }
  public static func secondAnchorPath(_ size: UInt64) -> String { "\(anchorDirectory)/\(digits(size)).\(SecondTree.name).tsr" }

  private static func digits(_ number: UInt64) -> String {
    let text = String(number)
    return String(repeating: "0", count: 20 - text.count) + text
  }

  /// Sizes of the kept checkpoints by their files' names, ascending.
  public func sizes() throws(LogError) -> [UInt64] { Set(try entries().map(\.size)).sorted() }

  /// Every checkpoint by its file's name.
  func entries() throws(LogError) -> [(size: UInt64, isRecent: Bool)] {
    try disk.list(Self.directory).compactMap { name in
      guard let size = UInt64(name.prefix(20)) else { return nil }
      switch Self.directory + "/" + name {
      case Self.path(size): return (size, false)
      case Self.recentPath(size): return (size, true)
      default: return nil
      }
    }
  }

  /// Where the kept checkpoint of that size lies.
  public func place(of size: UInt64) throws(LogError) -> String {
    try entries().allSatisfy { $0.size != size || $0.isRecent } ? Self.recentPath(size) : Self.path(size)
  }

  /// The kept checkpoint of that size; `nil` where there is none. Throws `ProofError` for a file that is no checkpoint,
  /// or one of another size.
  public func load(_ size: UInt64) throws -> SignedCheckpoint? {
    let bytes = try disk.contents(Self.path(size), limit: ProofLimit.noteBytes)
      ?? disk.contents(Self.recentPath(size), limit: ProofLimit.noteBytes)
    guard let bytes else { return nil }
    let signed = try SignedCheckpoint(bytes)
    guard signed.checkpoint.size == size else { throw ProofError.malformed(.checkpoint, line: 2, .number) }
    return signed
  }

  /// The kept checkpoint of the largest size.
  public func newest() throws -> SignedCheckpoint? { try sizes().last.flatMap { size in try load(size) } }

  /// The kept checkpoint to which signatures belong that came without their note: the newest over which they are valid,
  /// where `policy` knows a key of theirs; else the newest that was not signed in passing. `nil` where there is none.
  ///
  /// Throws `badSignature` where they are valid over none.
  public func checkpoint(of signatures: [SignedNote.Signature], _ policy: Policy?) throws -> SignedCheckpoint? {
    let sizes = try sizes()
    for size in sizes.reversed() {
      guard let signed = try load(size), let fits = policy?.fits(signatures, over: signed.note.text) else { break }
      if fits { return signed }
      if size == sizes.first { throw ProofError.badSignature(key: signatures.first?.name ?? "") }
    }
    let asked = try entries().filter { !$0.isRecent }.map(\.size).max()
    return try asked.map { try load($0) } ?? newest()
  }

  /// Keeps a checkpoint; one of the same text that is there already gets the signatures that it lacks.
  ///
  /// Throws `contradiction`, having saved both, if the one that is there has another text.
  ///
  /// - Parameter passing: nobody asked for it: it may go again when there are many. One that is kept stays kept.
  @discardableResult public func keep(_ signed: SignedCheckpoint, passing: Bool = false) throws -> SignedCheckpoint {
    var kept = signed
    let size = signed.checkpoint.size
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
    let there = try entries().filter { $0.size == size }
    let isRecent = passing && !there.contains { !$0.isRecent }
    let bytes = Array(kept.note.encoded.utf8)
    try disk.replace(isRecent ? Self.recentPath(size) : Self.path(size), with: bytes, in: Self.directory)
    if !isRecent, there.contains(where: \.isRecent) { try disk.unlink(Self.recentPath(size)) }
    if try sizes().last == size { try disk.replace(Self.newestPath, with: bytes, in: "") }
    return kept
  }

  /// Lets go of checkpoints that were signed in passing, the oldest first, until `limit` of them are left. The last one
  /// of each day is kept for ever instead.
  ///
  /// - Parameter day: the day on which the log had that size; `nil` where it cannot be known.
  func thin(to limit: Int, day: (UInt64) -> String?) throws {
    let all = try entries().sorted { $0.size < $1.size }
    let recent = all.indices.filter { all[$0].isRecent }
    for place in recent.dropLast(limit) {
      let size = all[place].size
      if let own = day(size), let next = all[(place + 1)...].first, own == day(next.size) {
        try disk.unlink(Self.recentPath(size))
      } else if let signed = try load(size) {
        try keep(signed)
      }
    }
  }

  /// Keeps two statements that exclude each other, where nothing overwrites them; gives their paths. `size`: at which
  /// they differ; `found`: what the log says of itself now.
  public func saveContradiction(size: UInt64, held: [UInt8], found: [UInt8], root: Hash) throws(LogError) -> [String] {
    let name = "\(Self.evidenceDirectory)/\(Self.digits(size))-\(root.hex.prefix(16))"
    let files = [(name + ".held.txt", held), (name + ".found.txt", found)]
    for (path, bytes) in files { try disk.replace(path, with: bytes, in: Self.evidenceDirectory) }
    return files.map(\.0)
  }

  /// Keeps a statement with a second root, in the place of an earlier one of that size.
  public func keepSecond(_ signed: SignedCheckpoint) throws(LogError) {
    let size = signed.checkpoint.size
    try disk.replace(Self.secondPath(size), with: Array(signed.note.encoded.utf8), in: Self.anchorDirectory)
  }

  /// The kept statements with a second root, the largest first.
  public func seconds() throws -> [SignedCheckpoint] {
    let names = try disk.list(Self.anchorDirectory).filter { $0.hasSuffix(".\(SecondTree.name).note") }
    return try names.sorted().reversed().compactMap { name in
      try disk.contents(Self.anchorDirectory + "/" + name, limit: ProofLimit.noteBytes).map { try SignedCheckpoint($0) }
    }
  }

  /// Keeps a time stamp over the statement with a second root.
  public func keepSecondAnchor(_ bytes: [UInt8], size: UInt64) throws(LogError) {
    try disk.replace(Self.secondAnchorPath(size), with: bytes, in: Self.anchorDirectory)
  }

  /// Keeps a time stamp over the checkpoint of that size, and that for ever.
  public func keepAnchor(_ bytes: [UInt8], size: UInt64) throws {
    if let signed = try load(size) { try keep(signed) }
    try disk.replace(Self.anchorPath(size), with: bytes, in: Self.anchorDirectory)
  }

  /// Lets nobody else sign meanwhile, in this process or another. Throws `busy` where one still does after so many
  /// milliseconds.
  func alone<R>(patience: Int = 0, _ body: () throws -> R) throws -> R {
    try disk.makeDirectory(Self.directory)
    let file: any DiskFile
    do { file = try disk.open(Self.lockPath, .write) } catch { file = try disk.open(Self.lockPath, .create) }
    var waited = 0
    while try !file.lock() {
      guard waited < patience else { throw ProofError.busy }
      Thread.sleep(forTimeInterval: 0.02)
      waited += 20
    }
    defer { file.unlock() }
    return try body()
  }
}
