public import Wire

/// What can be said once about all events of one type.
///
/// Everything that a person or a program needs to know of a type is here: its name in the lines, its names for people,
/// what it is recorded about, its fields, and what recording it demands.
public struct Declaration: Sendable {
  /// The type as lines hold it, `order.placed`. For ever.
  public let name: String
  public let title: Name
  /// One sentence that says what is recorded with this type, and what is not.
  public private(set) var meaning: Name?
  /// Who may record it. Empty: anybody.
  public private(set) var recorders: [Role] = []
  /// Who may decide about it, where a second person must (✍). Empty: anybody else.
  public private(set) var approvers: [Role] = []
  /// It is the first that can be said of its subject: before it there is none, and after it there is no other like it.
  public private(set) var opensSubject = false
  /// The kinds of thing this may be recorded about. The first is the usual one.
  public let subjects: [EntityKind]
  public private(set) var fields: [Field]
  /// A reason is mandatory (®).
  public private(set) var needsReason = false
  /// A second person must decide before it takes effect (✍).
  public private(set) var needsSecondPerson = false
  /// It starts or stops a clock (⧗).
  public private(set) var drivesClock = false
  /// Projections may ask who recorded it, as a name: where one person must not do two things.
  public private(set) var tellsActor = false
  /// Projections may ask in which role it was recorded: where a decision counts only in a role.
  public private(set) var tellsRole = false
  /// Version n's data → version n+1's data, in order from version 1. Empty while the first shape still stands.
  public private(set) var upgrades: [@Sendable (JSONObject) -> JSONObject] = []

  public init(_ name: String, _ en: String, _ zh: String, on subjects: EntityKind..., fields: [Field]) {
    self.init(name, en, zh, on: subjects, fields: fields)
  }

  public init(_ name: String, _ en: String, _ zh: String, on subjects: [EntityKind], fields: [Field]) {
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
  public var tellingActor: Declaration {
    var copy = self
    copy.tellsActor = true
    return copy
  }
  public var tellingRole: Declaration {
    var copy = self
    copy.tellsRole = true
    return copy
  }
  /// Says what is recorded with this type, in one sentence.
  public func meaning(_ en: String, _ zh: String) -> Declaration {
    var copy = self
    copy.meaning = Name(en, zh)
    return copy
  }
  /// Only these roles record it.
  public func by(_ roles: Role...) -> Declaration {
    var copy = self
    copy.recorders = roles
    return copy
  }
  public var opening: Declaration {
    var copy = self
    copy.opensSubject = true
    return copy
  }
  /// A second person in one of these roles must decide before it takes effect; `decision` is the field that names
  /// where they did.
  public func fourEyes(_ approvers: [Role], naming decision: Field) -> Declaration {
    var copy = fourEyes
    copy.approvers = approvers
    if copy.field(named: decision.name) == nil { copy.fields.append(decision) }
    return copy
  }
  /// The same type after its data changed shape: `change` turns the shape before into this one.
  public func upgraded(by change: @escaping @Sendable (JSONObject) -> JSONObject) -> Declaration {
    var copy = self
    copy.upgrades.append(change)
    return copy
  }
}
