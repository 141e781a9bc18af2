// Text → `JSON`. Strict: RFC 8259 grammar, I-JSON names and numbers (RFC 7493), bounded depth.

extension JSON {
  /// Parses one value that fills `bytes` but for blanks around it.
  public init(parsing bytes: Span<UInt8>) throws(JSONError) {
    var scanner = JSONScanner(bytes)
    self = try JSON(from: &scanner, of: bytes, depth: 0)
    scanner.skipBlanks()
    guard scanner.atEnd else { throw JSONError(.trailing, at: scanner.position) }
  }

  public init(parsing bytes: [UInt8]) throws(JSONError) { try self.init(parsing: bytes.span) }

  public init(parsing text: String) throws(JSONError) { try self.init(parsing: Array(text.utf8).span) }

  private init(from scanner: inout JSONScanner, of bytes: Span<UInt8>, depth: Int) throws(JSONError) {
    scanner.skipBlanks()
    switch try scanner.peek() {
    case UInt8(ascii: "{") where depth == JSONScanner.depthLimit, UInt8(ascii: "[") where depth == JSONScanner.depthLimit:
      throw JSONError(.tooDeep(limit: JSONScanner.depthLimit), at: scanner.position)
    case UInt8(ascii: "{"): self = .object(try JSONObject(from: &scanner, of: bytes, depth: depth))
    case UInt8(ascii: "["): self = .array(try JSON.items(from: &scanner, of: bytes, depth: depth))
    case UInt8(ascii: "\""): self = .string(try scanner.string(of: bytes))
    case UInt8(ascii: "t"):
      try scanner.expect(word: "true")
      self = .bool(true)
    case UInt8(ascii: "f"):
      try scanner.expect(word: "false")
      self = .bool(false)
    case UInt8(ascii: "n"):
      try scanner.expect(word: "null")
      self = .null
    default: self = .int(try scanner.integer())
    }
  }

  private static func items(
    from scanner: inout JSONScanner, of bytes: Span<UInt8>, depth: Int
  ) throws(JSONError) -> [JSON] {
    try scanner.expect(UInt8(ascii: "["))
    scanner.skipBlanks()
    var items: [JSON] = []
    if scanner.accept(UInt8(ascii: "]")) { return items }
    while true {
      items.append(try JSON(from: &scanner, of: bytes, depth: depth + 1))
      scanner.skipBlanks()
      if scanner.accept(UInt8(ascii: "]")) { return items }
      try scanner.expect(UInt8(ascii: ","))
    }
  }

  fileprivate init(member scanner: inout JSONScanner, of bytes: Span<UInt8>, depth: Int) throws(JSONError) {
    try self.init(from: &scanner, of: bytes, depth: depth)
  }
}

extension JSONObject {
  fileprivate init(from scanner: inout JSONScanner, of bytes: Span<UInt8>, depth: Int) throws(JSONError) {
    try scanner.expect(UInt8(ascii: "{"))
    scanner.skipBlanks()
    self.init()
    if scanner.accept(UInt8(ascii: "}")) { return }
    while true {
      scanner.skipBlanks()
      let nameOffset = scanner.position
      let name = try scanner.string(of: bytes)
      scanner.skipBlanks()
      try scanner.expect(UInt8(ascii: ":"))
      let value = try JSON(member: &scanner, of: bytes, depth: depth + 1)
      guard self[name] == nil else { throw JSONError(.duplicateName(name), at: nameOffset) }
      self[name] = value
      scanner.skipBlanks()
      if scanner.accept(UInt8(ascii: "}")) { return }
      try scanner.expect(UInt8(ascii: ","))
    }
  }
}

extension JSONScanner {
  /// The next string with its escapes resolved. `bytes` is what the scanner reads.
  public mutating func string(of bytes: Span<UInt8>) throws(JSONError) -> String {
    let start = position
    let (range, escaped) = try rawString()
    let raw = bytes.extracting(range)
    guard let utf8 = try? UTF8Span(validating: raw) else { throw JSONError(.notUTF8, at: start) }
    return escaped ? try JSONScanner.unescape(raw, from: range.lowerBound) : String(copying: utf8)
  }

  private static func unescape(_ raw: Span<UInt8>, from offset: Int) throws(JSONError) -> String {
    var units: [UInt8] = []
    units.reserveCapacity(raw.count)
    var i = 0
    while i < raw.count {
      guard raw[i] == UInt8(ascii: "\\") else {
        units.append(raw[i])
        i += 1
        continue
      }
      if let plain = simpleEscape(raw[i + 1]) {
        units.append(plain)
        i += 2
      } else {
        let scalar = try unicodeEscape(raw, &i, offset)
        units.append(contentsOf: Character(scalar).utf8)
      }
    }
    return String(decoding: units, as: UTF8.self)
  }

  private static func simpleEscape(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
  }

  /// `\uXXXX`, or a surrogate pair of two.
  private static func unicodeEscape(_ raw: Span<UInt8>, _ i: inout Int, _ offset: Int) throws(JSONError) -> Unicode.Scalar {
    let first = try hex4(raw, i, offset)
    i += 6
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, i + 6 <= raw.count, let second = try? hex4(raw, i, offset), (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
    else { throw JSONError(.loneSurrogate, at: offset + i - 6) }
    i += 6
    return scalar
  }

  private static func hex4(_ raw: Span<UInt8>, _ i: Int, _ offset: Int) throws(JSONError) -> UInt16 {
    guard i + 6 <= raw.count, raw[i] == UInt8(ascii: "\\"), raw[i + 1] == UInt8(ascii: "u") else {
      throw JSONError(.badEscape, at: offset + i)
    }
    var value: UInt16 = 0
    for k in i + 2..<i + 6 {
      guard let digit = Character(Unicode.Scalar(raw[k])).hexDigitValue else { throw JSONError(.badEscape, at: offset + k) }
      value = value << 4 | UInt16(digit)
    }
    return value
  }
}
