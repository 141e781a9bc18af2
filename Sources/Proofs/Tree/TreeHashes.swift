public import Log

/// Whatever knows the nodes of a tree that are full subtrees. The tree of RFC 6962 is made of nothing else.
public protocol TreeHashes {
  /// Leaves in the tree.
  var size: UInt64 { get }
  /// The root of the `2^level` leaves from `index * 2^level` on.
  func hash(level: Int, index: UInt64) throws -> Hash
}

extension LogTree: TreeHashes {}

/// Places in the tree, as RFC 6962 section 2.1 divides it.
enum Division {
  /// Where a tree over so many leaves, 2 or more, is divided: the largest power of two below `count`.
  static func split(_ count: UInt64) -> UInt64 { 1 << UInt64(63 - (count - 1).leadingZeroBitCount) }

  /// The full subtrees that make up a part of the tree, left to right. At most 126.
  static func subtrees(of range: Range<UInt64>) -> [(level: Int, index: UInt64)] {
    var nodes: [(level: Int, index: UInt64)] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let fits = 63 - (range.upperBound - start).leadingZeroBitCount
      let level = start == 0 ? fits : min(fits, start.trailingZeroBitCount)
      nodes.append((level, start >> UInt64(level)))
      start += 1 << UInt64(level)
    }
    return nodes
  }
}

extension TreeHashes {
  /// The root of the first `size` leaves.
  public func root(at size: UInt64) throws -> Hash { try root(of: 0..<size) }

  /// MTH(D[range]) for a range that the division of some tree produces.
  func root(of range: Range<UInt64>) throws -> Hash {
    let nodes = Division.subtrees(of: range)
    guard let last = nodes.last else { return Frontier().root }
    var root = try hash(level: last.level, index: last.index)
    for node in nodes.dropLast().reversed() { root = nodeHash(try hash(level: node.level, index: node.index), root) }
    return root
  }
}
