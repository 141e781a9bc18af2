public import Vocabulary
public import Wire

/// Gives names and subjects the numbers by which facts hold them.
public protocol Numbering {
  /// The number of a name's text.
  func name(_ text: String) -> Int64
  /// The number of a subject within its kind; −1 for one that the log does not know.
  func subject(_ kind: EntityKind, _ id: String) -> Int64
  /// A subject of any kind by its whole name, see `OwnSubject.packed`; −1 for one that the log does not know.
  func subject(named name: String) -> Int64
  /// The number within its kind of what an event is about; `nil` where that is an account itself.
  func thing(_ subject: String) -> Int64?
}

/// An event → its facts. The declaration says which fields are facts.
///
/// This reads a parsed event. The derivation of whole segments reads the line in place and must give the same numbers;
/// a test holds the two together.
public enum FactEncoder {
  /// The facts of an event: the envelope's, then those of its data in the order of the declaration's fields.
  public static func slots(
    of data: JSONObject, actor: String? = nil, role: String? = nil, by declaration: Declaration,
    _ numbering: some Numbering
  ) -> [FactSlot] {
    var slots: [FactSlot] = []
    if declaration.tellsActor, let actor {
      slots.append(FactSlot(tag: EnvelopeFact.actor.rawValue, value: numbering.name(actor)))
    }
    if declaration.tellsRole, let role {
      slots.append(FactSlot(tag: EnvelopeFact.role.rawValue, value: numbering.name(role)))
    }
    append(data, declaration.fields, numbering, to: &slots)
    return slots
  }

  private static func append(
    _ data: JSONObject, _ fields: [Field], _ numbering: some Numbering, to slots: inout [FactSlot]
  ) {
    for field in fields {
      guard let tag = field.fact, let value = data[field.name] else { continue }
      if field.tellsPresence {
        slots.append(FactSlot(tag: tag, value: 1))
      } else if case .list(.record(let members), _) = field.kind {
        append(value.array ?? [], members, under: tag, numbering, to: &slots)
      } else if case .record(let members) = field.kind {
        append([value], members, under: tag, numbering, to: &slots)
      } else {
        for number in numbers(value, field.kind, numbering, asNames: field.isNamed) { slots.append(FactSlot(tag: tag, value: number)) }
      }
    }
  }

  /// The records of a list with a mark before each and one at the end, see `Recorded.forEachRecord`; the length alone
  /// where they are too many or hold no facts.
  private static func append(
    _ records: [JSON], _ members: [Field], under tag: UInt8, _ numbering: some Numbering, to slots: inout [FactSlot]
  ) {
    guard !records.isEmpty else { return }
    guard members.contains(where: { $0.fact != nil }), records.count <= Field.recordsPerList else {
      return slots.append(FactSlot(tag: tag, value: -Int64(records.count)))
    }
    for (place, record) in records.enumerated() {
      slots.append(FactSlot(tag: tag, value: Int64(place + 1)))
      append(record.object ?? [:], members, numbering, to: &slots)
    }
    slots.append(FactSlot(tag: tag, value: 0))
  }

  /// The numbers that stand for a value of this kind: one for all but lists.
  private static func numbers(
    _ value: JSON, _ kind: Field.Kind, _ numbering: some Numbering, asNames: Bool
  ) -> [Int64] {
    func read(_ kind: Field.Kind) -> Field.Kind { asNames ? .text(limit: Field.textLimit) : kind }
    guard case .list(let item, _) = kind else { return number(value, read(kind), numbering).map { [$0] } ?? [] }
    let items = value.array ?? []
    return items.count > Field.factsPerList ? [] : items.compactMap { number($0, read(item), numbering) }
  }

  /// The first 52 bits of a hash, as a number: enough to see whether two are the same, for few bytes.
  /// - Returns: `nil` of a text that is no hash.
  public static func number(ofHash hash: Span<UInt8>) -> Int64? {
    guard hash.count >= 13 else { return nil }
    var number: Int64 = 0
    for place in 0..<13 {
      switch hash[place] {
      case 0x30...0x39: number = number << 4 | Int64(hash[place] - 0x30)
      case 0x61...0x66: number = number << 4 | Int64(hash[place] - 0x61 + 10)
      default: return nil
      }
    }
    return number
  }

  /// A decimal fraction in millionths; digits behind the sixth decimal are dropped.
  /// - Returns: `nil` beyond nine billions, and of a text that is no decimal.
  public static func number(ofDecimal text: Span<UInt8>) -> Int64? {
    var place = text.count > 0 && text[0] == UInt8(ascii: "-") ? 1 : 0
    let sign: Int64 = place == 1 ? -1 : 1
    var number: Int64 = 0
    var decimals: Int?
    guard place < text.count else { return nil }
    while place < text.count {
      let digit = text[place] &- 0x30
      if digit <= 9 {
        if decimals.map({ $0 < 6 }) ?? true {
          guard number < 900_000_000_000_000_000 else { return nil }
          number = number * 10 + Int64(digit)
          decimals = decimals.map { $0 + 1 }
        }
      } else if text[place] == UInt8(ascii: "."), decimals == nil {
        decimals = 0
      } else {
        return nil
      }
      place += 1
    }
    for _ in (decimals ?? 0)..<6 {
      let (product, overflow) = number.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      number = product
    }
    return number <= 9_000_000_000_000_000 ? sign * number : nil
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
    case .text: value.string.map { numbering.name($0) }
    case .subject: value.string.map { numbering.subject(named: $0) }
    case .reference(let kind): value.string.map { numbering.subject(kind, $0) }
    case .hash: value.string.flatMap { FactEncoder.number(ofHash: Array($0.utf8).span) }
    case .decimal: value.string.flatMap { FactEncoder.number(ofDecimal: Array($0.utf8).span) }
    case .record, .list, .body: nil
    }
  }
}
