public import Projection
public import Wire

/// A stretch of time during which something holds, half-open: from the instant at which it begins to the one at which
/// it no longer holds. Each end names the event that caused it.
public struct Stretch: Hashable, Sendable {
  public var from: Moment
  public var until: Moment

  public init(from: Moment, until: Moment) {
    self.from = from
    self.until = until
  }

  /// The end of what has not ended.
  public static let open = Moment(at: .distantFuture, seq: -1)

  public var isEmpty: Bool { from.at >= until.at }
  public func contains(_ now: Instant) -> Bool { from.at <= now && now < until.at }
}

extension [Stretch] {
  /// The same time as stretches that neither overlap nor touch, by time.
  public var merged: [Stretch] {
    if isMerged { return self }
    var merged: [Stretch] = []
    for stretch in filter({ !$0.isEmpty }).sorted(by: { $0.from < $1.from }) {
      if let last = merged.last, stretch.from.at <= last.until.at {
        if stretch.until > last.until { merged[merged.count - 1].until = stretch.until }
      } else {
        merged.append(stretch)
      }
    }
    return merged
  }

  /// Whether these stand by time already and neither overlap nor touch.
  private var isMerged: Bool {
    for place in indices where self[place].isEmpty || place > 0 && self[place].from.at <= self[place - 1].until.at {
      return false
    }
    return true
  }

  /// The time of these that lies in none of `others`.
  public func subtracting(_ others: [Stretch]) -> [Stretch] {
    if isEmpty || others.isEmpty { return filter { !$0.isEmpty } }
    let others = others.merged
    return flatMap { whole in
      var rest = whole
      var parts: [Stretch] = []
      for other in others where other.until.at > rest.from.at && other.from.at < rest.until.at {
        if other.from.at > rest.from.at { parts.append(Stretch(from: rest.from, until: other.from)) }
        rest.from = other.until
      }
      if !rest.isEmpty { parts.append(rest) }
      return parts
    }
  }

  /// The time that lies in one of these and in one of `others`.
  public func intersection(_ others: [Stretch]) -> [Stretch] {
    flatMap { a in
      others.compactMap { b in
        let common = Stretch(from: Swift.max(a.from, b.from), until: Swift.min(a.until, b.until))
        return common.isEmpty ? nil : common
      }
    }
  }
}
