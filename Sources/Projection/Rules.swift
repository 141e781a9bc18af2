public import Conditions
public import Vocabulary
public import Wire

/// What a rule of one kind lays down: thresholds, windows, weights, as data.
///
/// The fields are declared like an event's, so that a rule has bounds, units and both languages, and is refused with
/// the same located errors. A body holds no code: what it asks for is read once, and its cost is known then.
public protocol RuleBody: Hashable, Sendable {
  static var title: Name { get }
  static var fields: [Field] { get }
  /// The words of this kind's conditions; empty where it has none.
  static var measures: [Measure] { get }
  /// Refuses what the fields alone cannot: thresholds out of order, words that name nothing, a condition that is none.
  /// - Parameter values: an object that `fields` has accepted.
  static func check(_ values: JSONObject) throws(RuleFault)
  /// The same values in the one spelling that is stored and hashed.
  /// - Parameter values: an object that `check` has accepted.
  static func normal(_ values: JSONObject) -> JSONObject
  /// Looks at measures that judging one subject on one day by its conditions takes at most.
  /// - Parameter values: an object that `check` has accepted.
  static func cost(_ values: JSONObject) -> Int
  /// - Parameter values: an object that `fields` and `check` have accepted.
  init(_ values: JSONObject)
}

extension RuleBody {
  public static var title: Name { Name("Rule", "规则") }
  public static var measures: [Measure] { [] }
  public static func check(_ values: JSONObject) throws(RuleFault) {}
  public static func normal(_ values: JSONObject) -> JSONObject { values }
  public static func cost(_ values: JSONObject) -> Int { 0 }
}

/// What is wrong with a rule's values, and where in them.
public struct RuleFault: Error, Hashable, Sendable {
  /// From the body: `signals[2].when`. Empty for the body as a whole.
  public let path: String
  public let what: Name
  /// Characters into the text that stands there, where the fault lies inside it.
  public let offset: Int?

  public init(_ path: String, _ what: Name, offset: Int? = nil) {
    self.path = path
    self.what = what
    self.offset = offset
  }

  public func message(in language: Language) -> String { (path.isEmpty ? "" : path + ": ") + what[language] }
}

/// For read models that judge nothing: a register, a funnel.
public struct NoRules: RuleBody {
  public static let fields: [Field] = []
  public init(_ values: JSONObject = [:]) {}
}

/// One version of a rule as it was shipped or published.
public struct RuleVersion: Hashable, Sendable {
  /// From 1; 0 for a draft that has no number yet.
  public let version: Int
  /// From this instant it is in force, until the next version is.
  public let effective: Instant
  public let why: Name
  public let body: JSONObject

  public init(_ version: Int, effective: Instant = .distantPast, why: Name, _ body: JSONObject) {
    self.version = version
    self.effective = effective
    self.why = why
    self.body = body
  }

  /// The member of a body under which the body of a rule of another kind stands, where a question rests on both.
  public static func beside(_ kind: String) -> String { "$" + kind }
}

/// A rule as code is handed it: which version, what it says, and the texts behind the numbers that facts hold.
public struct Ruled<Body: RuleBody>: Sendable {
  public let version: Int
  public let body: Body
  public let names: any Names

  public init(version: Int, body: Body, names: any Names = NoNames()) {
    self.version = version
    self.body = body
    self.names = names
  }
}

extension JSONObject {
  /// A whole number of a checked rule.
  public func number(_ name: String) -> Int { Int(self[name]?.int ?? 0) }
  public func text(_ name: String) -> String { self[name]?.string ?? "" }
  public func flag(_ name: String) -> Bool { self[name]?.bool ?? false }
  /// The whole numbers of a list.
  public func numbers(_ name: String) -> [Int] { self[name]?.array?.compactMap { $0.int.map { Int($0) } } ?? [] }
  public func texts(_ name: String) -> [String] { self[name]?.array?.compactMap(\.string) ?? [] }
  /// The objects of a list.
  public func records(_ name: String) -> [JSONObject] { self[name]?.array?.compactMap(\.object) ?? [] }
}
