import Vocabulary

/// How much harm it would do if a value got out, after GB/T 43697-2024 within general data: L1 to L4.
public enum DataGrade: Int, CaseIterable, Comparable, Sendable {
  case open = 1
  case `internal` = 2
  /// Contacts, and what somebody pays.
  case sensitive = 3
  /// Where a person was, and what was noted about them in words: both are handled as sensitive personal information.
  case highlySensitive = 4

  public static func < (a: DataGrade, b: DataGrade) -> Bool { a.rawValue < b.rawValue }

  /// `L3`.
  public var word: String { "L\(rawValue)" }

  public init?(word: String) {
    guard let found = DataGrade.allCases.first(where: { $0.word == word }) else { return nil }
    self = found
  }
}

extension Field {
  /// The grade of a field's values, by what its declaration says of it.
  public var grade: DataGrade { category?.grade ?? .internal }
}

extension PersonalCategory {
  public var grade: DataGrade {
    switch self {
    case .identity, .reach: .sensitive
    case .words, .place: .highlySensitive
    }
  }
}

extension Declaration {
  /// The highest grade that an event of this type can hold.
  public var grade: DataGrade { fields.map(\.grade).max() ?? .internal }
}
