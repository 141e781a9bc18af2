import Log
import Synchronization
import Wire

/// The time in the demonstration: shortly after what happened last, so that the same seed gives the same bytes.
final class DemoClock: LogClock {
  private let time = Atomic<Int64>(Instant.distantPast.microseconds)
  /// From an event to its record, in microseconds.
  private static let delay: Int64 = 1_000_000

  func now() -> Int64 { time.load(ordering: .sequentiallyConsistent) }

  /// Moves on to just after `instant`; never back.
  func advance(to instant: Instant) {
    time.max(instant.microseconds + DemoClock.delay, ordering: .sequentiallyConsistent)
  }
}

/// SplitMix64 (Steele, Lea and Flood 2014), for the demonstration log's id.
struct DemoRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
