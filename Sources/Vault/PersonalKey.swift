import Crypto
public import Vocabulary

/// Names a key for ever: 16 random bytes. Says nothing about whose it is.
public struct KeyID: Hashable, Comparable, Sendable {
  public static let length = 16
  public let bytes: [UInt8]

  /// - Precondition: 16 bytes.
  public init(_ bytes: [UInt8]) {
    precondition(bytes.count == KeyID.length, "a key id has 16 bytes")
    self.bytes = bytes
  }

  /// From 32 lower-case hexadecimal digits; `nil` for anything else.
  public init?(hex: String) {
    guard let bytes = hex.hexBytes, bytes.count == KeyID.length else { return nil }
    self.bytes = bytes
  }

  public var hex: String { bytes.hexText }

  public static func < (a: KeyID, b: KeyID) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
}

/// Whose values a key opens: those of one category in the events about one subject.
public struct KeyOwner: Hashable, Sendable {
  public let subject: String
  public let category: PersonalCategory

  public init(subject: String, category: PersonalCategory) { (self.subject, self.category) = (subject, category) }
}

/// A key: random, never derived from another, because what is derived cannot be destroyed singly.
public struct PersonalKey: Sendable {
  /// Bytes of secret: 32 for the cipher, 32 for salts.
  public static let secretLength = 64

  public let id: KeyID
  let cipher: SymmetricKey
  let salts: SymmetricKey

  /// - Precondition: 64 bytes of secret.
  public init(id: KeyID, secret: [UInt8]) {
    precondition(secret.count == PersonalKey.secretLength, "a secret has 64 bytes")
    self.id = id
    cipher = SymmetricKey(data: secret[..<32])
    salts = SymmetricKey(data: secret[32...])
  }
}

/// A key that was destroyed. Holds no secret, so it may be kept, and must be: it keeps an old backup from bringing the
/// key back.
public struct Tombstone: Hashable, Sendable {
  public let id: KeyID
  public let owner: KeyOwner
  /// The `erasure.executed` event that names the key; `nil` until it is durable.
  public var event: UInt64?

  public init(id: KeyID, owner: KeyOwner, event: UInt64? = nil) { (self.id, self.owner, self.event) = (id, owner, event) }
}

extension String {
  /// Pairs of lower-case hexadecimal digits; `nil` for anything else.
  var hexBytes: [UInt8]? {
    let digits = Array(utf8)
    guard digits.count % 2 == 0, digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    func value(_ digit: UInt8) -> UInt8 { digit < 0x3A ? digit - 0x30 : digit - 0x57 }
    return stride(from: 0, to: digits.count, by: 2).map { value(digits[$0]) << 4 | value(digits[$0 + 1]) }
  }
}

extension Sequence<UInt8> {
  /// Lower-case hexadecimal digits.
  public var hexText: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// Base64url without padding (RFC 4648 §5).
  var base64urlText: String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var (text, bits, count): ([UInt8], UInt32, Int) = ([], 0, 0)
    for byte in self {
      (bits, count) = (bits << 8 | UInt32(byte), count + 8)
      while count >= 6 {
        count -= 6
        text.append(alphabet[Int(bits >> UInt32(count) & 63)])
      }
    }
    if count > 0 { text.append(alphabet[Int(bits << UInt32(6 - count) & 63)]) }
    return String(decoding: text, as: UTF8.self)
  }
}
