/// Walks an active file from its head to where its blocks end, and surveys what lies behind. It changes nothing; what
/// to do about what it found is for recovery, reader and verifier to decide, who all use it.
///
/// Invariant between calls: `blocks`, `frontier` and `end` speak of whole commit groups only.
struct ActiveScan {
  let file: any DiskFile
  let name: FileNames.Active
  let log: LogID

  /// Blocks with leaves, ascending.
  private(set) var blocks: [BlockPlace] = []
  /// The tree before the file's first leaf.
  let before: Frontier
  /// The tree after the last whole group.
  private(set) var frontier: Frontier
  /// Byte after the last whole group.
  private(set) var end: Int
  /// Most leaves that any header here says are durable, also headers behind a bad place.
  private(set) var durable: UInt64 = 0
  /// The last state of the log that a later header here says was durable; at first that before the file, because a
  /// file is only begun when everything before it is durable.
  private(set) var durableHead: LogHead
  /// The tree at each multiple of a segment within the file: what the sealed segments before it must amount to.
  private(set) var crossings: [UInt64: Frontier] = [:]
  /// Counter of the last group.
  private(set) var group: UInt32 = 0
  /// `recordedAt` of the last line, in milliseconds; `Int64.min` before the first.
  private(set) var lastTime = Int64.min
  /// Derived bytes that are wrong though every line is whole.
  private(set) var repairs: [Damage] = []
  /// Lines whose `seq` is not their place.
  private(set) var wrongLines: [Damage] = []
  /// Lines that gave place to their hash; found by a thorough walk.
  private(set) var redactions: [Redaction] = []
  /// Why the walk ended before the end of the file, if at something that is neither space ahead nor a block.
  private(set) var stop: Damage.Kind?
  /// Byte of the block at which the walk ended; `end` or behind it.
  private(set) var stopOffset = 0

  private var pending: [BlockPlace] = []
  private var thorough = false
  private let segment: UInt64
  private let decoder = BlockDecoder()
  private let buffer = ByteBuffer()

  /// Reads the head. When it is wrong, `known` (the tree before this file) takes its place; without that, throws.
  init(
    _ file: any DiskFile, _ name: FileNames.Active, manifest: Manifest, known: () throws(LogError) -> Frontier?
  ) throws(LogError) {
    (self.file, self.name, log, segment) = (file, name, manifest.id, UInt64(manifest.segmentLeaves))
    try file.load(Limit.headBytes, at: 0, into: buffer)
    if let (head, length) = SegmentHead.read(buffer.bytes, log: log, origin: manifest.origin, first: name.first) {
      (frontier, end) = (head.frontier, length + Padding.padLength(after: length))
      before = head.frontier
      durableHead = LogHead(size: before.size, root: before.root)
      checkPad(length, end)
    } else {
      guard let known = try known(), known.size == name.first else {
        throw .damaged(Damage(file: name.path, offset: 0, leaves: name.first..<name.first + 1, kind: .head))
      }
      let whole = ByteBuffer()
      SegmentHead(log: log, origin: manifest.origin, frontier: known).append(to: whole)
      (frontier, end) = (known, whole.count + Padding.padLength(after: whole.count))
      before = known
      durableHead = LogHead(size: known.size, root: known.root)
      repairs.append(Damage(file: name.path, offset: 0, leaves: name.first..<name.first, kind: .head))
    }
  }

  /// Number of leaves before the file and in its whole groups.
  var size: UInt64 { frontier.size }

  /// Whether the file ends as a writer leaves it that closes: what it holds is called durable, and nothing follows, also
  /// no space ahead.
  var isAtRest: Bool {
    get throws(LogError) {
      let length = try file.size()
      return length <= end && (blocks.isEmpty || durable == size)
    }
  }

  /// Goes on from `end` as far as whole blocks follow. `thorough` also checks each frame's own sum and each line's
  /// `seq`, for the verifier.
  mutating func walk(thorough: Bool = false) throws(LogError) {
    self.thorough = thorough
    (pending, stop) = ([], nil)
    if before.size % segment == 0 { crossings[before.size] = before }
    var (at, tree, root) = (end, frontier, frontier.root)
    while let header = try block(at: at, tree: &tree) {
      durable = max(durable, header.durable)
      if header.durable == header.first { durableHead = LogHead(size: header.first, root: root) }
      root = header.root
      let next = at + header.blockLength
      if header.count > 0 {
        let place = BlockPlace(
          offset: at, first: header.first, count: Int(header.count), lineBytes: Int(header.lineBytes),
          length: next - at, times: header.times)
        pending.append(place)
      }
      at = next + Padding.padLength(after: next)
      checkPad(next, at)
      if !header.flags.contains(.continues) { accept(header, tree, at) }
    }
    stopOffset = at
    if stop == nil && !pending.isEmpty { stop = .missing }
  }

  private mutating func accept(_ header: BlockHeader, _ tree: Frontier, _ offset: Int) {
    blocks += pending
    pending = []
    (frontier, end, group) = (tree, offset, header.group)
    if header.count > 0 { lastTime = max(lastTime, header.times.upperBound) }
  }

  /// The header of the whole block at `offset`, its leaves added to `tree`; `nil` at the first thing that is none.
  private mutating func block(at offset: Int, tree: inout Frontier) throws(LogError) -> BlockHeader? {
    try file.load(BlockHeader.length, at: offset, into: buffer)
    guard buffer.count == BlockHeader.length, let header = BlockHeader(buffer.bytes) else {
      let isSpace = buffer.bytes.isZero || buffer.count >= 8 && buffer.bytes.number(0) == Padding.tail
      if !isSpace { stop = .header }
      return nil
    }
    guard header.log == log, header.first == tree.size, !header.flags.contains(.sealed), header.durable <= tree.size
    else {
      stop = .foreign
      return nil
    }
    var grown = tree
    if header.vaultLength > 0 {
      try file.load(Int(header.vaultLength), at: offset + BlockHeader.length, into: buffer)
      guard VaultFrame.records(buffer.bytes, leaves: Int(header.count)) != nil else {
        stop = .vault
        return nil
      }
    }
    if header.count > 0 {
      try file.load(Int(header.frameLength), at: offset + header.frameOffset, into: buffer)
      if let kind = decoder.decode(header, frame: buffer.bytes, log: log, thorough: thorough) {
        stop = kind
        return nil
      }
      append(decoder.hashLeaves(), to: &grown)
      if thorough { checkLines(at: offset) }
    }
    guard grown.root == header.root else {
      stop = .root
      return nil
    }
    tree = grown
    return header
  }

  /// Adds leaves to the tree, and keeps it where a segment ends.
  private mutating func append(_ leaves: [Hash], to tree: inout Frontier) {
    var rest = leaves[...]
    while !rest.isEmpty {
      let part = rest.prefix(Int(segment - tree.size % segment))
      tree.append(contentsOf: part)
      if tree.size % segment == 0 { crossings[tree.size] = tree }
      rest = rest.dropFirst(part.count)
    }
  }

  private mutating func checkLines(at offset: Int) {
    guard let block = decoder.block() else { return }
    let found = block.inspection
    redactions += found.redactions
    guard let wrong = found.wrong else { return }
    let damage = Damage(file: name.path, offset: offset, leaves: wrong..<wrong + 1, kind: .line)
    wrongLines.append(damage)
  }

  /// Notes a Pad that is not one. The lines before it are whole, so the walk goes on.
  private mutating func checkPad(_ start: Int, _ next: Int) {
    let space = ByteBuffer()
    guard (try? file.load(next - start, at: start, into: space)) != nil, space.count == next - start,
      Padding.isWhole(space.bytes, magic: Padding.pad)
    else {
      repairs.append(Damage(file: name.path, offset: start, leaves: 0..<0, kind: .padding))
      return
    }
  }
}
