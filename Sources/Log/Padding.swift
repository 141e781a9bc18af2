/// The skippable frames that carry nothing: Pad, which fills a page to its end, and Tail, which covers the space ahead
/// of an active file so that the file is a whole sequence of LZ4 frames at every moment.
enum Padding {
  static let pad: UInt32 = 0x184D_2A5B
  static let tail: UInt32 = 0x184D_2A5A
  /// Magic and length.
  static let headerLength = 8

  /// Length of the Pad that brings `length` bytes to a multiple of the page: 0 if they are one, and a page more when
  /// fewer than 8 bytes are left, because a frame has at least a header.
  static func padLength(after length: Int) -> Int {
    let rest = (Limit.page - length % Limit.page) % Limit.page
    return rest == 0 || rest >= headerLength ? rest : rest + Limit.page
  }

  /// Fills `buffer` with a Pad to the next page.
  static func appendPad(to buffer: ByteBuffer) {
    let length = padLength(after: buffer.count)
    guard length > 0 else { return }
    appendHeader(pad, covering: length, to: buffer)
    buffer.appendZeros(length - headerLength)
  }

  /// The 8 bytes of a frame that covers `length` bytes, themselves included.
  static func appendHeader(_ magic: UInt32, covering length: Int, to buffer: ByteBuffer) {
    let space = buffer.room(headerLength)
    space.put(magic, at: 0)
    space.put(UInt32(length - headerLength), at: 4)
    buffer.count += headerLength
  }

  /// Whether `bytes` are exactly one frame of this magic and zeros.
  static func isWhole(_ bytes: UnsafeRawBufferPointer, magic: UInt32) -> Bool {
    bytes.isEmpty
      || bytes.count >= headerLength && bytes.number(0) == magic
        && bytes.number(4) == UInt32(bytes.count - headerLength)
        && bytes.part(headerLength, bytes.count - headerLength).isZero
  }
}
