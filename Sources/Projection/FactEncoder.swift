public import Vocabulary
public import Wire

/// Gives names and subjects the numbers by which facts hold them.
public protocol Numbering {
  /// The number of a name's text.
  func name(_ text: String) -> Int64
  /// The number of a subject within its kind; −1 for one that the log does not know.
  func subject(_ kind: EntityKind, _ id: String) -> Int64
  /// The number within its kind of what an event is about; `nil` where that is an account itself.
  func own(_ subject: String) -> Int64?
}

/// An event → its facts. The declaration says which fields are facts.
///
/// This reads a parsed event. The derivation of whole segments reads the line in place and must give the same numbers;
/// a test holds the two together.
public enum FactEncoder {
  /// The facts of an event: the envelope's, then those of its data in the order of the declaration's fields.
  public static func slots(
    of data: JSONObject, actor: String? = nil, by declaration: Declaration, _ numbering: some Numbering
  ) -> [FactSlot] {
    var slots: [FactSlot] = []
    if declaration.tellsActor, let actor {
      slots.append(FactSlot(tag: EnvelopeFact.actor.rawValue, value: numbering.name(actor)))
    }
    for field in declaration.fields {
      guard let tag = field.fact, let value = data[field.name] else { continue }
      for number in numbers(value, field.kind, numbering) { slots.append(FactSlot(tag: tag, value: number)) }
    }
    return slots
  }

  /// The numbers that stand for a value of this kind: one for all but lists.
  private static func numbers(_ value: JSON, _ kind: Field.Kind, _ numbering: some Numbering) -> [Int64] {
    guard case .list(let item, _) = kind else { return number(value, kind, numbering).map { [$0] } ?? [] }
    let items = value.array ?? []
    return items.count > Field.factsPerList ? [] : items.compactMap { number($0, item, numbering) }
  }

  /// The number that stands for one value: days since 1970, minor units, the number of a word or a name, 0 or 1.
  private static func number(_ value: JSON, _ kind: Field.Kind, _ numbering: some Numbering) -> Int64? {
    switch kind {
    case .integer: value.int
    case .flag: value.bool.map { $0 ? 1 : 0 }
    case .day: value.string.flatMap { Day($0) }.map { Int64($0.number) }
    case .instant: value.string.flatMap { Instant($0) }?.microseconds
    case .currency: value.string.flatMap { Currency($0) }.map { Int64($0.number) }
    case .code(let codes): codes.first { $0.word.text == value.string }.map { Int64($0.number) }
    case .text, .subject: value.string.map { numbering.name($0) }
    case .reference(let kind): value.string.map { numbering.subject(kind, $0) }
    case .decimal, .hash, .record, .list, .body: nil
    }
  }
}
