/// Who of those that began in one period was active in later ones.
///
/// Active in a period means active in just that one, not from then on ("classic" or n-th period retention), so a later
/// cell may be greater than an earlier one: people come back.
public struct CohortMatrix: Sendable {
  /// Periods from the first cohort to the last period.
  public static let periodLimit = 1_200

  /// One customer: the period in which they began, and what they did when.
  public struct Member: Sendable {
    public let first: Int
    /// Periods from `first` on, in any order; amounts of one period add up.
    public let activity: [(period: Int, amount: Int64)]

    public init(first: Int, activity: [(period: Int, amount: Int64)]) {
      self.first = first
      self.activity = activity
    }

    /// Without amounts.
    public init(first: Int, active periods: [Int]) {
      self.init(first: first, activity: periods.map { ($0, 0) })
    }
  }

  public struct Cell: Hashable, Sendable {
    /// Periods since the beginning; 0 is the first.
    public let age: Int
    public let active: Proportion
    /// Minor units.
    public let amount: Int64
    /// The period is not over: more may become active in it.
    public let isPartial: Bool
  }

  public struct Row: Sendable {
    /// The period in which they began.
    public let cohort: Int
    public let size: Int
    /// Ages 0 to the last period.
    public let cells: [Cell]
  }

  /// Cohorts with at least one member, the earliest first.
  public let rows: [Row]

  /// - Parameters:
  ///   - last: the last period that is known.
  ///   - isLastPartial: it is not over.
  /// - Throws: `FigureRefusal.outOfOrder` with the place of a member who begins after the last period, or is active
  ///   before they begin or after the last period; `tooMany` periods; `sumTooLarge`.
  public init(_ members: [Member], last: Int, isLastPartial: Bool) throws(FigureRefusal) {
    guard let earliest = members.map(\.first).min() else {
      rows = []
      return
    }
    for (place, member) in members.enumerated() {
      let isInOrder = member.first <= last && member.activity.allSatisfy { (member.first...last).contains($0.period) }
      guard isInOrder else { throw .outOfOrder(at: place) }
    }
    let (span, overflows) = last.subtractingReportingOverflow(earliest)
    guard !overflows, span < CohortMatrix.periodLimit else {
      throw .tooMany(overflows || span == .max ? .max : span + 1, limit: CohortMatrix.periodLimit)
    }
    var tables = (0...span).map { Table(ages: span - $0 + 1) }
    for member in members { tables[member.first - earliest].add(member) }
    var rows: [Row] = []
    for (place, table) in tables.enumerated() where table.size > 0 {
      rows.append(try table.row(cohort: earliest + place, isLastPartial: isLastPartial))
    }
    self.rows = rows
  }

  /// The members of one cohort, by age.
  private struct Table {
    var size = 0
    var active: [Int]
    var amounts: [Int128]

    init(ages: Int) {
      active = Array(repeating: 0, count: ages)
      amounts = Array(repeating: 0, count: ages)
    }

    mutating func add(_ member: Member) {
      size += 1
      var previous: Int?
      for (period, amount) in member.activity.sorted(by: { $0.period < $1.period }) {
        if period != previous { active[period - member.first] += 1 }
        amounts[period - member.first] += Int128(amount)
        previous = period
      }
    }

    func row(cohort: Int, isLastPartial: Bool) throws(FigureRefusal) -> Row {
      var cells: [Cell] = []
      for age in active.indices {
        cells.append(
          Cell(
            age: age, active: Proportion(counted: active[age], of: size), amount: try Exact.money(amounts[age]),
            isPartial: isLastPartial && age == active.count - 1))
      }
      return Row(cohort: cohort, size: size, cells: cells)
    }
  }

  /// Of all cohorts whose period of that age is over: active ÷ begun, so that large cohorts weigh more. The ages end
  /// where no cohort has got that far.
  public var byAge: [Proportion] {
    let complete = rows.map { $0.cells.filter { !$0.isPartial } }
    let ages = complete.map(\.count).max() ?? 0
    return (0..<ages).map { age in
      let cells = complete.compactMap { $0.count > age ? $0[age] : nil }
      return Proportion(
        counted: cells.reduce(0) { $0 + $1.active.count }, of: cells.reduce(0) { $0 + $1.active.all })
    }
  }
}

/// How often somebody came back: was active again after more than `gap` whole periods without.
///
/// - Parameters:
///   - periods: in which they were active, in any order, each as often as it may be.
///   - gap: periods of absence that do not count as gone; 0 or more.
public func reactivations(active periods: [Int], gap: Int = 0) -> Int {
  let sorted = periods.sorted()
  return zip(sorted.dropFirst(), sorted).count { later, earlier in
    let (distance, overflows) = later.subtractingReportingOverflow(earlier)
    return overflows || distance - 1 > max(0, gap)
  }
}
