/// What a repair did.
public struct RepairReport: Sendable {
  /// One file that was written anew.
  public struct Mended: Equatable, Sendable {
    public let file: String
    public let leaves: Range<UInt64>
    /// Where the file that it replaced is kept; `nil` where there was none.
    public let kept: String?
    public let sha256: Hash
  }

  public let before: VerifyReport
  public internal(set) var after: VerifyReport
  public internal(set) var mended: [Mended] = []
  /// Events that only the copy had.
  public internal(set) var borrowed: UInt64 = 0
  /// What neither copy has.
  public internal(set) var unmended: [Damage] = []
}

/// Mends a damaged log, block by block, from a second copy of it that lies elsewhere; also where both are damaged, as
/// long as not in the same block. Without a copy it only makes derived bytes anew.
///
/// Nothing is believed: every line is hashed, and the tree must give the roots that the whole blocks of both copies
/// state. A file takes its place only after it was read back; the one that it replaces is kept in `quarantine/`.
/// Running it again is harmless.
public struct LogRepair {
  public typealias Progress = Verifier.Progress

  private let disk: any Disk
  private let copy: (any Disk)?
  private let progress: Progress

  public init(disk: any Disk, copy: (any Disk)?, progress: @escaping Progress = { _, _ in }) {
    (self.disk, self.copy, self.progress) = (disk, copy, progress)
  }

  /// Throws `locked` while a writer is at work, `copyUnusable` where the copy is of another log or tells another
  /// history, `notALog` where neither has a manifest, and what the disk throws. Changes nothing then but whole files.
  public func run() throws(LogError) -> RepairReport {
    let lock = try LockFile(disk)
    defer { lock.release() }
    try restoreManifest()
    let before = try Verifier(disk: disk, progress: progress).run(live: false)
    var report = RepairReport(before: before, after: before)
    let other = try openCopy()
    guard before.verdict != .clean || (other?.head.size ?? 0) > before.events else { return report }
    try lock.markOpen()
    var mending = try Mending(disk: disk, other: other)
    try mending.run()
    (report.mended, report.unmended) = (mending.mended, mending.unmended)
    report.borrowed = mending.copies.borrowed
    report.after = try Verifier(disk: disk, progress: progress).run(live: false)
    return report
  }

  /// A `LOG.json` that cannot be read is taken from the copy, if the files here are of that log.
  private func restoreManifest() throws(LogError) {
    var failure: LogError
    do throws(LogError) {
      _ = try Survivors.manifest(disk)
      return
    } catch { failure = error }
    guard let copy, let manifest = try? Survivors.manifest(copy) else { throw failure }
    failure = .copyUnusable(reason: "LOG.json cannot be read here, and no file here is of the log \(manifest.id.hex)")
    for directory in [FileNames.activeDirectory, FileNames.sealedDirectory] {
      for name in try disk.list(directory).sorted() {
        guard let first = FileNames.active(name)?.first ?? FileNames.sealed(name: name) else { continue }
        let file = try disk.open("\(directory)/\(name)", .read)
        let buffer = ByteBuffer()
        try file.load(Limit.headBytes, at: 0, into: buffer)
        guard SegmentHead.read(buffer.bytes, log: manifest.id, origin: manifest.origin, first: first) != nil
        else { continue }
        buffer.count = 0
        buffer.append(manifest.text)
        return try disk.writeWhole(buffer.bytes, to: Manifest.file, directory: "")
      }
    }
    throw failure
  }

  private func openCopy() throws(LogError) -> Catalogue? {
    guard let copy else { return nil }
    let (ours, theirs) = (try Survivors.manifest(disk), try Survivors.manifest(copy))
    guard ours == theirs else { throw .copyUnusable(reason: "it is of the log \(theirs.origin), \(theirs.id.hex)") }
    let isWritten = (try? copy.open(FileNames.lock, .read).isLockedElsewhere()) ?? false
    let survivors = try Survivors(disk: copy, live: isWritten)
    return Catalogue(disk: copy, manifest: theirs, state: survivors.state)
  }
}
