public import Vocabulary
public import Wire

/// One number of an event: under which tag, and its value, or that the value varies and stands in the payload.
public struct FactSlot: Hashable, Sendable, BitwiseCopyable {
  public let tag: UInt8
  public let varies: Bool
  public let value: Int64

  @inlinable public init(tag: UInt8, varies: Bool, value: Int64) {
    self.tag = tag
    self.varies = varies
    self.value = value
  }
}

/// One recorded event as a projection sees it: its type, its two places in time, and the numbers that rules may ask.
///
/// A view into derived bytes; nothing is copied or decoded before it is asked for. Texts are not here: a judgement that
/// rests on prose could not be explained.
public struct Recorded: ~Escapable {
  public let type: TypeCode
  /// Business time.
  public let at: Instant
  /// Position in the log.
  public let seq: Int64
  @usableFromInline let slots: Span<FactSlot>
  @usableFromInline let payload: RawSpan

  /// - Parameters:
  ///   - slots: the event's facts, each tag at most once.
  ///   - payload: the values of those slots that vary, as zigzag varints in the order of the slots.
  @inlinable @inline(__always) @_lifetime(copy slots, copy payload)
  public init(type: TypeCode, at: Instant, seq: Int64, slots: Span<FactSlot>, payload: RawSpan) {
    self.type = type
    self.at = at
    self.seq = seq
    self.slots = slots
    self.payload = payload
  }

  /// When and as which event this came, to be kept as evidence.
  @inlinable public var moment: Moment { Moment(at: at, seq: seq) }

  /// This event as one of a family's types, or `nil` if it is none of them.
  @inlinable @inline(__always) public func type<F: Family>(in _: F.Type) -> F? {
    type.family == F.code ? F(rawValue: type.type) : nil
  }

  /// The number recorded under `fact`, or `nil` where the event has none. Complexity: O(facts of the event).
  @inlinable @inline(__always) public func number(_ fact: some RawRepresentable<UInt8>) -> Int64? {
    var reader = ByteReader(payload)
    for place in slots.indices {
      let slot = slots[place]
      if slot.varies {
        let value = reader.zigzag()
        if slot.tag == fact.rawValue { return value }
      } else if slot.tag == fact.rawValue {
        return slot.value
      }
    }
    return nil
  }

  @inlinable @inline(__always) public func day(_ fact: some RawRepresentable<UInt8>) -> Day? {
    number(fact).map { Day(number: Int32(truncatingIfNeeded: $0)) }
  }

  @inlinable @inline(__always) public func code<C: CodeSet>(_ fact: some RawRepresentable<UInt8>, of _: C.Type) -> C? {
    number(fact).flatMap { C(rawValue: UInt8(truncatingIfNeeded: $0)) }
  }

  @inlinable @inline(__always) public func flag(_ fact: some RawRepresentable<UInt8>) -> Bool? {
    number(fact).map { $0 != 0 }
  }
}

/// An event by its business time and its position: what a row names as its evidence.
public struct Moment: Hashable, Comparable, Sendable, BitwiseCopyable {
  public var at: Instant
  public var seq: Int64

  @inlinable public init(at: Instant, seq: Int64) {
    self.at = at
    self.seq = seq
  }

  /// By business time; at the same time the earlier recorded comes first.
  @inlinable public static func < (a: Moment, b: Moment) -> Bool { a.at != b.at ? a.at < b.at : a.seq < b.seq }
}

extension Optional<Moment> {
  /// Keeps the later of the two, so that late entries do no harm.
  @inlinable public mutating func advance(to moment: Moment) {
    if let old = self, old > moment { return }
    self = moment
  }
  /// Keeps the earlier of the two.
  @inlinable public mutating func retreat(to moment: Moment) {
    if let old = self, old < moment { return }
    self = moment
  }
}
