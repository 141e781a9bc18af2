import Wire

/// Reads CloudEvents 1.0 in structured mode: one event, a batch, or one event a line.
public struct CloudEventsReader {
  /// Bytes of a line.
  public static let lineLimit = 1 << 20

  public init() {}

  /// - Parameter next: the next bytes of the file, none at its end.
  public func read(_ next: @escaping ByteFeed, _ take: TakeReading) throws {
    var first = try next()
    if first.starts(with: [0xEF, 0xBB, 0xBF]) { first = first.dropFirst(3) }
    let isWhole = CloudEventsReader.isOneValue(first)
    var waiting: ArraySlice<UInt8>? = first
    let feed: ByteFeed = {
      defer { waiting = nil }
      if let waiting, !waiting.isEmpty { return waiting }
      return try next()
    }
    if isWhole { return try readWhole(feed, take) }
    var lines = Lines()
    while let line = try lines.next(from: feed) {
      try give(line.bytes, length: line.length, line: line.number, take)
    }
  }

  /// Whether the file is one value, a batch or an event over several lines, and not a value a line.
  private static func isOneValue(_ start: ArraySlice<UInt8>) -> Bool {
    guard let byte = start.firstIndex(where: { ![0x20, 0x09, 0x0D, 0x0A].contains($0) }) else { return false }
    if start[byte] != UInt8(ascii: "{") { return start[byte] == UInt8(ascii: "[") }
    let rest = start[byte...]
    let line = Array(rest.prefix { $0 != 0x0A })
    // An event that opens on one line and goes on in the next; a wrong first line of many has its end on its own line.
    return line.count < rest.count && (try? SourceJSON(parsing: line.span)) == nil
      && line.last(where: { ![0x20, 0x09, 0x0D].contains($0) }) != UInt8(ascii: "}")
  }

  private func give(_ bytes: [UInt8], length: Int, line: Int, _ take: TakeReading) throws {
    guard bytes.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) else { return }
    var place = NotePlace(line: line, name: "")
    guard length <= CloudEventsReader.lineLimit else {
      return try take(.broken(.tooLong("line", limit: CloudEventsReader.lineLimit)), place)
    }
    let value: SourceJSON
    do throws(JSONError) { value = try SourceJSON(parsing: bytes.span) } catch { return try take(.broken(.json(error)), place) }
    place = NotePlace(line: line, name: ["type", "id"].compactMap { value[$0]?.scalar }.joined(separator: ": "))
    try take(.note(.cloud(value)), place)
  }

  /// A batch, or one event over several lines.
  private func readWhole(_ next: ByteFeed, _ take: TakeReading) throws {
    let bytes = try WholeFile.read(next)
    if bytes.first(where: { ![0x20, 0x09, 0x0D, 0x0A].contains($0) }) == UInt8(ascii: "[") {
      return try JSONElements.forEachItem(of: bytes, from: 0) { range, line in
        try give(Array(bytes[range]), length: range.count, line: line, take)
      }
    }
    try give(bytes, length: bytes.count, line: 1, take)
  }
}

/// Lines of a stream of blocks. Of a line beyond the limit only the beginning is kept.
private struct Lines {
  struct Line {
    let bytes: [UInt8]
    let length: Int
    let number: Int
  }

  private var block: ArraySlice<UInt8> = []
  private var isAtEnd = false
  private var number = 0

  mutating func next(from source: () throws -> ArraySlice<UInt8>) throws -> Line? {
    var bytes: [UInt8] = []
    var length = 0
    while true {
      if block.isEmpty {
        if isAtEnd { return length > 0 ? finish(bytes, length) : nil }
        block = try source()
        if block.isEmpty { isAtEnd = true }
        continue
      }
      let end = block.firstIndex(of: 0x0A)
      let part = block[..<(end ?? block.endIndex)]
      length += part.count
      if bytes.count <= CloudEventsReader.lineLimit { bytes.append(contentsOf: part) }
      block = block[(end.map { $0 + 1 } ?? block.endIndex)...]
      if end != nil { return finish(bytes, length) }
    }
  }

  private mutating func finish(_ bytes: [UInt8], _ length: Int) -> Line {
    number += 1
    return Line(bytes: bytes, length: length, number: number)
  }
}
