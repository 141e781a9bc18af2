extension LineBlock {
  /// Number of the first line whose `seq` is not its place in the log; `nil` if all are right.
  var firstWrongLine: UInt64? {
    for index in 0..<count {
      let (line, place) = (line(index), first + UInt64(index))
      if line.endsWithNumber(place) { continue }
      guard (Redaction(line)?.seq ?? LineFields(line).number("seq")) == place else { return place }
    }
    return nil
  }

  /// The lines here that gave place to their hash.
  var redactions: [Redaction] { (0..<count).compactMap { Redaction(line($0)) } }
}

extension UnsafeRawBufferPointer {
  /// Whether the line's own `"seq":` is found from its end, with this number. False says nothing: then look at all of
  /// it. Only `subject`, `type` and `v` follow in most lines, so this reads a quarter of what a reader from the front
  /// must pass over.
  ///
  /// A key's quotes are never escaped, so `,"seq":` is no part of a text; and where no bracket closes between it and
  /// the line's last byte but that one, it belongs to the outermost object.
  fileprivate func endsWithNumber(_ number: UInt64) -> Bool {
    guard count > 8, self[count - 1] == UInt8(ascii: "}"), let key = lastKey() else { return false }
    var at = key + 7
    var (value, digits) = (UInt64(0), 0)
    while at < count, case let digit = self[at] &- 48, digit < 10, digits < 16 {
      (value, digits, at) = (value * 10 + UInt64(digit), digits + 1, at + 1)
    }
    return digits > 0 && value == number && isFlat(from: at)
  }

  /// Where the last `,"seq":` begins.
  private func lastKey() -> Int? {
    var at = count - 8
    while at > 0 {
      // `q` is rare; the rest is compared only there.
      if self[at + 4] == UInt8(ascii: "q"), loadUnaligned(fromByteOffset: at, as: UInt32.self) == Self.comma,
        loadUnaligned(fromByteOffset: at + 3, as: UInt32.self) == Self.ending
      {
        return at
      }
      at -= 1
    }
    return nil
  }

  private static let comma = UInt32(littleEndian: 0x6573_222C)  // ,"se
  private static let ending = UInt32(littleEndian: 0x3A22_7165)  // eq":

  /// Whether only plain members follow from `start`, a comma or the last byte: no object, no list, no escape.
  private func isFlat(from start: Int) -> Bool {
    guard self[start] == UInt8(ascii: ",") || start == count - 1 else { return false }
    for at in start..<count - 1 {
      switch self[at] {
      case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "\\"): return false
      default: continue
      }
    }
    return true
  }
}
