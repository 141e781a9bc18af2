import CChecksum

/// One decoder, and bytes that it takes.
///
/// A checksum would keep random bytes from ever reaching what lies behind it. So a target puts it right first: what is
/// tried is the attacker who can compute a checksum too.
struct Target: Sendable {
  let name: String
  let run: @Sendable (UnsafeRawBufferPointer) -> Void
  let seeds: @Sendable () -> [[UInt8]]

  init(_ name: String, seeds: @escaping @Sendable () -> [[UInt8]] = { [[]] }, _ run: @escaping @Sendable (UnsafeRawBufferPointer) -> Void) {
    (self.name, self.seeds, self.run) = (name, seeds, run)
  }

  static let all: [Target] = logTargets + textTargets + derivedTargets + outsideTargets
}

extension [UInt8] {
  /// Puts the CRC-32C of `range` at `place`, if both lie inside.
  mutating func seal(_ range: Range<Int>, at place: Int) {
    guard range.upperBound <= count, place + 4 <= count, range.lowerBound <= range.upperBound else { return }
    let sum = withUnsafeBytes { keshi_crc32c(0, $0.baseAddress.map { $0 + range.lowerBound }, range.count) }
    put(sum, at: place)
  }

  mutating func put<T: FixedWidthInteger>(_ number: T, at place: Int) {
    guard place + T.bitWidth / 8 <= count else { return }
    for byte in 0..<T.bitWidth / 8 { self[place + byte] = UInt8(truncatingIfNeeded: number >> (8 * T(byte))) }
  }

  func number(_ place: Int) -> UInt32 {
    guard place + 4 <= count else { return 0 }
    return self[place..<place + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }
}
