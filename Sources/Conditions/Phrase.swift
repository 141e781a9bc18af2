import Vocabulary

/// A part of a condition as it is written, before anybody asked whether it makes sense.
struct Phrase {
  indirect enum Form {
    case number(Literal)
    case measure(MeasureUse)
    case arithmetic(Arithmetic, Phrase, Phrase)
    case compare(Relation, Phrase, Phrase)
    case known(MeasureUse, Bool)
    case word(MeasureUse, place: Int, Bool)
    case not(Phrase)
    case all([Phrase])
    case any([Phrase])
  }
  let form: Form
  /// Where it begins, in Unicode scalars.
  let offset: Int
}

/// A number as it is written: its value in millionths, and what it counts.
struct Literal: Hashable, Sendable {
  enum Unit: Hashable, Sendable {
    /// Counts, scores, points and pure numbers are written bare.
    case bare
    case percent
    case days
    case money(Currency)
  }
  /// Of a percentage, the fraction: 70 % is 700,000.
  let millionths: Int128
  let unit: Unit
}

enum Arithmetic: Hashable, Sendable, CaseIterable {
  case add, subtract, multiply, divide

  var sign: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    }
  }
}

enum Relation: String, Hashable, Sendable, CaseIterable {
  case less = "<"
  case atMost = "<="
  case more = ">"
  case atLeast = ">="
  case equal = "="
  case unequal = "!="

  /// Whether it holds between two values of which the first is smaller (-1), equal (0) or greater (1).
  func holds(_ order: Int) -> Bool {
    switch self {
    case .less: order < 0
    case .atMost: order <= 0
    case .more: order > 0
    case .atLeast: order >= 0
    case .equal: order == 0
    case .unequal: order != 0
    }
  }
}
