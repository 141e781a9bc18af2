import Wire

/// When a customer was last touched: a ring of the six latest times.
@usableFromInline struct LastTouches: BitwiseCopyable, Sendable {
  @usableFromInline static var capacity: UInt8 { 6 }
  @usableFromInline var ring = InlineArray<6, Instant>(repeating: .distantPast)
  @usableFromInline var count: UInt8 = 0
  /// Where the next one goes.
  @usableFromInline var next: UInt8 = 0

  @inlinable init() {}

  @inlinable @inline(__always) mutating func add(_ at: Instant) {
    ring[Int(next)] = at
    next = next &+ 1 == LastTouches.capacity ? 0 : next &+ 1
    if count < LastTouches.capacity { count &+= 1 }
  }

  /// - Precondition: there is one.
  var latest: Instant { ring[Int(next == 0 ? LastTouches.capacity - 1 : next - 1)] }
  /// - Precondition: there is one.
  var oldest: Instant { ring[count < LastTouches.capacity ? 0 : Int(next)] }
}
