public import Wire

/// What the entries of `Sayings` may be about: the numbers of the cases stand in the lowest bits of an entry.
public protocol SaidKind: RawRepresentable<Int64>, Sendable {
  /// How many bits hold the kind; a number has the others. Every case must fit into them.
  static var bits: Int64 { get }
}

/// A series whose entries say several kinds of thing: what one event said stands together, in the order in which it was
/// said. Late entries: events stand in the order of recording and are sorted when read.
public struct Sayings<Kind: SaidKind>: BitwiseCopyable, Sendable {
  @usableFromInline var entries = Series()

  @inlinable public init() {}

  /// Whether nothing was ever said.
  @inlinable public var isEmpty: Bool { entries.count == 0 }

  /// Adds that something is said. `nil` is not said and adds nothing. Complexity: O(1) amortised.
  @inlinable public mutating func say(
    _ kind: Kind, _ number: Int64?, _ moment: Moment, _ series: inout SeriesStore
  ) {
    guard let number else { return }
    series.append(moment, number << Kind.bits | kind.rawValue, to: &entries)
  }

  /// Asks for the place of what is said next.
  @inlinable public func willSay(in series: borrowing SeriesStore) { series.willAppend(to: entries) }

  /// Calls `body` with what was said by `now`, in the order of recording.
  @inlinable public func forEach(
    in series: borrowing SeriesStore, asOf now: Instant, _ body: (Saying<Kind>) -> Void
  ) {
    series.forEach(in: entries) { entry in
      guard entry.moment.at <= now, let kind = Kind(rawValue: entry.value & (1 << Kind.bits - 1)) else { return }
      body(Saying(kind: kind, number: entry.value >> Kind.bits, moment: entry.moment))
    }
  }

  /// What each event said that happened by `now`, in the order of recording.
  /// - Parameter begins: whether what an event says begins with this kind. What comes before the first is left out.
  public func events(
    in series: borrowing SeriesStore, asOf now: Instant, beginning begins: (Kind) -> Bool
  ) -> [[Saying<Kind>]] {
    var events: [[Saying<Kind>]] = []
    forEach(in: series, asOf: now) { saying in
      if begins(saying.kind) {
        events.append([saying])
      } else if !events.isEmpty {
        events[events.count - 1].append(saying)
      }
    }
    return events
  }
}

/// One thing that an event said.
public struct Saying<Kind: SaidKind>: Sendable {
  public let kind: Kind
  public let number: Int64
  public let moment: Moment

  @inlinable public init(kind: Kind, number: Int64, moment: Moment) {
    (self.kind, self.number, self.moment) = (kind, number, moment)
  }
}

extension Array {
  /// The number that one event said of a kind, the first where there are several.
  public func number<Kind: SaidKind & Equatable>(of kind: Kind) -> Int64? where Element == Saying<Kind> {
    first { $0.kind == kind }?.number
  }
}
