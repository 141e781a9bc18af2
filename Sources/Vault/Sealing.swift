import Crypto
public import Vocabulary
public import Wire

/// Puts personal values out of events into vault records, and back: the one place for each way.
public struct Sealing: Sendable {
  /// The log's id in hexadecimal digits; sums are bound to it.
  private let log: String
  public let keys: any KeyStore
  private let chance: Chance

  public init(log: String, keys: any KeyStore, chance: Chance) { (self.log, self.keys, self.chance) = (log, keys, chance) }

  /// An event as the log may hold it, and what the vault holds of it (empty for an event without personal values).
  public struct Sealed: Sendable {
    public let event: Event
    public let record: [UInt8]
  }

  /// Seals the personal values of a batch. Keys that had to be made are durable when this returns.
  public func seal(_ events: [Event], by catalogue: Catalogue) throws(KeyError) -> [Sealed] {
    var owners: Set<KeyOwner> = []
    var fields: [[Field]] = []
    for event in events {
      let personal = Sealing.personalFields(of: event, catalogue)
      for field in personal { if let category = field.category { owners.insert(event.owner(category)) } }
      fields.append(personal)
    }
    guard !owners.isEmpty else { return events.map { Sealed(event: $0, record: []) } }
    let known = try keys.keys(of: owners)
    return zip(events, fields).map { event, fields in seal(event, fields, known) }
  }

  /// The fields of an event that are to be sealed.
  private static func personalFields(of event: Event, _ catalogue: Catalogue) -> [Field] {
    guard let entry = catalogue.entry(named: event.type), entry.isPersonal else { return [] }
    return entry.declaration.fields.filter { $0.isPersonal && event.data[$0.name] != nil }
  }

  private func seal(_ event: Event, _ fields: [Field], _ known: [KeyOwner: PersonalKey]) -> Sealed {
    var sealed = event
    var waiting: [(key: PersonalKey, category: UInt8, nonce: [UInt8], values: JSONObject)] = []
    for category in PersonalCategory.allCases {
      guard let key = known[event.owner(category)] else { continue }
      var values = JSONObject()
      let nonce = chance.bytes(PersonalRecord.nonceLength)
      for field in fields where field.category == category {
        guard let value = event.data[field.name] else { continue }
        values[field.name] = value
        let salt = Sums.salt(key, nonce: nonce, field: field.name)
        sealed.sealed[field.name] = .string(Sums.commitment(log: log, salt: salt, value: value))
        sealed.data[field.name] = nil
      }
      if !values.isEmpty { waiting.append((key, category.rawValue, nonce, values)) }
    }
    let boxes = waiting.compactMap { box in
      let binding = Sums.binding(log: log, category: box.category, sealed: sealed.sealed)
      return Sealing.box(box.values, box.key, box.category, box.nonce, binding)
    }
    precondition(boxes.count == waiting.count, "a nonce of 12 bytes and a key of 32 always seal")
    return Sealed(event: sealed, record: boxes.isEmpty ? [] : PersonalRecord(boxes: boxes).bytes)
  }

  private static func box(
    _ values: JSONObject, _ key: PersonalKey, _ category: UInt8, _ nonce: [UInt8], _ binding: [UInt8]
  ) -> PersonalRecord.Box? {
    let text = Array(JSON.object(values).canonical.utf8)
    guard let gcmNonce = try? AES.GCM.Nonce(data: nonce),
      let box = try? AES.GCM.seal(text, using: key.cipher, nonce: gcmNonce, authenticating: binding)
    else { return nil }
    return PersonalRecord.Box(category: category, key: key.id, nonce: nonce, text: Array(box.ciphertext) + Array(box.tag))
  }
}

extension Sealing {
  /// What a vault record gives for a line.
  public struct Opened: Sendable {
    /// Values whose commitment in the line they meet.
    public var values = JSONObject()
    /// Fields of boxes that do not open, or whose value the line did not commit to.
    public var altered: [String] = []
    /// Whether a box's key is not here.
    public var lacksKey = false

    public init() {}
  }

  /// Opens what can be opened of the values that a line commits to.
  ///
  /// - Parameter sealed: the line's `p`.
  public func open(_ record: PersonalRecord, sealed: JSONObject) throws(KeyError) -> Opened {
    var opened = Opened()
    for box in record.boxes {
      guard let key = try keys.key(box.key) else {
        opened.lacksKey = true
        continue
      }
      guard let values = open(box, key, sealed) else {
        opened.altered += sealed.members.map(\.name).filter { opened.values[$0] == nil }
        continue
      }
      for member in values.members {
        let salt = Sums.salt(key, nonce: box.nonce, field: member.name)
        let commitment = Sums.commitment(log: log, salt: salt, value: member.value)
        if sealed[member.name]?.string == commitment {
          opened.values[member.name] = member.value
        } else {
          opened.altered.append(member.name)
        }
      }
    }
    return opened
  }

  private func open(_ box: PersonalRecord.Box, _ key: PersonalKey, _ sealed: JSONObject) -> JSONObject? {
    let binding = Sums.binding(log: log, category: box.category, sealed: sealed)
    guard let nonce = try? AES.GCM.Nonce(data: box.nonce),
      let sealedBox = try? AES.GCM.SealedBox(
        nonce: nonce, ciphertext: box.text.dropLast(16), tag: box.text.suffix(16)),
      let text = try? AES.GCM.open(sealedBox, using: key.cipher, authenticating: binding)
    else { return nil }
    return (try? JSON(parsing: Array(text)))?.object
  }
}

extension Event {
  func owner(_ category: PersonalCategory) -> KeyOwner { KeyOwner(subject: subject.description, category: category) }
}
