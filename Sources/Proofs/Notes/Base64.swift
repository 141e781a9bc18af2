import Foundation
import Log

/// Base 64 of RFC 4648 section 4, in its one canonical spelling: texts with the same meaning are the same bytes.
enum Base64 {
  static func encode(_ bytes: some Sequence<UInt8>) -> String { Data(bytes).base64EncodedString() }

  /// `nil` for any other character, missing padding, or spare bits that are not zero.
  static func decode(_ text: some StringProtocol) -> [UInt8]? {
    guard let data = Data(base64Encoded: String(text)), data.base64EncodedString() == text else { return nil }
    return Array(data)
  }

  static func hash(_ text: some StringProtocol) -> Hash? {
    guard let bytes = decode(text), bytes.count == Hash.length else { return nil }
    return bytes.withUnsafeBytes { Hash($0) }
  }
}

extension Hash {
  var base64: String { Base64.encode(bytes) }
}

/// Whole numbers as the formats of C2SP write them: decimal, no sign, no leading zero.
enum Decimal {
  static func parse(_ text: some StringProtocol) -> UInt64? {
    guard let number = UInt64(text), String(number) == text, number <= ProofLimit.treeSize else { return nil }
    return number
  }
}
