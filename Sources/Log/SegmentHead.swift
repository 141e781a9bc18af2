/// The first line of every file: what the file is, in words that need no program. It lies in an LZ4 frame of its own,
/// because some tools do not recognise a file that begins with a skippable frame, and it is no leaf: no event's line
/// begins with `{"$`.
struct SegmentHead: Equatable {
  /// Name and version of this format.
  static let format = "keshi/1"

  var log: LogID
  var origin: String
  /// The tree before the file's first leaf.
  var frontier: Frontier

  /// The line without LF, in the canonical form of RFC 8785.
  var line: [UInt8] {
    let hashes = frontier.hashes.map { "\"\($0.hex)\"" }.joined(separator: ",")
    let text = """
      {"$segment":{"first":\(frontier.size),"format":"\(Self.format)","frontier":[\(hashes)],"id":"\(log.hex)",\
      "leaf":"SHA-256(0x00 || line without LF), tree of RFC 6962; lines beginning {\\"$ are no leaves",\
      "origin":\(JSONText.quoted(origin)),"root":"\(frontier.root.hex)"}}
      """
    return Array(text.utf8)
  }

  /// Appends the frame with the line and its LF.
  func append(to buffer: ByteBuffer) {
    var line = self.line
    line.append(UInt8(ascii: "\n"))
    line.withUnsafeBytes { DataFrame.append($0, level: .stored, to: buffer) }
  }

  /// The head frame at the start of `bytes` and its length. `nil` unless it is, byte for byte, the head of this log
  /// that starts at `first`: the line is written again from what it says and compared.
  static func read(
    _ bytes: UnsafeRawBufferPointer, log: LogID, origin: String, first: UInt64
  ) -> (head: SegmentHead, length: Int)? {
    guard let (content, length) = DataFrame.measure(bytes, contentLimit: Limit.headBytes), content > 2
    else { return nil }
    let buffer = ByteBuffer()
    buffer.appendZeros(content)
    guard DataFrame.decode(bytes.part(0, length), into: buffer.mutableBytes, checkContent: true) else { return nil }
    let line = LineFields(buffer.bytes.part(0, content - 1))
    guard let body = line.raw("$segment"), let list = LineFields(body).raw("frontier") else { return nil }
    let hashes = list.split(separator: UInt8(ascii: "\"")).filter { $0.count == 64 }
      .compactMap { Hash(hex: String(decoding: $0, as: UTF8.self)) }
    guard let frontier = Frontier(size: first, hashes: hashes) else { return nil }
    let head = SegmentHead(log: log, origin: origin, frontier: frontier)
    guard buffer.bytes.elementsEqual(head.line + [UInt8(ascii: "\n")]) else { return nil }
    return (head, length)
  }
}

/// Writing JSON text by hand, for the two places where the log makes some of its own.
enum JSONText {
  /// The text in quotes, escaped as RFC 8785 asks.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{8}": result += "\\b"
      case "\u{9}": result += "\\t"
      case "\u{A}": result += "\\n"
      case "\u{C}": result += "\\f"
      case "\u{D}": result += "\\r"
      case "\u{0}"..<"\u{20}": result += "\\u00" + Hex.encode([UInt8(scalar.value)])
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
