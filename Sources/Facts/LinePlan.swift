import Projection
public import Vocabulary
import Wire

/// What to take out of a line of each type, worked out once from the declarations.
///
/// A canonical line has its members in one order, so a line is read by one walk forward over `data`, and its type and
/// subject from the end, where no free text can stand.
public struct LinePlans: Sendable {
  /// How a member of `data` is taken.
  struct Member: Sendable {
    let name: [UInt8]
    let tag: UInt8
    /// `nil` of a member that only says where the subject belongs.
    let take: Take?
  }
  enum Take: Sendable {
    case whole, flag, day, instant, currency, hash, decimal
    /// That it is there.
    case presence
    case code([(text: [UInt8], number: Int64)])
    /// A text, by the number of its name.
    case name
    /// A subject's id, by its number within its kind; the bytes stand before the id in the subject's name.
    case reference(prefix: [UInt8])
    /// A subject's whole name, by the numbers of its kind and its own.
    case subject
    indirect case list(Take)
    /// A list of records: the facts of each, none of them where only their number is told.
    case records([Member])
    /// One record, as a list of one.
    case record([Member])
    /// The account that the subject belongs to; a fact besides where the member has a tag.
    case account
  }
  /// A member that names what the subject belongs with, where it names no account.
  struct Leader: Sendable {
    let name: [UInt8]
    /// What stands before the id in the leader's name; empty where the member holds the whole name.
    let prefix: [UInt8]
  }
  struct Plan: Sendable {
    let code: TypeCode
    let name: [UInt8]
    let version: Int
    /// In the order of a canonical object.
    let members: [Member]
    let entry: Catalogue.Entry
    /// Who recorded it is a fact.
    let tellsActor: Bool
    /// In which role they recorded it is a fact.
    let tellsRole: Bool
    let leader: Leader?
  }

  let plans: [Plan]
  let accountPrefix: [UInt8]
  /// The kind whose subjects are accounts.
  public var accountKind: EntityKind { catalogue.accountKind }
  /// The families whose events do not tell the time, see `Family.tellsTime`.
  public let timeless: Set<UInt8>
  private let places: [UInt64: Int]
  /// Changes whenever a derived file made by other declarations must not be read.
  public let fingerprint: UInt64
  let catalogue: Catalogue

  public init(_ catalogue: Catalogue) {
    self.catalogue = catalogue
    plans = catalogue.entries.map { LinePlans.plan($0, account: catalogue.accountKind) }
    timeless = Set(catalogue.families.filter { !$0.tellsTime }.map { $0.code })
    accountPrefix = Array((catalogue.accountKind.word + ":").utf8)
    places = Dictionary(
      plans.enumerated().map { (UInt64(NameTable.hash($1.name.span)), $0) }, uniquingKeysWith: { first, _ in first })
    fingerprint = LinePlans.fingerprint(of: catalogue)
  }

  /// The plan of a type, by the bytes of its name.
  func plan(_ name: Span<UInt8>) -> Int? {
    guard let place = places[UInt64(NameTable.hash(name))], equal(plans[place].name, name) else { return nil }
    return place
  }

  private static func plan(_ entry: Catalogue.Entry, account: EntityKind) -> Plan {
    let fields = entry.declaration.fields.sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
    return Plan(
      code: entry.code, name: Array(entry.declaration.name.utf8), version: entry.declaration.version,
      members: fields.compactMap { member($0, account: account) }, entry: entry,
      tellsActor: entry.declaration.tellsActor, tellsRole: entry.declaration.tellsRole, leader: fields.first(where: \.isBelonging).flatMap(leader))
  }

  private static func leader(_ field: Field) -> Leader? {
    switch field.kind {
    case .reference(let kind): Leader(name: Array(field.name.utf8), prefix: Array((kind.word + ":").utf8))
    case .subject: Leader(name: Array(field.name.utf8), prefix: [])
    default: nil
    }
  }

  private static func member(_ field: Field, account: EntityKind) -> Member? {
    let name = Array(field.name.utf8)
    if case .reference(account) = field.kind, field.name == account.word {
      return Member(name: name, tag: field.fact ?? 0, take: .account)
    }
    let how = field.fact == nil ? nil : take(field)
    guard how != nil || field.isBelonging else { return nil }
    return Member(name: name, tag: field.fact ?? 0, take: how)
  }

  private static func take(_ field: Field) -> Take? {
    guard field.isNamed else { return field.tellsPresence ? .presence : take(field.kind) }
    if case .list = field.kind { return .list(.name) }
    return .name
  }

  private static func take(_ kind: Field.Kind) -> Take? {
    switch kind {
    case .integer: .whole
    case .flag: .flag
    case .day: .day
    case .instant: .instant
    case .currency: .currency
    case .code(let codes): .code(codes.map { (Array($0.word.text.utf8), Int64($0.number)) })
    case .text: .name
    case .subject: .subject
    case .reference(let kind): .reference(prefix: Array((kind.word + ":").utf8))
    case .list(.record(let fields), _):
      .records(members(fields))
    case .record(let fields): .record(members(fields))
    case .list(let item, _): take(item).map { .list($0) }
    case .hash: .hash
    case .decimal: .decimal
    case .body: nil
    }
  }

  /// The facts of a record, in the order of a canonical object.
  private static func members(_ fields: [Field]) -> [Member] {
    fields.sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }.compactMap { field in
      guard let tag = field.fact, let how = take(field) else { return nil }
      return Member(name: Array(field.name.utf8), tag: tag, take: how)
    }
  }

  /// FNV-1a over everything that shapes derived facts.
  private static func fingerprint(of catalogue: Catalogue) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func mix(_ text: String) { for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 } }
    mix("facts 3 " + catalogue.accountKind.word)
    for entry in catalogue.entries {
      mix("\n\(entry.code.family).\(entry.code.type) \(entry.declaration.name) \(entry.declaration.version)")
      if entry.declaration.tellsActor { mix(" actor") }
      if entry.declaration.tellsRole { mix(" role") }
      for field in entry.declaration.fields where field.fact != nil || field.isBelonging {
        mix(" \(field.name)=\(field.fact ?? 0) \(field.isBelonging) \(field.isNamed) \(field.tellsPresence) \(field.kind)")
      }
    }
    return hash
  }
}

/// Whether two texts are the same bytes.
func equal(_ a: [UInt8], _ b: Span<UInt8>) -> Bool {
  guard a.count == b.count else { return false }
  for place in b.indices where a[place] != b[place] { return false }
  return true
}
