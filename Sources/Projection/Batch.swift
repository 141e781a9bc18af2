public import Vocabulary
public import Wire

/// One stretch of the log as a fold reads it: a row an event, in the order in which they are to be folded.
///
/// The machine fills it; projections never see it, only the `Recorded` views that `Fold` makes of its rows. What a fold
/// needs of an event stands together, so that each fold reads the rows front to back. The arrays are kept between
/// stretches: a rebuild allocates for its largest stretch and no more.
public struct Batch: Sendable {
  /// What rows of one shape share.
  public struct Layout: Sendable, BitwiseCopyable {
    public let type: TypeCode
    @usableFromInline let slotStart: Int32
    @usableFromInline let slotEnd: Int32
  }
  /// One event.
  public struct Row: Sendable, BitwiseCopyable {
    /// Business time in microseconds.
    public let at: Int64
    /// The account's number among those of the partition.
    public let account: UInt32
    public let layout: UInt32
    /// Where the row's fields begin in `stream`, in bits.
    public let payload: UInt32
    /// Position behind `first`.
    public let place: UInt32

    @inlinable public init(at: Int64, account: UInt32, layout: UInt32, payload: UInt32, place: UInt32) {
      self.at = at
      self.account = account
      self.layout = layout
      self.payload = payload
      self.place = place
    }

    public static let empty = Row(at: 0, account: 0, layout: 0, payload: 0, place: 0)
  }
  /// Position of the stretch's first event.
  public var first: Int64 = 0
  public private(set) var layouts: [Layout] = []
  @usableFromInline var slots: [FactSlot] = []
  /// The first `count` are this stretch's.
  public var rows: [Row] = []
  /// One a row; empty unless a gathering is keyed by subjects or reads them.
  public var subjects: [OwnSubject] = []
  public var count = 0
  public var stream: [UInt8] = []

  public init() {}

  public mutating func removeLayouts() {
    layouts.removeAll(keepingCapacity: true)
    slots.removeAll(keepingCapacity: true)
  }

  /// - Parameter last: behind the other facts, where there is one more.
  /// - Returns: its number.
  @discardableResult public mutating func addLayout(_ type: TypeCode, _ facts: [FactSlot], and last: FactSlot? = nil) -> UInt32 {
    let start = Int32(slots.count)
    slots.append(contentsOf: facts)
    if let last { slots.append(last) }
    layouts.append(Layout(type: type, slotStart: start, slotEnd: Int32(slots.count)))
    return UInt32(layouts.count - 1)
  }

  /// Adds one event, for a batch of a few that lie far apart. The first one's position becomes `first`.
  ///
  /// - Parameters:
  ///   - fields: the bytes that hold the event's fields, and eight more; empty where its layout has none with bits.
  ///   - bit: where the fields begin in them.
  /// - Precondition: all positions of a batch lie within 2³² of the first, and none before it.
  public mutating func add(
    at time: Int64, seq: Int64, account: UInt32, layout: UInt32, about subject: OwnSubject, fields: RawSpan, from bit: Int
  ) {
    if count == 0 { first = seq }
    rows.append(
      Row(
        at: time, account: account, layout: layout, payload: UInt32(stream.count * 8 + bit), place: UInt32(seq - first)))
    subjects.append(subject)
    fields.withUnsafeBytes { stream.append(contentsOf: $0) }
    count += 1
  }

  /// The events that `isWanted` wants, in their order.
  public func filter(_ isWanted: (Row, OwnSubject) -> Bool) -> Batch {
    var kept = self
    let places = (0..<count).filter { isWanted(rows[$0], subjects[$0]) }
    guard places.count < count else { return kept }
    (kept.rows, kept.subjects, kept.count) = (places.map { rows[$0] }, places.map { subjects[$0] }, places.count)
    return kept
  }

  /// Takes out the event at a place.
  public mutating func remove(at place: Int) {
    rows.remove(at: place)
    subjects.remove(at: place)
    count -= 1
  }

  /// Takes out the rows at these places behind `first`; the others keep their order. Complexity: O(rows).
  public mutating func remove(at places: Set<UInt32>) {
    var kept = 0
    for place in 0..<count where !places.contains(rows[place].place) {
      rows[kept] = rows[place]
      if !subjects.isEmpty { subjects[kept] = subjects[place] }
      kept += 1
    }
    count = kept
  }

  /// The latest business time of events of other families than these, `nil` where there is none.
  public func latest(besides families: Set<UInt8>) -> Int64? {
    let tells = layouts.map { !families.contains($0.type.family) }
    let all = !tells.contains(false)
    var latest = Int64.min
    for row in rows[..<count] where all || tells[Int(row.layout)] { latest = max(latest, row.at) }
    return latest == .min ? nil : latest
  }
}

extension Batch {
  public func type(of row: Row) -> TypeCode { layouts[Int(row.layout)].type }
  public func seq(of row: Row) -> Int64 { first + Int64(row.place) }

  /// Shows the event at a place to `body` as projections see it.
  public func withEvent<R>(at place: Int, _ body: (borrowing Recorded) throws -> R) rethrows -> R {
    try body(event(rows[place], about: subjects[place]))
  }

  /// The event of a row, as a projection sees it.
  @inlinable @inline(__always) @_lifetime(borrow self)
  func event(_ row: Row, about subject: OwnSubject = .nobody) -> Recorded {
    let layout = layouts[Int(row.layout)]
    return Recorded(
      type: layout.type, at: Instant(microseconds: row.at), seq: first + Int64(row.place), subject: subject,
      slots: slots.span.extracting(Int(layout.slotStart)..<Int(layout.slotEnd)),
      payload: stream.span.bytes, start: Int(row.payload))
  }
}
