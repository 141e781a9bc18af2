/// A sealed segment, opened: its file and where its blocks lie.
struct SealedSegment: Sendable {
  let path: String
  let file: any DiskFile
  /// Number of its first leaf.
  let first: UInt64
  let blocks: [BlockPlace]
  /// Root of its own leaves; `nil` if neither footer nor lines tell.
  let root: Hash?

  /// Opens the segment that begins at `first`. A wrong footer is no loss: the blocks are walked instead.
  init(first: UInt64, disk: any Disk, manifest: Manifest) throws(LogError) {
    path = FileNames.sealed(first)
    self.first = first
    file = try disk.open(path, .read)
    if let footer = try Self.footer(of: file), footer.blocks.first?.first == first {
      (blocks, root) = (footer.blocks, footer.root)
      return
    }
    var walk = SealedWalk(file, first: first, manifest: manifest)
    try walk.run()
    (blocks, root) = (walk.footer.blocks, walk.isIntact ? walk.footer.root : nil)
  }

  /// The footer, if it is whole.
  static func footer(of file: any DiskFile) throws(LogError) -> Footer? {
    let size = try file.size()
    let buffer = ByteBuffer()
    guard size > Footer.endLength else { return nil }
    try file.load(Footer.endLength, at: size - Footer.endLength, into: buffer)
    guard let (offset, length) = Footer.locate(buffer.bytes, fileSize: size) else { return nil }
    try file.load(length, at: offset, into: buffer)
    guard buffer.count == length else { return nil }
    return Footer(buffer.bytes, at: offset)
  }

  /// Whether every block's header and frame have the sums that they state. Decodes and hashes nothing.
  func hasRightSums(log: LogID) throws(LogError) -> Bool {
    let buffer = ByteBuffer()
    for place in blocks {
      try file.load(place.length, at: place.offset, into: buffer)
      guard buffer.count == place.length, let header = BlockHeader(buffer.bytes), header.log == log,
        header.first == place.first, header.blockLength == place.length,
        crc32c(buffer.bytes.part(header.frameOffset, Int(header.frameLength))) == header.frameCRC
      else { return false }
    }
    return true
  }

  /// The block that holds leaf `seq`.
  func block(holding seq: UInt64) -> BlockPlace? { blocks.place(holding: seq) }

  /// Why leaf `seq` is in no block: that and its neighbours up to the next block are lost.
  func damage(holding seq: UInt64, leaves: UInt64) -> Damage {
    let end = blocks.first { $0.first > seq }?.first ?? first + leaves
    let offset = blocks.last { $0.end <= seq }.map { $0.offset + $0.length } ?? 0
    return Damage(file: path, offset: offset, leaves: seq..<end, kind: .header)
  }
}

extension [BlockPlace] {
  /// The block among these, ascending, that holds leaf `seq`.
  func place(holding seq: UInt64) -> BlockPlace? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].end <= seq { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low].first <= seq ? self[low] : nil
  }
}

/// Reads every byte of a sealed segment, decodes and hashes every line, and compares all that can be compared.
struct SealedWalk {
  private let file: any DiskFile
  private let first: UInt64
  private let manifest: Manifest
  private let decoder = BlockDecoder()
  private let buffer = ByteBuffer()

  /// What the footer must say, as found by walking.
  private(set) var footer = Footer(blocks: [], root: Frontier().root)
  /// The tree of the segment's leaves after each block, and the root that the block's header gives for the whole log:
  /// to be compared by whoever knows the tree before the segment.
  private(set) var roots: [(place: BlockPlace, tree: Frontier, claimed: Hash)] = []
  private(set) var problems: [Damage] = []
  /// Lines that gave place to their hash.
  private(set) var redactions: [Redaction] = []
  /// What the head says of the tree before the segment; `nil` if the head is wrong.
  private(set) var head: SegmentHead?

  init(_ file: any DiskFile, first: UInt64, manifest: Manifest) {
    (self.file, self.first, self.manifest) = (file, first, manifest)
  }

  private var last: UInt64 { first + UInt64(manifest.segmentLeaves) }

  /// Throws only for the disk's own failures; what is wrong in the file is in `problems`.
  mutating func run() throws(LogError) {
    var (at, tree) = (try walkHead(), Frontier())
    isIntact = true
    let table = try SealedSegment.footer(of: file)
    var next = first
    while next < last {
      if let place = try block(at: at, first: next) {
        decoder.appendLeaves(to: &tree)
        if isIntact, let header = decoder.header { roots.append((place, tree, header.root)) }
        footer.blocks.append(place)
        (at, next) = (place.offset + place.length, place.end)
        continue
      }
      isIntact = false
      let kind = damageKind
      let listed = table?.blocks.first { $0.offset > at && $0.first > next }
      var later = listed.map { (offset: $0.offset, first: $0.first) }
      if later == nil { later = try findHeader(behind: at, beyond: next) }
      problems.append(Damage(file: file.path, offset: at, leaves: next..<(later?.first ?? last), kind: kind))
      guard let later else { break }
      (at, next) = later
    }
    if isIntact {
      footer.root = tree.root
      if try !endsWithFooter(at) { problems.append(derived(at, .footer)) }
    } else if let table {
      footer.root = table.root
    }
  }

  /// Whether the walk went through all lines.
  private(set) var isIntact = false
  private var damageKind: Damage.Kind = .header

  /// The next block that can be one of this segment, where no footer tells: headers are looked for byte by byte,
  /// because blocks of a sealed file have no place of their own.
  private func findHeader(behind offset: Int, beyond leaf: UInt64) throws(LogError) -> (offset: Int, first: UInt64)? {
    let step = 1 << 20
    let bytes = ByteBuffer()
    var start = offset + 1
    while true {
      try file.load(step + BlockHeader.length, at: start, into: bytes)
      guard bytes.count >= BlockHeader.length else { return nil }
      for place in 0...min(step, bytes.count - BlockHeader.length) where bytes.bytes.number(place) == BlockHeader.magic {
        guard let header = BlockHeader(bytes.bytes.part(place, BlockHeader.length)), header.log == manifest.id,
          header.flags == .sealed, header.first > leaf, header.end <= last
        else { continue }
        return (start + place, header.first)
      }
      start += step + 1
    }
  }

  private func derived(_ offset: Int, _ kind: Damage.Kind) -> Damage {
    Damage(file: file.path, offset: offset, leaves: first..<first, kind: kind)
  }

  /// Byte after the head. When the head is wrong, the first block is looked for by its header.
  private mutating func walkHead() throws(LogError) -> Int {
    try file.load(Limit.headBytes, at: 0, into: buffer)
    if let (head, length) = SegmentHead.read(buffer.bytes, log: manifest.id, origin: manifest.origin, first: first) {
      self.head = head
      return length
    }
    problems.append(derived(0, .head))
    let candidates = 0..<max(0, buffer.count - BlockHeader.length)
    return candidates.first { offset in
      buffer.bytes.number(offset) == BlockHeader.magic
        && BlockHeader(buffer.bytes.part(offset, BlockHeader.length))?.first == first
    } ?? 0
  }

  private mutating func block(at offset: Int, first: UInt64) throws(LogError) -> BlockPlace? {
    try file.load(BlockHeader.length, at: offset, into: buffer)
    guard let header = BlockHeader(buffer.bytes), header.flags == .sealed, header.first == first,
      header.end <= last, header.durable == last, Int(header.count) % Limit.bundleLeaves == 0
    else {
      damageKind = .header
      return nil
    }
    try file.load(Int(header.frameLength), at: offset + BlockHeader.length, into: buffer)
    if let kind = decoder.decode(header, frame: buffer.bytes, log: manifest.id, thorough: true) {
      damageKind = kind
      return nil
    }
    let found = decoder.block()?.inspection
    redactions += found?.redactions ?? []
    if let wrong = found?.wrong {
      problems.append(Damage(file: file.path, offset: offset, leaves: wrong..<wrong + 1, kind: .line))
    }
    return BlockPlace(
      offset: offset, first: first, count: Int(header.count), lineBytes: Int(header.lineBytes),
      length: BlockHeader.length + Int(header.frameLength), times: header.times)
  }

  private func endsWithFooter(_ offset: Int) throws(LogError) -> Bool {
    let size = try file.size()
    guard size > offset else { return false }
    try file.load(size - offset, at: offset, into: buffer)
    return Footer(buffer.bytes, at: offset) == footer
  }
}
