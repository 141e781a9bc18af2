public import Wire

/// What can be said once about all events of one type.
///
/// Everything that a person or a program needs to know of a type is here: its name in the lines, its names for people,
/// what it is recorded about, its fields, and what recording it demands.
public struct Declaration: Sendable {
  /// The type as lines hold it, `order.placed`. For ever.
  public let name: String
  public let title: Name
  /// The kinds of thing this may be recorded about. The first is the usual one.
  public let subjects: [EntityKind]
  public let fields: [Field]
  /// A reason is mandatory (®).
  public private(set) var needsReason = false
  /// A second person must decide before it takes effect (✍).
  public private(set) var needsSecondPerson = false
  /// It starts or stops a clock (⧗).
  public private(set) var drivesClock = false
  /// Version n's data → version n+1's data, in order from version 1. Empty while the first shape still stands.
  public private(set) var upgrades: [@Sendable (JSONObject) -> JSONObject] = []

  public init(_ name: String, _ en: String, _ zh: String, on subjects: EntityKind..., fields: [Field]) {
    self.name = name
    self.title = Name(en, zh)
    self.subjects = subjects
    self.fields = fields
  }

  /// The fields whose values must be erasable.
  public var personalFields: [Field] { fields.filter(\.isPersonal) }

  /// The newest version of the data, from 1.
  public var version: Int { upgrades.count + 1 }

  public func field(named name: String) -> Field? { fields.first { $0.name == name } }

  public var reasoned: Declaration {
    var copy = self
    copy.needsReason = true
    return copy
  }
  public var fourEyes: Declaration {
    var copy = self
    copy.needsSecondPerson = true
    return copy
  }
  public var clocked: Declaration {
    var copy = self
    copy.drivesClock = true
    return copy
  }
  /// The same type after its data changed shape: `change` turns the shape before into this one.
  public func upgraded(by change: @escaping @Sendable (JSONObject) -> JSONObject) -> Declaration {
    var copy = self
    copy.upgrades.append(change)
    return copy
  }
}
