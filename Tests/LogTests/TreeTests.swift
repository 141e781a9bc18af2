import CChecksum
import Crypto
import LogTestSupport
import Testing

@testable import Log

/// RFC 6962 section 2.1 as it stands there, by recursion, sharing nothing with the log's code.
private func merkleTreeHash(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
  if leaves.isEmpty { return Array(SHA256.hash(data: [])) }
  if leaves.count == 1 { return Array(SHA256.hash(data: [0] + leaves[leaves.startIndex])) }
  var split = 1
  while split * 2 < leaves.count { split *= 2 }
  let middle = leaves.startIndex + split
  return Array(SHA256.hash(data: [1] + merkleTreeHash(leaves[..<middle]) + merkleTreeHash(leaves[middle...])))
}

@Suite struct `The tree` {
  @Test func `has the root of the recursive definition at every size to 300`() {
    let leaves = (0..<300).map { Array("leaf \($0)".utf8) }
    var tree = Frontier()
    for size in 0...300 {
      #expect(tree.root.bytes == merkleTreeHash(leaves.prefix(size)), "size \(size)")
      #expect(Frontier(size: UInt64(size), hashes: tree.hashes) == tree)
      if size < 300 { tree.append(leaves[size].withUnsafeBytes { leafHash(of: $0) }) }
    }
  }

  @Test func `is the same whether leaves come one by one or many at once`() {
    let leaves = (0..<700).map { number in Array("leaf \(number)".utf8).withUnsafeBytes { leafHash(of: $0) } }
    for first in [0, 1, 2, 3, 7, 8, 128, 255, 256, 257, 300] {
      for count in [0, 1, 2, 3, 5, 31, 64, 127, 256, 257, 400] {
        var (one, many) = (Frontier(), Frontier())
        for leaf in leaves.prefix(first) {
          one.append(leaf)
          many.append(leaf)
        }
        for leaf in leaves[first..<first + count] { one.append(leaf) }
        many.append(contentsOf: Array(leaves[first..<first + count]))
        #expect(one == many, "\(count) behind \(first)")
      }
    }
  }

  /// The test vectors published with Certificate Transparency's reference implementation.
  @Test func `has the published roots`() {
    let inputs: [[UInt8]] = [
      [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
      [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
      [0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
    ]
    let roots = [
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    var tree = Frontier()
    for (size, root) in roots.enumerated() {
      #expect(tree.root.hex == root)
      if size < inputs.count { tree.append(inputs[size].withUnsafeBytes { leafHash(of: $0) }) }
    }
  }

  @Test func `of the log is that of its lines, block by block and sealed`() throws {
    let log = try TestLog()
    for count in [1, 2, 255, 300, 7] { _ = try log.directory.append(.orders(count)) }
    try log.directory.writer?.seal()
    let lines = try log.directory.allLines().map { Array($0.utf8) }
    #expect(log.directory.head.root.bytes == merkleTreeHash(lines[...]))
    try log.directory.close()
    #expect(try Verifier(disk: log.disk.afterProcessEnd()).run().root == log.directory.head.root)
  }
}

@Suite struct `Checksums` {
  @Test(arguments: [("", 0), ("a", 0xC1D0_4330), ("123456789", 0xE306_9283)] as [(String, UInt32)])
  func `CRC-32C has its published values`(_ text: String, _ sum: UInt32) {
    #expect(keshi_crc32c(0, text, text.utf8.count) == sum)
    #expect(keshi_crc32c_table(0, text, text.utf8.count) == sum)
  }

  @Test(arguments: [("", 0x02CC_5D05), ("a", 0x550D_7456), ("123456789", 0x937B_AD67)] as [(String, UInt32)])
  func `XXH32 has its published values`(_ text: String, _ sum: UInt32) {
    #expect(keshi_xxh32(text, text.utf8.count) == sum)
  }

  @Test func `CRC-32C by table and by instruction agree at every length, whole and in two parts`() {
    var random = SeededRandom(seed: 1)
    let bytes = (0..<300).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    for length in 0...300 {
      let whole = keshi_crc32c(0, bytes, length)
      #expect(keshi_crc32c_table(0, bytes, length) == whole)
      let part = keshi_crc32c(0, bytes, length / 3)
      bytes.withUnsafeBytes { raw in
        #expect(keshi_crc32c(part, raw.baseAddress.map { $0 + length / 3 }, length - length / 3) == whole)
      }
    }
  }
}

@Suite struct `Instants as text` {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (1_795_434_003_123_456, "2026-11-23T11:40:03.123456Z"),
    (1_795_434_003_123_000, "2026-11-23T11:40:03.123Z"), (1_795_434_003_000_000, "2026-11-23T11:40:03Z"),
    (951_782_400_000_000, "2000-02-29T00:00:00Z"), (-1, "1969-12-31T23:59:59.999999Z"),
    (1_709_251_199_000_001, "2024-02-29T23:59:59.000001Z"), (-2_203_891_200_000_000, "1900-03-01T00:00:00Z"),
    (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"), (.max, "9999-12-31T23:59:59.999999Z"),
    (.min, "0001-01-01T00:00:00Z"),
  ] as [(Int64, String)])
  func `have one spelling`(_ microseconds: Int64, _ text: String) {
    #expect(String(decoding: isoText(microseconds: microseconds), as: UTF8.self) == text)
  }
}
