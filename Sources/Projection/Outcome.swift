public import Vocabulary
import Wire

/// A sum of money that a row speaks of.
public struct Amount: Hashable, Sendable {
  /// What it measures, as a word and for people.
  public let measure: Word
  public let currency: Currency
  /// In minor units.
  public let minor: Int64

  public init(_ measure: Word, _ currency: Currency, _ minor: Int64) {
    self.measure = measure
    self.currency = currency
    self.minor = minor
  }
}

/// The outcome of a judgement: a place in `Row.outcomes`, or that there is no row.
public struct Outcome: Hashable, Sendable, BitwiseCopyable {
  /// 0: no row; otherwise one more than the place of the word.
  public let place: Int

  @inlinable public init(place: Int) { self.place = place }
  @inlinable public init(_ row: (some Row)?) { place = row.map { ($0.outcome ?? -1) + 1 } ?? 0 }

  public static let noRow = Outcome(place: 0)

  /// The word; `nil` where there is no row.
  public func word(in outcomes: [Word]) -> Word? {
    outcomes.indices.contains(place - 1) ? outcomes[place - 1] : nil
  }
}

/// How the conclusions of two rules about one subject relate.
public enum Difference: Hashable, Sendable {
  case none
  /// The same outcome with other particulars: another score, another beginning.
  case particulars
  case outcome
}

extension Row {
  public func values(_ names: any Names) -> [Value] { values }
  public static var outcomes: [Word] { columns.first { !$0.words.isEmpty }?.words ?? [] }
  public static var conditions: [Word] { [] }
  public var holding: UInt64 { 0 }
  public var amounts: [Amount] { [] }

  /// By the row's own values: correct for every row, quick for none. A row that is judged by the million says it itself.
  public var outcome: Int? {
    guard let column = Self.columns.firstIndex(where: { !$0.words.isEmpty }), case .text(let text) = values[column] else {
      return nil
    }
    return Self.columns[column].words.firstIndex { $0.text == text }
  }
}
