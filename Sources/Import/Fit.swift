import Vocabulary
import Wire

/// Whether a value that was just written fits its field, told from its bytes. "No" only means that it must be checked.
enum Fit {
  /// Texts of at most so many bytes.
  case text(Int)
  case integer(ClosedRange<Int64>)
  /// One of these, with their quotes.
  case among([[UInt8]])
  case currency
  case identifier
  /// Whatever was made has the form.
  case always
  case never

  init(_ kind: Field.Kind) {
    self =
      switch kind {
      case .text(let limit): .text(limit)
      case .integer(let range, _): .integer(range)
      case .code(let codes): .among(codes.map { Array(JSON.string($0.word.text).canonical.utf8) })
      case .currency: .currency
      case .reference: .identifier
      case .decimal: .text(Fit.decimalLimit)
      case .day, .instant, .flag: .always
      case .subject, .hash, .record, .list, .body: .never
      }
  }

  /// Bytes that a decimal number may have; it was written digit by digit.
  private static let decimalLimit = 40

  /// - Parameter start: where the value begins, which ends with the bytes.
  func holds(_ bytes: [UInt8], from start: Int) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    // With quotes and escapes it is never shorter than the text.
    case .text(let limit): return bytes.count - start - 2 <= limit
    case .integer(let range): return Fit.number(bytes[start...]).map(range.contains) ?? false
    case .among(let words):
      for place in words.indices where bytes[start...].elementsEqual(words[place]) { return true }
      return false
    case .currency: return bytes.count - start == 5 && bytes[(start + 1)..<(start + 4)].allSatisfy { (0x41...0x5A).contains($0) }
    case .identifier: return Fit.isPlainIdentifier(bytes[(start + 1)..<(bytes.count - 1)])
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    var (value, isNegative) = (Int64(0), false)
    guard digits.count <= 18 else { return nil }
    for byte in digits {
      if byte == UInt8(ascii: "-") { isNegative = true } else { value = value * 10 + Int64(byte &- 0x30) }
    }
    return isNegative ? -value : value
  }

  /// Whether the id of a thing is surely one: no escapes, no control characters, no blanks at its ends, not too long.
  /// Control characters above 0x7F are written C2 80 … C2 9F in UTF-8.
  static func isPlainIdentifier(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard !bytes.isEmpty, bytes.count <= Subject.idLengthLimit, bytes[bytes.startIndex] != 0x20, bytes[bytes.endIndex - 1] != 0x20
    else { return false }
    return bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != 0xC2 && $0 != UInt8(ascii: "\\") }
  }
}
