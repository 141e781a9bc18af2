import Crypto

/// A SHA-256 value: of a leaf, of a node, or the root of a tree.
public struct Hash: Hashable, Sendable {
  // The 32 bytes in their order. Four words instead of an array: no heap, and a copy is two registers' work.
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  /// Length in bytes.
  public static let length = 32

  /// The first 32 bytes of `bytes`; there must be as many.
  public init(_ bytes: UnsafeRawBufferPointer) {
    precondition(bytes.count >= Self.length, "a hash has 32 bytes")
    words.0 = bytes.loadUnaligned(as: UInt64.self)
    words.1 = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    words.2 = bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
    words.3 = bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
  }

  /// From 64 lower-case hexadecimal digits; `nil` for anything else.
  public init?(hex: String) {
    guard let bytes = Hex.decode(hex.utf8), bytes.count == Self.length else { return nil }
    self = bytes.withUnsafeBytes { Hash($0) }
  }

  /// The digest's 32 bytes are all that it holds. Its own `withUnsafeBytes` lends the same ones through three closures,
  /// which millions of leaves notice.
  init(_ digest: SHA256.Digest) { self = Swift.withUnsafeBytes(of: digest) { Hash($0) } }

  /// The bytes, lent for the time of the call.
  public func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try withUnsafeBytes(of: words, body)
  }

  /// The bytes as an array.
  public var bytes: [UInt8] { withBytes { Array($0) } }
  /// 64 lower-case hexadecimal digits.
  public var hex: String { withBytes { Hex.encode($0) } }

  public static func == (a: Hash, b: Hash) -> Bool { a.words == b.words }
  public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }  // already uniform

  /// SHA-256 of `bytes` as they are.
  static func of(_ bytes: UnsafeRawBufferPointer) -> Hash { Hash(SHA256.hash(bufferPointer: bytes)) }
}

extension DiskFile {
  /// SHA-256 of the whole file, a megabyte at a time.
  func sha256() throws(LogError) -> Hash {
    var hasher = SHA256()
    let buffer = ByteBuffer()
    var at = 0
    repeat {
      try load(1 << 20, at: at, into: buffer)
      hasher.update(bufferPointer: buffer.bytes)
      at += buffer.count
    } while buffer.count > 0
    return Hash(hasher.finalize())
  }
}

extension SHA256 {
  fileprivate static func hash(bufferPointer bytes: UnsafeRawBufferPointer) -> SHA256.Digest {
    var hasher = SHA256()
    hasher.update(bufferPointer: bytes)
    return hasher.finalize()
  }
}

/// Lower-case hexadecimal text, the form of every hash and id outside the binary parts.
enum Hex {
  private static let digits = Array("0123456789abcdef".utf8)

  static func encode(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// `nil` unless the text is pairs of lower-case digits only: one spelling, so that texts can be compared as bytes.
  static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    var high: UInt8?
    for character in text {
      guard let value = digits.firstIndex(of: character) else { return nil }
      if let first = high {
        bytes.append(first << 4 | UInt8(value))
        high = nil
      } else {
        high = UInt8(value)
      }
    }
    return high == nil ? bytes : nil
  }
}
