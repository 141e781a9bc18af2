import Projection
import Vocabulary
import Wire

// What stands in a cell for people.
extension Cell {
  /// The value as a person reads it: a word by its title, money with its point, times without fractions of a second.
  ///
  /// - Parameter currency: of an amount in this cell, from a column beside it.
  public func text(in column: Column, _ language: Language, currency: String? = nil) -> String {
    switch self {
    case .text(let text) where !column.words.isEmpty:
      column.words.first { $0.text == text }?.title[language] ?? text
    case .integer(let number) where column.kind == .money:
      [number.asMoney, currency ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    case .flag(let flag): flag ? "✓" : "✗"
    case .instant(let instant): Instant(microseconds: instant.microseconds - instant.microseconds.mod(1_000_000)).description
    default: plain
    }
  }
}

extension Column {
  /// A row's cells as a person reads them, none with a character that could move a cursor.
  public static func texts(of row: [Cell], in columns: [Column], _ language: Language) -> [String] {
    let currency = columns.firstIndex { $0.name == "cur" }.map { row[$0].plain }
    return zip(columns, row).map { $1.text(in: $0, language, currency: currency).withoutControls }
  }
}

extension Column.Kind {
  /// Whether its values stand on the right of a column.
  public var isNumeric: Bool {
    switch self {
    case .integer, .money, .position, .hundredths: true
    case .text, .day, .instant, .flag: false
    }
  }
}
