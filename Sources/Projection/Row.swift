public import Vocabulary
public import Wire

/// A column of a read model, as tables, forms and the schema page name it.
public struct Column: Hashable, Sendable {
  public enum Kind: String, Sendable {
    case text, integer, money, day, instant, flag, position
    /// A measurement with two decimals, such as mean days; its value is a whole number of hundredths.
    case hundredths
  }
  public let name: String
  public let kind: Kind
  public let title: Name
  /// For a text from a closed list: its words, so that people read their own language.
  public let words: [Word]

  public init(_ name: String, _ kind: Kind, _ en: String, _ zh: String, words: [Word] = []) {
    self.name = name
    self.kind = kind
    self.title = Name(en, zh)
    self.words = words
  }

  public static func code<C: CodeSet>(_ name: String, _: C.Type, _ en: String, _ zh: String) -> Column {
    Column(name, .text, en, zh, words: C.allCases.map(\.word))
  }
}

/// One field of a row.
public enum Value: Hashable, Sendable {
  case null
  case text(String)
  case integer(Int64)
  case flag(Bool)
  case day(Day)
  case instant(Instant)

  public init<C: CodeSet>(_ code: C) { self = .text(code.word.text) }
  public init(_ day: Day?) { self = day.map { .day($0) } ?? .null }
  public init(_ instant: Instant?) { self = instant.map { .instant($0) } ?? .null }
  public init(_ number: Int64?) { self = number.map { .integer($0) } ?? .null }
  public init(_ number: Int) { self = .integer(Int64(number)) }
  public init(_ number: Int32) { self = .integer(Int64(number)) }
  /// A measurement in hundredths, rounded to the nearest, half away from zero; null beyond what JSON holds exactly.
  public init(hundredthsOf number: Double?) {
    let hundredths = number.map { ($0 * 100).rounded(.toNearestOrAwayFromZero) }
    self = hundredths.flatMap { abs($0) <= Double(JSON.greatestInteger) ? .integer(Int64($0)) : nil } ?? .null
  }
  /// The text of a name by its number.
  @inlinable public init(name number: Int64?, _ names: any Names) {
    self = number.flatMap { names.text($0) }.map { .text($0) } ?? .null
  }
  /// The whole name of a subject, `contract:K-7`.
  @inlinable public init(_ subject: OwnSubject?, _ names: any Names) {
    self = subject.flatMap { names.name(of: $0) }.map { .text($0) } ?? .null
  }
  /// The id of a subject by its number within its kind.
  @inlinable public init(_ kind: EntityKind, _ number: Int64?, _ names: any Names) {
    self = number.flatMap { names.id(kind, $0) }.map { .text($0) } ?? .null
  }
}

/// What a projection concludes about one subject.
public protocol Row: Hashable, Sendable {
  /// The columns of `values`, in that order. Subject, since, because, rule, as-of and position are added by the engine.
  static var columns: [Column] { get }
  var values: [Value] { get }
  /// The same for a row that holds names: with their texts. A row without any need not say it.
  func values(_ names: any Names) -> [Value]
  /// Since when this has been so.
  var since: Instant? { get }
  /// The position of the event that made it so.
  var because: Int64? { get }

  /// The words of the main conclusion, such as the stages: what a comparison of two rules counts. Has a default.
  static var outcomes: [Word] { get }
  /// The place of this row's word in `outcomes`; `nil` where it has none. Has a default.
  var outcome: Int? { get }
  /// Conditions of which several may hold at once, such as the signals of a warning; at most 64. Empty by default.
  static var conditions: [Word] { get }
  /// Bit n: the condition at place n of `conditions` holds.
  var holding: UInt64 { get }
  /// Sums of money that this row speaks of, for totals over many subjects. Empty by default.
  var amounts: [Amount] { get }
}

/// A row that holds names: its values are their texts for who knows them, and empty for others.
public protocol NamingRow: Row {}

extension NamingRow {
  public var values: [Value] { values(NoNames()) }
}

/// One condition of a judgement, with what it was measured against: the answer to "why".
public struct Finding: Hashable, Sendable {
  /// Stable, for programs.
  public let id: String
  public let title: Name
  public let value: String
  public let threshold: String
  public let holds: Bool
  /// Positions of the events on which it rests.
  public let evidence: [Int64]

  public init(
    _ id: String, _ title: Name, value: String, threshold: String, holds: Bool, evidence: [Int64?] = []
  ) {
    self.id = id
    self.title = title
    self.value = value
    self.threshold = threshold
    self.holds = holds
    self.evidence = evidence.compactMap { $0 }
  }
}

/// Takes the findings of a judgement while it is made, so that `conclude` and `explain` are the same code.
public protocol Trace {
  /// Nobody reads the findings; what is costly to find out need not be.
  static var isSilent: Bool { get }
  mutating func note(_ finding: @autoclosure () -> Finding)
}

/// For the judgement of a million subjects, whose reasons nobody reads: costs nothing.
public struct NoTrace: Trace {
  public static let isSilent = true
  @inlinable public init() {}
  @inlinable public mutating func note(_ finding: @autoclosure () -> Finding) {}
}

/// For one subject that somebody asks about.
public struct Findings: Trace {
  public static let isSilent = false
  public private(set) var list: [Finding] = []
  public init() {}
  public mutating func note(_ finding: @autoclosure () -> Finding) { list.append(finding()) }
}
