import Log

/// The lines of a file from outside, one after the other.
struct TextReader {
  let format: ProofError.Format
  /// Number of the line that `next` gave last, from 1.
  private(set) var line = 0
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8], _ format: ProofError.Format, limit: Int) throws(ProofError) {
    guard bytes.count <= limit else { throw .tooLarge(format, limit: limit) }
    (self.format, rest) = (format, bytes[...])
  }

  /// The bytes of the next line, without its line feed, which must be there.
  mutating func nextBytes() throws(ProofError) -> ArraySlice<UInt8> {
    line += 1
    guard let end = rest.firstIndex(of: 10) else { throw .malformed(format, line: line, .missingLine) }
    defer { rest = rest[(end + 1)...] }
    return rest[..<end]
  }

  mutating func next() throws(ProofError) -> String {
    let bytes = try nextBytes()
    guard let text = String(validating: bytes, as: UTF8.self) else { throw error(.notText) }
    return text
  }

  /// The rest of a line that begins with `word` and a space.
  mutating func next(after word: String) throws(ProofError) -> Substring {
    let text = try next()
    guard text.hasPrefix(word + " ") else { throw error(.header) }
    return text.dropFirst(word.count + 1)
  }

  /// Hashes, one a line, up to an empty line; at most `limit`.
  mutating func hashes(limit: Int) throws(ProofError) -> [Hash] {
    var hashes: [Hash] = []
    while true {
      let text = try next()
      if text.isEmpty { return hashes }
      guard hashes.count < limit else { throw .tooLarge(format, limit: limit) }
      guard let hash = Base64.hash(text) else { throw error(.hash) }
      hashes.append(hash)
    }
  }

  /// All that is left.
  mutating func remainder() -> [UInt8] {
    defer { rest = [] }
    return Array(rest)
  }

  func error(_ reason: ProofError.Reason) -> ProofError { .malformed(format, line: line, reason) }
}
