public import Vocabulary
public import Wire

/// An event's data → its facts. The declaration says which fields are facts.
///
/// This reads a parsed event. The derivation of whole segments reads the line in place and must give the same numbers;
/// a test holds the two together.
public enum FactEncoder {
  /// The facts of an event, in the order of the declaration's fields.
  public static func slots(of data: JSONObject, by declaration: Declaration) -> [FactSlot] {
    declaration.fields.compactMap { field in
      guard let tag = field.fact, let value = data[field.name], let number = number(value, field.kind) else { return nil }
      return FactSlot(tag: tag, value: number)
    }
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
    case .text, .decimal, .reference, .subject, .hash, .record, .list, .body: nil
    }
  }
}
