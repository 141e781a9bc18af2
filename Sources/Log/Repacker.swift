/// Writes lines that have their numbers already into the blocks of a new active file, however they were cut into blocks
/// before.
///
/// A block is a group of its own: the lines are known to be durable elsewhere until the new file has its name, so no
/// batch can be torn any more.
final class Repacker {
  private let file: any DiskFile
  private let log: LogID
  private(set) var tree: Frontier
  private(set) var position: Int
  private var group: UInt32
  private let lines = ByteBuffer()
  private var leaves: [Hash] = []
  private var times: ClosedRange<Int64>?

  /// Goes on in `file` at `position` behind the leaves of `tree`.
  init(_ file: any DiskFile, at position: Int, log: LogID, after tree: Frontier, group: UInt32) {
    (self.file, self.position, self.log) = (file, position, log)
    (self.tree, self.group) = (tree, group)
  }

  func add(_ line: UnsafeRawBufferPointer, times: ClosedRange<Int64>) throws(LogError) {
    if lines.count + line.count + 1 > Limit.blockLineBytes { try flush() }
    lines.append(line)
    lines.append([UInt8(ascii: "\n")])
    leaves.append(leafHash(of: line))
    let earliest = min(self.times?.lowerBound ?? times.lowerBound, times.lowerBound)
    self.times = earliest...max(self.times?.upperBound ?? times.upperBound, times.upperBound)
  }

  /// The last block, and a marker: once the file has its name, all of it is durable.
  func finish() throws(LogError) {
    let last = times?.upperBound
    try flush()
    let builder = GroupBuilder(log: log)
    builder.begin(tree, group: group &+ 1, milliseconds: max(last ?? 0, 0))
    builder.finishAsMarker()
    try write(builder.pages)
  }

  private func flush() throws(LogError) {
    guard let times, !leaves.isEmpty else { return }
    let first = tree.size
    tree.append(contentsOf: leaves)
    group &+= 1
    let page = ByteBuffer()
    page.appendZeros(BlockHeader.length)
    DataFrame.append(lines.bytes, level: .fast, to: page)
    let frame = page.bytes.part(BlockHeader.length, page.count - BlockHeader.length)
    var header = BlockHeader(log: log, first: first, times: times, durable: first, root: tree.root)
    header.flags = .rewritten
    (header.count, header.lineBytes) = (UInt32(leaves.count), UInt32(lines.count))
    (header.frameLength, header.frameCRC, header.group) = (UInt32(frame.count), crc32c(frame), group)
    header.write(to: page.mutableBytes.part(0, BlockHeader.length))
    Padding.appendPad(to: page)
    try write(page)
    lines.count = 0
    leaves.removeAll(keepingCapacity: true)
    self.times = nil
  }

  private func write(_ page: ByteBuffer) throws(LogError) {
    try file.write(page.bytes, at: position)
    position += page.count
  }
}
