/// A calculation whose units are known to fit.
indirect enum Quantity: Hashable, Sendable {
  case literal(Literal)
  case measure(MeasureUse)
  case arithmetic(Arithmetic, Quantity, Quantity)

  /// The measures that it looks at, from left to right.
  var uses: [MeasureUse] {
    switch self {
    case .literal: []
    case .measure(let use): [use]
    case .arithmetic(_, let left, let right): left.uses + right.uses
    }
  }
}

/// A question with the answers yes, no and unknown, whose parts fit.
enum Comparison: Hashable, Sendable {
  case order(Quantity, Relation, Quantity)
  case known(MeasureUse, Bool)
  case word(MeasureUse, place: Int, Bool)

  var uses: [MeasureUse] {
    switch self {
    case .order(let left, _, let right): left.uses + right.uses
    case .known(let use, _), .word(let use, _, _): [use]
    }
  }
}

/// How comparisons are joined; a number names one of a condition's comparisons.
indirect enum Clause: Hashable, Sendable {
  case comparison(Int)
  case not(Clause)
  case all([Clause])
  case any([Clause])
}
