/// What the files in a log's directory amount to, before anything is changed: the sealed segments, the active files
/// that count, and how the last of them ends.
struct Survivors {
  let manifest: Manifest
  /// The log as far as it can be read.
  var state = Catalogue.State()
  /// The last active file, walked to its end; `nil` when there is no active file.
  private(set) var last: ActiveScan?
  private(set) var verdict: ActiveVerdict = .whole(tidy: true)
  /// Active files that are superseded: wholly sealed, or written again under a higher generation.
  private(set) var obsolete: [FileNames.Active] = []
  /// Derived bytes that are wrong in the active files.
  private(set) var repairs: [Damage] = []

  /// `recordedAt` of the last event, in milliseconds; `Int64.min` before the first.
  private(set) var lastTime = Int64.min
  /// Counter of the last commit group.
  private(set) var group: UInt32 = 0

  private let disk: any Disk
  private let live: Bool
  /// The tree as far as the files were gone through without a gap.
  private var reached = Frontier()

  /// `live`: a writer is at work meanwhile. Then a group under way is nothing to remark on, and only what a later
  /// header says is durable counts.
  init(disk: any Disk, live: Bool) throws(LogError) {
    (self.disk, self.live) = (disk, live)
    manifest = try Self.manifest(disk)
    try findSealed()
    try findActives()
  }

  static func manifest(_ disk: any Disk) throws(LogError) -> Manifest {
    let file: any DiskFile
    do {
      file = try disk.open(Manifest.file, .read)
    } catch .disk("open", _, _) {
      throw .notALog(path: Manifest.file, reason: "there is no LOG.json")
    }
    let buffer = ByteBuffer()
    try file.load(Limit.headBytes, at: 0, into: buffer)
    return try Manifest(buffer.bytes, path: Manifest.file)
  }

  private mutating func findSealed() throws(LogError) {
    let size = UInt64(manifest.segmentLeaves)
    let found = Set(try disk.list(FileNames.sealedDirectory).compactMap { FileNames.sealed(name: $0) })
      .filter { $0 % size == 0 }
    guard let last = found.max() else { return }
    var tree = Frontier()
    for first in stride(from: 0, through: last, by: Int(size)) {
      if found.contains(first) {
        let segment = try SealedSegment(first: first, disk: disk, manifest: manifest)
        tree.append(subtree: segment.root, leaves: size)
        lastTime = segment.blocks.last?.times.upperBound ?? lastTime
      } else {
        let path = FileNames.sealed(first)
        state.damages.append(Damage(file: path, offset: 0, leaves: first..<first + size, kind: .missing))
        tree.append(subtree: Frontier().root, leaves: size)
      }
    }
    (state.sealed, state.sealedTree, reached) = (last + size, tree, tree)
    state.head = LogHead(size: tree.size, root: tree.root)
  }

  private mutating func findActives() throws(LogError) {
    let names = try disk.list(FileNames.activeDirectory).compactMap { FileNames.active($0) }.sorted()
    var kept: [FileNames.Active] = []
    for name in names {
      if let before = kept.last, before.first == name.first || name.first <= state.sealed {
        obsolete.append(before)
        kept.removeLast()
      }
      kept.append(name)
    }
    for (index, name) in kept.enumerated() {
      let next = index + 1 < kept.count ? kept[index + 1].first : nil
      try add(name, must: next ?? state.sealed, isLast: next == nil)
    }
  }

  private mutating func add(_ name: FileNames.Active, must: UInt64, isLast: Bool) throws(LogError) {
    let size = state.head.size
    if name.first > size {
      state.damages.append(Damage(file: name.path, offset: 0, leaves: size..<name.first, kind: .missing))
    }
    let file = try disk.open(name.path, .read)
    var scan: ActiveScan
    do {
      let before = self
      scan = try ActiveScan(file, name, manifest: manifest) { () throws(LogError) in try before.tree(at: name.first) }
    } catch .damaged(let damage) {
      state.damages.append(damage)
      return
    }
    let verdict = try judge(&scan, must: must)
    repairs += scan.repairs
    reached = scan.frontier
    lastTime = max(lastTime, scan.lastTime)
    if scan.group != 0 { group = scan.group }
    var active = Catalogue.Active(name: name, file: file, blocks: scan.blocks)
    state.head = live && isLast ? scan.durableHead : LogHead(size: scan.size, root: scan.frontier.root)
    if case .damaged(let damage, let later, let known) = verdict {
      state.damages.append(damage)
      active.blocks += later
      state.head = LogHead(size: known, root: scan.frontier.root)
    }
    state.actives.append(active)
    if isLast { (last, self.verdict) = (scan, verdict) }
  }

  /// Walks and judges. While a writer is at work, the walk may end at a group that is being written, and the survey a
  /// moment later find the next group, which calls the first one durable: so damage is believed only where another
  /// walk gets no further.
  private func judge(_ scan: inout ActiveScan, must: UInt64) throws(LogError) -> ActiveVerdict {
    while true {
      try scan.walk()
      let verdict = try ActiveVerdict(scan, must: must)
      guard live, case .damaged = verdict else { return verdict }
      let before = scan.size
      try scan.walk()
      if scan.size == before { return verdict }
    }
  }

  /// Whether the last active file ends in what a crash left of a group.
  var isTorn: Bool {
    if case .torn = verdict { return true }
    return false
  }

  /// The tree of the first `size` leaves, from what is already known; `nil` if that is not enough.
  func tree(at size: UInt64) throws(LogError) -> Frontier? {
    guard size != reached.size else { return reached }
    guard size < state.head.size, state.damages.isEmpty else { return nil }
    let catalogue = Catalogue(disk: disk, manifest: manifest, state: state)
    let segment = UInt64(manifest.segmentLeaves)
    var tree = Frontier()
    while tree.size + segment <= min(size, state.sealed) {
      tree.append(subtree: try catalogue.segment(tree.size).root, leaves: segment)
    }
    let reader = LogReader(catalogue, cacheBytes: 0)
    let whole: Void? = try? reader.forEachBlock(from: tree.size, upTo: size) { block in
      for index in 0..<block.count { tree.append(leafHash(of: block.line(index))) }
    }
    return whole == nil ? nil : tree
  }
}
