/// A currency by its three letters (ISO 4217), packed into a small number so that facts can hold it.
public struct Currency: Hashable, Sendable, LosslessStringConvertible {
  /// The letters as a number of base 26, A = 0.
  public let number: UInt16

  public init(number: UInt16) { self.number = number }

  /// `nil` unless three letters A–Z. Whether the code is in use is not asked: codes come and go.
  public init?(_ text: String) {
    let letters = Array(text.utf8)
    guard letters.count == 3, letters.allSatisfy({ (0x41...0x5A).contains($0) }) else { return nil }
    number = letters.reduce(0) { $0 * 26 + UInt16($1 - 0x41) }
  }

  public var description: String {
    let letters = [number / 676, number / 26 % 26, number % 26].map { UInt8($0) + 0x41 }
    return String(decoding: letters, as: UTF8.self)
  }
}
