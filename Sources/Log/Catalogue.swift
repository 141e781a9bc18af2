import Synchronization

/// What the writer and the readers of one open log know in common: which leaf lies where, and how far it reaches.
///
/// The writer adds a group only after its sync, so a reader never sees what is not durable.
final class Catalogue: Sendable {
  /// An active file and its blocks.
  struct Active: Sendable {
    let name: FileNames.Active
    let file: any DiskFile
    var blocks: [BlockPlace]
    /// Number after its last leaf.
    var end: UInt64 { blocks.last?.end ?? name.first }
  }

  struct State: Sendable {
    /// Leaves in sealed segments: those below this number.
    var sealed: UInt64 = 0
    /// The tree of the sealed leaves.
    var sealedTree = Frontier()
    /// Ascending. The first may begin below `sealed`.
    var actives: [Active] = []
    var head = LogHead(size: 0, root: Frontier().root)
    /// What is known to be lost.
    var damages: [Damage] = []
  }

  let disk: any Disk
  let manifest: Manifest
  private let state: Mutex<State>
  private let segments = Mutex<[UInt64: SealedSegment]>([:])
  private static let openSegmentsMax = 64
  private let lastVault = Mutex<(path: String, offset: Int, records: [VaultRecord])?>(nil)
  private let vaults = Mutex<[UInt64: VaultFile?]>([:])

  init(disk: any Disk, manifest: Manifest, state: State) {
    (self.disk, self.manifest) = (disk, manifest)
    self.state = Mutex(state)
  }

  /// The state as it is now. A copy of arrays, so not for the path of every append.
  var snapshot: State { state.withLock { $0 } }
  var head: LogHead { state.withLock { $0.head } }
  var sealed: UInt64 { state.withLock { $0.sealed } }

  func update(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

  /// File and place of the block that holds `seq`, which must be below the head's size.
  func locate(_ seq: UInt64) throws(LogError) -> (file: any DiskFile, place: BlockPlace) {
    // Asked under one lock: between two, the sealer could take the leaf out of the active files.
    var (found, isSealed): ((file: any DiskFile, place: BlockPlace)?, Bool) = state.withLock { state in
      guard seq >= state.sealed else { return (nil, true) }
      guard let active = state.actives.last(where: { $0.name.first <= seq }) else { return (nil, false) }
      return (active.blocks.place(holding: seq).map { (active.file, $0) }, false)
    }
    if isSealed {
      let leaves = UInt64(manifest.segmentLeaves)
      let segment = try segment(seq / leaves * leaves)
      found = segment.block(holding: seq).map { (segment.file, $0) }
      if found == nil { throw .damaged(segment.damage(holding: seq, leaves: leaves)) }
    }
    guard let (file, place) = found else { throw .damaged(damage(holding: seq)) }
    return (file, place)
  }

  /// The damage that explains why leaf `seq` cannot be read.
  private func damage(holding seq: UInt64) -> Damage {
    let known = state.withLock { $0.damages.first { $0.leaves.contains(seq) } }
    return known ?? Damage(file: "", offset: 0, leaves: seq..<seq + 1, kind: .missing)
  }

  /// The vault of the sealed segment that begins at `first`; `nil` where no event of it has a record.
  func vaultFile(of first: UInt64) throws(LogError) -> VaultFile? {
    if let known = vaults.withLock({ $0[first] }) { return known }
    var found: VaultFile?
    if let name = try VaultFile.newest(of: first, disk) {
      found = try VaultFile(name, disk: disk, log: manifest.id)
      if found == nil {
        throw .damaged(Damage(file: name.path, offset: 0, leaves: first..<first, kind: .vault))
      }
    }
    vaults.withLock { open in
      if open.count >= Self.openSegmentsMax { open.removeAll() }
      open[first] = .some(found)
    }
    return found
  }

  /// The vault records of the block at `place` in an active file. The last block asked for is kept.
  func vaultRecords(_ place: BlockPlace, in file: any DiskFile) throws(LogError) -> [VaultRecord] {
    if let last = lastVault.withLock({ $0 }), last.path == file.path, last.offset == place.offset { return last.records }
    let records = try VaultFrame.load(place, from: file)
    lastVault.withLock { $0 = (file.path, place.offset, records) }
    return records
  }

  /// Looks for the vaults' files anew when they are next asked for.
  func forgetVaults() {
    vaults.withLock { $0.removeAll() }
    lastVault.withLock { $0 = nil }
  }

  /// Opens the segment that begins at `first` anew when it is next asked for: its file was replaced.
  func forgetSegment(_ first: UInt64) { segments.withLock { $0[first] = nil } }

  /// The sealed segment that begins at `first`. Some stay open; which ones hardly matters, so no order is kept.
  func segment(_ first: UInt64) throws(LogError) -> SealedSegment {
    if let open = segments.withLock({ $0[first] }) { return open }
    let segment: SealedSegment
    do {
      segment = try SealedSegment(first: first, disk: disk, manifest: manifest)
    } catch .disk("open", _, _) {
      let leaves = first..<first + UInt64(manifest.segmentLeaves)
      throw .damaged(Damage(file: FileNames.sealed(first), offset: 0, leaves: leaves, kind: .missing))
    }
    segments.withLock { open in
      if open.count >= Self.openSegmentsMax, let any = open.keys.first { open[any] = nil }
      open[first] = segment
    }
    return segment
  }
}
