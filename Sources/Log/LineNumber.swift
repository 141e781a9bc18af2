import Glibc

extension LineBlock {
  /// What a thorough reader looks for in lines, in one pass: the number of the first whose `seq` is not its place in the
  /// log (`nil` if all are right), and the lines that gave place to their hash.
  var inspection: (wrong: UInt64?, redactions: [Redaction]) {
    var (wrong, redactions): (UInt64?, [Redaction]) = (nil, [])
    for index in 0..<count {
      let (line, place) = (line(index), first + UInt64(index))
      if line.endsWithNumber(place) { continue }  // so it is an event, and no redaction
      let redaction = Redaction(line)
      if let redaction { redactions.append(redaction) }
      if wrong == nil, (redaction?.seq ?? LineFields(line).number("seq")) != place { wrong = place }
    }
    return (wrong, redactions)
  }
}

extension UnsafeRawBufferPointer {
  /// Whether the line's own `"seq":` is found from its end, with this number. False says nothing: then look at all of
  /// it. Only `subject`, `type` and `v` follow in most lines, so this reads a quarter of what a reader from the front
  /// must pass over.
  ///
  /// A key's quotes are never escaped, so `,"seq":` is no part of a text; and where no bracket closes between it and
  /// the line's last byte but that one, it belongs to the outermost object.
  func endsWithNumber(_ number: UInt64) -> Bool {
    guard count > 8, self[count - 1] == UInt8(ascii: "}"), let key = lastKey() else { return false }
    var at = key + 7
    var (value, digits) = (UInt64(0), 0)
    while at < count, case let digit = self[at] &- 48, digit < 10, digits < 16 {
      (value, digits, at) = (value * 10 + UInt64(digit), digits + 1, at + 1)
    }
    return digits > 0 && value == number && isFlat(from: at)
  }

  /// Where the last `,"seq":` begins. It nearly always stands among the last bytes, and `q` is rare: so the C library
  /// looks for that, and the rest is compared only there.
  private func lastKey() -> Int? {
    lastKey(from: Swift.max(0, count - Self.tail)) ?? (count > Self.tail ? lastKey(from: 0) : nil)
  }

  /// Bytes in which the number and what follows it nearly always lie.
  private static let tail = 128

  private func lastKey(from start: Int) -> Int? {
    guard let base = baseAddress else { return nil }
    var (last, at): (Int?, Int) = (nil, start)
    while let found = memchr(base + at, Int32(UInt8(ascii: "q")), count - at) {
      let q = UnsafeRawPointer(found) - base
      at = q + 1
      if q > 4, q + 4 <= count, base.loadUnaligned(fromByteOffset: q - 4, as: UInt32.self) == Self.comma,
        base.loadUnaligned(fromByteOffset: q - 1, as: UInt32.self) == Self.ending
      {
        last = q - 4
      }
    }
    return last
  }

  private static let comma = UInt32(littleEndian: 0x6573_222C)  // ,"se
  private static let ending = UInt32(littleEndian: 0x3A22_7165)  // eq":

  /// Whether only plain members follow from `start`, a comma or the last byte: no object, no list, no escape. A `|` in
  /// a text makes it say no too.
  private func isFlat(from start: Int) -> Bool {
    guard self[start] == UInt8(ascii: ",") || start == count - 1 else { return false }
    guard let base = baseAddress else { return false }
    var at = start
    while at + 8 < count {
      if base.loadUnaligned(fromByteOffset: at, as: UInt64.self).hasBracket { return false }
      at += 8
    }
    for at in at..<count - 1 where self[at].isBracket { return false }
    return true
  }
}

extension UInt8 {
  /// Whether the byte is one of `[ \ ] { | }`: these six lie three by three, 32 apart.
  fileprivate var isBracket: Bool { (self | 0x20) &- 0x7B < 3 }
}

extension UInt64 {
  /// Whether one of the eight bytes `isBracket`. All at once: a byte of `lower` is bracket-like if adding 5 carries it
  /// past 0x7F and adding 2 does not; bytes beyond ASCII are none and are masked out.
  fileprivate var hasBracket: Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let lower = (self | ones &* 0x20) & (ones &* 0x7F)
    let (from, past) = (lower &+ ones &* 5, lower &+ ones &* 2)
    return from & ~past & ~self & (ones &* 0x80) != 0
  }
}
