import CChecksum
import Glibc

// Numbers in the files are little-endian and lie at any offset. Both accessors check bounds like any buffer access.

extension UnsafeRawBufferPointer {
  /// The integer at `offset`; the caller has checked that it lies inside.
  func number<T: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, as: T.Type = T.self) -> T {
    T(littleEndian: loadUnaligned(fromByteOffset: offset, as: T.self))
  }

  /// The part from `offset` of `length` bytes.
  func part(_ offset: Int, _ length: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: self[offset..<offset + length])
  }

  /// Whether every byte is zero. Compares with itself one byte on, which the C library does at memory speed.
  var isZero: Bool {
    guard let start = baseAddress, count > 0 else { return true }
    return self[0] == 0 && (count == 1 || memcmp(start, start + 1, count - 1) == 0)
  }
}

extension UnsafeMutableRawBufferPointer {
  /// Puts `value` at `offset`.
  func put<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at offset: Int) {
    storeBytes(of: value.littleEndian, toByteOffset: offset, as: T.self)
  }

  /// The part from `offset` of `length` bytes.
  func part(_ offset: Int, _ length: Int) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: self[offset..<offset + length])
  }

  /// Sets every byte to zero.
  func clear() {
    if let start = baseAddress { memset(start, 0, count) }
  }
}

/// CRC-32C of the bytes, by the processor where it can.
func crc32c(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
  guard let start = bytes.baseAddress else { return 0 }
  return keshi_crc32c(0, start, bytes.count)
}
