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
  /// What is wrong without harm beside that: space behind the last group of a file that is written no more, a sealed
  /// segment that an active file makes up for.
  private(set) var remarks: [Damage] = []

  /// `recordedAt` of the last event, in milliseconds; `Int64.min` before the first.
  private(set) var lastTime = Int64.min
  /// Counter of the last commit group.
  private(set) var group: UInt32 = 0

  private let disk: any Disk
  private let live: Bool
  private let proof: Proof
  /// The tree as far as the files were gone through without a gap.
  private var reached = Frontier()

  /// What is asked of a sealed segment whose lines stand in an active file too, before it counts and not that file.
  enum Proof {
    /// A footer: a writer at work has just read the rest.
    case footer
    /// That every block's sums are right, which costs a millisecond: after an orderly stop, as the lock file says.
    case sums
    /// That every line is right and gives the roots.
    case lines
  }

  /// `live`: a writer is at work meanwhile. Then a group under way is nothing to remark on, and only what a later
  /// header says is durable counts.
  init(disk: any Disk, live: Bool, sealed proof: Proof = .lines) throws(LogError) {
    (self.disk, self.live, self.proof) = (disk, live, live ? .footer : proof)
    manifest = try Self.manifest(disk)
    let actives = try disk.list(FileNames.activeDirectory).compactMap { FileNames.active($0) }.sorted()
    try findSealed(alsoActiveFrom: actives.first?.first ?? .max)
    try findActives(actives)
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

  /// `active`: leaves from this number on lie in active files too. There a sealed segment that is not whole is passed
  /// over, and will be sealed again.
  private mutating func findSealed(alsoActiveFrom active: UInt64) throws(LogError) {
    let size = UInt64(manifest.segmentLeaves)
    let found = Set(try disk.list(FileNames.sealedDirectory).compactMap { FileNames.sealed(name: $0) })
      .filter { $0 % size == 0 }
    guard let last = found.max() else { return }
    var tree = Frontier()
    for first in stride(from: 0, through: last, by: Int(size)) {
      if first >= active, try !isUsable(first, after: tree, found.contains(first)) {
        // What it should hold is whole in an active file, and is sealed from there once more.
        if found.contains(first) {
          remarks.append(Damage(file: FileNames.sealed(first), offset: 0, leaves: first..<first, kind: .footer))
        }
        break
      }
      if found.contains(first) {
        try add(segment: first, to: &tree)
      } else {
        lose(segment: first, .missing)
        tree.append(subtree: Frontier().root, leaves: size)
      }
    }
    (state.sealed, state.sealedTree, reached) = (tree.size, tree, tree)
    state.head = LogHead(size: tree.size, root: tree.root)
  }

  private mutating func add(segment first: UInt64, to tree: inout Frontier) throws(LogError) {
    let segment = try SealedSegment(first: first, disk: disk, manifest: manifest)
    // Without a root nothing can be built on it: the next block would carry a root of something else.
    if segment.root == nil { lose(segment: first, .footer) }
    tree.append(subtree: segment.root ?? Frontier().root, leaves: UInt64(manifest.segmentLeaves))
    lastTime = segment.blocks.last?.times.upperBound ?? lastTime
  }

  private mutating func lose(segment first: UInt64, _ kind: Damage.Kind) {
    let leaves = first..<first + UInt64(manifest.segmentLeaves)
    state.damages.append(Damage(file: FileNames.sealed(first), offset: 0, leaves: leaves, kind: kind))
  }

  /// Whether a sealed segment whose leaves are in active files too may be used in their place.
  private func isUsable(_ first: UInt64, after tree: Frontier, _ isThere: Bool) throws(LogError) -> Bool {
    guard isThere else { return false }
    if proof != .lines {
      let segment = try SealedSegment(first: first, disk: disk, manifest: manifest)
      if segment.root == nil || proof == .footer { return segment.root != nil }
      return try segment.hasRightSums(log: manifest.id)
    }
    var walk = SealedWalk(try disk.open(FileNames.sealed(first), .read), first: first, manifest: manifest)
    try walk.run()
    return walk.problems.allSatisfy { $0.leaves.isEmpty }
      && walk.roots.allSatisfy { tree.joined(with: $0.tree).root == $0.claimed }
  }

  private mutating func findActives(_ names: [FileNames.Active]) throws(LogError) {
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
    if let tree = scan.crossings[state.sealed], tree != state.sealedTree, state.damages.isEmpty {
      // Two histories of the same leaves. Which is right, only reading every line can tell.
      lose(segment: state.sealed - UInt64(manifest.segmentLeaves), .root)
    }
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
    if isLast {
      (last, self.verdict) = (scan, verdict)
    } else {
      checkSpace(scan, verdict)
    }
  }

  /// Behind the last group of a file that another one follows, nothing can be under way.
  private mutating func checkSpace(_ scan: ActiveScan, _ verdict: ActiveVerdict) {
    switch verdict {
    case .whole(tidy: true), .damaged: break
    case .whole, .torn:
      remarks.append(Damage(file: scan.name.path, offset: scan.end, leaves: scan.size..<scan.size, kind: .padding))
    }
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
    guard size > 0 else { return Frontier() }
    guard size != reached.size else { return reached }
    guard size < state.head.size, state.damages.isEmpty else { return nil }
    let catalogue = Catalogue(disk: disk, manifest: manifest, state: state)
    let segment = UInt64(manifest.segmentLeaves)
    var tree = Frontier()
    while tree.size + segment <= min(size, state.sealed) {
      guard let root = try catalogue.segment(tree.size).root else { return nil }
      tree.append(subtree: root, leaves: segment)
    }
    let reader = LogReader(catalogue, cacheBytes: 0)
    let whole: Void? = try? reader.forEachBlock(from: tree.size, upTo: size) { block in
      for index in 0..<block.count { tree.append(leafHash(of: block.line(index))) }
    }
    return whole == nil ? nil : tree
  }
}
