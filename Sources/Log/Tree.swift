// The hash tree of RFC 6962 section 2.1 over the log's lines:
//
//   empty tree   SHA-256 of nothing
//   leaf         SHA-256(0x00 ‖ line without LF)
//   node         SHA-256(0x01 ‖ left ‖ right), left being the largest full subtree that leaves the right side non-empty

/// The hash of one line as a leaf. For many lines use `LineBlock.leaves`, which hashes in place.
public func leafHash(of line: UnsafeRawBufferPointer) -> Hash {
  if let redaction = Redaction(line) { return redaction.leaf }
  return contentHash(of: line)
}

/// The leaf hash of a line that is what it is, whatever it looks like.
private func contentHash(of line: UnsafeRawBufferPointer) -> Hash {
  withUnsafeTemporaryAllocation(byteCount: line.count + 1, alignment: 1) { space in
    space[0] = 0
    UnsafeMutableRawBufferPointer(rebasing: space.dropFirst()).copyMemory(from: line)
    return Hash.of(UnsafeRawBufferPointer(space))
  }
}

/// The hash of a node from its two sides.
public func nodeHash(_ left: Hash, _ right: Hash) -> Hash {
  withUnsafeTemporaryAllocation(byteCount: 1 + 2 * Hash.length, alignment: 1) { space in
    space[0] = 1
    left.withBytes { UnsafeMutableRawBufferPointer(rebasing: space[1..<33]).copyMemory(from: $0) }
    right.withBytes { UnsafeMutableRawBufferPointer(rebasing: space[33..<65]).copyMemory(from: $0) }
    return Hash.of(UnsafeRawBufferPointer(space))
  }
}

/// What must be kept of a tree to go on growing it: the roots of its full subtrees, largest first ("compact range").
///
/// Invariant: `hashes.count` is the number of one bits in `size`; the hash for a bit 2^k is the root of 2^k leaves.
public struct Frontier: Equatable, Sendable {
  public private(set) var size: UInt64
  public private(set) var hashes: [Hash]

  /// The tree without leaves.
  public init() { (size, hashes) = (0, []) }

  /// A kept frontier; `nil` if the number of hashes does not fit the size.
  public init?(size: UInt64, hashes: [Hash]) {
    guard hashes.count == size.nonzeroBitCount else { return nil }
    (self.size, self.hashes) = (size, hashes)
  }

  /// Adds one leaf. One node hash on average.
  public mutating func append(_ leaf: Hash) { append(subtree: leaf, leaves: 1) }

  /// Adds a full subtree of `leaves` leaves, a power of two that divides the size so far (because a subtree that
  /// starts anywhere else is no node of the tree).
  mutating func append(subtree: Hash, leaves: UInt64) {
    precondition(leaves.nonzeroBitCount == 1 && size % leaves == 0, "no node of the tree starts here")
    var node = subtree
    var bit = leaves
    while size & bit != 0 {
      node = nodeHash(hashes.removeLast(), node)
      bit <<= 1
    }
    hashes.append(node)
    size += leaves
  }

  /// Adds many leaves; the same as one at a time, and quicker, because full subtrees are hashed in place.
  mutating func append(contentsOf leaves: ArraySlice<Hash>) {
    var rest = leaves
    while let leaf = rest.first {
      // A subtree may begin where its size divides the tree's.
      let aligned = size == 0 ? Self.stretch : min(Self.stretch, Int(clamping: size & (~size &+ 1)))
      let count = min(aligned, 1 << (Int.bitWidth - 1 - rest.count.leadingZeroBitCount))
      append(subtree: count == 1 ? leaf : Self.root(of: rest.prefix(count)), leaves: UInt64(count))
      rest = rest.dropFirst(count)
    }
  }

  /// The same for all of an array.
  mutating func append(contentsOf leaves: [Hash]) { append(contentsOf: leaves[...]) }

  /// Most leaves of a subtree that is hashed in place.
  private static let stretch = Limit.bundleLeaves

  /// The root of so many neighbours, a power of two of them.
  static func root(of leaves: ArraySlice<Hash>) -> Hash {
    withUnsafeTemporaryAllocation(byteCount: (leaves.count + 1) * Hash.length, alignment: 1) { space in
      // One hash's room before the first: the byte before two neighbours is their node's prefix while they are hashed.
      let nodes = UnsafeMutableRawBufferPointer(rebasing: space[Hash.length...])
      leaves.withUnsafeBytes { nodes.copyMemory(from: $0) }
      var count = leaves.count
      while count > 1 {
        for place in stride(from: 0, to: count, by: 2) {
          let start = Hash.length + place * Hash.length - 1
          let before = space[start]
          space[start] = 1
          let node = Hash.of(UnsafeRawBufferPointer(rebasing: space[start..<start + 1 + 2 * Hash.length]))
          space[start] = before
          node.withBytes { nodes.part(place / 2 * Hash.length, Hash.length).copyMemory(from: $0) }
        }
        count /= 2
      }
      return Hash(UnsafeRawBufferPointer(nodes))
    }
  }

  /// The root of the tree; a look at the frontier only, ≤ 63 node hashes.
  public var root: Hash {
    guard var root = hashes.last else { return Hash.of(UnsafeRawBufferPointer(start: nil, count: 0)) }
    for hash in hashes.dropLast().reversed() { root = nodeHash(hash, root) }
    return root
  }

  /// The tree of these leaves followed by those of `right`. Every full subtree of `right` must be a node of the joined
  /// tree, as it is when this size is a multiple of a segment and `right` is at most one segment.
  func joined(with right: Frontier) -> Frontier {
    var joined = self
    var rest = right.size
    for hash in right.hashes {
      let leaves = UInt64(1) << (63 - rest.leadingZeroBitCount)
      joined.append(subtree: hash, leaves: leaves)
      rest -= leaves
    }
    return joined
  }
}
