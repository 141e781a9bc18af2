import Foundation
import Testing

@testable import Engine
@testable import Timeline

@Suite struct `A timeline pack` {
  private let path = NSTemporaryDirectory() + "keshi-pack-" + UUID().uuidString

  /// At the number of groups from one mark to the next, twice that, and one beside; blocks end within and at them.
  @Test(arguments: [1, 31, 32, 33, 63, 64, 65, 400], [40, 700, 20_000])
  func `gives each account its lines and nobody else's`(accounts: Int, bytes: Int) throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    var writer = PackWriter(fingerprint: 7)
    var owners: [UInt32] = []
    var expected: [UInt32: [String]] = [:]
    for round in 0..<2 {
      for place in 0..<accounts {
        let account = UInt32(place * place * 3)
        let line = "\(owners.count) of \(account) " + String(repeating: "x", count: place % 3 == round ? bytes : 9)
        writer.add(Array(line.utf8).span)
        expected[account, default: []].append(line)
        owners.append(account)
      }
    }
    try Data(writer.encoded(accounts: owners)).write(to: URL(fileURLWithPath: path))
    let pack = try #require(try Pack(file: path, fingerprint: 7))
    let last = UInt32(accounts * accounts * 3)
    for account in (0...min(last, 4_000)) + expected.keys.sorted() + [last, .max] {
      var found: [String] = []
      try pack.forEachLine(of: account) { row, line in
        let text = String(decoding: line.indices.map { line[$0] }, as: UTF8.self)
        #expect(text.hasPrefix("\(row) of "))
        found.append(text)
      }
      #expect(found == expected[account] ?? [], "account \(account) of \(accounts)")
    }
  }

  /// What a head must not say of groups, each one beside what it may.
  @Test func `is none where a group stands neither behind the one before nor at a block's begin`() {
    func takes(_ groups: [(account: UInt32, block: Int, offset: Int, length: Int)]) -> Bool {
      var made = PackGroups()
      return groups.allSatisfy { made.add($0.account, block: $0.block, offset: $0.offset, length: $0.length) }
    }
    #expect(takes([(0, 0, 0, 5), (1, 0, 5, 2), (9, 1, 0, 1)]))
    #expect(!takes([(0, 1, 0, 5)]) && !takes([(0, 0, 1, 5)]) && !takes([(0, 0, 0, 0)]))
    #expect(!takes([(0, 0, 0, 5), (1, 0, 4, 2)]) && !takes([(0, 0, 0, 5), (1, 0, 6, 2)]))
    #expect(!takes([(0, 0, 0, 5), (1, 2, 0, 2)]) && !takes([(0, 0, 0, 5), (1, 1, 1, 2)]))
    #expect(!takes([(4, 0, 0, 5), (4, 0, 5, 2)]) && !takes([(4, 0, 0, 5), (3, 0, 5, 2)]))
  }

  @Test func `is found by an open store once it is made, and no more once the folder changed`() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let store = TimelineStore(directory: path, fingerprint: 7)
    #expect(store.pack(0) == nil)
    var writer = PackWriter(fingerprint: 7)
    writer.add(Array("a line".utf8).span)
    try DerivedFile.write(writer.encoded(accounts: [5]), to: path + "/" + FactsStore.fileName(0) + ".pack")
    let found = try #require(store.pack(0))
    #expect(store.pack(0) === found)
    try FileManager.default.removeItem(atPath: path)
    store.forget()
    #expect(store.pack(0) == nil)
  }
}
