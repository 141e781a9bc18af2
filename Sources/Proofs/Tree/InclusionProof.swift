public import Log

/// That a leaf stands at a place in a tree (RFC 6962 section 2.1.1): the siblings on the way from it to the root.
public struct InclusionProof: Equatable, Sendable {
  public let index: UInt64
  /// Leaves in the tree.
  public let size: UInt64
  /// From the leaf's sibling up to the root's child; at most 63.
  public let path: [Hash]

  public init(index: UInt64, size: UInt64, path: [Hash]) { (self.index, self.size, self.path) = (index, size, path) }

  /// Proves leaf `index` in the first `size` leaves of `tree`. Asks for at most 63 parts of the tree.
  public init(of index: UInt64, in tree: some TreeHashes, size: UInt64) throws {
    guard index < size, size <= tree.size else { throw ProofError.outOfRange(seq: index, size: min(size, tree.size)) }
    var path: [Hash] = []
    var range = 0..<size
    while range.count > 1 {
      let middle = range.lowerBound + Division.split(UInt64(range.count))
      let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
      path.append(try tree.root(of: index < middle ? right : left))
      range = index < middle ? left : right
    }
    self.init(index: index, size: size, path: path.reversed())
  }

  /// The root of the tree in which the leaf stands at `index`: compare it with one that was signed.
  ///
  /// Throws `wrongHashes` if there are more or fewer hashes than the place needs. RFC 9162 section 2.1.3.2.
  public func root(of leaf: Hash) throws(ProofError) -> Hash {
    guard index < size else { throw .outOfRange(seq: index, size: size) }
    var (place, last) = (index, size - 1)
    var root = leaf
    for sibling in path {
      guard last > 0 else { throw .wrongHashes }
      if place & 1 == 1 || place == last {
        root = nodeHash(sibling, root)
        while place & 1 == 0 && place > 0 { (place, last) = (place >> 1, last >> 1) }
      } else {
        root = nodeHash(root, sibling)
      }
      (place, last) = (place >> 1, last >> 1)
    }
    guard last == 0 else { throw .wrongHashes }
    return root
  }

  /// Throws `wrongHashes` unless `leaf` stands at `index` in the tree with that root.
  public func verify(_ leaf: Hash, root expected: Hash) throws(ProofError) {
    guard try root(of: leaf) == expected else { throw .wrongHashes }
  }
}
