extension RawSpan {
  /// The `width` bits that begin at bit `place`, least significant first.
  ///
  /// Up to 57 bits are one unaligned load, so eight bytes must follow the byte that holds the first of them. The loads
  /// are bounds-checked.
  /// - Precondition: `width` is 1 … 64.
  @inlinable @inline(__always) public func bits(at place: Int, width: Int) -> UInt64 {
    guard width > 57 else { return word(at: place) & (~0 >> UInt64(64 &- width)) }
    let low = word(at: place) & 0xFFFF_FFFF
    return low | (word(at: place &+ 32) & (~0 >> UInt64(96 &- width))) << 32
  }

  @inlinable @inline(__always) func word(at bit: Int) -> UInt64 {
    UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self)) >> UInt64(bit & 7)
  }
}
