/// Makes the bytes of one commit group: lines into blocks, blocks into whole pages. Used again for every group, so that
/// appending does not allocate.
///
/// A group is one or more blocks; all but the last say "the group continues". A reader takes none of them without the
/// last, which is how a batch stays whole through a crash.
final class GroupBuilder {
  private let log: LogID
  /// The pages, ready to be written.
  let pages = ByteBuffer()
  /// Leaf hashes of the group's lines, in order.
  private(set) var leaves: [Hash] = []
  /// The group's blocks, offsets counted from the group's first byte.
  private(set) var blocks: [BlockPlace] = []
  /// The tree with the group's leaves in finished blocks.
  private(set) var tree = Frontier()

  private let lines = ByteBuffer()  // one byte, then the lines of the block under way
  private let vault = VaultFrame.Builder()
  private var ends: [UInt32] = []
  private var first: UInt64 = 0  // number of the first of these lines
  private var unfinished: Unfinished?
  private var durable: UInt64 = 0
  private var group: UInt32 = 0
  private var time: Int64 = 0
  private var timeText: [UInt8] = []

  /// A block that has all but its header.
  private struct Unfinished {
    let place: BlockPlace
    let continues: Bool
    let frameCRC: UInt32
    let vaultLength: Int
    /// The helper hashes its leaves.
    let isShared: Bool
  }

  private static let timeKey = Array("\"recordedAt\":\"".utf8)
  private static let seqKey = Array("\"seq\":".utf8)
  /// Memory kept between groups; a larger group gives the rest back.
  private static let keptBytes = 4 << 20

  private let helper = LeafWorker()

  init(log: LogID) { self.log = log }
  deinit { helper.end() }

  /// Says how many lines a group is about to get, so that help is there when they are.
  func expect(lines count: Int) {
    if count >= LeafWorker.leavesMin { helper.announce() }
  }

  /// Begins a group behind `tree`, all of whose leaves are durable, recorded at `milliseconds`.
  func begin(_ tree: Frontier, group: UInt32, milliseconds: Int64) {
    pages.trim(above: Self.keptBytes)
    leaves.removeAll(keepingCapacity: true)
    blocks.removeAll(keepingCapacity: true)
    if time != milliseconds || timeText.isEmpty {
      timeText = Self.timeKey + isoText(microseconds: milliseconds * 1_000) + Array("\",".utf8)
    }
    (self.tree, durable, self.group, time) = (tree, tree.size, group, milliseconds)
    startBlock(first: tree.size)
  }

  /// Number that the next line gets.
  var nextSeq: UInt64 { first + UInt64(ends.count) }

  /// Length of the line, LF not counted, that `draft` becomes as number `seq`.
  func length(of draft: Draft, seq: UInt64) -> Int {
    draft.line.count + timeText.count + Self.seqKey.count + Self.digits(seq)
  }

  /// Adds a line whose length has been found allowed.
  func add(_ draft: Draft, length: Int) {
    if lines.count - 1 + length + 1 > Limit.blockLineBytes || vault.isFull { finishBlock(continues: true) }
    if !draft.vault.isEmpty { vault.add(draft.vault, leaf: ends.count) }
    let seq = nextSeq
    var room = lines.room(length + 1)
    draft.line.withUnsafeBytes { line in
      let middle = draft.headCount + draft.middleCount
      room.take(line[..<draft.headCount])
      room.take(timeText)
      room.take(line[draft.headCount..<middle])
      room.take(Self.seqKey)
      room.take(decimal: seq, digits: Self.digits(seq))
      room.take(line[middle...])
    }
    room[0] = 10
    lines.count += length + 1
    ends.append(UInt32(lines.count - 2))
  }

  /// Finishes the group; it must have a line.
  func finish() {
    finishBlock(continues: false)
    finishHeader()
  }

  /// Makes the group a marker instead: it says that everything before it is durable.
  func finishAsMarker() {
    var header = BlockHeader(log: log, first: tree.size, times: time...time, durable: durable, root: tree.root)
    header.flags = .marker
    header.group = group
    header.write(to: pages.room(BlockHeader.length))
    pages.count += BlockHeader.length
    Padding.appendPad(to: pages)
  }

  private func startBlock(first: UInt64) {
    self.first = first
    lines.count = 0
    lines.appendZeros(1)
    ends.removeAll(keepingCapacity: true)
  }

  /// Compresses the lines of the block under way; the header follows when its leaves are in the tree.
  private func finishBlock(continues: Bool) {
    precondition(!ends.isEmpty, "a block has a line")
    finishHeader()
    let isShared = ends.count >= LeafWorker.leavesMin
    if isShared { helper.offer(lines.bytes, ends: ends, behind: tree) }
    let offset = pages.count
    pages.appendZeros(BlockHeader.length)
    let vaultLength = vault.finish(into: pages)
    let text = lines.bytes.part(1, lines.count - 1)
    DataFrame.append(text, level: .fast, to: pages)
    let frameOffset = offset + BlockHeader.length + vaultLength
    let frame = pages.bytes.part(frameOffset, pages.count - frameOffset)
    let place = BlockPlace(
      offset: offset, first: first, count: ends.count, lineBytes: text.count, length: pages.count - offset,
      times: time...time)
    unfinished = Unfinished(
      place: place, continues: continues, frameCRC: crc32c(frame), vaultLength: vaultLength, isShared: isShared)
    Padding.appendPad(to: pages)
    if !isShared { appendLeaves() }
    startBlock(first: first + UInt64(ends.count))
  }

  /// Writes the header of the block before, once its leaves are in the tree, which another core may still be at. So that
  /// core hashes one block while this one puts together and compresses the next.
  private func finishHeader() {
    guard let block = unfinished else { return }
    if block.isShared {
      helper.finish()
      tree = helper.tree
      leaves.append(contentsOf: helper.leaves)
    }
    let place = block.place
    var header = BlockHeader(log: log, first: place.first, times: place.times, durable: durable, root: tree.root)
    header.flags = block.continues ? .continues : []
    (header.count, header.lineBytes) = (UInt32(place.count), UInt32(place.lineBytes))
    header.vaultLength = UInt32(block.vaultLength)
    (header.frameLength, header.frameCRC) = (UInt32(place.length - header.frameOffset), block.frameCRC)
    header.group = group
    header.write(to: pages.mutableBytes.part(place.offset, BlockHeader.length))
    blocks.append(place)
    unfinished = nil
  }

  private func appendLeaves() {
    LeafHasher.append(lines.mutableBytes, ends: ends, to: &leaves)
    tree.append(contentsOf: leaves.suffix(ends.count))
  }

  private static func digits(_ number: UInt64) -> Int {
    var (count, rest) = (1, number)
    while rest >= 10 { (count, rest) = (count + 1, rest / 10) }
    return count
  }
}

extension UnsafeMutableRawBufferPointer {
  /// Copies `bytes` to the front and goes on behind them.
  fileprivate mutating func take(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { copyMemory(from: $0) }
    self = UnsafeMutableRawBufferPointer(rebasing: self[bytes.count...])
  }

  fileprivate mutating func take(_ bytes: Slice<UnsafeRawBufferPointer>) {
    copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes))
    self = UnsafeMutableRawBufferPointer(rebasing: self[bytes.count...])
  }

  /// Writes a number of so many decimal digits to the front and goes on behind it.
  fileprivate mutating func take(decimal number: UInt64, digits: Int) {
    var rest = number
    for place in (0..<digits).reversed() {
      self[place] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
    self = UnsafeMutableRawBufferPointer(rebasing: self[digits...])
  }
}
