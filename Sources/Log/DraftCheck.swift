import Glibc

extension Draft {
  /// What is wrong with the draft whatever its number and time will be; `nil` if nothing. The length is checked when
  /// number and time are known.
  public var refusal: LogError.Refusal? {
    guard headCount > 0, headCount + middleCount < line.count else { return .empty }
    if line.has(0x0A) { return .lineFeed }
    if line.has(0x00) { return .nul }
    let comma = UInt8(ascii: ",")
    let (start, headEnd) = (line.startIndex, line.startIndex + headCount)
    guard line[start] == UInt8(ascii: "{"), line[line.endIndex - 1] == UInt8(ascii: "}"),
      headCount == 1 || line[headEnd - 1] == comma,
      middleCount == 0 || line[headEnd + middleCount - 1] == comma, !line[..<headEnd].starts(with: Self.reserved)
    else { return .shape }
    return vault.count <= Limit.vaultRecordBytes ? nil : .tooLong
  }

  /// How lines begin that are no leaves.
  private static let reserved = Array("{\"$".utf8)

  /// Whether the keys of the line say what the draft says beside it. For assertions: the writer counts by the draft,
  /// the next opening by the line.
  var agreesWithItsLine: Bool {
    bareLine.withUnsafeBytes { bytes in
      let fields = LineFields(bytes)
      return fields.text("id") == id && (fields.text("subject") ?? "") == subject
    }
  }
}

extension ArraySlice<UInt8> {
  /// Whether the byte occurs; at memory speed.
  fileprivate func has(_ byte: Int32) -> Bool {
    withUnsafeBytes { bytes in bytes.baseAddress.map { memchr($0, byte, bytes.count) != nil } ?? false }
  }
}
