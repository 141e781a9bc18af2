public import Wire

/// How time limits are counted. The calendar of a company stands in its rules; who has one hands it in.
public struct ProcessClock: Sendable {
  /// The moment until which a step may be done; `nil` where the calendar knows none.
  public let due: @Sendable (_ limit: TimeLimit, _ from: Instant) -> Instant?

  public init(due: @escaping @Sendable (TimeLimit, Instant) -> Instant?) { self.due = due }

  /// Every hour counts: a working hour is an hour, a working day 24 of them.
  public static let wall = ProcessClock(due: { limit, from in
    let minutes: Int64 =
      switch limit.unit {
      case .minutes: 1
      case .hours, .workingHours: 60
      case .days, .workingDays: 1_440
      }
    return Instant(microseconds: from.microseconds + Int64(limit.amount) * minutes * 60_000_000)
  })
}
