import Vocabulary

/// Phrases → clauses: asks whether units fit, windows are there, and the cost is within bounds.
struct ConditionChecker {
  private(set) var comparisons: [Comparison] = []
  private(set) var currency: Currency?
  private(set) var cost = 0

  /// What is known of a quantity beside its form.
  private struct Checked {
    let quantity: Quantity
    /// `nil` for a bare number, which fits whatever is counted.
    let unit: Measure.Unit?
    /// It changes from day to day though nothing happens.
    let isRunning: Bool
    /// No value lies beyond it in either direction.
    let magnitude: Double
  }

  mutating func clause(_ phrase: Phrase) throws(ConditionError) -> Clause {
    switch phrase.form {
    case .all(let parts): return .all(try clauses(parts))
    case .any(let parts): return .any(try clauses(parts))
    case .not(let inner): return .not(try clause(inner))
    case .compare(let relation, let left, let right): return try comparison(relation, left, right, at: phrase.offset)
    case .known(let use, let isKnown):
      try charge(use, at: phrase.offset)
      return try add(.known(use, isKnown), at: phrase.offset)
    case .word(let use, let place, let isSo):
      try charge(use, at: phrase.offset)
      return try add(.word(use, place: place, isSo), at: phrase.offset)
    case .number, .measure, .arithmetic:
      throw ConditionError(
        "a value alone is no condition; compare it, for example with > 0", "单独一个值不构成条件；请加上比较，例如 > 0", at: phrase.offset)
    }
  }

  private mutating func clauses(_ phrases: [Phrase]) throws(ConditionError) -> [Clause] {
    var clauses: [Clause] = []
    for phrase in phrases { clauses.append(try clause(phrase)) }
    return clauses
  }

  private mutating func add(_ comparison: Comparison, at offset: Int) throws(ConditionError) -> Clause {
    guard comparisons.count < ConditionLimit.comparisons else {
      throw ConditionError(
        "more than \(ConditionLimit.comparisons) comparisons", "超过 \(ConditionLimit.comparisons) 个比较", at: offset)
    }
    comparisons.append(comparison)
    return .comparison(comparisons.count - 1)
  }

  private mutating func comparison(
    _ relation: Relation, _ left: Phrase, _ right: Phrase, at offset: Int
  ) throws(ConditionError) -> Clause {
    let a = try quantity(left)
    let b = try quantity(right)
    guard ConditionChecker.fit(a.unit, b.unit) else {
      throw ConditionChecker.mismatch(a.unit, b.unit, at: right.offset)
    }
    guard !a.quantity.uses.isEmpty || !b.quantity.uses.isEmpty else {
      throw ConditionError("the comparison asks for no measure", "比较中没有指标", at: offset)
    }
    return try add(.order(a.quantity, relation, b.quantity), at: offset)
  }

  // MARK: Quantities

  private mutating func quantity(_ phrase: Phrase) throws(ConditionError) -> Checked {
    switch phrase.form {
    case .number(let literal): return try number(literal, at: phrase.offset)
    case .measure(let use):
      guard use.measure.unit != .word else {
        throw ConditionError(
          "\(use.measure.name.en) is a word; ask with `is`", "\(use.measure.name.zh)是词语；请用“为”来询问", at: phrase.offset)
      }
      try charge(use, at: phrase.offset)
      return Checked(
        quantity: .measure(use), unit: use.measure.unit, isRunning: use.measure.motion != .still,
        magnitude: Double(use.measure.unit.bound))
    case .arithmetic(let operation, let left, let right):
      let a = try quantity(left)
      let b = try quantity(right)
      return try joined(operation, a, b, at: right.offset)
    case .compare, .known, .word, .not, .all, .any:
      throw ConditionError("a condition is no value that could be counted with", "条件不是可以计算的值", at: phrase.offset)
    }
  }

  private mutating func number(_ literal: Literal, at offset: Int) throws(ConditionError) -> Checked {
    var unit: Measure.Unit?
    switch literal.unit {
    case .bare: break
    case .percent: unit = .number
    case .days: unit = .days
    case .money(let named):
      unit = .minor
      guard currency ?? named == named else {
        throw ConditionError("one condition counts in one currency", "一个条件只能使用一种币种", at: offset)
      }
      currency = named
    }
    return Checked(
      quantity: .literal(literal), unit: unit, isRunning: false, magnitude: Double(literal.millionths) / 1_000_000)
  }

  private func joined(
    _ operation: Arithmetic, _ a: Checked, _ b: Checked, at offset: Int
  ) throws(ConditionError) -> Checked {
    let unit = try ConditionChecker.unit(of: operation, a.unit, b.unit, at: offset)
    let magnitude: Double
    switch operation {
    case .add, .subtract: magnitude = a.magnitude + b.magnitude
    case .multiply:
      magnitude = a.magnitude * b.magnitude
      guard !(a.isRunning && b.isRunning) else {
        throw ConditionError("only one of two factors may count days as they pass", "两个因数中只能有一个随天数推移", at: offset)
      }
    case .divide:
      magnitude = a.magnitude * 1_000_000
      guard !b.isRunning else {
        throw ConditionError(
          "a divisor must not count days as they pass; multiply the other side", "除数不能随天数推移；请改为乘到另一边", at: offset)
      }
      if case .literal(let literal) = b.quantity, literal.millionths == 0 {
        throw ConditionError("division by 0", "除数为 0", at: offset)
      }
    }
    guard magnitude <= ConditionLimit.magnitude else {
      throw ConditionError("the calculation may grow too large", "计算结果可能过大", at: offset)
    }
    return Checked(
      quantity: .arithmetic(operation, a.quantity, b.quantity), unit: unit, isRunning: a.isRunning || b.isRunning,
      magnitude: magnitude)
  }

  /// Counts what a look at a measure costs, and asks for its window.
  private mutating func charge(_ use: MeasureUse, at offset: Int) throws(ConditionError) {
    let name = use.measure.name
    if use.measure.window == .always, use.window == nil {
      throw ConditionError(
        "\(name.en) needs a window, for example: \(name.en) in last 90 days", "\(name.zh)需要时间窗口，例如：\(name.zh) 近 90 天",
        at: offset)
    }
    if use.measure.window == .never, use.window != nil {
      throw ConditionError("\(name.en) takes no window", "\(name.zh)不能加时间窗口", at: offset)
    }
    cost += use.measure.cost
    guard cost <= ConditionLimit.cost else {
      throw ConditionError(
        "the condition would cost \(cost) looks; allowed: at most \(ConditionLimit.cost)",
        "条件需要 \(cost) 次取值；最多 \(ConditionLimit.cost)", at: offset)
    }
  }

  // MARK: Units

  private static func fit(_ a: Measure.Unit?, _ b: Measure.Unit?) -> Bool {
    guard let unit = a ?? b, let other = b ?? a else { return true }
    if a == nil || b == nil { return unit != .days && unit != .minor }
    return unit == other
  }

  private static func unit(
    of operation: Arithmetic, _ a: Measure.Unit?, _ b: Measure.Unit?, at offset: Int
  ) throws(ConditionError) -> Measure.Unit? {
    switch operation {
    case .add, .subtract:
      guard fit(a, b) else { throw mismatch(a, b, at: offset) }
      return a ?? b
    case .multiply:
      if isFactor(a) { return b ?? a }
      guard isFactor(b) else { throw mismatch(a, nil, at: offset) }
      return a
    case .divide:
      if let a, a == b { return .number }
      guard isFactor(b) else { throw mismatch(a, b, at: offset) }
      return a ?? .number
    }
  }

  /// Numbers and counts multiply and divide whatever is counted: the amount of a purchase is revenue / purchases.
  private static func isFactor(_ unit: Measure.Unit?) -> Bool { unit == nil || unit == .number || unit == .count }

  private static func mismatch(_ a: Measure.Unit?, _ b: Measure.Unit?, at offset: Int) -> ConditionError {
    func name(_ unit: Measure.Unit?) -> Name { unit?.title ?? Name("a bare number", "不带单位的数") }
    return ConditionError(
      "\(name(a).en) and \(name(b).en) do not fit; write the unit, such as 60 days or 500.00 CNY",
      "\(name(a).zh)与\(name(b).zh)单位不符；请写出单位，例如 60 天、500.00 CNY", at: offset)
  }
}
