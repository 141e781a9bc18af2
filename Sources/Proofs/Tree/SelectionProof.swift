public import Log

/// That several leaves stand at their places in a tree, without saying the same hash twice.
///
/// The tree is divided as RFC 6962 divides it, left side first. A part without any of the leaves is given as its root;
/// a part that is one of the leaves is not given, because who checks has the leaf; any other part is divided further.
public struct SelectionProof: Equatable, Sendable {
  /// Ascending, each once, none twice.
  public let indexes: [UInt64]
  /// Leaves in the tree.
  public let size: UInt64
  public let hashes: [Hash]

  public init(indexes: [UInt64], size: UInt64, hashes: [Hash]) {
    (self.indexes, self.size, self.hashes) = (indexes, size, hashes)
  }

  /// Proves the leaves `indexes` (ascending, at least one) in the first `size` leaves of `tree`.
  public init(of indexes: [UInt64], in tree: some TreeHashes, size: UInt64) throws {
    guard let last = indexes.last, last < size, size <= tree.size else {
      throw ProofError.outOfRange(seq: indexes.last ?? 0, size: min(size, tree.size))
    }
    var hashes: [Hash] = []
    try Self.walk(0..<size, indexes[...]) { try hashes.append(tree.root(of: $0)) }
    self.init(indexes: indexes, size: size, hashes: hashes)
  }

  private static func walk(
    _ range: Range<UInt64>, _ selected: ArraySlice<UInt64>, _ unselected: (Range<UInt64>) throws -> Void
  ) throws {
    if selected.isEmpty { return try unselected(range) }
    guard range.count > 1 else { return }
    let middle = range.lowerBound + Division.split(UInt64(range.count))
    let cut = selected.firstIndex { $0 >= middle } ?? selected.endIndex
    try walk(range.lowerBound..<middle, selected[..<cut], unselected)
    try walk(middle..<range.upperBound, selected[cut...], unselected)
  }

  /// The root of the tree in which `leaves`, one for each index, stand there.
  ///
  /// Throws `wrongHashes` if there are more or fewer hashes than these places need.
  public func root(of leaves: [Hash]) throws(ProofError) -> Hash {
    guard let last = indexes.last, leaves.count == indexes.count, last < size, size <= ProofLimit.treeSize,
      zip(indexes, indexes.dropFirst()).allSatisfy({ $0 < $1 })
    else { throw .wrongHashes }
    var (leaves, rest) = (leaves[...], hashes[...])
    let root = try root(0..<size, indexes[...], &leaves, &rest)
    guard rest.isEmpty else { throw .wrongHashes }
    return root
  }

  private func root(
    _ range: Range<UInt64>, _ selected: ArraySlice<UInt64>, _ leaves: inout ArraySlice<Hash>,
    _ rest: inout ArraySlice<Hash>
  ) throws(ProofError) -> Hash {
    guard !selected.isEmpty, range.count > 1 else {
      guard let hash = selected.isEmpty ? rest.popFirst() : leaves.popFirst() else { throw .wrongHashes }
      return hash
    }
    let middle = range.lowerBound + Division.split(UInt64(range.count))
    let cut = selected.firstIndex { $0 >= middle } ?? selected.endIndex
    let left = try root(range.lowerBound..<middle, selected[..<cut], &leaves, &rest)
    return nodeHash(left, try root(middle..<range.upperBound, selected[cut...], &leaves, &rest))
  }
}
