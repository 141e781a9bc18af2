import Glibc
import Log
import Wire

/// The time of the machine.
public struct WallClock: LogClock {
  public init() {}

  public func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }
}

extension LogClock {
  /// Now, cut to milliseconds as the log cuts the time of recording, so that nothing seems recorded before it was.
  public var millisecond: Instant { Instant(microseconds: now() / 1000 * 1000) }
}
