import Events
import Foundation
import Log
import Projection
import Testing
import Vault
import Vocabulary
import Wire

@testable import Engine

private struct FixedClock: LogClock {
  func now() -> Int64 { 1_790_000_000_000_000 }
}

/// A data folder for one test, removed with it.
private final class DataFolder {
  let path = NSTemporaryDirectory() + "keshi-vault-" + UUID().uuidString
  deinit { try? FileManager.default.removeItem(atPath: path) }

  var keys: String { path + "/keys" }

  func create() throws -> Store {
    var random = SystemRandomNumberGenerator()
    try Store.create(at: path, origin: "test.example/log", clock: FixedClock(), random: &random)
    return try open(.write)
  }

  func open(_ access: Store.Access, keys: String? = nil) throws -> Store {
    try Store.open(
      at: path, access, catalogue: .keshi, projections: [], clock: FixedClock(), keys: KeyAccess(folder: keys ?? self.keys))
  }

  /// Every file's bytes, and the lines of the log as LZ4 gives them.
  func everything() throws -> [String: [UInt8]] {
    var all: [String: [UInt8]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      if let data = FileManager.default.contents(atPath: path + "/" + name) { all[name] = [UInt8](data) }
    }
    var lines: [UInt8] = []
    try open(.read).log.forEachBlock(from: 0) { lines += Array($0.bytes) }
    all["(lines)"] = lines
    return all
  }
}

private func events() -> [Event] {
  let time = Instant(microseconds: 1_700_000_000_000_000)
  func on(_ subject: String) -> Subject { Subject(subject)! }
  return [
    Event(Lead.created, on("lead:7"), at: time, ["source": "web", "company": "Acme", "person": "Wilhelmina Früh", "email": "w.frueh@acme.example"]),
    Event(Customer.registered, on("customer:1"), at: time, ["name": "Acme"]),
    Event(Customer.contactAdded, on("customer:1"), at: time, ["name": "Wilhelmina Früh", "title": "Einkäuferin", "influence": "buyer"]),
    Event(Complaint.filed, on("complaint:3"), at: time, ["customer": "1", "text": "Frau Früh wartet seit Mai"]),
    Event(Customer.registered, on("customer:2"), at: time, ["name": "Beta"]),
    Event(Customer.contactAdded, on("customer:2"), at: time, ["name": "Zhang Wei", "channels": ["zhang@beta.example"]]),
    Event(Order.placed, on("order:5"), at: time, ["customer": "1", "totalMinor": 4711, "cur": "CNY"]),
  ]
}

private let about: Circumstances = {
  var about = Circumstances()
  (about.actor, about.reason) = ("dpo", "test")
  return about
}()

@Suite struct `A data folder with keys` {
  @Test func `shows values to who holds the keys, and why not to others`() throws {
    let folder = DataFolder()
    let store = try folder.create()
    _ = try store.append(events())
    var seen: [StoredEvent] = []
    try store.snapshot().history(of: "customer:1") { seen.append($0) }
    #expect(seen.compactMap { $0.event.data["name"]?.string } == ["Acme", "Wilhelmina Früh"])
    #expect(seen.allSatisfy { $0.withheld.isEmpty })
    try store.close()
    var closed: [StoredEvent] = []
    try folder.open(.read, keys: folder.path + "/nowhere").snapshot().history(of: "customer:1") { closed.append($0) }
    #expect(closed.map(\.line) == seen.map(\.line))
    #expect(closed[1].withheld == ["name": .noKey, "title": .noKey] && closed[1].event.data["influence"] == "buyer")
  }

  @Test func `erases a customer with all that is theirs, leaving no byte anywhere`() throws {
    let folder = DataFolder()
    let store = try folder.create()
    _ = try store.append(events())
    let root = store.head
    try store.snapshot().completeTimeline()
    let certificate = try #require(try store.erase("customer:1", about: about).certificate)
    #expect(certificate.keys.values.map(\.subject).sorted() == ["complaint:3", "customer:1"])
    try store.close()
    let gone = ["Früh", "Einkäuferin", "wartet seit Mai"]
    let all = try folder.everything()
    #expect(all.keys.contains { $0.hasPrefix("certificates/") } && all.keys.contains { $0.hasPrefix("keys/") })
    for (name, bytes) in all {
      let text = String(decoding: bytes, as: UTF8.self)
      for word in gone { #expect(!text.contains(word), "\(word) in \(name)") }
    }
    var seen: [StoredEvent] = []
    let reader = try folder.open(.read)
    try reader.snapshot().history(of: "customer:1") { seen.append($0) }
    let event = try #require(certificate.event)
    #expect(seen.first { $0.event.type == "contact.added" }?.withheld["name"] == .erased(event: event, on: FixedClock.instant))
    var tree = Frontier()
    try reader.log.forEachBlock(from: 0, upTo: root.size) { block in
      for place in 0..<block.count { tree.append(leafHash(of: block.line(place))) }
    }
    #expect(tree.root == root.root, "the root of before still verifies")
    #expect(try reader.verifyVault().problems.isEmpty)
  }

  @Test func `the certificate's hash stands in the log`() throws {
    let folder = DataFolder()
    let store = try folder.create()
    _ = try store.append(events())
    let certificate = try #require(try store.erase("2", about: about).certificate)
    let event = try #require(certificate.event)
    let line = try JSON(parsing: try store.log.line(at: UInt64(event)))
    #expect(line.object?["data"]?.object?["certificate"]?.string == certificate.hash)
    let kept = try #require(FileManager.default.contents(atPath: store.path(of: certificate)))
    #expect(try JSON(parsing: [UInt8](kept)).object == certificate.json)
    #expect(certificate.json["position"]?.int == event)
    try store.close()
  }

  @Test func `holds on the customer or on the complaint forbid`() throws {
    let folder = DataFolder()
    let store = try folder.create()
    _ = try store.append(events())
    let seq = try store.placeHold(on: "complaint:3", matter: "2026-1", about: about)
    #expect(throws: ErasureError.held(subject: "complaint:3", hold: seq)) { try store.erase("customer:1", about: about) }
    #expect(try store.erase("customer:2", about: about).certificate != nil)
    #expect(try store.releaseHolds(on: "complaint:3", about: about) == [seq])
    #expect(throws: ErasureError.noHold(subject: "complaint:3")) { try store.releaseHolds(on: "complaint:3", about: about) }
    let onCustomer = try store.placeHold(on: "customer:1", matter: nil, about: about)
    #expect(throws: ErasureError.held(subject: "customer:1", hold: onCustomer)) { try store.erase("complaint:3", about: about) }
    try store.close()
  }

  @Test func `refuses commitments that no sealing made, and takes carried ones`() throws {
    let folder = DataFolder()
    let store = try folder.create()
    var event = events()[2]
    let commitment = String(repeating: "A", count: 43)
    (event.data["name"], event.sealed["name"]) = (nil, .string(commitment))
    #expect { try store.append([event]) } throws: { ($0 as? AppendError)?.reason.path == "p.name" }
    event.sealed["name"] = .string("~" + commitment)
    _ = try store.append([event])
    var seen: [StoredEvent] = []
    try store.snapshot().history(of: "customer:1") { seen.append($0) }
    #expect(seen[0].withheld == ["name": .elsewhere] && seen[0].event.data["title"]?.string == "Einkäuferin")
    #expect(try store.verifyVault().problems.isEmpty)
    try store.close()
  }

  @Test func `restores a backup, and does again what was erased since`() throws {
    let (folder, target, copy) = (DataFolder(), DataFolder(), DataFolder())
    let store = try folder.create()
    _ = try store.append(events())
    let backup = try store.backUp(to: copy.path)
    #expect(backup.position == 7 && backup.root == store.head.root.hex)
    #expect(throws: BackupError.occupied(path: copy.path)) { try store.backUp(to: copy.path) }
    #expect(try store.erase("customer:1", about: about).certificate != nil)
    try store.close()
    #expect(try Store.restore(from: copy.path, to: target.path).root == backup.root)
    #expect(throws: LogError.exists(path: "")) { try Store.restore(from: copy.path, to: target.path) }
    let restored = try target.open(.write, keys: folder.keys)
    #expect(restored.head.root.hex == backup.root)
    #expect(try restored.replayErasures(about: about) == 2, "complaint and customer")
    var seen: [StoredEvent] = []
    try restored.snapshot().history(of: "customer:1") { seen.append($0) }
    let contact = try #require(seen.first { $0.event.type == "contact.added" })
    guard case .erased = contact.withheld["name"] else {
      Issue.record("\(contact.withheld)")
      return
    }
    #expect(try restored.verifyVault().problems.isEmpty)
    #expect(try restored.replayErasures(about: about, thorough: true) == 0)
    try restored.close()
  }

  @Test func `refuses a backup in which one byte differs, wherever`() throws {
    let (folder, copy) = (DataFolder(), DataFolder())
    let store = try folder.create()
    _ = try store.append(events())
    _ = try store.backUp(to: copy.path)
    try store.close()
    for name in try FileManager.default.subpathsOfDirectory(atPath: copy.path) where name.contains("evlog") || name.contains("LOG.json") {
      let path = copy.path + "/" + name
      let whole = try #require(FileManager.default.contents(atPath: path))
      var bytes = [UInt8](whole)
      bytes[bytes.count / 2] ^= 1
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      let target = DataFolder()
      #expect(throws: BackupError.changed(file: name)) { try Store.restore(from: copy.path, to: target.path) }
      #expect(!FileManager.default.fileExists(atPath: target.path + "/log"))
      try whole.write(to: URL(fileURLWithPath: path))
    }
    try Data("x".utf8).write(to: URL(fileURLWithPath: copy.path + "/log/seg/extra"))
    #expect(throws: BackupError.changed(file: "log/seg/extra")) { try Store.restore(from: copy.path, to: DataFolder().path) }
    #expect(throws: BackupError.none(path: folder.path)) { try Store.restore(from: folder.path, to: DataFolder().path) }
  }

  @Test func `redacts a line by four eyes only, and forgets what knew it`() throws {
    let folder = DataFolder()
    let store = try folder.create()
    _ = try store.append(events())
    let (root, size) = (store.head.root, store.head.size)
    #expect(throws: ErasureError.notRequested(line: 3)) { try store.redact(3, about: about) }
    #expect(throws: ErasureError.notRequested(line: 3)) { try store.approveRedaction(of: 3, about: about) }
    let request = try store.requestRedaction(of: 3, about: about)
    #expect(try store.requestRedaction(of: 3, about: about) == request)
    #expect(throws: ErasureError.notApproved(request: request)) { try store.redact(3, about: about) }
    #expect(throws: ErasureError.sameActor(actor: "dpo", request: request)) { try store.approveRedaction(of: 3, about: about) }
    var other = about
    other.actor = "legal"
    _ = try store.approveRedaction(of: 3, about: other)
    try store.snapshot().completeTimeline()
    let certificate = try store.redact(3, about: about)
    #expect(certificate.json["line"]?.object?["seq"]?.int == 3)
    #expect(throws: ErasureError.alreadyRedacted(line: 3)) { try store.requestRedaction(of: 3, about: about) }
    var seen: [Int64] = []
    try store.snapshot().history(of: "customer:1") { seen.append($0.seq) }
    #expect(!seen.contains(3) && seen.contains(6))
    #expect(try store.snapshot().forEachEvent { _ in } == 1)
    #expect(try store.verifyVault().problems.isEmpty)
    try store.close()
    var tree = Frontier()
    try folder.open(.read).log.forEachBlock(from: 0, upTo: size) { block in
      for place in 0..<block.count { tree.append(leafHash(of: block.line(place))) }
    }
    #expect(tree.root == root)
  }

  @Test func `plain values of older logs stay readable`() throws {
    let folder = DataFolder()
    var random = SystemRandomNumberGenerator()
    try Store.create(at: folder.path, origin: "test.example/log", clock: FixedClock(), random: &random)
    let plain = try Store.open(at: folder.path, .write, catalogue: .keshi, projections: [], clock: FixedClock())
    _ = try plain.append(events())
    try plain.close()
    var seen: [StoredEvent] = []
    let store = try folder.open(.write)
    try store.snapshot().history(of: "customer:1") { seen.append($0) }
    #expect(seen[1].event.data["name"]?.string == "Wilhelmina Früh" && seen[1].event.sealed.isEmpty)
    #expect(try store.erase("customer:1", about: about).earlier == .some(nil), "no keys, no erasure")
    try store.close()
  }
}

extension FixedClock {
  static let instant = Instant(microseconds: 1_790_000_000_000_000)
}
