import AccessControl
import Answers
import Engine
import HTTPTypes
import Log
import Projection
import Synchronization
import Vocabulary
import Wire

/// How many requests a principal may send: a bucket each, which fills steadily and lets a burst through (token bucket).
final class Rates: Sendable {
  struct Limits: Sendable {
    var perSecond = 500.0
    var burst = 1_000.0
    /// For those whom nobody knows, all together: signing in is tried no faster than that.
    var strangersPerSecond = 50.0
    var strangersBurst = 100.0
  }

  private struct Bucket {
    var level: Double
    var at: Int64
  }

  private let limits: Limits
  private let clock: any LogClock
  private let buckets = Mutex<[String: Bucket]>([:])
  /// Buckets that are kept; the fullest are forgotten first, which costs nobody anything.
  static let bucketsMax = 10_000

  init(_ limits: Limits = Limits(), clock: any LogClock) { (self.limits, self.clock) = (limits, clock) }

  /// Takes one request from the principal's bucket. Throws `Trouble.tooMany` where it is empty.
  func take(_ principal: Principal) throws {
    let isKnown = principal.isKnown
    let rate = isKnown ? limits.perSecond : limits.strangersPerSecond
    let burst = isKnown ? limits.burst : limits.strangersBurst
    let now = clock.now()
    try buckets.withLock { buckets in
      if buckets.count >= Rates.bucketsMax { buckets = buckets.filter { $0.value.level < burst / 2 } }
      var bucket = buckets[principal.name] ?? Bucket(level: burst, at: now)
      let passed = Double(max(0, now - bucket.at)) / 1_000_000
      bucket.level = min(burst, bucket.level + passed * rate)
      bucket.at = now
      defer { buckets[principal.name] = bucket }
      guard bucket.level >= 1 else { throw Trouble.tooMany }
      bucket.level -= 1
    }
  }
}
