public import Vocabulary
public import Wire

/// An event's data → the payload that `Recorded` reads. The declaration says which fields are facts.
///
/// This reads a parsed event; the derivation of whole segments reads the line in place and must give the same bytes.
public enum FactEncoder {
  public static func payload(of data: JSONObject, by declaration: Declaration) -> [UInt8] {
    var bytes: [UInt8] = []
    for field in declaration.fields {
      guard let tag = field.fact, let value = data[field.name], let number = number(value, field.kind) else { continue }
      bytes.append(tag)
      bytes.append(zigzag: number)
    }
    return bytes
  }

  /// The number that stands for a value of this kind: days since 1970, minor units, the number of a word, 0 or 1.
  static func number(_ value: JSON, _ kind: Field.Kind) -> Int64? {
    switch kind {
    case .integer: value.int
    case .flag: value.bool.map { $0 ? 1 : 0 }
    case .day: value.string.flatMap { Day($0) }.map { Int64($0.number) }
    case .instant: value.string.flatMap { Instant($0) }?.microseconds
    case .currency: value.string.flatMap { Currency($0) }.map { Int64($0.number) }
    case .code(let codes): codes.first { $0.word.text == value.string }.map { Int64($0.number) }
    case .text, .decimal, .reference, .hash, .record, .list, .body: nil
    }
  }
}
