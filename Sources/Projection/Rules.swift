public import Vocabulary
public import Wire

/// What a rule of one kind lays down: thresholds, windows, weights, as data.
///
/// The fields are declared like an event's, so that a rule has bounds, units and both languages, and is refused with
/// the same located errors.
public protocol RuleBody: Hashable, Sendable {
  static var fields: [Field] { get }
  /// - Parameter values: an object that `fields` has accepted.
  init(_ values: JSONObject)
}

/// For read models that judge nothing: a register, a funnel.
public struct NoRules: RuleBody {
  public static let fields: [Field] = []
  public init(_ values: JSONObject = [:]) {}
}

/// One version of a rule as it was shipped or published.
public struct RuleVersion: Hashable, Sendable {
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
}

/// A rule as code is handed it: which version, and what it says.
public struct Ruled<Body: RuleBody>: Hashable, Sendable {
  public let version: Int
  public let body: Body

  public init(version: Int, body: Body) {
    self.version = version
    self.body = body
  }
}

extension JSONObject {
  /// A whole number of a checked rule.
  public func number(_ name: String) -> Int { Int(self[name]?.int ?? 0) }
  public func text(_ name: String) -> String { self[name]?.string ?? "" }
  /// The whole numbers of a list.
  public func numbers(_ name: String) -> [Int] { self[name]?.array?.compactMap { $0.int.map { Int($0) } } ?? [] }
}
