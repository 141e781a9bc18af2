// Base-128 numbers, least significant group first (LEB128; the wire format of Protocol Buffers), and the zigzag map
// that keeps small negative numbers short.

extension [UInt8] {
  /// Appends 1 … 10 bytes.
  @inlinable public mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }

  @inlinable public mutating func append(zigzag value: Int64) {
    append(varint: UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }
}

/// Reads numbers out of bytes. Bounds are checked; reading past the end or a number of more than 64 bits gives `nil`,
/// and the reader then stays at its end.
public struct ByteReader: ~Escapable {
  @usableFromInline let bytes: RawSpan
  public var position: Int

  @inlinable @_lifetime(copy bytes)
  public init(_ bytes: RawSpan, at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  @inlinable public var atEnd: Bool { position >= bytes.byteCount }

  @inlinable @inline(__always) public mutating func byte() -> UInt8? {
    guard position < bytes.byteCount else { return nil }
    let value = bytes.unsafeLoad(fromByteOffset: position, as: UInt8.self)
    position += 1
    return value
  }

  @inlinable @inline(__always) public mutating func varint() -> UInt64? {
    guard let first = byte() else { return nil }
    if first < 0x80 { return UInt64(first) }
    return longVarint(from: first)
  }

  @usableFromInline mutating func longVarint(from first: UInt8) -> UInt64? {
    var value = UInt64(first & 0x7F)
    var shift: UInt64 = 7
    while let next = byte() {
      if shift == 63, next > 1 { break }
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return value }
      shift += 7
    }
    position = bytes.byteCount
    return nil
  }

  @inlinable @inline(__always) public mutating func zigzag() -> Int64? {
    guard let raw = varint() else { return nil }
    return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
  }

  /// A little-endian 16-bit number.
  @inlinable @inline(__always) public mutating func uint16() -> UInt16? {
    guard position + 2 <= bytes.byteCount else {
      position = bytes.byteCount
      return nil
    }
    defer { position += 2 }
    return UInt16(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt16.self))
  }
}
