import Crypto
import Events
import Foundation
import Log
import LogTestSupport
import Testing
import Vocabulary
import Wire

@testable import Vault

/// Keys in memory, for sealing alone.
private final class Ring: KeyStore, @unchecked Sendable {  // used by one thread
  var keys: [KeyOwner: PersonalKey] = [:]
  private let chance = Chance(SeededRandom(seed: 7))

  func keys(of owners: Set<KeyOwner>) -> [KeyOwner: PersonalKey] {
    for owner in owners where keys[owner] == nil {
      keys[owner] = PersonalKey(id: KeyID(chance.bytes(16)), secret: chance.bytes(64))
    }
    return keys.filter { owners.contains($0.key) }
  }
  func key(_ id: KeyID) -> PersonalKey? { keys.values.first { $0.id == id } }
  func owners() -> [KeyID: KeyOwner] { Dictionary(uniqueKeysWithValues: keys.map { ($0.value.id, $0.key) }) }
  func destroy(_ ids: Set<KeyID>) { keys = keys.filter { !ids.contains($0.value.id) } }
  func tombstones() -> [Tombstone] { [] }
  func confirm(_ ids: Set<KeyID>, event: UInt64) {}
  func backups() -> [KeyBackup] { [] }
}

private let log = String(repeating: "0f", count: 16)
private let person = Event(
  Customer.contactAdded, Subject("customer:4")!, at: Instant(microseconds: 0),
  ["name": "李薇", "title": "Buyer", "channels": ["+86 555", "li@example"], "influence": "buyer"])

@Suite struct `Sealing personal values` {
  private let ring: Ring
  private let sealing: Sealing

  init() {
    ring = Ring()
    sealing = Sealing(log: log, keys: ring, chance: Chance(SeededRandom(seed: 1)))
  }

  private func seal(_ event: Event = person) throws -> (Event, PersonalRecord) {
    let sealed = try #require(try sealing.seal([event], by: .keshi).first)
    return (sealed.event, try #require(PersonalRecord(sealed.record)))
  }

  @Test func `leaves commitments in the line and gives the values back`() throws {
    let (event, record) = try seal()
    #expect(event.data.members.map(\.name) == ["influence"])
    #expect(event.sealed.members.map(\.name) == ["channels", "name", "title"])
    #expect(record.categories == [.identity, .reach] && record.keys.count == 2)
    let opened = try sealing.open(record, sealed: event.sealed)
    for name in ["name", "title", "channels"] { #expect(opened.values[name] == person.data[name]) }
    #expect(opened.altered.isEmpty && !opened.lacksKey)
    let entry = try #require(Catalogue.keshi.entry(named: event.type))
    try event.check(against: entry.declaration)
    let parts = event.lineParts
    let line = parts.head + Array("\"recordedAt\":\"2026-01-01T00:00:00Z\",\"seq\":0".utf8) + parts.tail
    #expect(try Event(reading: line.span, by: .keshi).sealed == event.sealed)
    #expect(try JSON(parsing: line).canonical == String(decoding: line, as: UTF8.self), "the line is canonical")
    #expect(!String(decoding: line + record.bytes, as: UTF8.self).contains("李薇"))
  }

  @Test func `commits to a value by log, salt and value, as FORMAT says`() throws {
    let (event, record) = try seal()
    let box = try #require(record.boxes.first)
    let key = try #require(ring.key(box.key))
    let salt = HMAC<SHA256>.authenticationCode(
      for: Data("keshi/salt/1\0".utf8) + Data(box.nonce) + Data("name".utf8), using: key.salts)
    let content = Data("keshi/commitment/1\0".utf8) + Data(log.utf8) + Data([0]) + Data(salt) + Data("\"李薇\"".utf8)
    let text = Data(SHA256.hash(data: content)).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
    #expect(event.sealed["name"]?.string == text)
  }

  @Test func `hides equal values, also of one person`() throws {
    #expect(try seal().0.sealed["name"] != seal().0.sealed["name"])
  }

  @Test func `leaves events without personal values as they are, and asks for no key`() throws {
    var event = person
    event.data = ["influence": "buyer"]
    let sealed = try #require(try sealing.seal([event], by: .keshi).first)
    #expect(sealed.record.isEmpty && sealed.event == event && ring.keys.isEmpty)
  }

  @Test func `opens nothing that was moved to another event, and says so`() throws {
    let (first, _) = try seal()
    let (_, second) = try seal()
    let opened = try sealing.open(second, sealed: first.sealed)
    #expect(opened.values.isEmpty && Set(opened.altered) == ["name", "title", "channels"])
  }

  @Test func `opens nothing when one bit of the record differs`() throws {
    let (event, record) = try seal()
    let bytes = record.bytes
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 0x10
      guard let record = PersonalRecord(changed) else { continue }
      let opened = try sealing.open(record, sealed: event.sealed)
      #expect(opened.values.members.count < 3, "byte \(place)")
      #expect(!opened.altered.isEmpty || opened.lacksKey, "byte \(place)")
    }
  }

  @Test func `refuses a record that ends too early, wherever`() throws {
    let (_, record) = try seal()
    let whole = record.bytes
    let firstBox = 1 + 33 + (record.boxes.first?.text.count ?? 0)
    for length in 0..<whole.count where length != firstBox { #expect(PersonalRecord(Array(whole[..<length])) == nil, "\(length)") }
  }

  @Test func `keeps one category when the other's key is gone`() throws {
    let (event, record) = try seal()
    let reach = try #require(ring.keys[KeyOwner(subject: "customer:4", category: .reach)])
    ring.destroy([reach.id])
    let opened = try sealing.open(record, sealed: event.sealed)
    #expect(opened.values["name"]?.string == "李薇" && opened.values["channels"] == nil && opened.lacksKey)
    let rest = try #require(record.without([reach.id]))
    #expect(try sealing.open(rest, sealed: event.sealed).values["title"]?.string == "Buyer")
  }

  @Test func `uses no key and nonce twice in many events`() throws {
    var seen: Set<[UInt8]> = []
    let events = Array(repeating: person, count: 2_000)
    for sealed in try sealing.seal(events, by: .keshi) {
      for pair in try #require(PersonalRecord(sealed.record)).nonces { #expect(seen.insert(pair).inserted) }
    }
    #expect(seen.count == 4_000)
  }
}
