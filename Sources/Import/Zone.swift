import Foundation
import Wire

/// Where a file's clock hung: an offset from UTC, or a place whose offset changes over the years.
///
/// A time that a change of the clock made twice means the earlier one; a time that it left out means the moment that
/// the old offset gives.
struct Zone: Sendable {
  static let utc = Zone(offset: 0)

  private enum Kind: Sendable {
    case fixed(Int64)
    case place(TimeZone)
  }
  private let kind: Kind

  private init(offset: Int64) { kind = .fixed(offset) }

  /// `UTC`, `Z`, `+08:00`, or a name of the IANA time zone database such as `Asia/Shanghai`.
  init?(_ text: String) {
    if text == "UTC" || text == "Z" {
      kind = .fixed(0)
    } else if let first = text.utf8.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
      // The offset of noon written with this zone from noon in UTC.
      guard text.utf8.count == 6, let noon = Instant("2000-01-01T12:00:00Z"), let here = Instant("2000-01-01T12:00:00" + text)
      else { return nil }
      kind = .fixed(noon.microseconds - here.microseconds)
    } else {
      guard text.contains("/"), let zone = TimeZone(identifier: text) else { return nil }
      kind = .place(zone)
    }
  }

  /// The moment at which a clock in this zone shows `local`; `nil` beyond the years that can be recorded.
  func instant(_ local: LocalTime) -> Instant? {
    let shown = local.day.start.microseconds + local.time
    let instant = Instant(microseconds: shown - (local.offset ?? offset(at: shown)))
    return instant >= .distantPast && instant <= .distantFuture ? instant : nil
  }

  /// The same at all times.
  var isFixed: Bool {
    if case .fixed = kind { return true }
    return false
  }

  /// The offset of all times of a day, where it is the same from the day before to two days after: offsets change for
  /// weeks at least, so none came and went between.
  func steadyOffset(on day: Day) -> Int64? {
    let start = day.start.microseconds
    let offsets = Set((-1...3).map { offset(at: start + Int64($0) * Instant.microsecondsPerDay) })
    return offsets.count == 1 ? offsets.first : nil
  }

  /// The offset in force when a clock here shows `shown`, in microseconds.
  fileprivate func offset(at shown: Int64) -> Int64 {
    switch kind {
    case .fixed(let offset): return offset
    case .place(let zone):
      func offset(_ moment: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment) / 1_000_000))) * 1_000_000
      }
      // No offset is above a day: the one before any change around `shown`, else the one after it.
      let before = offset(shown - 86_400_000_000)
      let after = offset(shown + 86_400_000_000)
      if before == after || offset(shown - before) == before { return before }
      return offset(shown - after) == after ? after : before
    }
  }
}

/// A zone that remembers the day it was last asked about: the rows of a file are mostly of few days, and the time zone
/// database takes longer to ask than a row takes to read.
final class ZoneClock {
  private let zone: Zone
  private let isFixed: Bool
  @exclusivity(unchecked) private var days: [Int32: Int64] = [:]

  /// Days that are remembered.
  private static let dayLimit = 40_000

  init(_ zone: Zone) { (self.zone, isFixed) = (zone, zone.isFixed) }

  /// See `Zone.instant`.
  func instant(_ local: LocalTime) -> Instant? {
    guard local.offset == nil, !isFixed else { return zone.instant(local) }
    var known = days[local.day.number]
    if known == nil, let steady = zone.steadyOffset(on: local.day) {
      if days.count >= ZoneClock.dayLimit { days.removeAll(keepingCapacity: true) }
      days[local.day.number] = steady
      known = steady
    }
    var shown = local
    shown.offset = known
    return zone.instant(shown)
  }
}
