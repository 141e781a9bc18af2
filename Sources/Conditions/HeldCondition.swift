import Vocabulary
public import Wire

/// A condition with patience and memory: it begins to count after some days, and may end by another condition than the
/// one that began it.
///
/// - `when`: holds from the first day on which this does.
/// - `until`: once begun, it goes on until this holds and `when` does not (hysteresis). Without it, it ends as soon as
///   `when` does not hold.
/// - `afterDays`: it counts only after it has held for so many days in a row (grace).
public struct HeldCondition: Hashable, Sendable {
  public let when: Condition
  public let until: Condition?
  public let afterDays: Int

  public init(when: Condition, until: Condition? = nil, afterDays: Int = 0) {
    self.when = when
    self.until = until
    self.afterDays = afterDays
  }

  /// Looks that one day costs at most.
  public var cost: Int { when.cost + (until?.cost ?? 0) }

  private var conditions: [Condition] { until.map { [when, $0] } ?? [when] }

  /// The day from which it counts without a break until `today`; `nil` where it does not count today.
  ///
  /// Complexity: O(1) where it does not hold today; else O(changes since it began).
  /// - Parameter first: the day from which the subject is judged at all.
  public func began(_ source: some MeasureSource, from first: Day, on today: Day) -> Day? {
    if until == nil, when.answer(source, on: today) != true { return nil }
    var sections = Sections(conditions, source, from: first, until: today)
    var began: Day?
    while let section = sections.next() {
      switch state(source, on: section.upperBound) {
      case .begins: began = section.lowerBound
      case .goesOn: continue
      case .ends: return counted(began, today)
      }
    }
    return counted(began, today)
  }

  private func counted(_ began: Day?, _ today: Day) -> Day? {
    guard let began, today - began >= afterDays else { return nil }
    return began + afterDays
  }

  /// All stretches of days, oldest first, on which it counts; the last ends with `today` where it still does.
  public func stretches(_ source: some MeasureSource, from first: Day, until today: Day) -> [ClosedRange<Day>] {
    var sections = Sections(conditions, source, from: first, until: today)
    var walked: [(days: ClosedRange<Day>, state: State)] = []
    while let section = sections.next() { walked.append((section, state(source, on: section.upperBound))) }
    var stretches: [ClosedRange<Day>] = []
    var open: ClosedRange<Day>?
    for (days, state) in walked.reversed() {
      switch state {
      case .begins: open = (open?.lowerBound ?? days.lowerBound)...days.upperBound
      case .goesOn: open = open.map { $0.lowerBound...days.upperBound }
      case .ends:
        if let open { stretches.append(open) }
        open = nil
      }
    }
    if let open { stretches.append(open) }
    return stretches.compactMap { days in
      let begun = days.lowerBound + afterDays
      return begun <= days.upperBound ? begun...days.upperBound : nil
    }
  }

  private enum State {
    /// `when` holds.
    case begins
    /// Neither begins nor ends anything.
    case goesOn
    case ends
  }

  private func state(_ source: some MeasureSource, on day: Day) -> State {
    if when.answer(source, on: day) == true { return .begins }
    guard let until else { return .ends }
    return until.answer(source, on: day) == true ? .ends : .goesOn
  }
}

/// One comparison as it came out on a day.
public struct Measurement: Hashable, Sendable {
  /// As a person of either language reads it.
  public let comparison: String
  public let comparisonInChinese: String
  /// In whole units and fractions of them; `–` where it is not known.
  public let value: String
  public let threshold: String
  public let holds: Bool?
  public let evidence: [Int64]
}

extension Condition {
  /// Positions that a measurement names at most.
  private static let evidenceLimit = 10

  /// What each comparison came out as on a day, in the order in which they are written.
  public func measurements(_ source: some MeasureSource, on day: Day) -> [Measurement] {
    zip(comparisons, programs).map { comparison, program in
      let evidence = comparison.uses.flatMap { source.evidence(of: $0, in: currency, on: day) }
      let (value, threshold) = sides(comparison, program, source, on: day)
      return Measurement(
        comparison: comparison.text(in: .en), comparisonInChinese: comparison.text(in: .zh), value: value,
        threshold: threshold, holds: program.answer(source, in: currency, on: day),
        evidence: Array(Array(Set(evidence.filter { $0 >= 0 })).sorted().suffix(Condition.evidenceLimit)))
    }
  }

  /// The decisive event of a day: the latest that any measure of the condition rests on; `nil` where it rests on none.
  public func cause(_ source: some MeasureSource, on day: Day) -> Int64? {
    uses.compactMap { source.evidence(of: $0, in: currency, on: day).last }.max()
  }

  private func sides(
    _ comparison: Comparison, _ program: Program, _ source: some MeasureSource, on day: Day
  ) -> (String, String) {
    func shown(_ value: Int128?) -> String { value?.decimal ?? "–" }
    switch comparison {
    case .order:
      return (
        shown(Program.value(program.left, source, in: currency, on: day)),
        shown(Program.value(program.right, source, in: currency, on: day))
      )
    case .known(let use, let isKnown):
      return (source.value(of: use, in: currency, on: day) == nil ? "unknown" : "known", isKnown ? "known" : "unknown")
    case .word(let use, let place, _):
      let words = use.measure.words
      let value = source.value(of: use, in: currency, on: day).flatMap {
        words.indices.contains(Int($0)) ? words[Int($0)].text : nil
      }
      return (value ?? "–", words[place].text)
    }
  }
}
