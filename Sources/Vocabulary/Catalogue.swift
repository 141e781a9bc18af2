/// All event types that this product knows, found by name or by code.
public struct Catalogue: Sendable {
  public struct Entry: Sendable {
    public let code: TypeCode
    public let declaration: Declaration
    /// Whether an event of this type can hold personal values.
    public let isPersonal: Bool

    init(code: TypeCode, declaration: Declaration) {
      (self.code, self.declaration) = (code, declaration)
      isPersonal = declaration.fields.contains { $0.isPersonal }
    }
  }

  /// The kind of thing whose histories are followed as a whole: other subjects belong to one of these.
  public let accountKind: EntityKind
  public let families: [any Family.Type]
  /// Every type, in the order of the families and of their cases.
  public let entries: [Entry]
  private let places: [String: Int]
  private let placesByCode: [TypeCode: Int]

  /// - Precondition: names and codes are unique. A test over the shipped catalogue holds this.
  public init(_ families: [any Family.Type], accountKind: EntityKind) {
    self.families = families
    self.accountKind = accountKind
    entries = families.flatMap { Catalogue.entries(of: $0) }
    places = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.declaration.name, $0) })
    placesByCode = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.code, $0) })
  }

  private static func entries<F: Family>(of _: F.Type) -> [Entry] {
    F.allCases.map { Entry(code: TypeCode($0), declaration: $0.declaration) }
  }

  /// The place of the type of that name among the entries, or `nil`. Complexity: O(1).
  public func place(named name: String) -> Int? { places[name] }

  /// The type of that name, or `nil`. Complexity: O(1).
  public func entry(named name: String) -> Entry? { places[name].map { entries[$0] } }

  /// The type of that code, or `nil`. Complexity: O(1).
  public func entry(of code: TypeCode) -> Entry? { placesByCode[code].map { entries[$0] } }
}
