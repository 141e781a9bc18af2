public import Vocabulary

/// What commands, files and rules need to know of a question that Keshi answers.
public protocol Question: Sendable {
  /// What is gathered to answer it. A question that gathers for itself alone is its own source.
  associatedtype Source: Gathering = Self
  associatedtype Rules: RuleBody
  associatedtype Conclusion: Row

  /// The word by which commands, files and rules name it.
  static var name: String { get }
  /// Goes up when facts or `Row` change, so that an older read model is seen to be old.
  static var shape: Int { get }
  static var title: Name { get }
  /// Whose rows, as commands list it: `customer`, `employee/period`. Has a default: whose facts are gathered.
  static var about: String { get }
  /// The rule's kind and its shipped versions; `nil` for a read model that judges nothing.
  static var ruleKind: String? { get }
  static var shippedRules: [RuleVersion] { get }
  /// Kinds of rule whose version in force is handed beside its own, as `RuleVersion.beside(_:)` says. None by default.
  static var kindsBeside: [String] { get }
}

extension Question {
  public static var about: String {
    switch Source.key {
    case .account: "customer"
    case .subject(let kind): kind.word
    }
  }
  public static var ruleKind: String? { nil }
  public static var shippedRules: [RuleVersion] { [] }
  public static var kindsBeside: [String] { [] }
}
