/// ABC grades by cumulative share (Pareto analysis; Dickie 1951, ABC Inventory Analysis Shoots for Dollars, Not
/// Pennies).
public enum ABCGrade: Int, Hashable, Comparable, Sendable, CaseIterable {
  case a = 1
  case b
  case c

  public static func < (x: ABCGrade, y: ABCGrade) -> Bool { x.rawValue < y.rawValue }
}

/// From where on a grade ends, in basis points (hundredths of a per cent) of the whole.
public struct ABCLimits: Hashable, Sendable {
  public let a: Int
  public let b: Int
  /// How far beyond its limit a better grade is kept: without it, whoever lies at the limit changes at each grading.
  public let keep: Int

  /// A to 80 per cent, B to 95.
  public static let usual = ABCLimits(unchecked: 8_000, 9_500, 0)

  /// `nil` unless 0 < a ≤ b ≤ 10,000 and keep is within 0…10,000.
  public init?(a: Int, b: Int, keep: Int = 0) {
    guard a > 0, a <= b, b <= 10_000, (0...10_000).contains(keep) else { return nil }
    (self.a, self.b, self.keep) = (a, b, keep)
  }

  private init(unchecked a: Int, _ b: Int, _ keep: Int) { (self.a, self.b, self.keep) = (a, b, keep) }

  /// Grades of customers by their money.
  ///
  /// Customers are taken in falling order of their money. Who begins before the first limit of the sum is reached is A,
  /// before the second B, the rest C: the one in whom a limit falls still has the better grade, and the largest is
  /// always A. Equal ones have equal grades. Money of 0 or less has no share and is C. With an earlier grade that is
  /// better, it is kept while the customer begins less than `keep` beyond its limit. Exact: no rounding decides.
  ///
  /// - Parameters:
  ///   - values: minor units of one currency.
  ///   - previous: the earlier grade of each, `nil` for one who had none; empty where there are none.
  /// - Throws: `FigureRefusal.tooFew` where earlier grades are handed in, but not as many as values.
  /// Complexity: O(n log n).
  public func grades(_ values: [Int64], previous: [ABCGrade?] = []) throws(FigureRefusal) -> [Graded] {
    guard previous.isEmpty || previous.count == values.count else {
      throw .tooFew(previous.count, needed: values.count)
    }
    let order = values.indices.filter { values[$0] > 0 }.sorted { values[$0] > values[$1] }
    let total = Exact.total(order.map { values[$0] })
    var graded = values.map { _ in Graded(grade: .c, shareBefore: nil) }
    var sum: Int128 = 0
    var before: Int128 = 0
    for (place, index) in order.enumerated() {
      if place == 0 || values[order[place - 1]] != values[index] { before = sum }
      sum += Int128(values[index])
      let grade = grade(before, of: total, previous: previous.isEmpty ? nil : previous[index])
      graded[index] = Graded(grade: grade, shareBefore: Exact.ratio(before, total))
    }
    return graded
  }

  private func grade(_ before: Int128, of total: Int128, previous: ABCGrade?) -> ABCGrade {
    func begins(before limit: Int) -> Bool { before * 10_000 < Int128(limit) * total }
    if begins(before: a) || (previous == .a && begins(before: a + keep)) { return .a }
    if begins(before: b) || (previous.map { $0 <= .b } == true && begins(before: b + keep)) { return .b }
    return .c
  }

  public struct Graded: Hashable, Sendable {
    public let grade: ABCGrade
    /// The share of the whole that larger ones have, 0…1; `nil` for one without money.
    public let shareBefore: Double?
  }
}
