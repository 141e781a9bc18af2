import Vocabulary
import Wire

/// A comparison as steps on a stack: no strings, no recursion, nothing to look up.
struct Program: Hashable, Sendable {
  enum Step: Hashable, Sendable {
    case literal(Int128)
    case measure(MeasureUse)
    case arithmetic(Arithmetic)
  }
  enum Ending: Hashable, Sendable {
    case order(Relation)
    case known(MeasureUse, Bool)
    case word(MeasureUse, place: Int64, Bool)
  }
  let left: [Step]
  let right: [Step]
  let ending: Ending

  init(_ comparison: Comparison) {
    switch comparison {
    case .order(let left, let relation, let right):
      (self.left, self.right, ending) = (left.steps, right.steps, .order(relation))
    case .known(let use, let isKnown): (left, right, ending) = ([], [], .known(use, isKnown))
    case .word(let use, let place, let isSo): (left, right, ending) = ([], [], .word(use, place: Int64(place), isSo))
    }
  }

  /// Yes, no, or `nil` where something that it asks for is not known.
  func answer(_ source: some MeasureSource, in currency: Currency?, on day: Day) -> Bool? {
    switch ending {
    case .order(let relation): order(source, in: currency, on: day).map { relation.holds($0) }
    case .known(let use, let isKnown): (source.value(of: use, in: currency, on: day) != nil) == isKnown
    case .word(let use, let place, let isSo):
      source.value(of: use, in: currency, on: day).map { ($0 == place) == isSo }
    }
  }

  /// Whether the left side is smaller (-1), equal (0) or greater (1).
  func order(_ source: some MeasureSource, in currency: Currency?, on day: Day) -> Int? {
    guard let a = Program.value(left, source, in: currency, on: day),
      let b = Program.value(right, source, in: currency, on: day)
    else { return nil }
    return a < b ? -1 : a > b ? 1 : 0
  }

  /// A side's value in millionths.
  ///
  /// Nothing overflows: the checker has bounded every value by `ConditionLimit.magnitude`, so that a product of two in
  /// millionths stays below 2¹²⁷. A quotient is cut to a millionth; a division by nothing is unknown.
  static func value(_ steps: [Step], _ source: some MeasureSource, in currency: Currency?, on day: Day) -> Int128? {
    var stack: [Int128] = []
    for step in steps {
      switch step {
      case .literal(let number): stack.append(number)
      case .measure(let use):
        guard let value = source.value(of: use, in: currency, on: day) else { return nil }
        let bound = use.measure.unit.bound * use.measure.scale
        stack.append(Int128(min(max(value, -bound), bound)) * 1_000_000 / Int128(use.measure.scale))
      case .arithmetic(let operation):
        guard let b = stack.popLast(), let a = stack.popLast() else { return nil }
        switch operation {
        case .add: stack.append(a + b)
        case .subtract: stack.append(a - b)
        case .multiply: stack.append(a * b / 1_000_000)
        case .divide:
          guard b != 0 else { return nil }
          stack.append(a * 1_000_000 / b)
        }
      }
    }
    return stack.last
  }
}

extension Quantity {
  fileprivate var steps: [Program.Step] {
    switch self {
    case .literal(let literal): [.literal(literal.millionths)]
    case .measure(let use): [.measure(use)]
    case .arithmetic(let operation, let left, let right): left.steps + right.steps + [.arithmetic(operation)]
    }
  }
}

extension Condition {
  /// Yes, no, or `nil` where what is known decides neither (Kleene's three values).
  public func answer(_ source: some MeasureSource, on day: Day) -> Bool? { answer(clause, source, on: day) }

  private func answer(_ clause: Clause, _ source: some MeasureSource, on day: Day) -> Bool? {
    switch clause {
    case .comparison(let number): return programs[number].answer(source, in: currency, on: day)
    case .not(let inner): return answer(inner, source, on: day).map { !$0 }
    case .all(let parts):
      var isKnown = true
      for part in parts {
        guard let answer = answer(part, source, on: day) else {
          isKnown = false
          continue
        }
        if !answer { return false }
      }
      return isKnown ? true : nil
    case .any(let parts):
      var isKnown = true
      for part in parts {
        guard let answer = answer(part, source, on: day) else {
          isKnown = false
          continue
        }
        if answer { return true }
      }
      return isKnown ? false : nil
    }
  }
}
