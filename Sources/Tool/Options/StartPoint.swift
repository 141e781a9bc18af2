import ArgumentParser
import Wire

/// A point in time from which something holds: an instant with zone, or a day, which means its beginning in UTC.
///
/// The end of a day, which `TimePoint` means by it, would let a rule begin a day later than its author said.
struct StartPoint: Equatable, ExpressibleByArgument {
  let instant: Instant

  init?(argument: String) {
    guard let instant = Instant(argument) ?? Day(argument)?.start else { return nil }
    self.instant = instant
  }
}
