import Vocabulary
import Wire

/// The past of one subject in sections, newest first, in each of which a set of conditions gives one answer.
///
/// Between two days on which something changes, every side of a comparison moves along a straight line (the checker
/// allows nothing else), so a comparison turns at most twice there: that day is found by halving. No day is looked at
/// for its own sake, and the answer is exact.
struct Sections<Source: MeasureSource> {
  private let conditions: [Condition]
  private let source: Source
  /// The days on which something changes, ascending; what remains to be walked.
  private var changes: [Day]
  /// Parts of the section behind the last change, ascending; what remains of them.
  private var parts: [Day] = []
  /// The last day that has not been walked.
  private var last: Day

  /// - Parameter first: the day from which the subject is judged at all.
  init(_ conditions: [Condition], _ source: Source, from first: Day, until today: Day) {
    self.conditions = conditions
    self.source = source
    last = today
    var days: Set<Day> = [first]
    for condition in conditions {
      for use in condition.uses { days.formUnion(source.changes(of: use, in: condition.currency)) }
    }
    changes = days.filter { first <= $0 && $0 <= today }.sorted()
  }

  /// First and last day of the next section before those taken; `nil` before the subject's first day.
  mutating func next() -> ClosedRange<Day>? {
    if parts.isEmpty {
      while let change = changes.last, change > last { changes.removeLast() }
      guard let start = changes.popLast() else { return nil }
      parts = [start] + turns(from: start, to: last)
    }
    guard let start = parts.popLast() else { return nil }
    defer { last = start + -1 }
    return start...last
  }

  /// The days in a straight stretch on which some comparison turns, ascending.
  private func turns(from start: Day, to end: Day) -> [Day] {
    guard start < end else { return [] }
    var days: Set<Day> = []
    for condition in conditions {
      for program in condition.programs where program.isRunning {
        func order(_ day: Day) -> Int? { program.order(source, in: condition.currency, on: day) }
        var day = start
        while let turn = firstTurn(from: day, to: end, order) {
          days.insert(turn)
          day = turn
        }
      }
    }
    return days.sorted()
  }

  /// The first day behind `start` on which the sides stand in another order. The order turns in one direction only.
  private func firstTurn(from start: Day, to end: Day, _ order: (Day) -> Int?) -> Day? {
    let first = order(start)
    guard start < end, order(end) != first else { return nil }
    var low = start
    var high = end
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if order(middle) == first { low = middle } else { high = middle }
    }
    return high
  }
}

extension Program {
  fileprivate var isRunning: Bool {
    (left + right).contains { if case .measure(let use) = $0 { use.measure.motion != .still } else { false } }
  }
}
