/// Finds the values of top-level keys in one line of JSON, without decoding the rest.
///
/// It trusts that the line is a JSON object, as every line in the log is. For anything else it finds nothing or
/// something wrong, but never reads outside the line.
struct LineFields {
  let line: UnsafeRawBufferPointer

  init(_ line: UnsafeRawBufferPointer) { self.line = line }

  /// The raw bytes of the value of `key` (quotes and escapes still in it), or `nil`.
  func raw(_ key: StaticString) -> UnsafeRawBufferPointer? {
    var at = 1
    while at < line.count, line[at] == UInt8(ascii: "\"") {
      let keyEnd = endOfString(at)
      let name = UnsafeRawBufferPointer(rebasing: line[at + 1..<max(at + 1, keyEnd - 1)])
      let start = keyEnd + 1
      guard start < line.count, line[keyEnd] == UInt8(ascii: ":") else { return nil }
      let end = endOfValue(start)
      if equal(name, key) { return UnsafeRawBufferPointer(rebasing: line[start..<end]) }
      at = end + 1
    }
    return nil
  }

  /// The text of a string value, escapes resolved; `nil` if there is no such key or it is no string.
  func text(_ key: StaticString) -> String? {
    guard let raw = raw(key), raw.count >= 2, raw[0] == UInt8(ascii: "\"") else { return nil }
    return unescape(UnsafeRawBufferPointer(rebasing: raw[1..<raw.count - 1]))
  }

  /// The value of a key that holds a whole number from 0 up; `nil` if it is anything else or beyond 64 bits.
  func number(_ key: StaticString) -> UInt64? {
    guard let raw = raw(key), !raw.isEmpty, raw.count <= 20 else { return nil }
    return UInt64(String(decoding: raw, as: UTF8.self))
  }

  private func equal(_ name: UnsafeRawBufferPointer, _ key: StaticString) -> Bool {
    name.elementsEqual(UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
  }

  /// The place after the closing quote of the string that opens at `start`.
  private func endOfString(_ start: Int) -> Int {
    var at = start + 1
    while at < line.count {
      switch line[at] {
      case UInt8(ascii: "\\"): at += 2
      case UInt8(ascii: "\""): return at + 1
      default: at += 1
      }
    }
    return line.count
  }

  /// The place of the comma or bracket that ends the value which starts at `start`.
  private func endOfValue(_ start: Int) -> Int {
    var at = start
    var depth = 0
    while at < line.count {
      switch line[at] {
      case UInt8(ascii: "\""): at = endOfString(at)
      case UInt8(ascii: "{"), UInt8(ascii: "["): (depth, at) = (depth + 1, at + 1)
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return at }
        (depth, at) = (depth - 1, at + 1)
      case UInt8(ascii: ",") where depth == 0: return at
      default: at += 1
      }
    }
    return line.count
  }
}

/// Resolves JSON's escapes. A broken escape is taken as it stands: the line is evidence, not to be refused on reading.
private func unescape(_ raw: UnsafeRawBufferPointer) -> String {
  guard raw.contains(UInt8(ascii: "\\")) else { return String(decoding: raw, as: UTF8.self) }
  var units: [UInt16] = []
  var escaped = false
  var text = String(decoding: raw, as: UTF8.self).utf16[...]
  let simple: [UInt16: UInt16] = [0x62: 8, 0x66: 12, 0x6E: 10, 0x72: 13, 0x74: 9]
  while let unit = text.popFirst() {
    if !escaped {
      escaped = unit == 0x5C
      if !escaped { units.append(unit) }
    } else if unit == 0x75, let code = UInt16(String(text.prefix(4)) ?? "", radix: 16) {
      units.append(code)
      text = text.dropFirst(4)
      escaped = false
    } else {
      units.append(simple[unit] ?? unit)
      escaped = false
    }
  }
  return String(decoding: units, as: UTF16.self)
}
