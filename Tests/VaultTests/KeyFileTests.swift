import Crypto
import Log
import LogTestSupport
import Testing
import Vocabulary

@testable import Vault

private let log = String(repeating: "0f", count: 16)
private let owners: [KeyOwner] = (0..<6).map { KeyOwner(subject: "customer:\($0)", category: .identity) }

private func open(_ disk: FakeDisk) -> KeyFile {
  KeyFile(on: disk, log: log, chance: .system, clock: TestClock())
}

@Suite struct `The file of keys` {
  @Test func `gives the same key again, also after a restart, and another to another`() throws {
    let disk = FakeDisk()
    let first = try open(disk).keys(of: Set(owners))
    let again = open(disk)
    #expect(try again.keys(of: Set(owners)).mapValues(\.id) == first.mapValues(\.id))
    #expect(Set(first.values.map(\.id)).count == 6)
    #expect(try again.owners().count == 6)
  }

  @Test func `forgets a destroyed key for ever and makes a new one for the same owner`() throws {
    let disk = FakeDisk()
    let keys = open(disk)
    let id = try #require(try keys.keys(of: [owners[1]])[owners[1]]?.id)
    try keys.destroy([id])
    #expect(try keys.key(id) == nil && keys.tombstones().map(\.id) == [id])
    #expect(try open(disk).key(id) == nil)
    #expect(try open(disk).keys(of: [owners[1]])[owners[1]]?.id != id)
  }

  @Test func `takes back a copy's keys but none that was destroyed since`() throws {
    let (disk, copy) = (FakeDisk(), FakeDisk())
    let keys = open(disk)
    let made = try keys.keys(of: Set(owners))
    try keys.backUp(to: copy, place: "safe")
    #expect(try keys.backups().map(\.place) == ["safe"])
    let gone = try #require(made[owners[2]]?.id)
    try keys.destroy([gone])
    let result = try keys.restore(from: copy)
    #expect(result.refused == 1 && result.taken == 0)
    #expect(try keys.key(gone) == nil)
    let empty = open(FakeDisk())
    #expect(try empty.restore(from: copy).taken == 6)
    #expect(try empty.keys(of: Set(owners)).mapValues(\.id) == made.mapValues(\.id))
    #expect(throws: KeyError.none(path: keys.path)) { try keys.restore(from: FakeDisk()) }
  }

  @Test func `refuses another log's keys`() throws {
    let disk = FakeDisk()
    _ = try open(disk).keys(of: [owners[0]])
    let other = String(repeating: "1e", count: 16)
    disk.put(try #require(disk.bytes(KeyFile.name(log: log))), at: KeyFile.name(log: other))
    let keys = KeyFile(on: disk, log: other, chance: .system, clock: TestClock())
    #expect(throws: KeyError.otherLog(path: keys.path, log: log)) { try keys.owners() }
  }

  @Test func `tells a torn end from damage, at every byte`() throws {
    let disk = FakeDisk()
    let path = KeyFile.name(log: log)
    _ = try open(disk).keys(of: [owners[0]])
    let one = try #require(disk.bytes(path)).count
    _ = try open(disk).keys(of: [owners[1]])
    let whole = try #require(disk.bytes(path))
    for length in 44..<whole.count {
      disk.put(Array(whole[..<length]), at: path)
      #expect(try open(disk).owners().count == (length < one ? 0 : 1), "cut at \(length)")
    }
    for place in 0..<one {
      var bytes = whole
      bytes[place] ^= 4
      disk.put(bytes, at: path)
      #expect(throws: KeyError.self, "byte \(place)") { try open(disk).owners() }
    }
  }

  @Test func `at any call of the disk, a key that was given is there and one that was destroyed is not`() throws {
    let rehearsal = FakeDisk()
    _ = try work(on: rehearsal)
    for call in 1...rehearsal.calls {
      for seed in 0..<4 as Range<UInt64> {
        let disk = FakeDisk(seed: seed)
        disk.set(.crash(at: call))
        var told = Told()
        _ = try? work(on: disk, &told)
        let after = disk.afterCrash(seed: seed &* 100 &+ UInt64(call))
        let keys = open(after)
        for id in told.given.subtracting(told.asked) { #expect(try keys.key(id) != nil, "call \(call), seed \(seed)") }
        for id in told.destroyed { #expect(try keys.key(id) == nil, "call \(call), seed \(seed)") }
        for secret in told.secrets(of: told.destroyed) { #expect(!Workplace.holds(secret, after), "call \(call), seed \(seed)") }
        try keys.destroy(told.asked)
        for id in told.asked { #expect(try keys.key(id) == nil) }
        _ = try keys.keys(of: Set(owners))
      }
    }
  }

  private struct Told {
    var given: Set<KeyID> = []
    var asked: Set<KeyID> = []
    var destroyed: Set<KeyID> = []
    var keys: [KeyID: PersonalKey] = [:]
    func secrets(of ids: Set<KeyID>) -> [[UInt8]] { ids.compactMap { id in keys[id]?.cipher.withUnsafeBytes { Array($0) } } }
  }

  @discardableResult private func work(on disk: FakeDisk) throws -> Told {
    var told = Told()
    try work(on: disk, &told)
    return told
  }

  private func work(on disk: FakeDisk, _ told: inout Told) throws {
    let keys = open(disk)
    for owner in owners {
      let key = try #require(try keys.keys(of: [owner])[owner])
      told.given.insert(key.id)
      told.keys[key.id] = key
    }
    let gone = Set(told.given.sorted().prefix(2))
    told.asked = gone
    try keys.destroy(gone)
    told.destroyed = gone
    try keys.confirm(gone, event: 9)
    let key = try #require(try keys.keys(of: [KeyOwner(subject: "customer:9", category: .words)]).values.first)
    told.given.insert(key.id)
  }
}
