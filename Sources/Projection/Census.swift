public import Vocabulary
public import Wire

/// A question whose answer about one rests on many: a rank among customers, a person's score from the money of their
/// customers, a rate by month.
///
/// Three steps, kept apart: the source's `evolve` gathers facts of each subject; `report` says what one subject brings to
/// the whole; `conclude` judges once all were heard. Rows may be about the subjects themselves, or about others whom the
/// facts name: people, periods, products.
public protocol Census: Question {
  /// What the subjects brought: a list, or what a census adds up of it, where a list of all would be long.
  associatedtype Returns: Hearing
  /// What is heard besides the source, and after it, in this order. Has a default: nothing.
  static var witnesses: [Witness<Self>] { get }
  // Said again, so that they are inferred from `conclude`.
  associatedtype Rules
  associatedtype Conclusion

  /// Adds what a subject brings, by the rule and the time that it is handed.
  /// - Parameter key: the subject's number, for rows about it.
  static func report(
    _ facts: Source.Facts, _ series: borrowing SeriesStore, of key: Int, by rule: Ruled<Rules>, asOf now: Instant,
    to returns: inout Returns)

  /// Judges by everything that was brought. Each subject has one row at most; the rows may come in any order.
  /// - Parameter returns: heard of the source and then of each witness, in the order of the subjects' numbers, whatever
  ///   the number of workers.
  static func conclude(
    _ returns: Returns, by rule: Ruled<Rules>, asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<Conclusion>]
}

extension Census {
  public static var witnesses: [Witness<Self>] { [] }
}

/// What a census hears while its subjects report.
public protocol Hearing {
  /// - Parameter subject: about whom somebody asks, so that the events behind this row are worth keeping; `nil` where all
  ///   are judged and nobody asks about one.
  init(about subject: CensusSubject?)
}

extension Array: Hearing {
  public init(about subject: CensusSubject?) { self = [] }
}

/// One row of a census.
public struct CensusRow<Conclusion: Row>: Sendable {
  public let subject: CensusSubject
  public let row: Conclusion

  public init(_ subject: CensusSubject, _ row: Conclusion) { (self.subject, self.row) = (subject, row) }
}

/// Whom a row of a census is about.
public struct CensusSubject: Hashable, Sendable {
  public enum Base: Hashable, Sendable {
    /// One of those whose facts were gathered, by its number.
    case key(Int)
    /// One that events are about: `complaint:7` among the facts of a customer.
    case own(OwnSubject)
    /// One whom a fact names: `employee:E-7`, by the kind and the number of the name.
    case named(EntityKind, Int64)
    /// One that the projection knows by itself: `company:all`.
    case fixed(String)
  }
  public let base: Base
  /// What of it, where one has several rows: a period, a currency. `employee:E-7/2026-10`.
  public let part: String?

  public init(_ base: Base, part: String? = nil) { (self.base, self.part) = (base, part) }
}

/// Takes the findings about subjects while all are judged, so that `conclude` and `explain` are the same code.
public protocol CensusTrace {
  /// Nobody reads the findings; what is costly to find out need not be.
  static var isSilent: Bool { get }
  mutating func note(_ subject: CensusSubject, _ finding: @autoclosure () -> Finding)
}

extension NoTrace: CensusTrace {
  @inlinable public mutating func note(_ subject: CensusSubject, _ finding: @autoclosure () -> Finding) {}
}

/// For one subject that somebody asks about.
public struct CensusFindings: CensusTrace {
  public static let isSilent = false
  public let subject: CensusSubject
  public private(set) var list: [Finding] = []

  public init(about subject: CensusSubject) { self.subject = subject }

  public mutating func note(_ subject: CensusSubject, _ finding: @autoclosure () -> Finding) {
    if subject == self.subject { list.append(finding()) }
  }
}
