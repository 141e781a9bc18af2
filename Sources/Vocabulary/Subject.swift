/// A kind of thing that has a history of its own: a customer, a contract, an order.
public struct EntityKind: Hashable, Sendable, CustomStringConvertible {
  /// The word before the colon of a subject, lower-case ASCII letters and `-`.
  public let word: String
  public let title: Name

  public init(_ word: String, _ title: Name) {
    self.word = word
    self.title = title
  }

  public static func == (a: EntityKind, b: EntityKind) -> Bool { a.word == b.word }
  public func hash(into hasher: inout Hasher) { hasher.combine(word) }
  public var description: String { word }
}

/// Whose history an event belongs to: `customer:4`, `contract:09003AA`.
///
/// The id behind the colon is whatever the company calls the thing. It is never reused, and never a name that a person
/// may edit.
public struct Subject: Hashable, Comparable, Sendable {
  /// Bytes of UTF-8 that an id may have.
  public static let idLengthLimit = 200

  public let kind: String
  public let id: String

  /// `nil` where the id is empty, too long, begins or ends with a blank, or holds a control character.
  public init?(kind: String, id: String) {
    guard !kind.isEmpty, !id.isEmpty, id.utf8.count <= Subject.idLengthLimit,
      kind.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == 0x2D }),
      !id.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }),
      id.first != " ", id.last != " "
    else { return nil }
    self.kind = kind
    self.id = id
  }

  public init?(kind: EntityKind, id: String) { self.init(kind: kind.word, id: id) }

  /// By bytes, as the log compares them: Unicode's other spellings of the same letters name another subject.
  public static func == (a: Subject, b: Subject) -> Bool {
    a.kind.utf8.elementsEqual(b.kind.utf8) && a.id.utf8.elementsEqual(b.id.utf8)
  }
  public static func < (a: Subject, b: Subject) -> Bool {
    a.description.utf8.lexicographicallyPrecedes(b.description.utf8)
  }
}

extension Subject: LosslessStringConvertible {
  public var description: String { kind + ":" + id }

  /// Reads `kind:id`; the id may itself hold colons.
  public init?(_ description: String) {
    guard let colon = description.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    self.init(kind: String(description[..<colon]), id: String(description[description.utf8.index(after: colon)...]))
  }
}
