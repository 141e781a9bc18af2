import Crypto
import Vocabulary
import Wire

/// The vault record of one event: its personal values, encrypted, a box for each category.
///
///     u8 version 1 │ boxes × (u8 category │ 16 key id │ 12 nonce │ u32 length │ AES-256-GCM of the values, with tag)
///
/// A box's values are a canonical JSON object, field → value. Its associated data is `keshi/vault/1`, 0x00, the log id in
/// 32 hexadecimal digits, the category's number, and the line's `p` in canonical form: so a box opens only where it was
/// put. The nonce is random. A value's salt is HMAC-SHA-256 by the salt half of the key over `keshi/salt/1`, 0x00, nonce
/// and field: it is stored nowhere and ends with the key.
public struct PersonalRecord: Equatable, Sendable {
  struct Box: Equatable, Sendable {
    let category: UInt8
    let key: KeyID
    let nonce: [UInt8]
    let text: [UInt8]  // with tag
  }

  static let nonceLength = 12
  private static let tagLength = 16
  private static let version: UInt8 = 1
  private static let boxHead = 1 + KeyID.length + nonceLength + 4

  let boxes: [Box]

  init(boxes: [Box]) { self.boxes = boxes }

  /// The keys that open it.
  public var keys: Set<KeyID> { Set(boxes.map(\.key)) }
  /// Key and nonce of each box: no pair occurs twice in a log.
  public var nonces: [[UInt8]] { boxes.map { $0.key.bytes + $0.nonce } }

  /// Reads a record; `nil` unless its lengths hold.
  public init?(_ bytes: [UInt8]) {
    guard bytes.first == PersonalRecord.version else { return nil }
    var boxes: [Box] = []
    var at = 1
    while at < bytes.count {
      guard at + PersonalRecord.boxHead <= bytes.count else { return nil }
      let key = KeyID(Array(bytes[at + 1..<at + 17]))
      let nonce = Array(bytes[at + 17..<at + 29])
      let length = (0..<4).reduce(0) { $0 | Int(bytes[at + 29 + $1]) << (8 * $1) }
      let start = at + PersonalRecord.boxHead
      guard length >= PersonalRecord.tagLength, length <= bytes.count - start else { return nil }
      boxes.append(Box(category: bytes[at], key: key, nonce: nonce, text: Array(bytes[start..<start + length])))
      at = start + length
    }
    guard !boxes.isEmpty else { return nil }
    self.boxes = boxes
  }

  public var bytes: [UInt8] {
    var bytes = [PersonalRecord.version]
    for box in boxes {
      bytes.append(box.category)
      bytes += box.key.bytes + box.nonce
      bytes += (0..<4).map { UInt8(truncatingIfNeeded: box.text.count >> (8 * $0)) }
      bytes += box.text
    }
    return bytes
  }

  /// The record without the boxes of these keys; `nil` if nothing is left.
  public func without(_ keys: Set<KeyID>) -> PersonalRecord? {
    let rest = boxes.filter { !keys.contains($0.key) }
    return rest.isEmpty ? nil : PersonalRecord(boxes: rest)
  }
}

/// The sums behind commitments and boxes. `FORMAT.md` of the log says the same for other programs.
enum Sums {
  /// Salt of one value.
  static func salt(_ key: PersonalKey, nonce: [UInt8], field: String) -> [UInt8] {
    let code = HMAC<SHA256>.authenticationCode(for: Array("keshi/salt/1\0".utf8) + nonce + Array(field.utf8), using: key.salts)
    return Array(code)
  }

  /// What stands in the line for a value.
  static func commitment(log: String, salt: [UInt8], value: JSON) -> String {
    let content = Array("keshi/commitment/1\0".utf8) + Array(log.utf8) + [0] + salt + Array(value.canonical.utf8)
    return Array(SHA256.hash(data: content)).base64urlText
  }

  /// What a box is bound to.
  static func binding(log: String, category: UInt8, sealed: JSONObject) -> [UInt8] {
    Array("keshi/vault/1\0".utf8) + Array(log.utf8) + [category] + Array(JSON.object(sealed).canonical.utf8)
  }
}

extension PersonalRecord {
  /// The categories of which it holds values.
  public var categories: [PersonalCategory] { boxes.compactMap { PersonalCategory(rawValue: $0.category) } }
}
