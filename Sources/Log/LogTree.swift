/// The nodes of the tree over a log's lines, for proofs: those that are full subtrees, by level and place.
///
/// A sealed segment's root comes from its footer. Below it, the 256 roots of its bundles of 256 leaves are kept once
/// they were computed, so that a proof then costs one block and a few hundred hashes. Not for several threads.
public final class LogTree {
  /// Keeps bundle roots from one run to the next. What comes back is checked against the segment's root, so that a
  /// wrong or lost value costs time and nothing else.
  public protocol Shelf {
    func load(segment first: UInt64) -> [UInt8]?
    func keep(_ bytes: [UInt8], segment first: UInt64)
  }

  /// Leaves that can be proven: the reader's head when this was made, or less.
  public let size: UInt64
  private let reader: LogReader
  private let shelf: (any Shelf)?
  private let segmentLevel: Int
  private var bundles: [UInt64: [Hash]] = [:]  // by the segment's first leaf; only those that are full
  private var recent: [UInt64: Bundle] = [:]  // by first leaf

  /// Up to 256 neighbouring lines and their hashes.
  private struct Bundle {
    var lines: [[UInt8]] = []
    var leaves: [Hash] = []
  }

  /// Bundles that are kept decoded: a proof asks for hashes and lines of the same ones.
  private static let recentMax = 64

  private static let bundleLevel = Limit.bundleLeaves.trailingZeroBitCount

  /// The tree of the first `size` leaves; all that the reader sees where `nil` or more is asked for.
  public init(_ reader: LogReader, size: UInt64? = nil, shelf: (any Shelf)? = nil) {
    (self.reader, self.shelf) = (reader, shelf)
    self.size = min(size ?? .max, reader.head.size)
    segmentLevel = reader.manifest.segmentLeaves.trailingZeroBitCount
  }

  /// The root of the leaves from `index * 2^level` on, `2^level` of them, which must be below `size`.
  ///
  /// Throws `LogError.outOfRange`, or what reading the lines throws.
  public func hash(level: Int, index: UInt64) throws -> Hash {
    let (end, overflow) = (index &+ 1).multipliedReportingOverflow(by: level < 64 ? 1 << UInt64(level) : 0)
    guard level < 64, index < .max, !overflow, end <= size else {
      throw LogError.outOfRange(seq: overflow ? .max : end, size: size)
    }
    if level == segmentLevel, end <= reader.catalogue.sealed {
      let segment = try reader.catalogue.segment(end - 1 << UInt64(level))
      guard let root = segment.root else {
        throw LogError.damaged(segment.damage(holding: segment.first, leaves: 1 << UInt64(level)))
      }
      return root
    }
    if level > segmentLevel { return try children(level, index) }
    if level < Self.bundleLevel { return try leaf(level, index) }
    let perSegment = UInt64(1) << UInt64(segmentLevel - Self.bundleLevel)
    let first = index << UInt64(level - Self.bundleLevel)
    let roots = try bundleRoots(first / perSegment)
    let place = Int(first % perSegment)
    return Frontier.root(of: roots[place..<place + 1 << (level - Self.bundleLevel)])
  }

  /// One line, from the log itself.
  public func line(at seq: UInt64) throws(LogError) -> [UInt8] {
    guard seq < size else { throw .outOfRange(seq: seq, size: size) }
    let start = Self.bundleStart(seq)
    if let known = recent[start] { return known.lines[Int(seq - start)] }
    return try reader.line(at: seq)
  }

  /// All lines from `start` on, block by block.
  public func forEachBlock(from start: UInt64, _ body: (LineBlock) throws -> Void) throws {
    try reader.forEachBlock(from: start, upTo: size, body)
  }

  private func children(_ level: Int, _ index: UInt64) throws -> Hash {
    nodeHash(try hash(level: level - 1, index: index * 2), try hash(level: level - 1, index: index * 2 + 1))
  }

  /// A leaf, or a node above a few of them.
  private func leaf(_ level: Int, _ index: UInt64) throws -> Hash {
    let first = index << UInt64(level)
    let start = Self.bundleStart(first)
    let place = Int(first - start)
    return Frontier.root(of: try bundle(start).leaves[place..<place + 1 << level])
  }

  private static func bundleStart(_ seq: UInt64) -> UInt64 { seq & ~UInt64(Limit.bundleLeaves - 1) }

  private func bundle(_ start: UInt64) throws -> Bundle {
    if let known = recent[start] { return known }
    var bundle = Bundle()
    try reader.forEachBlock(from: start, upTo: min(start + UInt64(Limit.bundleLeaves), size)) { block in
      for place in 0..<block.count {
        bundle.lines.append(Array(block.line(place)))
        bundle.leaves.append(leafHash(of: block.line(place)))
      }
    }
    if recent.count >= Self.recentMax { recent.removeAll(keepingCapacity: true) }
    recent[start] = bundle
    return bundle
  }

  /// The roots of all full bundles of a segment.
  private func bundleRoots(_ segment: UInt64) throws -> [Hash] {
    let leaves = UInt64(1) << UInt64(segmentLevel)
    let first = segment * leaves
    if let known = bundles[first] { return known }
    let isSealed = first + leaves <= min(size, reader.catalogue.sealed)
    if isSealed, let kept = try shelf?.load(segment: first).flatMap({ try fitting($0, first) }) {
      bundles[first] = kept
      return kept
    }
    let count = Limit.bundleLeaves
    let full = min(leaves, size - first) / UInt64(count) * UInt64(count)
    var roots: [Hash] = []
    var tree = Frontier()
    try reader.forEachBlock(from: first, upTo: first + full) { block in
      for place in 0..<block.count {
        tree.append(leafHash(of: block.line(place)))
        guard tree.size == UInt64(count) else { continue }
        roots.append(tree.root)
        tree = Frontier()
      }
    }
    bundles[first] = roots
    if isSealed { shelf?.keep(roots.flatMap(\.bytes), segment: first) }
    return roots
  }

  /// The bundle roots that a shelf gave back; `nil` unless they give the segment's root.
  private func fitting(_ bytes: [UInt8], _ first: UInt64) throws -> [Hash]? {
    let count = 1 << (segmentLevel - Self.bundleLevel)
    guard bytes.count == count * Hash.length else { return nil }
    let roots = bytes.withUnsafeBytes { raw in (0..<count).map { Hash(raw.part($0 * Hash.length, Hash.length)) } }
    return Frontier.root(of: roots[...]) == (try reader.catalogue.segment(first).root) ? roots : nil
  }
}
