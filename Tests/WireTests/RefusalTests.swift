import Testing
import Wire

/// What is no line, and at which byte it ceases to be one.
@Suite struct RefusalTests {
  static let table: [(String, JSONError.Reason, Int)] = [
    ("", .ended, 0),
    ("  ", .ended, 2),
    ("{", .ended, 1),
    ("[1,", .ended, 3),
    ("\"abc", .ended, 4),
    ("\"abc\\", .ended, 5),
    ("-", .ended, 1),
    ("tru", .ended, 3),
    ("[1,]", .unexpected(0x5D), 3),
    ("{\"a\":1,}", .unexpected(0x7D), 7),
    ("{a:1}", .unexpected(0x61), 1),
    ("{\"a\" 1}", .unexpected(0x31), 5),
    ("[1 2]", .unexpected(0x32), 3),
    ("'a'", .unexpected(0x27), 0),
    ("+1", .unexpected(0x2B), 0),
    ("-x", .unexpected(0x78), 1),
    ("NaN", .unexpected(0x4E), 0),
    ("nulL", .unexpected(0x4C), 3),
    ("\u{FEFF}1", .unexpected(0xEF), 0),
    ("1 1", .trailing, 2),
    ("{}x", .trailing, 2),
    ("01", .leadingZero, 0),
    ("-00", .leadingZero, 1),
    ("1.5", .fraction, 0),
    ("1e3", .fraction, 0),
    ("-1E3", .fraction, 0),
    ("9007199254740992", .integerTooLarge, 0),
    ("-9007199254740992", .integerTooLarge, 0),
    ("123456789012345678901234567890", .integerTooLarge, 0),
    ("{\"a\":1,\"b\":2,\"a\":3}", .duplicateName("a"), 13),
    ("{\"a\":1,\"\\u0061\":3}", .duplicateName("a"), 7),
    ("\"a\u{1}\"", .controlCharacter, 2),
    ("\"a\nb\"", .controlCharacter, 2),
    ("\"\\x\"", .badEscape, 1),
    ("\"\\u12g4\"", .badEscape, 5),
    ("\"\\u12\"", .badEscape, 1),
    ("\"\\ud800\"", .loneSurrogate, 1),
    ("\"\\ud800x\"", .loneSurrogate, 1),
    ("\"\\ud800\\u0041\"", .loneSurrogate, 1),
    ("\"\\udc00\\ud800\"", .loneSurrogate, 1),
    ("[\"a\\ude00\"]", .loneSurrogate, 3),
  ]

  @Test(arguments: table)
  func refused(_ source: String, _ reason: JSONError.Reason, _ offset: Int) {
    let error = #expect(throws: JSONError.self, "\(source)") { try JSON(parsing: source) }
    #expect(error == JSONError(reason, at: offset), "\(source)")
  }

  @Test(
    arguments: [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE5, 0xAE], [0x80],
    ] as [[UInt8]])
  func bytesThatAreNotUTF8(_ bad: [UInt8]) {
    let quote = UInt8(ascii: "\"")
    let error = #expect(throws: JSONError.self) { try JSON(parsing: [quote] + bad + [quote]) }
    #expect(error?.reason == .notUTF8)
  }

  /// 32 brackets may be open at once, whatever is in the innermost.
  @Test(arguments: ["", "1", "{}", "[]"]) func depth(_ inner: String) throws {
    let opens = inner == "{}" || inner == "[]" ? 1 : 0
    let most = JSONScanner.depthLimit - opens
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + inner + String(repeating: "]", count: depth)
    }
    _ = try JSON(parsing: nested(most))
    let error = #expect(throws: JSONError.self) { try JSON(parsing: nested(most + 1)) }
    #expect(error == JSONError(.tooDeep(limit: 32), at: 32))
  }

  /// The reader in place and the parser agree on what is too deep.
  @Test func skippingHasTheSameDepth() throws {
    func skip(_ depth: Int) throws(JSONError) {
      let bytes = Array((String(repeating: "{\"a\":", count: depth) + "1" + String(repeating: "}", count: depth)).utf8)
      var scanner = JSONScanner(bytes.span)
      try scanner.skipValue()
    }
    try skip(32)
    #expect(throws: JSONError.self) { try skip(33) }
  }

  @Test func surrogatePairsBecomeOneScalar() throws {
    #expect(try JSON(parsing: #""\ud83d\ude00\u5ba2""#) == "😀客")
  }

  @Test func skippingStopsBehindTheValue() throws {
    let source = Array(#"{"a":[1,{"b":"]}\""}],"c":-5} tail"#.utf8)
    var scanner = JSONScanner(source.span)
    try scanner.skipValue()
    #expect(scanner.position == source.count - 5)
  }
}
