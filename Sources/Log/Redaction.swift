/// A line that stands for another, which may not be kept: it names the other's leaf hash, so that every root and every
/// proof holds without it.
///
/// `{"$redacted":{"leaf":"<64 digits>","seq":41}}`
public struct Redaction: Equatable, Sendable {
  /// Hash of the line that was here, as a leaf.
  public let leaf: Hash
  public let seq: UInt64

  private static let start = Array("{\"$redacted\":{\"leaf\":\"".utf8)
  private static let middle = Array("\",\"seq\":".utf8)

  /// The redaction of a stored line; of one that is redacted already, that one's.
  init(of line: UnsafeRawBufferPointer, seq: UInt64) { (leaf, self.seq) = (leafHash(of: line), seq) }

  /// Asked of every line that is hashed: no event has a key that begins so.
  @inline(__always) static func mayBe(_ line: UnsafeRawBufferPointer) -> Bool {
    line.count > 3 && line[2] == UInt8(ascii: "$")
  }

  /// The redaction that `line` is; `nil` for any other line.
  public init?(_ line: UnsafeRawBufferPointer) {
    guard Self.mayBe(line), line.count >= Self.start.count + 64 + Self.middle.count + 3,
      line.starts(with: Self.start), let hash = Hash(hex: String(decoding: line.part(Self.start.count, 64), as: UTF8.self)),
      line.part(Self.start.count + 64, Self.middle.count).elementsEqual(Self.middle)
    else { return nil }
    let digits = line.part(Self.start.count + 64 + Self.middle.count, line.count - Self.start.count - 64 - Self.middle.count - 2)
    guard let seq = UInt64(String(decoding: digits, as: UTF8.self)) else { return nil }
    (leaf, self.seq) = (hash, seq)
    guard line.elementsEqual(self.line) else { return nil }
  }

  /// The line that stands in the place.
  public var line: [UInt8] {
    Self.start + Array(leaf.hex.utf8) + Self.middle + Array("\(seq)}}".utf8)
  }
}
