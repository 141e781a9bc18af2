/// Writes sealed segments out of active files: the same lines, better compressed, in larger blocks, without padding.
///
/// A segment gets its name only after it was read back, decoded, hashed and compared. Until then, and until the
/// directory is durable, the active files stay; after it they are superseded. So every leaf is whole in at least one
/// of the two at any moment.
final class Sealer: Sendable {
  private let catalogue: Catalogue
  private let level: DataFrame.Level

  /// `effort`: LZ4 HC level from 2 to 12, or 1 for the fast method.
  init(_ catalogue: Catalogue, effort: Int) {
    self.catalogue = catalogue
    level = effort <= 1 ? .fast : .high(Int32(min(effort, 12)))
  }

  private var segmentLeaves: UInt64 { UInt64(catalogue.manifest.segmentLeaves) }

  /// Full segments that lie in active files which are written no more.
  var backlog: Int {
    let state = catalogue.snapshot
    guard let writing = state.actives.last?.name.first, writing > state.sealed else { return 0 }
    return Int((writing - state.sealed) / segmentLeaves)
  }

  /// Seals the next segment if it is full; says whether it was. One caller at a time.
  func sealNext() throws(LogError) -> Bool {
    guard backlog > 0 else { return false }
    let state = catalogue.snapshot
    let path = FileNames.sealed(state.sealed)
    let temporary = path + ".tmp"
    let disk = catalogue.disk
    if try disk.list(FileNames.sealedDirectory).contains(where: { path + ".tmp" == "seg/\($0)" }) {
      try disk.unlink(temporary)  // left by a crash
    }
    let file = try disk.open(temporary, .create)
    let tree = try write(to: file, after: state.sealedTree) { _ in false }
    try file.synchronize()
    file.forgetCache()
    try verify(file, path: path, after: state.sealedTree, tree)
    try sealVault(from: state.sealed)
    try disk.rename(temporary, to: path)
    try disk.synchronizeDirectory(FileNames.sealedDirectory)
    try retire(tree)
    return true
  }

  /// Writes a sealed segment again with the hashes of some lines in their places. The file gets its name only when it
  /// was read back and has the root that the old one had.
  func redact(segment first: UInt64, _ redacts: (UInt64) -> Bool) throws(LogError) {
    var before = Frontier()
    while before.size < first { before.append(subtree: try root(of: before.size), leaves: segmentLeaves) }
    let path = FileNames.sealed(first)
    let temporary = path + ".tmp"
    try? catalogue.disk.unlink(temporary)
    let file = try catalogue.disk.open(temporary, .create)
    let tree = try write(to: file, after: before, redacting: redacts)
    try file.synchronize()
    try verify(file, path: path, after: before, tree)
    guard tree.root == (try root(of: first)) else { throw Self.wrongRoot(first, segmentLeaves) }
    try catalogue.disk.rename(temporary, to: path)
    try catalogue.disk.synchronizeDirectory(FileNames.sealedDirectory)
    catalogue.forgetSegment(first)
  }

  /// The root of a sealed segment; one that is damaged may have lost it.
  private func root(of first: UInt64) throws(LogError) -> Hash {
    guard let root = try catalogue.segment(first).root else { throw Self.wrongRoot(first, segmentLeaves) }
    return root
  }

  private static func wrongRoot(_ first: UInt64, _ count: UInt64) -> LogError {
    .damaged(Damage(file: FileNames.sealed(first), offset: 0, leaves: first..<first + count, kind: .root))
  }

  /// Writes the segment behind `before`; gives the tree of its leaves.
  private func write(
    to file: any DiskFile, after before: Frontier, redacting: (UInt64) -> Bool
  ) throws(LogError) -> Frontier {
    let manifest = catalogue.manifest
    let output = SealedOutput(file, log: manifest.id, before: before, size: segmentLeaves, level: level)
    try output.writeHead(SegmentHead(log: manifest.id, origin: manifest.origin, frontier: before))
    let reader = LogReader(catalogue, cacheBytes: 0)
    do {
      try reader.forEachBlock(from: before.size, upTo: before.size + segmentLeaves) { block in
        for index in 0..<block.count {
          let (line, seq) = (block.line(index), block.first + UInt64(index))
          if redacting(seq) {
            try Redaction(of: line, seq: seq).line.withUnsafeBytes { try output.add($0, times: block.times) }
          } else {
            try output.add(line, times: block.times)
          }
        }
      }
    } catch {
      throw error as? LogError ?? .sealingFailed(cause: "\(error)")
    }
    try output.finish()
    return output.tree
  }

  private func verify(
    _ file: any DiskFile, path: String, after before: Frontier, _ tree: Frontier
  ) throws(LogError) {
    var walk = SealedWalk(file, first: before.size, manifest: catalogue.manifest)
    try walk.run()
    if let problem = walk.problems.first { throw .damaged(problem) }
    let isSame = walk.footer.root == tree.root && walk.head?.frontier == before
      && walk.roots.allSatisfy { before.joined(with: $0.tree).root == $0.claimed }
    guard isSame else {
      let leaves = before.size..<before.size + segmentLeaves
      throw .damaged(Damage(file: path, offset: 0, leaves: leaves, kind: .root))
    }
  }

  /// Gives the segment's vault records a file of their own, durable before the active files go.
  private func sealVault(from first: UInt64) throws(LogError) {
    let (disk, state) = (catalogue.disk, catalogue.snapshot)
    let segment = first..<first + segmentLeaves
    for name in try disk.list(FileNames.vaultDirectory).compactMap({ FileNames.vault($0) }) where name.first == first {
      try disk.unlink(name.path)  // left by a crash: of a segment that did not get its name
    }
    var records: [VaultRecord] = []
    for active in state.actives {
      for place in active.blocks where segment.overlaps(place.first..<place.end) {
        records += try VaultFrame.load(place, from: active.file).filter { segment.contains($0.seq) }
      }
    }
    guard !records.isEmpty else { return }
    let name = FileNames.Vault(first: first, generation: 0)
    try VaultFile.write(records, as: name, disk: disk, log: catalogue.manifest.id)
    catalogue.forgetVaults()
  }

  /// Makes readers look into the sealed segment, and removes the active files that hold nothing else.
  private func retire(_ tree: Frontier) throws(LogError) {
    var superseded: [FileNames.Active] = []
    catalogue.update { state in
      state.sealedTree.append(subtree: tree.root, leaves: segmentLeaves)
      state.sealed = state.sealedTree.size
      let kept = state.actives.indices.filter { index in
        index + 1 == state.actives.count || state.actives[index + 1].name.first > state.sealed
      }
      superseded = state.actives.indices.filter { !kept.contains($0) }.map { state.actives[$0].name }
      state.actives = kept.map { state.actives[$0] }
    }
    for name in superseded { try catalogue.disk.unlink(name.path) }
  }
}

/// The file that a sealer writes, block by block.
final class SealedOutput {
  private let file: any DiskFile
  private let log: LogID
  private let before: Frontier
  private let last: UInt64
  private let level: DataFrame.Level
  /// The tree of the segment's own leaves.
  private(set) var tree = Frontier()

  private let lines = ByteBuffer()
  private var leaves: [Hash] = []  // of the lines in `lines`
  private let buffer = ByteBuffer()
  private var position = 0
  private var blocks: [BlockPlace] = []
  private var added: UInt64 = 0
  /// Whole bundles in `lines`: where each ends, and its first and last time.
  private var bundles: [(end: Int, times: ClosedRange<Int64>)] = []
  private var bundleStart = Int64.min

  init(_ file: any DiskFile, log: LogID, before: Frontier, size: UInt64, level: DataFrame.Level) {
    (self.file, self.log, self.before, self.level) = (file, log, before, level)
    last = before.size + size
  }

  func writeHead(_ head: SegmentHead) throws(LogError) {
    head.append(to: buffer)
    try flush()
  }

  func add(_ line: UnsafeRawBufferPointer, times: ClosedRange<Int64>) throws(LogError) {
    lines.append(line)
    lines.append([10])
    leaves.append(leafHash(of: line))
    if added % UInt64(Limit.bundleLeaves) == 0 { bundleStart = times.lowerBound }
    added += 1
    guard added % UInt64(Limit.bundleLeaves) == 0 else { return }
    if lines.count > Limit.sealedBlockLineBytes, !bundles.isEmpty { try writeBlock() }
    bundles.append((lines.count, bundleStart...times.upperBound))
  }

  /// The last block and the footer.
  func finish() throws(LogError) {
    try writeBlock()
    guard before.size + tree.size == last else {
      throw .sealingFailed(cause: "the log ended within a full segment")
    }
    Footer(blocks: blocks, root: tree.root).append(to: buffer, at: position)
    try flush()
  }

  /// Writes the whole bundles as one block and keeps the lines behind them.
  private func writeBlock() throws(LogError) {
    guard let end = bundles.last?.end, let earliest = bundles.first?.times.lowerBound,
      let latest = bundles.last?.times.upperBound
    else { return }
    let text = lines.bytes.part(0, end)
    let first = before.size + tree.size
    let count = bundles.count * Limit.bundleLeaves
    tree.append(contentsOf: leaves.prefix(count))
    leaves.removeFirst(count)
    buffer.appendZeros(BlockHeader.length)
    DataFrame.append(text, level: level, to: buffer)
    let frame = buffer.bytes.part(BlockHeader.length, buffer.count - BlockHeader.length)

    let root = before.joined(with: tree).root
    var header = BlockHeader(log: log, first: first, times: earliest...latest, durable: last, root: root)
    header.flags = .sealed
    (header.count, header.lineBytes) = (UInt32(count), UInt32(end))
    (header.frameLength, header.frameCRC) = (UInt32(frame.count), crc32c(frame))
    header.write(to: buffer.mutableBytes.part(0, BlockHeader.length))
    blocks.append(BlockPlace(
      offset: position, first: first, count: count, lineBytes: end, length: buffer.count,
      times: header.times))
    try flush()
    lines.removeFirst(end)
    bundles.removeAll(keepingCapacity: true)
  }

  private func flush() throws(LogError) {
    try file.write(buffer.bytes, at: position)
    position += buffer.count
    buffer.count = 0
  }
}
