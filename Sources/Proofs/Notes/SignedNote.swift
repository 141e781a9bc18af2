/// A text with signatures under it, after C2SP `signed-note`.
///
///     example.com/log            the text: lines, the last one ended too
///     5
///     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
///                                an empty line, then a line a signature:
///     — example.com/log Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp…
///
/// The first four signature bytes are the key's id. Signatures of keys that nobody here knows are kept as they are.
public struct SignedNote: Equatable, Sendable {
  public struct Signature: Hashable, Sendable {
    /// The key's name.
    public let name: String
    /// The key's id.
    public let id: UInt32
    /// What the key's kind prescribes: for Ed25519 the 64 bytes of the signature.
    public let bytes: [UInt8]

    public init(name: String, id: UInt32, bytes: [UInt8]) { (self.name, self.id, self.bytes) = (name, id, bytes) }

    /// The line with its line feed.
    public var line: String { "\u{2014} \(name) \(Base64.encode(id.bigEndianBytes + bytes))\n" }
  }

  /// With the line feed of its last line.
  public let text: String
  public private(set) var signatures: [Signature]

  /// `text` ends with a line feed and has no other control character.
  public init(text: String, signatures: [Signature]) { (self.text, self.signatures) = (text, signatures) }

  /// The whole note.
  public var encoded: String { text + "\n" + signatures.map(\.line).joined() }

  /// Adds signatures that are not there yet, in their order.
  public mutating func add(_ more: [Signature]) {
    for signature in more where !signatures.contains(signature) { signatures.append(signature) }
  }
}

extension SignedNote {
  /// Reads a note. Proves nothing yet: no signature is checked. At most `ProofLimit.noteBytes`.
  public init(_ bytes: [UInt8]) throws(ProofError) {
    guard bytes.count <= ProofLimit.noteBytes else { throw .tooLarge(.note, limit: ProofLimit.noteBytes) }
    let whole = try String(checked: bytes, as: .note)
    let gap = bytes.indices.dropFirst().last { bytes[$0] == 10 && bytes[$0 - 1] == 10 }
    guard let gap, gap > 1 else { throw .malformed(.note, line: 1, .noSignatures) }
    text = String(decoding: bytes[..<gap], as: UTF8.self)
    let signatureLines = whole.utf8.suffix(bytes.count - gap - 1)
    signatures = try Self.signatures(Substring(signatureLines), after: bytes[...gap].count { $0 == 10 })
  }

  /// Reads lines of signatures alone, as a witness answers with them. `after`: lines before, for errors.
  public static func signatures(_ lines: some StringProtocol, after: Int = 0) throws(ProofError) -> [Signature] {
    guard lines.last == "\n" else { throw .malformed(.note, line: after + 1, .noSignatures) }
    let all = lines.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
    guard all.count <= ProofLimit.signatures else { throw .tooLarge(.note, limit: ProofLimit.signatures) }
    var signatures: [Signature] = []
    for (place, line) in all.enumerated() {
      let words = line.split(separator: " ", omittingEmptySubsequences: false)
      guard words.count == 3, words[0] == "\u{2014}", KeyName.isAllowed(words[1]) else {
        throw .malformed(.note, line: after + place + 1, .signatureLine)
      }
      guard let bytes = Base64.decode(words[2]), bytes.count > 4 else {
        throw .malformed(.note, line: after + place + 1, .base64)
      }
      let id = UInt32(bigEndianBytes: bytes.prefix(4))
      signatures.append(Signature(name: String(words[1]), id: id, bytes: Array(bytes.dropFirst(4))))
    }
    return signatures
  }
}

/// Names of keys.
enum KeyName {
  /// Not empty, no space of any kind, no plus: both separate fields in the formats.
  static func isAllowed(_ name: some StringProtocol) -> Bool {
    !name.isEmpty && name.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 }
  }
}

extension UInt32 {
  var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
  init(bigEndianBytes bytes: some Sequence<UInt8>) { self = bytes.reduce(0) { $0 << 8 | UInt32($1) } }
}

extension String {
  /// Text in UTF-8 without control characters other than line feeds.
  init(checked bytes: [UInt8], as format: ProofError.Format) throws(ProofError) {
    if let place = bytes.firstIndex(where: { $0 < 0x20 && $0 != 10 }) {
      throw .malformed(format, line: 1 + bytes[..<place].count { $0 == 10 }, .controlCharacter)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed(format, line: 1, .notText) }
    self = text
  }
}
