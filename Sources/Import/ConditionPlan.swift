import Vocabulary

/// A condition whose columns are places in the row.
indirect enum ConditionPlan {
  case all([ConditionPlan])
  case any([ConditionPlan])
  case not(ConditionPlan)
  case equals(TextPlan, [UInt8])
  case same(TextPlan, TextPlan)
  case among(TextPlan, Set<String>)
  case isBlank(TextPlan)
  case like(TextPlan, [UInt8])
  case lessThan(TextPlan, Measure, orEqual: Bool)
  case greaterThan(TextPlan, Measure, orEqual: Bool)
  /// Both sides are columns: numbers where both read as numbers, else dates.
  case less(TextPlan, TextPlan, orEqual: Bool, Dialect)

  /// What a cell is measured against.
  enum Measure {
    case number(Number, NumberStyle)
    case time(LocalTime, [DatePattern])
  }

  init(_ condition: Condition, _ binder: Binder, _ dialect: Dialect) throws(MappingError) {
    switch condition {
    case .all(let parts): self = .all(try ConditionPlan.list(parts, binder, dialect))
    case .any(let parts): self = .any(try ConditionPlan.list(parts, binder, dialect))
    case .not(let inner): self = .not(try ConditionPlan(inner, binder, dialect))
    case .isBlank(let column): self = .isBlank(try TextPlan(column, binder))
    case .like(let column, let pattern): self = .like(try TextPlan(column, binder), Array(pattern.utf8))
    case .among(let column, let words): self = .among(try TextPlan(column, binder), Set(words))
    case .compare(let column, let comparison, .word(let word, let spot)):
      self = try ConditionPlan(try TextPlan(column, binder), comparison, word, spot, binder, dialect)
    case .compare(let column, let comparison, .column(let other)):
      let (left, right) = (try TextPlan(column, binder), try TextPlan(other, binder))
      switch comparison {
      case .equal: self = .same(left, right)
      case .unequal: self = .not(.same(left, right))
      case .less: self = .less(left, right, orEqual: false, dialect)
      case .notGreater: self = .less(left, right, orEqual: true, dialect)
      case .greater: self = .less(right, left, orEqual: false, dialect)
      case .notLess: self = .less(right, left, orEqual: true, dialect)
      }
    }
  }

  private init(
    _ column: TextPlan, _ comparison: Condition.Comparison, _ word: String, _ spot: Spot, _ binder: Binder, _ dialect: Dialect
  ) throws(MappingError) {
    switch comparison {
    case .equal: self = .equals(column, Array(word.utf8))
    case .unequal: self = .not(.equals(column, Array(word.utf8)))
    case .less: self = .lessThan(column, try Measure(word, spot, binder, dialect), orEqual: false)
    case .notGreater: self = .lessThan(column, try Measure(word, spot, binder, dialect), orEqual: true)
    case .greater: self = .greaterThan(column, try Measure(word, spot, binder, dialect), orEqual: false)
    case .notLess: self = .greaterThan(column, try Measure(word, spot, binder, dialect), orEqual: true)
    }
  }

  private static func list(_ parts: [Condition], _ binder: Binder, _ dialect: Dialect) throws(MappingError) -> [ConditionPlan] {
    var plans: [ConditionPlan] = []
    for part in parts { plans.append(try ConditionPlan(part, binder, dialect)) }
    return plans
  }

  /// Whether it holds. A comparison with a blank cell does not hold; a cell that cannot be compared refuses the row.
  func holds(in row: Row) throws(RowProblem) -> Bool {
    switch self {
    case .all(let parts):
      for part in parts where !(try part.holds(in: row)) { return false }
      return true
    case .any(let parts):
      for part in parts where try part.holds(in: row) { return true }
      return false
    case .not(let inner): return !(try inner.holds(in: row))
    case .equals(let column, let word): return row.equals(try column.range(in: row), word)
    case .same(let left, let right):
      let range = try left.range(in: row)
      return row.bytes[range].elementsEqual(row.bytes[try right.range(in: row)])
    case .among(let column, let words): return words.contains(row.string(try column.range(in: row)))
    case .like(let column, let pattern): return Glob.matches(row.bytes[try column.range(in: row)], pattern[...])
    case .isBlank(let column): return try column.range(in: row).isEmpty
    case .lessThan(let column, let measure, let orEqual):
      let range = try column.range(in: row)
      if range.isEmpty { return false }
      return try measure.order(range, in: row, column.label).map { $0 < 0 || (orEqual && $0 == 0) } ?? false
    case .greaterThan(let column, let measure, let orEqual):
      let range = try column.range(in: row)
      if range.isEmpty { return false }
      return try measure.order(range, in: row, column.label).map { $0 > 0 || (orEqual && $0 == 0) } ?? false
    case .less(let left, let right, let orEqual, let dialect):
      return try ConditionPlan.isLess(left, right, orEqual, dialect, row)
    }
  }

  private static func isLess(
    _ left: TextPlan, _ right: TextPlan, _ orEqual: Bool, _ dialect: Dialect, _ row: Row
  ) throws(RowProblem) -> Bool {
    let (a, b) = (try left.range(in: row), try right.range(in: row))
    if a.isEmpty || b.isEmpty { return false }
    if let one = try? Number(row.bytes[a], style: dialect.numbers), let two = try? Number(row.bytes[b], style: dialect.numbers) {
      return one.isLess(than: two) || (orEqual && !two.isLess(than: one))
    }
    guard let one = try? Conversion.local(a, in: row, dialect.dates) else {
      throw RowProblem(.notComparable(row.string(a)), at: left.label)
    }
    guard let two = try? Conversion.local(b, in: row, dialect.dates) else {
      throw RowProblem(.notComparable(row.string(b)), at: right.label)
    }
    return one < two || (orEqual && one == two)
  }
}

extension ConditionPlan.Measure {
  /// A number, or a date in the file's own patterns or as ISO 8601 writes it.
  fileprivate init(_ word: String, _ spot: Spot, _ binder: Binder, _ dialect: Dialect) throws(MappingError) {
    let bytes = Array(word.utf8)[...]
    if let time = (dialect.dates + Dialect.isoDates).lazy.compactMap({ $0.read(bytes) }).first {
      self = .time(time, dialect.dates)
    } else if let number = try? Number(bytes, style: NumberStyle()) {
      self = .number(number, dialect.numbers)
    } else {
      throw MappingError(
        .condition(Name("\"\(word)\" is neither a number nor a date", "“\(word)”既不是数字也不是日期")), file: binder.mapping.name, at: spot)
    }
  }

  /// Less than 0 where the cell lies before the measure, 0 where it equals it.
  fileprivate func order(_ range: Range<Int>, in row: Row, _ label: String) throws(RowProblem) -> Int? {
    switch self {
    case .number(let measure, let style):
      guard let number = try? Number(row.bytes[range], style: style) else {
        throw RowProblem(.notComparable(row.string(range)), at: label)
      }
      return number.isLess(than: measure) ? -1 : measure.isLess(than: number) ? 1 : 0
    case .time(let measure, let patterns):
      guard let time = try? Conversion.local(range, in: row, patterns) else {
        throw RowProblem(.notComparable(row.string(range)), at: label)
      }
      return time < measure ? -1 : measure < time ? 1 : 0
    }
  }
}

extension LocalTime: Comparable {
  static func < (a: LocalTime, b: LocalTime) -> Bool { (a.day, a.time) < (b.day, b.time) }
}
