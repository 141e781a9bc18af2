/// Reads JSON in place, one token after another. Nothing is copied before it is asked for.
///
/// Two readers share it: the parser that builds a `JSON` value, and the derivation of facts, which skips what it does
/// not need. Each method leaves `position` behind what it read, or throws at the offending byte. Time is linear in the
/// bytes read; depth is bounded by `depthLimit`.
public struct JSONScanner: ~Escapable {
  /// How deep arrays and objects may nest.
  public static let depthLimit = 32

  let bytes: Span<UInt8>
  public internal(set) var position: Int

  @_lifetime(copy bytes)
  public init(_ bytes: Span<UInt8>, at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  public var atEnd: Bool { position == bytes.count }

  /// The next byte, without moving.
  public func peek() throws(JSONError) -> UInt8 {
    guard position < bytes.count else { throw JSONError(.ended, at: position) }
    return bytes[position]
  }

  public mutating func skipBlanks() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  public mutating func expect(_ byte: UInt8) throws(JSONError) {
    let found = try peek()
    guard found == byte else { throw JSONError(.unexpected(found), at: position) }
    position += 1
  }

  /// Moves over `byte` if it comes next, and says whether it did.
  public mutating func accept(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  public mutating func expect(word: StaticString) throws(JSONError) {
    for i in 0..<word.utf8CodeUnitCount { try expect(word.utf8Start[i]) }
  }

  /// A whole number within ±(2⁵³−1).
  public mutating func integer() throws(JSONError) -> Int64 {
    let start = position
    let negative = accept(UInt8(ascii: "-"))
    let digitsStart = position
    var value: Int64 = 0
    while position < bytes.count, bytes[position] &- 0x30 <= 9 {
      value = value * 10 + Int64(bytes[position] &- 0x30)
      guard value <= JSON.greatestInteger else { throw JSONError(.integerTooLarge, at: start) }
      position += 1
    }
    guard position > digitsStart else {
      throw position < bytes.count ? JSONError(.unexpected(bytes[position]), at: position) : JSONError(.ended, at: position)
    }
    if bytes[digitsStart] == 0x30, position > digitsStart + 1 { throw JSONError(.leadingZero, at: digitsStart) }
    if position < bytes.count, [0x2E, 0x65, 0x45].contains(bytes[position]) { throw JSONError(.fraction, at: start) }
    return negative ? -value : value
  }

  /// Moves over a string and gives the range of its raw bytes between the quotes, and whether they hold an escape.
  /// UTF-8 and the escapes themselves are not checked here.
  public mutating func rawString() throws(JSONError) -> (range: Range<Int>, escaped: Bool) {
    try expect(UInt8(ascii: "\""))
    let start = position
    var escaped = false
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return (start..<position - 1, escaped)
      case UInt8(ascii: "\\"):
        escaped = true
        position += 2
      case 0..<0x20: throw JSONError(.controlCharacter, at: position)
      default: position += 1
      }
    }
    throw JSONError(.ended, at: bytes.count)
  }

  /// Moves over one value of any kind without looking into it more than its brackets and quotes need.
  public mutating func skipValue() throws(JSONError) {
    var depth = 0
    repeat {
      switch try peek() {
      case UInt8(ascii: "\""): _ = try rawString()
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        guard depth <= JSONScanner.depthLimit else { throw JSONError(.tooDeep(limit: JSONScanner.depthLimit), at: position) }
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard depth > 0 else { throw JSONError(.unexpected(bytes[position]), at: position) }
        depth -= 1
        position += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard depth > 0 else { throw JSONError(.unexpected(bytes[position]), at: position) }
        position += 1
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: skipScalar()
      }
    } while depth > 0
  }

  private mutating func skipScalar() {
    position += 1
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), 0x20, 0x09, 0x0A, 0x0D: return
      default: position += 1
      }
    }
  }
}
