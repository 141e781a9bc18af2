import Events
import Foundation
import Log
import Testing
import Vault
import Vocabulary
import Wire

@testable import Engine

/// A log that seals personal values: the line of a person's consent holds no name.
private final class SealedFolder {
  let path = NSTemporaryDirectory() + "keshi-sealed-" + UUID().uuidString
  deinit { try? FileManager.default.removeItem(atPath: path) }

  func create() throws -> Store {
    var random = SystemRandomNumberGenerator()
    try Store.create(at: path, origin: "test.example/log", clock: FixedClock(), random: &random)
    return try open()
  }

  func open(withKeys: Bool = true) throws -> Store {
    try Store.open(
      at: path, .write, catalogue: .keshi, projections: [], clock: FixedClock(),
      keys: KeyAccess(folder: path + (withKeys ? "/keys" : "/none")))
  }
}

private func event(_ type: String, _ subject: String, _ data: JSONObject = [:]) throws -> Event {
  let declaration = try #require(Catalogue.keshi.entry(named: type)).declaration
  var event = Event(
    type, try #require(Subject(subject)), at: Instant(microseconds: FixedClock().now()), data, version: declaration.version)
  event.about.actor = "ann"
  event.about.role = declaration.recorders.first?.word
  if declaration.needsReason { event.about.reason = "as agreed" }
  return event
}

private func mail(to person: String) throws -> Event {
  try event("interaction.logged", "customer:4", ["kind": "mail", "direction": "out", "campaign": "spring", "person": .string(person)])
}

private func contact(_ name: String, _ way: String) throws -> Event {
  try event("contact.added", "customer:4", ["name": .string(name), "channels": [.string(way)]])
}

private func past() throws -> [Event] {
  [
    try event("customer.registered", "customer:4", ["name": "Acme"]),
    try event("campaign.launched", "campaign:spring", ["kind": "marketing", "title": "Spring", "startOn": "2026-03-01"]),
    try event("consent.recorded", "customer:4", ["person": "Li Na", "purpose": "marketing", "state": "withdrawn"]),
    try contact("Li Na", "138"),
  ]
}

private func refusal(_ wish: Event, by store: Store) throws -> Refusal? {
  let before = store.head.size
  defer { #expect(store.head.size == before) }
  do {
    _ = try store.perform(Command([wish]), guards: Guards.all, rehearse: true)
    return nil
  } catch let refusal as Refusal { return refusal }
}

@Suite struct `Guards over sealed values` {
  @Test(arguments: [false, true]) func `decide by the values, where the keys are at hand`(isReopened: Bool) throws {
    let folder = SealedFolder()
    var store = try folder.create()
    if !isReopened { _ = try store.position() }  // what follows is then read behind the snapshot
    _ = try store.append(try past())
    if isReopened {
      try store.close()
      store = try folder.open()
    }
    let line = String(decoding: try store.log.line(at: 2), as: UTF8.self)
    #expect(!line.contains("Li Na") && line.contains("\"p\":"), "the past is sealed: \(line)")
    #expect(try refusal(mail(to: "li na"), by: store)?.causes.map(\.seq) == [2])
    #expect(try refusal(mail(to: "Wu Bo"), by: store) == nil)
    #expect(try refusal(contact("Li Na", "138"), by: store)?.rule == "duplicate")
    #expect(try refusal(contact("Li Na", "139"), by: store) == nil)
    try store.close()
  }

  @Test func `take no chances where a value cannot be read`() throws {
    let folder = SealedFolder()
    let store = try folder.create()
    _ = try store.append(try past())
    try store.close()
    let blind = try folder.open(withKeys: false)
    for person in ["Li Na", "Wu Bo"] {
      let refusal = try refusal(mail(to: person), by: blind)
      #expect(refusal?.rule == "restricted-person" && refusal?.remedy.en.contains("keys") == true)
    }
    #expect(try refusal(contact("Li Na", "138"), by: blind) == nil, "a duplicate is a nuisance, no harm")
    try blind.close()
  }

  @Test func `know of a consent that was given anew after an erasure`() throws {
    let folder = SealedFolder()
    let store = try folder.create()
    _ = try store.append(try past())
    var about = Circumstances()
    (about.actor, about.reason) = ("dpo", "asked for it")
    _ = try store.erase("customer:4", about: about)
    #expect(try refusal(mail(to: "Li Na"), by: store)?.rule == "restricted-person")
    _ = try store.append([
      try event("consent.recorded", "customer:4", ["person": "Li Na", "purpose": "marketing", "state": "granted"])
    ])
    #expect(try refusal(mail(to: "Li Na"), by: store) == nil)
    #expect(try refusal(mail(to: "Wu Bo"), by: store)?.rule == "restricted-person")
    try store.close()
  }

  @Test func `a personal value is not corrected in the clear`() throws {
    let folder = SealedFolder()
    let store = try folder.create()
    _ = try store.append(try past())
    var correction = try event(
      "event.corrected", "customer:4", ["seq": 3, "kind": "replace", "data": ["title": "buyer", "influence": "buyer"]])
    #expect { try store.append([correction]) } throws: { error in
      (error as? AppendError)?.reason.path == "data.data.title"
    }
    correction.data["data"] = ["influence": "buyer"]
    #expect(try store.append([correction]).count == 1)
    try store.close()
  }
}
