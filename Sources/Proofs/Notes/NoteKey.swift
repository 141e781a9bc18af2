import Crypto
import Foundation

/// A public key that signs notes, after C2SP `signed-note`. Text: `<name>+<id in hexadecimal>+<base64(type ‖ key)>`.
public struct VerifierKey: Hashable, Sendable {
  /// How a key signs; the number is the specification's signature type.
  public enum Kind: UInt8, Sendable {
    /// Ed25519 over the note's text.
    case ed25519 = 1
    /// Ed25519 by a witness over time and text (C2SP `tlog-cosignature`).
    case cosignature = 4
    /// ML-DSA-44 by a witness. Known by name only: its signatures are kept, and count for nothing here.
    case mldsa44 = 6
  }

  public let name: String
  public let kind: Kind
  /// For Ed25519 the 32 bytes of RFC 8032.
  public let key: [UInt8]

  /// The first four bytes of SHA-256(name ‖ LF ‖ type ‖ key).
  public var id: UInt32 {
    UInt32(bigEndianBytes: SHA256.hash(data: Array(name.utf8) + [10, kind.rawValue] + key).prefix(4))
  }

  /// `nil` for a name that may not stand in a note, or a key that is none or by which anybody could sign.
  public init?(name: String, kind: Kind = .ed25519, key: [UInt8]) {
    let isWhole =
      kind == .mldsa44
      ? key.count == 1312
      : (try? Curve25519.Signing.PublicKey(rawRepresentation: key)) != nil && !Self.hasSmallOrder(key)
    guard KeyName.isAllowed(name), isWhole else { return nil }
    (self.name, self.kind, self.key) = (name, kind, key)
  }

  /// Whether the key is one of the eight points whose order divides 8, in any spelling (RFC 8032 section 5.1.3): for
  /// those there are signatures over any text that nobody's secret was needed for, and whoever signed could deny it.
  private static func hasSmallOrder(_ key: [UInt8]) -> Bool {
    let y = Array(key.dropLast()) + [key[31] & 0x7F]  // the last bit is that of x
    let isSmall = y[0] <= 1 && y.dropFirst().allSatisfy { $0 == 0 }  // 0, 1
    let isNearP = (0xEC...0xEE).contains(y[0]) && y[31] == 0x7F && y[1..<31].allSatisfy { $0 == 0xFF }  // p - 1, p, p + 1
    return isSmall || isNearP || orderEight.contains(y)
  }

  /// y of the four points of order 8.
  private static let orderEight: [[UInt8]] = [
    [
      0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98, 0xF0, 0xD5, 0xDF, 0xAC, 0x05,
      0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53, 0xFC, 0x05,
    ],
    [
      0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10, 0x67, 0x0F, 0x2A, 0x20, 0x53, 0xFA,
      0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC, 0x03, 0x7A,
    ],
  ]

  /// Reads the text form. The id in it must be the key's.
  public init(_ text: some StringProtocol) throws(ProofError) {
    guard text.utf8.count <= ProofLimit.keyBytes else { throw .tooLarge(.key, limit: ProofLimit.keyBytes) }
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, KeyName.isAllowed(parts[0]) else { throw .malformed(.key, line: 1, .keyName) }
    guard let material = Base64.decode(parts[2]), let type = material.first else {
      throw .malformed(.key, line: 1, .base64)
    }
    guard let kind = Kind(rawValue: type) else { throw .keyType(type) }
    guard let key = VerifierKey(name: String(parts[0]), kind: kind, key: Array(material.dropFirst())) else {
      throw .malformed(.key, line: 1, .base64)
    }
    guard key.idText == parts[1] else { throw .malformed(.key, line: 1, .keyID) }
    self = key
  }

  /// The text form, to be handed to those who shall check.
  public var text: String { "\(name)+\(idText)+\(Base64.encode([kind.rawValue] + key))" }

  private var idText: String {
    let digits = String(id, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// The key as a PEM file of OpenSSL (RFC 8410); `nil` for a key of another kind than Ed25519.
  public var pem: String? {
    guard kind != .mldsa44 else { return nil }
    let prefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
    return "-----BEGIN PUBLIC KEY-----\n\(Base64.encode(prefix + key))\n-----END PUBLIC KEY-----\n"
  }

  /// When a witness signed, in seconds since 1970; `nil` for a signature that is not one of this key over this text.
  /// A key that is no witness gives no time: 0.
  func time(of signature: SignedNote.Signature, over text: String) -> UInt64? {
    switch kind {
    case .ed25519: return isValid(signature.bytes, Array(text.utf8)) ? 0 : nil
    case .cosignature:
      guard signature.bytes.count == 72 else { return nil }
      let time = signature.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      let message = Array("cosignature/v1\ntime \(time)\n\(text)".utf8)
      return time <= ProofLimit.treeSize && isValid(Array(signature.bytes.dropFirst(8)), message) ? time : nil
    case .mldsa44: return nil
    }
  }

  private func isValid(_ signature: [UInt8], _ message: [UInt8]) -> Bool {
    guard signature.count == 64, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key)
    else { return false }
    return key.isValidSignature(signature, for: message)
  }
}

/// A private key that signs notes. Text: `PRIVATE+KEY+<name>+<id>+<base64(type ‖ seed)>`, as Go's `sumdb/note` has it.
public struct SignerKey: Sendable {
  public let verifier: VerifierKey
  private let secret: Curve25519.Signing.PrivateKey

  /// `seed`: 32 secret random bytes (RFC 8032). Throws `badOrigin` for a name that may not stand in a note.
  public init(name: String, seed: [UInt8]) throws(ProofError) {
    guard let secret = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
      throw .malformed(.key, line: 1, .base64)
    }
    guard let verifier = VerifierKey(name: name, key: Array(secret.publicKey.rawRepresentation)) else {
      throw .badOrigin(name)
    }
    (self.secret, self.verifier) = (secret, verifier)
  }

  /// Reads the text form.
  public init(_ text: some StringProtocol) throws(ProofError) {
    let parts = text.split(separator: "+", maxSplits: 4, omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0] == "PRIVATE", parts[1] == "KEY" else { throw .malformed(.key, line: 1, .header) }
    guard let material = Base64.decode(parts[4]), let type = material.first else {
      throw .malformed(.key, line: 1, .base64)
    }
    guard type == VerifierKey.Kind.ed25519.rawValue else { throw .keyType(type) }
    try self.init(name: String(parts[2]), seed: Array(material.dropFirst()))
    guard verifier.text.hasPrefix("\(parts[2])+\(parts[3])+") else { throw .malformed(.key, line: 1, .keyID) }
  }

  /// The text form. Secret.
  public var text: String {
    let fields = verifier.text.split(separator: "+").prefix(2).joined(separator: "+")
    return "PRIVATE+KEY+\(fields)+\(Base64.encode([verifier.kind.rawValue] + Array(secret.rawRepresentation)))"
  }

  /// The note with this key's signature over `text`.
  public func sign(_ text: String) throws -> SignedNote {
    let bytes = Array(try secret.signature(for: Array(text.utf8)))
    return SignedNote(text: text, signatures: [.init(name: verifier.name, id: verifier.id, bytes: bytes)])
  }
}
