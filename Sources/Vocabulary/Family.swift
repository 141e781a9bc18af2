/// A family of event types, one file in `Events/`: an enum with a case per type.
///
/// `code` and the raw values number the types in derived files, for ever: add, never reuse, never renumber. A
/// projection that reads a family switches over its cases without `default:`, so that a new type must be placed.
public protocol Family: RawRepresentable<UInt8>, CaseIterable, Hashable, Sendable {
  /// The tags of this family's facts: the numbers that rules may ask.
  associatedtype Fact: RawRepresentable<UInt8>, CaseIterable, Sendable

  static var code: UInt8 { get }
  static var title: Name { get }
  var declaration: Declaration { get }

  /// Whether its events say how far the story of the customers is known. Where nobody names a time, answers are as of
  /// the latest of those: that a report was issued today is no reason to judge everyone as of today.
  static var tellsTime: Bool { get }
}

extension Family {
  public static var tellsTime: Bool { true }
}

/// A family whose events carry nothing that a rule could count.
public enum NoFacts: UInt8, CaseIterable, Sendable {
  case none = 255
}

/// The number of an event type: family and case.
public struct TypeCode: Hashable, Sendable, BitwiseCopyable {
  public let family: UInt8
  public let type: UInt8

  @inlinable public init(family: UInt8, type: UInt8) {
    self.family = family
    self.type = type
  }

  @inlinable public init<F: Family>(_ type: F) { self.init(family: F.code, type: type.rawValue) }
}
