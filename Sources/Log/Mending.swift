/// One repair under way: the sealed segments in order, then everything behind them as one new active file.
struct Mending {
  private let disk: any Disk
  private let manifest: Manifest
  private let survivors: Survivors
  private let other: Catalogue?
  private(set) var copies: TwoCopies
  private(set) var mended: [RepairReport.Mended] = []
  private(set) var unmended: [Damage] = []
  /// Leaves of the sealed segments that could not be mended.
  private var lost: [Range<UInt64>] = []

  init(disk: any Disk, other: Catalogue?) throws(LogError) {
    (self.disk, self.other) = (disk, other)
    survivors = try Survivors(disk: disk, live: false)
    manifest = survivors.manifest
    let own = Catalogue(disk: disk, manifest: manifest, state: survivors.state)
    copies = TwoCopies(own: own, other: other)
  }

  private var size: UInt64 { UInt64(manifest.segmentLeaves) }
  private var target: UInt64 { max(survivors.state.head.size, other?.head.size ?? 0) }

  mutating func run() throws(LogError) {
    for name in [FileNames.activeDirectory, FileNames.sealedDirectory, FileNames.quarantineDirectory] {
      try disk.makeDirectory(name)
    }
    let sealed = activeIsWhole ? survivors.state.sealed : max(survivors.state.sealed, other?.sealed ?? 0)
    var tree = Frontier()
    for first in stride(from: 0, to: sealed, by: Int(size)) {
      guard let root = try segment(first, after: tree) else { return }
      tree.append(subtree: root, leaves: size)
    }
    if !activeIsWhole && !activeHoldsLost { try writeActive(after: tree) }
    try removeUnusable(from: sealed)
  }

  /// A sealed segment that is wrong and whose lines are whole in an active file is put aside; it is sealed once more.
  private mutating func removeUnusable(from sealed: UInt64) throws(LogError) {
    for first in try disk.list(FileNames.sealedDirectory).compactMap({ FileNames.sealed(name: $0) }) where first >= sealed {
      let path = FileNames.sealed(first)
      try disk.rename(path, to: try freePlace(for: path))
    }
    try disk.synchronizeDirectory(FileNames.sealedDirectory)
    try disk.synchronizeDirectory(FileNames.quarantineDirectory)
  }

  /// Whether the active files hold all that any copy knows to lie behind the sealed segments.
  private var activeIsWhole: Bool {
    let isBroken = survivors.state.damages.contains { $0.file.hasPrefix(FileNames.activeDirectory) }
    return !isBroken && survivors.last != nil && survivors.state.head.size >= target
  }

  /// Whether active files hold lines of a segment that could not be mended. Nothing could take their place, so they stay
  /// as they are, also where a copy could mend something else in them.
  private var activeHoldsLost: Bool {
    survivors.state.actives.contains { active in
      active.blocks.contains { block in lost.contains { $0.overlaps(block.first..<block.end) } }
    }
  }

  // MARK: Sealed segments

  /// The root of a segment's leaves, after mending it where it needs that; `nil` where it cannot be known any more.
  private mutating func segment(_ first: UInt64, after tree: Frontier) throws(LogError) -> Hash? {
    if let file = try? disk.open(FileNames.sealed(first), .read) {
      var walk = SealedWalk(file, first: first, manifest: manifest)
      try walk.run()
      let isRight = walk.problems.isEmpty && walk.head?.frontier == tree
        && walk.roots.allSatisfy { tree.joined(with: $0.tree).root == $0.claimed }
      if isRight { return walk.footer.root }
    }
    do throws(LogError) {
      return try rewrite(first, after: tree)
    } catch .damaged(let damage) {
      unmended.append(damage)
      lost.append(first..<first + size)
      // The lines are gone, but what their hashes amounted to may still be known, and the rest can be mended.
      return try SealedSegment.footer(ofSegment: first, on: disk)?.root
        ?? other.flatMap { try? SealedSegment.footer(ofSegment: first, on: $0.disk) }?.root
    }
  }

  private mutating func rewrite(_ first: UInt64, after tree: Frontier) throws(LogError) -> Hash {
    let path = FileNames.sealed(first)
    try? disk.unlink(path + ".tmp")
    let file = try disk.open(path + ".tmp", .create)
    let output = SealedOutput(file, log: manifest.id, before: tree, size: size, level: .high(10))
    try output.writeHead(SegmentHead(log: manifest.id, origin: manifest.origin, frontier: tree))
    var check = RootCheck(tree)
    try copies.forEachBlock(from: first, to: first + size) { block, claimed throws(LogError) in
      for index in 0..<block.count { try output.add(block.line(index), times: block.times) }
      try check.add(block, claimed: claimed)
    }
    try output.finish()
    try file.synchronize()
    file.forgetCache()
    var walk = SealedWalk(file, first: first, manifest: manifest)
    try walk.run()
    guard walk.problems.isEmpty, walk.footer.root == output.tree.root else {
      throw .disk(operation: "read back", path: path + ".tmp", errno: 5)
    }
    let kept = try keep(path)
    try disk.rename(path + ".tmp", to: path)
    try disk.synchronizeDirectory(FileNames.sealedDirectory)
    mended.append(.init(file: path, leaves: first..<first + size, kept: kept, sha256: try file.sha256()))
    return output.tree.root
  }

  /// Copies a file that is about to be replaced; `nil` where there is none.
  private func keep(_ path: String) throws(LogError) -> String? {
    guard let old = try? disk.open(path, .read) else { return nil }
    let kept = try freePlace(for: path)
    try? disk.unlink(kept + ".tmp")
    let file = try disk.open(kept + ".tmp", .create)
    let buffer = ByteBuffer()
    var at = 0
    while true {
      try old.load(1 << 20, at: at, into: buffer)
      if buffer.count == 0 { break }
      try file.write(buffer.bytes, at: at)
      at += buffer.count
    }
    try file.synchronize()
    try disk.rename(kept + ".tmp", to: kept)
    try disk.synchronizeDirectory(FileNames.quarantineDirectory)
    return kept
  }

  /// A name in the quarantine that is not taken.
  private func freePlace(for path: String) throws(LogError) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let taken = Set(try disk.list(FileNames.quarantineDirectory))
    for number in 1... where !taken.contains("\(name).damaged.\(number)") {
      return "\(FileNames.quarantineDirectory)/\(name).damaged.\(number)"
    }
    return path
  }

  // MARK: The active file

  /// Writes everything behind `tree` to one new active file, and then puts the old ones aside.
  private mutating func writeActive(after tree: Frontier) throws(LogError) {
    let old = try disk.list(FileNames.activeDirectory).compactMap { FileNames.active($0) }
    let generation = (old.filter { $0.first == tree.size }.map(\.generation).max() ?? 0) + 1
    let name = FileNames.Active(first: tree.size, generation: generation)
    try? disk.unlink(name.path + ".tmp")
    let head = SegmentHead(log: manifest.id, origin: manifest.origin, frontier: tree)
    var end = Frontier()
    let (target, group) = (target, survivors.group)
    let file: ActiveFile
    do throws(LogError) {
      file = try ActiveFile.create(name, head: head, disk: disk, step: 4 * Limit.page) { file, start throws(LogError) in
        let packer = Repacker(file, at: start, log: manifest.id, after: tree, group: group)
        var check = RootCheck(tree)
        try copies.forEachBlock(from: tree.size, to: target) { block, claimed throws(LogError) in
          for index in 0..<block.count { try packer.add(block.line(index), times: block.times) }
          try check.add(block, claimed: claimed)
        }
        try packer.finish()
        try readBack(file, name, packer.tree)
        end = packer.tree
        return packer.position
      }
    } catch .damaged(let damage) {
      try? disk.unlink(name.path + ".tmp")
      return unmended.append(damage)
    }
    var kept: String?
    for superseded in old {
      let place = try freePlace(for: superseded.path)
      try disk.rename(superseded.path, to: place)
      kept = place
    }
    try disk.synchronizeDirectory(FileNames.quarantineDirectory)
    try disk.synchronizeDirectory(FileNames.activeDirectory)
    mended.append(.init(file: name.path, leaves: tree.size..<end.size, kept: kept, sha256: try file.file.sha256()))
  }

  private func readBack(_ file: any DiskFile, _ name: FileNames.Active, _ tree: Frontier) throws(LogError) {
    try file.synchronize()
    file.forgetCache()
    var scan = try ActiveScan(file, name, manifest: manifest) { () throws(LogError) in nil }
    try scan.walk(thorough: true)
    guard scan.frontier == tree, scan.repairs.isEmpty, scan.wrongLines.isEmpty else {
      throw .disk(operation: "read back", path: name.path, errno: 5)
    }
  }
}

/// Grows the tree over what two copies give, and compares it with what their blocks claim.
private struct RootCheck {
  private var tree: Frontier

  init(_ tree: Frontier) { self.tree = tree }

  mutating func add(_ block: LineBlock, claimed: Hash?) throws(LogError) {
    for index in 0..<block.count { tree.append(leafHash(of: block.line(index))) }
    guard claimed == nil || tree.root == claimed else {
      throw .copyUnusable(reason: "it tells another history than this log, up to event \(block.end - 1)")
    }
  }
}

extension SealedSegment {
  /// The footer of the segment that begins at `first`, if file and footer are whole.
  static func footer(ofSegment first: UInt64, on disk: any Disk) throws(LogError) -> Footer? {
    guard let file = try? disk.open(FileNames.sealed(first), .read) else { return nil }
    guard let footer = try footer(of: file), footer.blocks.first?.first == first else { return nil }
    return footer
  }
}
