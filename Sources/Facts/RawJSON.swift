import Wire

// Names are kept as they stand in a line, with JSON's escapes, so that reading a line need not resolve them.

/// A text as it stands between the quotes of a canonical line.
func rawJSON(_ text: String) -> [UInt8] {
  var quoted = Text(capacity: text.utf8.count + 2)
  quoted.append(quoted: text)
  return Array(quoted.bytes.dropFirst().dropLast())
}

/// The inverse of `rawJSON`. Bytes that are no JSON string come back as they are.
func fromRawJSON(_ bytes: [UInt8]) -> String {
  guard bytes.contains(UInt8(ascii: "\\")), let json = try? JSON(parsing: [0x22] + bytes + [0x22]), let text = json.string
  else { return String(decoding: bytes, as: UTF8.self) }
  return text
}
