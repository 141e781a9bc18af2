public import Log

/// That a tree is a later state of an older one (RFC 6962 section 2.1.2): nothing of the old one was changed.
public struct ConsistencyProof: Equatable, Sendable {
  /// Leaves in the old tree and in the new one.
  public let old: UInt64
  public let new: UInt64
  /// At most 63. None between equal sizes, and none from the empty tree, which every tree continues.
  public let path: [Hash]

  public init(old: UInt64, new: UInt64, path: [Hash]) { (self.old, self.new, self.path) = (old, new, path) }

  /// Proves that the first `new` leaves of `tree` continue the first `old`.
  public init(from old: UInt64, to new: UInt64, in tree: some TreeHashes) throws {
    guard old <= new, new <= tree.size else { throw ProofError.outOfRange(seq: old, size: min(new, tree.size)) }
    guard old > 0, old < new else {
      self.init(old: old, new: new, path: [])
      return
    }
    var path: [Hash] = []
    var range = 0..<new
    // Down to the subtree that ends where the old tree does. If that is all of the old tree, its root is known.
    while old < range.upperBound {
      let middle = range.lowerBound + Division.split(UInt64(range.count))
      let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
      path.append(try tree.root(of: old <= middle ? right : left))
      range = old <= middle ? left : right
    }
    if range.lowerBound > 0 { path.append(try tree.root(of: range)) }
    self.init(old: old, new: new, path: path.reversed())
  }

  /// Throws `wrongHashes` unless the tree with `newRoot` continues that with `oldRoot`. RFC 9162 section 2.1.4.2.
  public func verify(oldRoot: Hash, newRoot: Hash) throws(ProofError) {
    guard old <= new else { throw .wrongHashes }
    guard old > 0, old < new else {
      guard path.isEmpty, old == new ? oldRoot == newRoot : oldRoot == Frontier().root else { throw .wrongHashes }
      return
    }
    var hashes = path[...]
    if old.nonzeroBitCount == 1 { hashes = [oldRoot] + hashes }
    guard let first = hashes.popFirst() else { throw .wrongHashes }
    var (place, last) = (old - 1, new - 1)
    while place & 1 == 1 { (place, last) = (place >> 1, last >> 1) }
    var (oldSide, newSide) = (first, first)
    for hash in hashes {
      guard last > 0 else { throw .wrongHashes }
      if place & 1 == 1 || place == last {
        (oldSide, newSide) = (nodeHash(hash, oldSide), nodeHash(hash, newSide))
        while place & 1 == 0 && place > 0 { (place, last) = (place >> 1, last >> 1) }
      } else {
        newSide = nodeHash(newSide, hash)
      }
      (place, last) = (place >> 1, last >> 1)
    }
    guard last == 0, oldSide == oldRoot, newSide == newRoot else { throw .wrongHashes }
  }
}
