// Canonical JSON after RFC 8785: no blanks, members in the order of their UTF-16 names, the shortest escapes.

extension Text {
  public mutating func append(_ value: JSON) {
    switch value {
    case .null: append("null" as StaticString)
    case .bool(let flag): append(flag ? "true" as StaticString : "false")
    case .int(let number): append(number)
    case .string(let text): append(quoted: text)
    case .object(let object): append(object)
    case .array(let items):
      append(UInt8(ascii: "["))
      for (place, item) in items.enumerated() {
        if place > 0 { append(UInt8(ascii: ",")) }
        append(item)
      }
      append(UInt8(ascii: "]"))
    }
  }

  public mutating func append(_ object: JSONObject) {
    append(UInt8(ascii: "{"))
    for (place, member) in object.members.enumerated() {
      if place > 0 { append(UInt8(ascii: ",")) }
      append(quoted: member.name)
      append(UInt8(ascii: ":"))
      append(member.value)
    }
    append(UInt8(ascii: "}"))
  }

  /// A JSON string with the escapes of RFC 8785 §3.2.2.2.
  public mutating func append(quoted text: String) {
    var copy = text
    copy.withUTF8 { append(quoted: $0) }
  }

  /// The same from UTF-8 that stands somewhere already.
  public mutating func append(quoted utf8: UnsafeBufferPointer<UInt8>) {
    append(UInt8(ascii: "\""))
    guard utf8.needsEscape else {
      bytes.append(contentsOf: utf8)
      return append(UInt8(ascii: "\""))
    }
    var clean = 0  // start of the run that needs no escape
    for (place, byte) in utf8.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
      bytes.append(contentsOf: utf8[clean..<place])
      append(escape: byte)
      clean = place + 1
    }
    bytes.append(contentsOf: utf8[clean...])
    append(UInt8(ascii: "\""))
  }

  private mutating func append(escape byte: UInt8) {
    append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: append(UInt8(ascii: "b"))
    case 0x09: append(UInt8(ascii: "t"))
    case 0x0A: append(UInt8(ascii: "n"))
    case 0x0C: append(UInt8(ascii: "f"))
    case 0x0D: append(UInt8(ascii: "r"))
    case 0x22, 0x5C: append(byte)
    default:
      append("u00" as StaticString)
      append(hex: byte)
    }
  }

  /// Two lower-case hexadecimal digits.
  public mutating func append(hex byte: UInt8) {
    for nibble in [byte >> 4, byte & 15] {
      append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10)
    }
  }
}

extension JSON {
  /// The canonical text (RFC 8785).
  public var canonical: String {
    var text = Text()
    text.append(self)
    return text.string
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether a byte may not stand in a JSON string as it is. Eight bytes at a time: nearly every text is clean.
  fileprivate var needsEscape: Bool {
    let raw = UnsafeRawBufferPointer(self)
    let (ones, tops) = (0x0101_0101_0101_0101 as UInt64, 0x8080_8080_8080_8080 as UInt64)
    var place = 0
    while place + 8 <= count {
      let word = raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      // A byte's top bit comes up where it is below 0x20, 0x22, or 0x5C (and, harmlessly, sometimes above 0x7F).
      let (quotes, slashes) = (word ^ (ones &* 0x22), word ^ (ones &* 0x5C))
      let found = (word &- ones &* 0x20) & ~word | (quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes
      if found & tops != 0 { return true }
      place += 8
    }
    while place < count {
      let byte = self[place]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C { return true }
      place += 1
    }
    return false
  }
}
