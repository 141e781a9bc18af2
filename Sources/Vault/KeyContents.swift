import CChecksum
import Vocabulary

/// What a key file says: keys, tombstones, and copies that were made.
struct KeyContents: Sendable {
  struct Entry: Sendable {
    let id: KeyID
    let secret: [UInt8]
    let owner: KeyOwner
    var key: PersonalKey { PersonalKey(id: id, secret: secret) }
  }

  private(set) var keys: [KeyID: Entry] = [:]
  /// The key to seal with, by its owner.
  private(set) var current: [KeyOwner: KeyID] = [:]
  var tombstones: [KeyID: Tombstone] = [:]
  var backups: [KeyBackup] = []

  var isEmpty: Bool { keys.isEmpty && tombstones.isEmpty && backups.isEmpty }

  mutating func add(_ entry: Entry) {
    keys[entry.id] = entry
    if current[entry.owner] == nil { current[entry.owner] = entry.id }
  }

  mutating func merge(_ news: KeyContents) {
    for entry in news.keys.values.sorted(by: { $0.id < $1.id }) { add(entry) }
    tombstones.merge(news.tombstones) { $1 }
    backups += news.backups
  }

  mutating func destroy(_ ids: Set<KeyID>) {
    for id in ids {
      guard let entry = keys.removeValue(forKey: id) else { continue }
      if current[entry.owner] == id { current[entry.owner] = nil }
      if tombstones[id] == nil { tombstones[id] = Tombstone(id: id, owner: entry.owner) }
    }
  }
}

// The bytes.
extension KeyContents {
  /// `EVKS`, u32 version 1, the log's id in 32 digits, CRC-32C.
  static let headLength = 44
  private static let mark = Array("EVKS".utf8)
  private static let frameMark = Array("EVKF".utf8)
  private static let frameHead = 8
  /// Longest subject in an entry, in bytes.
  private static let subjectMax = 1_000

  private enum Kind: UInt8 { case key = 1, tombstone = 2, backup = 3 }

  static func head(log: String) -> [UInt8] {
    let bytes = mark + [1, 0, 0, 0] + Array(log.utf8)
    return bytes + checksum(bytes[...])
  }

  /// `EVKF`, u32 length of the entries, entries, CRC-32C of all before. An entry is a kind, u32 length and content.
  var frame: [UInt8] {
    var body: [UInt8] = []
    func entry(_ kind: Kind, _ content: [UInt8]) { body += [kind.rawValue] + content.count.u32 + content }
    for key in keys.values.sorted(by: { $0.id < $1.id }) {
      entry(.key, key.id.bytes + key.secret + [key.owner.category.rawValue] + Array(key.owner.subject.utf8))
    }
    for stone in tombstones.values.sorted(by: { $0.id < $1.id }) {
      entry(.tombstone, stone.id.bytes + (stone.event ?? .max).bytes + [stone.owner.category.rawValue] + Array(stone.owner.subject.utf8))
    }
    for backup in backups { entry(.backup, UInt64(bitPattern: backup.time).bytes + Array(backup.place.utf8)) }
    let frame = KeyContents.frameMark + body.count.u32 + body
    return frame + KeyContents.checksum(frame[...])
  }

  /// Reads a file. What a crash left behind the last whole frame does not count; a bad place before a whole frame is
  /// damage.
  static func read(
    _ bytes: [UInt8], log: String, path: String
  ) throws(KeyError) -> (contents: KeyContents, size: Int, isTorn: Bool) {
    guard bytes.count >= headLength else { return (KeyContents(), 0, !bytes.isEmpty) }
    guard bytes[..<4].elementsEqual(mark), checksum(bytes[..<40]).elementsEqual(bytes[40..<44]) else {
      throw .damaged(path: path, offset: 0)
    }
    let found = String(decoding: bytes[8..<40], as: UTF8.self)
    guard found == log else { throw .otherLog(path: path, log: found) }
    var contents = KeyContents()
    var at = headLength
    while at < bytes.count {
      guard let end = frameEnd(bytes, at), let part = entries(bytes[at + frameHead..<end - 4]) else {
        if follows(bytes, at + 1) { throw .damaged(path: path, offset: at) }
        return (contents, at, true)
      }
      contents.apply(part)
      at = end
    }
    return (contents, at, false)
  }

  /// The end of the whole frame at a place; `nil` if there is none.
  private static func frameEnd(_ bytes: [UInt8], _ at: Int) -> Int? {
    guard at + frameHead + 4 <= bytes.count, bytes[at..<at + 4].elementsEqual(frameMark) else { return nil }
    let length = bytes.u32(at + 4)
    let end = at + frameHead + length + 4
    guard end <= bytes.count, checksum(bytes[at..<end - 4]).elementsEqual(bytes[end - 4..<end]) else { return nil }
    return end
  }

  private static func follows(_ bytes: [UInt8], _ start: Int) -> Bool {
    guard start < bytes.count else { return false }
    return (start..<bytes.count).contains { bytes[$0] == frameMark[0] && frameEnd(bytes, $0) != nil }
  }

  private static func entries(_ body: ArraySlice<UInt8>) -> [(UInt8, [UInt8])]? {
    var found: [(UInt8, [UInt8])] = []
    var rest = body
    while !rest.isEmpty {
      guard rest.count >= 5 else { return nil }
      let length = Array(rest.prefix(5)).u32(1)
      guard rest.count >= 5 + length else { return nil }
      found.append((rest[rest.startIndex], Array(rest.dropFirst(5).prefix(length))))
      rest = rest.dropFirst(5 + length)
    }
    return found
  }

  /// Entries that this version does not know are passed over.
  private mutating func apply(_ entries: [(UInt8, [UInt8])]) {
    for (kind, bytes) in entries {
      switch Kind(rawValue: kind) {
      case .key where bytes.count > 81:
        guard let owner = KeyContents.owner(bytes, at: 80) else { continue }
        add(Entry(id: KeyID(Array(bytes[..<16])), secret: Array(bytes[16..<80]), owner: owner))
      case .tombstone where bytes.count > 25:
        guard let owner = KeyContents.owner(bytes, at: 24) else { continue }
        let id = KeyID(Array(bytes[..<16]))
        let event = bytes.u64(16)
        tombstones[id] = Tombstone(id: id, owner: owner, event: event == .max ? nil : event)
      case .backup where bytes.count >= 8:
        backups.append(KeyBackup(time: Int64(bitPattern: bytes.u64(0)), place: String(decoding: bytes[8...], as: UTF8.self)))
      default: continue
      }
    }
  }

  private static func owner(_ bytes: [UInt8], at place: Int) -> KeyOwner? {
    guard let category = PersonalCategory(rawValue: bytes[place]), bytes.count - place - 1 <= subjectMax else { return nil }
    return KeyOwner(subject: String(decoding: bytes[(place + 1)...], as: UTF8.self), category: category)
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let sum = bytes.withUnsafeBytes { bytes in bytes.baseAddress.map { keshi_crc32c(0, $0, bytes.count) } ?? 0 }
    return Int(sum).u32
  }
}

extension Int {
  fileprivate var u32: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) } }
}

extension UInt64 {
  fileprivate var bytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: self >> (8 * UInt64($0))) } }
}

extension [UInt8] {
  fileprivate func u32(_ at: Int) -> Int { (0..<4).reduce(0) { $0 | Int(self[at + $1]) << (8 * $1) } }
  fileprivate func u64(_ at: Int) -> UInt64 { (0..<8).reduce(0) { $0 | UInt64(self[at + $1]) << (8 * UInt64($1)) } }
}
