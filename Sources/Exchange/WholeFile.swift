import Wire

/// A file that must be in memory as a whole, because its parts may come in any order.
enum WholeFile {
  /// Bytes that such a file may have, unpacked.
  static let sizeLimit = 1 << 30

  static func read(_ next: ByteFeed) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let block = try next()
      if block.isEmpty { break }
      bytes.append(contentsOf: block)
      guard bytes.count <= sizeLimit else { throw ExchangeError(.tooLarge("bytes", limit: sizeLimit)) }
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    return bytes
  }

  /// The line at a byte, from 1. Complexity: O(bytes between `from` and `to`).
  static func lines(_ bytes: [UInt8], from: Int, to: Int) -> Int {
    bytes[from..<max(from, to)].reduce(0) { $1 == 0x0A ? $0 + 1 : $0 }
  }
}

/// Walks over the elements of JSON without holding more than one of them.
enum JSONElements {
  /// The members of the object that fills `bytes`, as ranges.
  static func members(of bytes: [UInt8]) throws -> [(name: String, range: Range<Int>)] {
    let span = bytes.span
    var scanner = JSONScanner(span)
    do {
      scanner.skipBlanks()
      try scanner.expect(UInt8(ascii: "{"))
      scanner.skipBlanks()
      var members: [(name: String, range: Range<Int>)] = []
      if scanner.accept(UInt8(ascii: "}")) { return members }
      while true {
        scanner.skipBlanks()
        let name = try scanner.string(of: span)
        scanner.skipBlanks()
        try scanner.expect(UInt8(ascii: ":"))
        scanner.skipBlanks()
        let start = scanner.position
        try scanner.skipValue()
        members.append((name, start..<scanner.position))
        scanner.skipBlanks()
        if scanner.accept(UInt8(ascii: "}")) { return members }
        try scanner.expect(UInt8(ascii: ","))
      }
    } catch { throw failure(error, in: bytes) }
  }

  /// Calls `body` with each item of the array that begins at `start`, with its place and line.
  static func forEachItem(
    of bytes: [UInt8], from start: Int, _ body: (Range<Int>, _ line: Int) throws -> Void
  ) throws {
    var place = start
    var line = WholeFile.lines(bytes, from: 0, to: start) + 1
    var counted = start
    var isFirst = true
    while let range = try next(of: bytes, at: &place, isFirst: isFirst) {
      line += WholeFile.lines(bytes, from: counted, to: range.lowerBound)
      counted = range.lowerBound
      isFirst = false
      try body(range, line)
    }
  }

  private static func next(of bytes: [UInt8], at place: inout Int, isFirst: Bool) throws -> Range<Int>? {
    let span = bytes.span
    var scanner = JSONScanner(span, at: place)
    do {
      scanner.skipBlanks()
      if isFirst { try scanner.expect(UInt8(ascii: "[")) }
      scanner.skipBlanks()
      if scanner.accept(UInt8(ascii: "]")) { return nil }
      if !isFirst {
        try scanner.expect(UInt8(ascii: ","))
        scanner.skipBlanks()
      }
      let start = scanner.position
      try scanner.skipValue()
      place = scanner.position
      return start..<place
    } catch { throw failure(error, in: bytes) }
  }

  private static func failure(_ error: JSONError, in bytes: [UInt8]) -> ExchangeError {
    ExchangeError(.json(error), line: WholeFile.lines(bytes, from: 0, to: min(error.offset, bytes.count)) + 1)
  }
}
