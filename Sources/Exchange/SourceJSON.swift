public import Wire

/// JSON as any system may write it: numbers stay the text that they are, so that a fraction is neither lost nor changed.
public indirect enum SourceJSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([SourceJSON])
  case object([Member])

  public struct Member: Hashable, Sendable {
    public var name: String
    public var value: SourceJSON

    public init(_ name: String, _ value: SourceJSON) {
      self.name = name
      self.value = value
    }
  }

  /// Parses one value that fills `bytes` but for blanks around it. Depth is bounded by `JSONScanner.depthLimit`.
  public init(parsing bytes: Span<UInt8>) throws(JSONError) {
    var scanner = JSONScanner(bytes)
    self = try SourceJSON(from: &scanner, of: bytes, depth: 0)
    scanner.skipBlanks()
    guard scanner.atEnd else { throw JSONError(.trailing, at: scanner.position) }
  }

  private init(from scanner: inout JSONScanner, of bytes: Span<UInt8>, depth: Int) throws(JSONError) {
    scanner.skipBlanks()
    let byte = try scanner.peek()
    guard depth <= JSONScanner.depthLimit else {
      throw JSONError(.tooDeep(limit: JSONScanner.depthLimit), at: scanner.position)
    }
    switch byte {
    case UInt8(ascii: "{"): self = .object(try SourceJSON.members(from: &scanner, of: bytes, depth: depth))
    case UInt8(ascii: "["): self = .array(try SourceJSON.items(from: &scanner, of: bytes, depth: depth))
    case UInt8(ascii: "\""): self = .string(try scanner.string(of: bytes))
    default: self = try SourceJSON.word(from: &scanner, of: bytes)
    }
  }

  private static func members(
    from scanner: inout JSONScanner, of bytes: Span<UInt8>, depth: Int
  ) throws(JSONError) -> [Member] {
    try scanner.expect(UInt8(ascii: "{"))
    scanner.skipBlanks()
    var members: [Member] = []
    if scanner.accept(UInt8(ascii: "}")) { return members }
    var names: Set<String> = []
    while true {
      scanner.skipBlanks()
      let place = scanner.position
      let name = try scanner.string(of: bytes)
      guard names.insert(name).inserted else { throw JSONError(.duplicateName(name), at: place) }
      scanner.skipBlanks()
      try scanner.expect(UInt8(ascii: ":"))
      members.append(Member(name, try SourceJSON(from: &scanner, of: bytes, depth: depth + 1)))
      scanner.skipBlanks()
      if scanner.accept(UInt8(ascii: "}")) { return members }
      try scanner.expect(UInt8(ascii: ","))
    }
  }

  private static func items(
    from scanner: inout JSONScanner, of bytes: Span<UInt8>, depth: Int
  ) throws(JSONError) -> [SourceJSON] {
    try scanner.expect(UInt8(ascii: "["))
    scanner.skipBlanks()
    var items: [SourceJSON] = []
    if scanner.accept(UInt8(ascii: "]")) { return items }
    while true {
      items.append(try SourceJSON(from: &scanner, of: bytes, depth: depth + 1))
      scanner.skipBlanks()
      if scanner.accept(UInt8(ascii: "]")) { return items }
      try scanner.expect(UInt8(ascii: ","))
    }
  }

  /// true, false, null, or a number of RFC 8259.
  private static func word(from scanner: inout JSONScanner, of bytes: Span<UInt8>) throws(JSONError) -> SourceJSON {
    let start = scanner.position
    try scanner.skipValue()
    let text = bytes.extracting(start..<scanner.position)
    var word: [UInt8] = []
    for place in 0..<min(text.count, 64) { word.append(text[place]) }
    switch String(decoding: word, as: UTF8.self) {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    case let number where text.count <= 64 && isNumber(word): return .number(number)
    default: throw JSONError(.unexpected(bytes[start]), at: start)
    }
  }

  private static func isNumber(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    func digits() -> Int {
      let run = rest.prefix { $0 &- 0x30 <= 9 }.count
      rest = rest.dropFirst(run)
      return run
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let leadsWithZero = rest.first == UInt8(ascii: "0")
    let whole = digits()
    guard whole > 0, !leadsWithZero || whole == 1 else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard digits() > 0 else { return false }
    }
    if let sign = rest.first, sign == UInt8(ascii: "e") || sign == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }
}

extension SourceJSON {
  public subscript(name: String) -> SourceJSON? {
    if case .object(let members) = self { members.first { $0.name == name }?.value } else { nil }
  }

  public var array: [SourceJSON] { if case .array(let items) = self { items } else { [] } }
  public var members: [Member] { if case .object(let members) = self { members } else { [] } }

  /// A text, number or flag as its text.
  public var scalar: String? {
    switch self {
    case .string(let text), .number(let text): text
    case .bool(let flag): flag ? "true" : "false"
    case .null, .array, .object: nil
    }
  }

  /// The value as a line may hold it. Throws where it has a fraction or too large a number.
  public func strict() throws(JSONError) -> JSON {
    switch self {
    case .null: return .null
    case .bool(let flag): return .bool(flag)
    case .string(let text): return .string(text)
    case .number(let text): return try JSON(parsing: text)
    case .array(let items):
      var values: [JSON] = []
      for item in items { values.append(try item.strict()) }
      return .array(values)
    case .object(let members):
      var object = JSONObject()
      for member in members { object[member.name] = try member.value.strict() }
      return .object(object)
    }
  }

  /// Compact JSON, numbers as they stood.
  public var text: String {
    switch self {
    case .null, .bool: scalar ?? "null"
    case .number(let text): text
    case .string(let text): JSON.string(text).canonical
    case .array(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { JSON.string($0.name).canonical + ":" + $0.value.text }.joined(separator: ",") + "}"
    }
  }
}
