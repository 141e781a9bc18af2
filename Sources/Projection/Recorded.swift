public import Vocabulary
public import Wire

/// One number of an event: under which tag, and its value or where the value stands.
///
/// The value is `base` plus a field of `width` bits in the row's payload. Where all rows of a layout have the same
/// value, the field has no bits.
public struct FactSlot: Hashable, Sendable, BitwiseCopyable {
  public let tag: UInt8
  public let width: UInt8
  /// Where the field begins, in bits from the row's first.
  public let bit: UInt16
  public let base: Int64

  @inlinable public init(tag: UInt8, value: Int64) { self.init(tag: tag, base: value, bit: 0, width: 0) }

  @inlinable public init(tag: UInt8, base: Int64, bit: Int, width: Int) {
    self.tag = tag
    self.width = UInt8(width)
    self.bit = UInt16(bit)
    self.base = base
  }

  /// The same number under another tag.
  public func tagged(_ tag: UInt8) -> FactSlot { FactSlot(tag: tag, base: base, bit: Int(bit), width: Int(width)) }
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
  /// What it is about, for gatherings that say `readsSubjects`; `nobody` for others.
  public let subject: OwnSubject
  @usableFromInline let slots: Span<FactSlot>
  @usableFromInline let payload: RawSpan
  /// Where the event's fields begin in `payload`, in bits.
  @usableFromInline let start: Int

  /// - Parameters:
  ///   - slots: the event's facts; a tag of a list as often as the list is long, and of records one after another, see
  ///     `forEachRecord`.
  ///   - payload: the fields of those slots that have bits, and eight bytes more.
  @inlinable @inline(__always) @_lifetime(copy slots, copy payload)
  public init(
    type: TypeCode, at: Instant, seq: Int64, subject: OwnSubject = .nobody, slots: Span<FactSlot>,
    payload: RawSpan = RawSpan(), start: Int = 0
  ) {
    self.type = type
    self.at = at
    self.seq = seq
    self.subject = subject
    self.slots = slots
    self.payload = payload
    self.start = start
  }

  /// When and as which event this came, to be kept as evidence.
  @inlinable public var moment: Moment { Moment(at: at, seq: seq) }

  /// This event as one of a family's types, or `nil` if it is none of them.
  @inlinable @inline(__always) public func type<F: Family>(in _: F.Type) -> F? {
    type.family == F.code ? F(rawValue: type.type) : nil
  }

  /// The number recorded under `fact`, or `nil` where the event has none. Complexity: O(facts of the event).
  @inlinable @inline(__always) public func number(_ fact: some RawRepresentable<UInt8>) -> Int64? {
    for place in slots.indices where slots[place].tag == fact.rawValue { return value(of: slots[place]) }
    return nil
  }

  /// The numbers recorded under `fact` by a list, in its order.
  @inlinable public func forEach(_ fact: some RawRepresentable<UInt8>, _ body: (Int64) -> Void) {
    for place in slots.indices where slots[place].tag == fact.rawValue { body(value(of: slots[place])) }
  }

  /// Calls `body` with each fact under its tag, in the order in which the event has them.
  public func forEachFact(_ body: (_ tag: UInt8, _ number: Int64) -> Void) {
    for place in slots.indices { body(slots[place].tag, value(of: slots[place])) }
  }

  @inlinable @inline(__always) func value(of slot: FactSlot) -> Int64 {
    guard slot.width > 0 else { return slot.base }
    return slot.base &+ Int64(bitPattern: payload.bits(at: start &+ Int(slot.bit), width: Int(slot.width)))
  }

  /// Who recorded it, as the number of a name; `nil` where its type does not tell, or nobody is named.
  @inlinable public var actor: Int64? { number(EnvelopeFact.actor) }
  /// In which role, likewise.
  @inlinable public var role: Int64? { number(EnvelopeFact.role) }

  /// The thing of the account that it is about, by its number within its kind, as references to it hold it: the invoice
  /// of `invoice.issued`, the order of `order.changed`. `nil` where it is about the account itself: a customer, or what
  /// belongs to nobody. Unlike `subject` it needs no asking for, and does not tell the kind.
  @inlinable public var thing: Int64? { number(EnvelopeFact.thing) }

  /// The subject's number that a reference holds; `nil` where there is none, or the log did not know it then.
  @inlinable @inline(__always) public func reference(_ fact: some RawRepresentable<UInt8>) -> Int64? {
    number(fact).flatMap { $0 < 0 ? nil : $0 }
  }

  /// The subject that a field of any subject names; `nil` where there is none, or the log did not know it then.
  @inlinable public func subject(_ fact: some RawRepresentable<UInt8>) -> OwnSubject? {
    number(fact).flatMap { OwnSubject(packed: $0) }
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
