import Crypto
public import Log

/// The tree of RFC 6962 over the same lines by a hash of another kind, SHA3-256 (FIPS 202). Should SHA-256 ever grow
/// weak, a statement that was signed in time, with the roots by both, carries the evidence on (after RFC 4998).
///
/// A leaf is the line as it stands, also where that has given place to its hash: a line redacted after the statement
/// leaves a root that nobody can compute any more.
public struct SecondTree {
  /// As statements name the hash.
  public static let name = "sha3-256"

  /// Roots of the full subtrees, the largest first.
  private var nodes: [Hash] = []
  public private(set) var size: UInt64 = 0
  /// Lines among them that are a hash only.
  public private(set) var redactions: UInt64 = 0

  public init() {}

  public mutating func append(_ line: UnsafeRawBufferPointer) {
    if Redaction(line) != nil { redactions += 1 }
    var node = SecondTree.hash(0, [line])
    var rest = size
    while rest & 1 == 1, let left = nodes.popLast() {
      node = SecondTree.node(left, node)
      rest >>= 1
    }
    nodes.append(node)
    size += 1
  }

  public var root: Hash {
    guard let last = nodes.last else { return SecondTree.hash(nil, []) }
    return nodes.dropLast().reversed().reduce(last) { SecondTree.node($1, $0) }
  }

  private static func node(_ left: Hash, _ right: Hash) -> Hash {
    left.withBytes { left in right.withBytes { right in hash(1, [left, right]) } }
  }

  private static func hash(_ prefix: UInt8?, _ parts: [UnsafeRawBufferPointer]) -> Hash {
    var hasher = SHA3_256()
    if let prefix { hasher.update(data: [prefix]) }
    for part in parts { hasher.update(bufferPointer: part) }
    return hasher.finalize().withUnsafeBytes { Hash($0) }
  }
}

extension LogTree {
  /// The second tree over the first `size` lines. Complexity: reads and hashes all of them.
  public func secondTree(at size: UInt64) throws -> SecondTree {
    var tree = SecondTree()
    try forEachBlock(from: 0) { block in
      for place in 0..<block.count where block.first + UInt64(place) < size { tree.append(block.line(place)) }
    }
    return tree
  }
}
