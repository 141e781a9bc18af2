import Glibc

extension Draft {
  /// What is wrong with the draft whatever its number and time will be; `nil` if nothing. The length is checked when
  /// number and time are known.
  public var refusal: LogError.Refusal? {
    guard let opening = head.first, let closing = tail.last else { return .empty }
    if head.has(0x0A) || middle.has(0x0A) || tail.has(0x0A) { return .lineFeed }
    if head.has(0x00) || middle.has(0x00) || tail.has(0x00) { return .nul }
    let comma = UInt8(ascii: ",")
    guard opening == UInt8(ascii: "{"), closing == UInt8(ascii: "}"), head.count == 1 || head.last == comma,
      middle.isEmpty || middle.last == comma, !head.starts(with: Self.reserved)
    else { return .shape }
    return vault.count <= Limit.vaultRecordBytes ? nil : .tooLong
  }

  /// How lines begin that are no leaves.
  private static let reserved = Array("{\"$".utf8)

  /// Whether the keys of the line say what the draft says beside it. For assertions: the writer counts by the draft,
  /// the next opening by the line.
  var agreesWithItsLine: Bool {
    let line = head + middle + Array("\"seq\":0".utf8) + tail
    return line.withUnsafeBytes { bytes in
      let fields = LineFields(bytes)
      return fields.text("id") == id && (fields.text("subject") ?? "") == subject
    }
  }
}

extension [UInt8] {
  /// Whether the byte occurs; at memory speed.
  fileprivate func has(_ byte: Int32) -> Bool {
    withUnsafeBytes { bytes in bytes.baseAddress.map { memchr($0, byte, bytes.count) != nil } ?? false }
  }
}
