import Crypto
import Glibc

/// What opening the log for writing had to do, for the caller to record.
public struct RecoveryReport: Equatable, Sendable {
  /// Bytes that a crash had left behind the last whole group. They were never acknowledged; a copy is kept.
  public struct Cut: Equatable, Sendable {
    public let file: String
    /// Where they lay in the file.
    public let bytes: Range<Int>
    public let sha256: Hash
    /// Where the copy is.
    public let quarantine: String
    /// At what the walk through the file ended.
    public let reason: Damage.Kind
  }

  /// A file at one moment.
  public struct FileState: Equatable, Sendable {
    public let file: String
    public let bytes: Int
    public let sha256: Hash

    init(_ file: any DiskFile, path: String) throws(LogError) {
      (self.file, bytes, sha256) = (path, try file.size(), try file.sha256())
    }
  }

  /// Events in the log after recovery.
  public internal(set) var kept: UInt64 = 0
  /// Root of the tree over them.
  public internal(set) var root = Frontier().root
  /// Whether the last writer closed the log in order.
  public internal(set) var cleanStop = true
  public internal(set) var cut: Cut?
  /// Derived bytes that were wrong in active files. Those of the file that was written again are right now.
  public internal(set) var repaired: [Damage] = []
  /// The active file that was written again, with all its events, because its pages could not be trusted to be on disk.
  public internal(set) var rewritten: String?
  /// Where bytes were cut or put right: the last active file as it was found, and the file that has taken its place.
  public internal(set) var before: FileState?
  public internal(set) var after: FileState?
}

/// Brings the last active file into a state to which a writer may append.
struct Recovery {
  /// The file to append to, what lies in it, and the counter of its last group.
  struct Outcome {
    let active: ActiveFile
    let blocks: [BlockPlace]
    let group: UInt32
  }

  let disk: any Disk
  let manifest: Manifest
  let step: Int
  private(set) var report = RecoveryReport()

  init(disk: any Disk, manifest: Manifest, step: Int) { (self.disk, self.manifest, self.step) = (disk, manifest, step) }

  /// `clean`: the last writer said that it closed the log. Removes what is superseded only after its replacement is
  /// durable.
  mutating func run(_ survivors: Survivors, clean: Bool) throws(LogError) -> Outcome {
    report.cleanStop = clean
    (report.kept, report.root) = (survivors.state.head.size, survivors.state.head.root)
    report.repaired = survivors.repairs + survivors.remarks
    for name in survivors.obsolete { try disk.unlink(name.path) }
    guard let last = survivors.last else {
      return Outcome(active: try begin(survivors.state.sealedTree), blocks: [], group: survivors.group)
    }
    var tidy = false
    switch survivors.verdict {
    case .whole(let isTidy): tidy = isTidy
    case .torn(let cut, let reason): try quarantine(last, cut, reason)
    case .damaged(let damage, _, _): throw .damaged(damage)
    }
    if clean && tidy && last.repairs.isEmpty {
      let file = try ActiveFile.reopen(last.name, at: last.end, disk: disk, step: step)
      return Outcome(active: file, blocks: last.blocks, group: survivors.group)
    }
    let isChanged = report.cut != nil || !last.repairs.isEmpty
    if isChanged { report.before = try RecoveryReport.FileState(last.file, path: last.name.path) }
    let (file, blocks) = try rewrite(last)
    if isChanged { report.after = try RecoveryReport.FileState(file.file, path: file.name.path) }
    return Outcome(active: file, blocks: blocks, group: Self.marker(of: last))
  }

  private func begin(_ tree: Frontier) throws(LogError) -> ActiveFile {
    let name = FileNames.Active(first: tree.size, generation: 0)
    let head = SegmentHead(log: manifest.id, origin: manifest.origin, frontier: tree)
    return try ActiveFile.create(name, head: head, disk: disk, step: step)
  }

  /// Copies the bytes before the file that holds them is replaced.
  private mutating func quarantine(
    _ scan: ActiveScan, _ cut: Range<Int>, _ reason: Damage.Kind
  ) throws(LogError) {
    let buffer = ByteBuffer()
    try scan.file.load(cut.count, at: cut.lowerBound, into: buffer)
    try disk.makeDirectory(FileNames.quarantineDirectory)
    let path = FileNames.quarantine(scan.name, offset: cut.lowerBound)
    try disk.writeWhole(buffer.bytes, to: path, directory: FileNames.quarantineDirectory)
    report.cut = RecoveryReport.Cut(
      file: scan.name.path, bytes: cut, sha256: Hash.of(buffer.bytes), quarantine: path, reason: reason)
  }

  /// Writes all groups to a new file of the next generation. After an unclean stop the old file's pages may be in the
  /// system's cache only: a sync that failed before the stop leaves pages that look written and never were.
  private mutating func rewrite(_ scan: ActiveScan) throws(LogError) -> (ActiveFile, [BlockPlace]) {
    let name = FileNames.Active(first: scan.name.first, generation: scan.name.generation + 1)
    let frontier = scan.before
    let head = SegmentHead(log: manifest.id, origin: manifest.origin, frontier: frontier)
    let disk = self.disk
    var blocks: [BlockPlace] = []
    let file = try ActiveFile.create(name, head: head, disk: disk, step: step) { target, start throws(LogError) in
      try Self.copy(scan, to: target, at: start, noting: &blocks)
    }
    try disk.unlink(scan.name.path)
    report.rewritten = name.path
    return (file, blocks)
  }

  /// The counter of the marker behind what was written again.
  private static func marker(of scan: ActiveScan) -> UInt32 { scan.group &+ 1 }

  /// The blocks as they are, but for a flag in their headers, and a marker behind them: once the new file has its name,
  /// all of it is durable.
  private static func copy(
    _ scan: ActiveScan, to target: any DiskFile, at start: Int, noting blocks: inout [BlockPlace]
  ) throws(LogError) -> Int {
    let buffer = ByteBuffer()
    blocks.reserveCapacity(scan.blocks.count)
    var at = start
    for block in scan.blocks {
      try scan.file.load(block.length, at: block.offset, into: buffer)
      guard buffer.count == block.length, var header = BlockHeader(buffer.bytes), header.blockLength == block.length,
        crc32c(buffer.bytes.part(header.frameOffset, Int(header.frameLength))) == header.frameCRC
      else {
        let leaves = block.first..<block.end
        throw .damaged(Damage(file: scan.name.path, offset: block.offset, leaves: leaves, kind: .header))
      }
      header.flags.insert(.rewritten)
      header.write(to: buffer.mutableBytes.part(0, BlockHeader.length))
      Padding.appendPad(to: buffer)
      try target.write(buffer.bytes, at: at)
      var place = block
      place.offset = at
      blocks.append(place)
      at += buffer.count
    }
    let builder = GroupBuilder(log: scan.log)
    builder.begin(scan.frontier, group: marker(of: scan), milliseconds: max(scan.lastTime, 0))
    builder.finishAsMarker()
    try target.write(builder.pages.bytes, at: at)
    return at + builder.pages.count
  }
}

/// The lock file, and the word in it that says how the last writer stopped.
final class LockFile {
  private let file: any DiskFile
  private static let clean = Array("clean\n".utf8)
  private static let open = Array("open \n".utf8)

  /// Takes the lock; throws `locked` if another writer has it.
  init(_ disk: any Disk) throws(LogError) {
    let isThere = try disk.list("").contains(FileNames.lock)
    file = try disk.open(FileNames.lock, isThere ? .write : .create)
    guard try file.lock() else { throw .locked(path: FileNames.lock) }
  }

  /// Whether the last writer closed the log. Asked before `markOpen`.
  func wasClosed() throws(LogError) -> Bool { try Self.saysClosed(file) }

  static func saysClosed(_ file: any DiskFile) throws(LogError) -> Bool {
    let buffer = ByteBuffer()
    try file.load(clean.count, at: 0, into: buffer)
    return buffer.bytes.elementsEqual(clean)
  }

  /// To be durable before the first append.
  func markOpen() throws(LogError) { try write(Self.open) }

  /// Only when everything else is durable.
  func markClosed() throws(LogError) { try write(Self.clean) }

  /// Lets the next writer in.
  func release() { file.unlock() }

  deinit { release() }

  private func write(_ word: [UInt8]) throws(LogError) {
    let failure = word.withUnsafeBytes { bytes -> LogError? in
      do throws(LogError) { try file.write(bytes, at: 0) } catch { return error }
      return nil
    }
    if let failure { throw failure }
    try file.synchronize()
  }
}
