public import Wire

/// One field of an event's data: what it is called, what it may hold, and what that means.
///
/// A field is declared once, in its event's family. Decoding, the JSON Schema, forms, the catalogue page and import
/// columns read this declaration; nothing repeats it.
public struct Field: Sendable {
  public let name: String
  public let kind: Kind
  public let title: Name
  /// An event without this field is refused.
  public private(set) var isRequired = true
  /// What the value tells about a natural person; `nil` where it tells nothing. Such a value never stands in a line:
  /// it must be possible to destroy it.
  public private(set) var category: PersonalCategory?
  public var isPersonal: Bool { category != nil }
  /// What its name leaves open; `nil` where it leaves nothing open.
  public private(set) var note: Name?
  /// The tag under which projections read this field: the number that it is, or the number of the name that it holds.
  public private(set) var fact: UInt8?
  /// Of the fact that this field is projections are told that it is there, and not its value.
  public private(set) var tellsPresence = false
  /// Of a reference: its fact is the number of its id as a name, so that also whom the log does not know is told apart.
  public private(set) var isNamed = false
  /// What the event is about belongs to the customer of what this names, where it names no customer itself.
  public private(set) var isBelonging = false

  public indirect enum Kind: Sendable {
    /// Free text of at most `limit` bytes of UTF-8.
    case text(limit: Int)
    /// A whole number in a range.
    case integer(ClosedRange<Int64>, Unit)
    /// An ISO 4217 code.
    case currency
    /// A decimal fraction as text, for quantities and rates that are no whole number.
    case decimal
    case day
    case instant
    case flag
    case code([Code])
    /// The id of another thing, without its kind.
    case reference(EntityKind)
    /// Any thing by kind and id, `contract:K-7`.
    case subject
    /// A SHA-256 in lower-case hexadecimal.
    case hash
    case record([Field])
    case list(Kind, limit: Int)
    /// Any JSON object: a rule's body, whose own schema its kind knows.
    case body
  }

  /// What a whole number counts.
  public enum Unit: String, Sendable {
    case count, minor, basisPoints, score, minutes, days, points, microdegrees, version, bytes
  }

  public init(_ name: String, _ kind: Kind, _ en: String, _ zh: String) {
    self.name = name
    self.kind = kind
    self.title = Name(en, zh)
  }

  /// The same field, left out where it is not known.
  public var optional: Field {
    var copy = self
    copy.isRequired = false
    return copy
  }

  /// The same field, marked as telling who a person is.
  public var personal: Field { personal(.identity) }

  /// The same field, marked as telling something about a person.
  public func personal(_ category: PersonalCategory) -> Field {
    var copy = self
    copy.category = category
    return copy
  }

  /// The same field with a remark on what its name leaves open.
  public func noting(_ en: String, _ zh: String) -> Field {
    var copy = self
    copy.note = Name(en, zh)
    return copy
  }

  /// The same field, which projections read as a number under `tag`: a text by the number of its name, a reference by
  /// its subject's number, a hash by its first 52 bits. A list of references gives as many as `factsPerList`. A list of records is read record by
  /// record where its fields are facts, up to `recordsPerList`, and is counted where none is; a record by itself is read
  /// as a list of one; a decimal fraction is read in millionths. Within a record a tag
  /// must not be one that a field outside has.
  public func fact(_ tag: some RawRepresentable<UInt8>) -> Field {
    var copy = self
    copy.fact = tag.rawValue
    return copy
  }

  /// The same field, of which projections are told under `tag` that it is there, as the number 1, and nothing of what it
  /// says. Costs no bits: which fields an event has is part of its shape.
  public func presence(_ tag: some RawRepresentable<UInt8>) -> Field {
    var copy = fact(tag)
    copy.tellsPresence = true
    return copy
  }

  /// The same reference, or list of references, which projections read as names under `tag`: to who may be unknown to
  /// the log.
  public func namedFact(_ tag: some RawRepresentable<UInt8>) -> Field {
    var copy = fact(tag)
    copy.isNamed = true
    return copy
  }

  /// The same field, through which the event's subject belongs to a customer: an approval to that of the contract which
  /// it is about. Of a subject's first event that names no customer.
  public var belonging: Field {
    var copy = self
    copy.isBelonging = true
    return copy
  }
}

extension Field {
  /// References of a list that projections are shown; of a longer list they are shown none. No list of facts may declare
  /// a longer one, so that none of a valid event is lost.
  public static let factsPerList = 100
  /// Records of a list whose facts projections are shown; of a longer list they are told the length alone.
  public static let recordsPerList = 32
  /// Bytes of a text field that declares no limit of its own.
  public static let textLimit = 4_000
  /// Items of a list that declares no limit of its own.
  public static let listLimit = 1_000

  public static func text(_ name: String, _ en: String, _ zh: String, limit: Int = textLimit) -> Field {
    Field(name, .text(limit: limit), en, zh)
  }
  /// Money in integer minor units (cents, 分). The currency is a field of its own, `cur`.
  public static func money(_ name: String, _ en: String, _ zh: String) -> Field {
    Field(name, .integer(-JSON.greatestInteger...JSON.greatestInteger, .minor), en, zh)
  }
  public static func count(
    _ name: String, _ en: String, _ zh: String, _ range: ClosedRange<Int64> = 0...JSON.greatestInteger, _ unit: Unit = .count
  ) -> Field {
    Field(name, .integer(range, unit), en, zh)
  }
  public static func score(_ name: String, _ en: String, _ zh: String, _ range: ClosedRange<Int64> = 0...100) -> Field {
    Field(name, .integer(range, .score), en, zh)
  }
  /// Hundredths of a percent (万分之一).
  public static func basisPoints(
    _ name: String, _ en: String, _ zh: String, _ range: ClosedRange<Int64> = 0...10_000
  ) -> Field {
    Field(name, .integer(range, .basisPoints), en, zh)
  }
  public static func currency(_ name: String = "cur", _ en: String = "Currency", _ zh: String = "币种") -> Field {
    Field(name, .currency, en, zh)
  }
  public static func decimal(_ name: String, _ en: String, _ zh: String) -> Field { Field(name, .decimal, en, zh) }
  public static func day(_ name: String, _ en: String, _ zh: String) -> Field { Field(name, .day, en, zh) }
  public static func instant(_ name: String, _ en: String, _ zh: String) -> Field { Field(name, .instant, en, zh) }
  public static func flag(_ name: String, _ en: String, _ zh: String) -> Field { Field(name, .flag, en, zh) }
  public static func subject(_ name: String, _ en: String, _ zh: String) -> Field { Field(name, .subject, en, zh) }
  public static func hash(_ name: String, _ en: String, _ zh: String) -> Field { Field(name, .hash, en, zh) }
  public static func body(_ name: String, _ en: String, _ zh: String) -> Field { Field(name, .body, en, zh) }
  public static func code<C: CodeSet>(_ name: String, _: C.Type, _ en: String, _ zh: String) -> Field {
    Field(name, .code(C.codes), en, zh)
  }
  public static func reference(_ name: String, to kind: EntityKind, _ en: String, _ zh: String) -> Field {
    Field(name, .reference(kind), en, zh)
  }
  public static func list(
    _ name: String, of kind: Kind, _ en: String, _ zh: String, limit: Int = listLimit
  ) -> Field {
    Field(name, .list(kind, limit: limit), en, zh)
  }
}
