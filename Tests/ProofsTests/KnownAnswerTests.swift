import Log
import LogTestSupport
import Testing

@testable import Proofs

/// Leaves in memory, and the tree over them by the recursion of RFC 6962 section 2.1, sharing nothing with the log's
/// code but the hash of a node.
struct PlainTree: TreeHashes {
  let leaves: [Hash]
  var size: UInt64 { UInt64(leaves.count) }

  init(_ count: Int, seed: Int = 0) { leaves = (0..<count).map { Self.leaf("leaf \(seed) \($0)") } }
  init(inputs: [[UInt8]]) { leaves = inputs.map { Self.leaf($0) } }

  static func leaf(_ text: String) -> Hash { leaf(Array(text.utf8)) }
  static func leaf(_ bytes: [UInt8]) -> Hash { bytes.withUnsafeBytes { leafHash(of: $0) } }

  func hash(level: Int, index: UInt64) throws -> Hash {
    let count = 1 << level
    let end = (Int(index) + 1) * count
    guard end <= leaves.count else { throw ProofError.outOfRange(seq: UInt64(end), size: size) }
    return Self.root(leaves[end - count..<end])
  }

  static func root(_ leaves: ArraySlice<Hash>) -> Hash {
    guard leaves.count > 1 else { return leaves.first ?? Frontier().root }
    var split = 1
    while split * 2 < leaves.count { split *= 2 }
    let middle = leaves.startIndex + split
    return nodeHash(root(leaves[..<middle]), root(leaves[middle...]))
  }
}

/// The tree that Certificate Transparency's reference implementation publishes vectors for.
private let inputs: [[UInt8]] = [
  [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
  [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
  [0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
]

/// Computed by Python's hashlib, as RFC 6962 says with SHA3-256 in the place of SHA-256.
@Suite struct `The second tree` {
  @Test(arguments: [
    (0, "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a"),
    (1, "3d122ea15b883943dc304e5a7525c8fd9e1236ea756dc83fda60bf5603e93230"),
    (2, "b4ea3a22110b08a73cabbf27ac30c771b74bebd8797f8e15ed579b3f3ccaa387"),
    (3, "5c1fc7140b143ff13c3f82400a08f9656e65cd68f2f522813d208f3b666cb334"),
    (7, "1dc0cac9a52dc3e3969197e7844a444b34aa740b26b275306b355311b605dd07"),
    (8, "9dfeecf9a82d1a1a93cf2143298997a64ec5dd8199e0b6c791f442b9e9a2125a"),
    (1000, "fcfbc388291031f8aae1ad79b3ac6b5ea2d09dd0576d986baf816e1b20643fc7"),
  ])
  func `has these roots over the lines 0, 1, 2, …`(_ count: Int, _ root: String) {
    var tree = SecondTree()
    for number in 0..<count { Array("\(number)".utf8).withUnsafeBytes { tree.append($0) } }
    #expect(tree.root.hex == root && tree.size == UInt64(count))
  }
}

@Suite struct `Known answers` {
  @Test(arguments: [
    (0, 1, []),
    (
      0, 8,
      [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ]
    ),
    (
      5, 8,
      [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ]
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
      1, 5,
      [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      ]
    ),
  ] as [(UInt64, UInt64, [String])])
  func `of inclusion`(_ index: UInt64, _ size: UInt64, _ path: [String]) throws {
    let proof = try InclusionProof(of: index, in: PlainTree(inputs: inputs), size: size)
    #expect(proof.path.map(\.hex) == path)
  }

  @Test(arguments: [
    (1, 1, []),
    (
      1, 8,
      [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ]
    ),
    (
      6, 8,
      [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ]
    ),
    (
      2, 5,
      [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      ]
    ),
  ] as [(UInt64, UInt64, [String])])
  func `of consistency`(_ old: UInt64, _ new: UInt64, _ path: [String]) throws {
    let proof = try ConsistencyProof(from: old, to: new, in: PlainTree(inputs: inputs))
    #expect(proof.path.map(\.hex) == path)
  }

  /// The key and the note that the specification prints.
  @Test func `of a signed note`() throws {
    let key = try VerifierKey("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    let text = """
      This is an example message.

      \u{2014} example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=

      """
    let note = try SignedNote(Array(text.utf8))
    #expect(note.text == "This is an example message.\n")
    #expect(note.encoded == text)
    #expect(note.signatures.map(\.id) == [key.id])
    #expect(key.time(of: note.signatures[0], over: note.text) == 0)
    #expect(key.time(of: note.signatures[0], over: "This is an example massage.\n") == nil)
    #expect(try VerifierKey(key.text) == key)
  }

  @Test func `of tile paths`() {
    let places: [(UInt64, String)] = [
      (0, "000"), (999, "999"), (1000, "x001/000"), (1_234_067, "x001/x234/067"), (1_000_000_000, "x001/x000/x000/000"),
    ]
    for (number, path) in places { #expect(TileExport.place(number) == path) }
  }
}
