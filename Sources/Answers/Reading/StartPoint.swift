import Wire

/// A point in time from which something holds: an instant with zone, or a day, which means its beginning in UTC.
///
/// The end of a day, which `TimePoint` means by it, would let a rule begin a day later than its author said.
public struct StartPoint: Equatable, Sendable {
  public let instant: Instant

  public init?(_ text: String) {
    guard let instant = Instant(text) ?? Day(text)?.start else { return nil }
    self.instant = instant
  }
}
