public import Vocabulary
public import Wire

/// Which part of all accounts one worker folds: those whose number leaves `index` when divided by `count`.
public struct Partition: Hashable, Sendable {
  public let index: Int
  public let count: Int

  public init(index: Int, of count: Int) {
    self.index = index
    self.count = count
  }

  public static let whole = Partition(index: 0, of: 1)
}

/// One projection's facts about all subjects of a partition, and the loop that gathers them.
///
/// The loop is compiled for each projection on its own: no event is boxed, no call is dispatched, nothing is allocated
/// per event.
public final class Fold<P: Projection> {
  @usableFromInline var states: [P.Facts] = []
  @usableFromInline var present: [Bool] = []
  @usableFromInline var series = SeriesStore()
  @usableFromInline let partition: Partition
  /// The number of the kind whose subjects are the keys; `nil` where accounts are.
  @usableFromInline let kind: UInt8?
  @usableFromInline let wantedFamilies: [Bool]

  /// - Parameter kind: the number that the log gave to the projection's kind of subject, where it is keyed by one.
  @inlinable public init(_ partition: Partition, kind: UInt8?) {
    self.partition = partition
    self.kind = kind
    var wanted = [Bool](repeating: false, count: 256)
    for family in P.families { wanted[Int(family.code)] = true }
    wantedFamilies = wanted
  }

  /// Keys for which there is room.
  public var stateCount: Int { states.count }

  /// Makes room for keys below `count`.
  @inlinable public func reserve(_ count: Int) {
    let local = kind == nil ? (count + partition.count - 1) / partition.count : count
    guard local > states.count else { return }
    states.append(contentsOf: repeatElement(P.initial, count: local - states.count))
    present.append(contentsOf: repeatElement(false, count: local - present.count))
  }

  /// Gathers the facts of a stretch's rows that happened at or before `limit`.
  /// - Precondition: `reserve` covers every key in the batch; `batch.order` holds rows of this partition only.
  @inlinable public func fold(_ batch: borrowing Batch, until limit: Instant) {
    let wanted = batch.layouts.map { wantedFamilies[Int($0.type.family)] }
    let slots = batch.slots.span
    let stream = batch.stream.span.bytes
    let layouts = batch.layouts.span
    for place in batch.order.indices {
      let row = Int(batch.order[place])
      let number = Int(batch.layoutNumbers[row])
      let at = batch.times[row]
      guard wanted[number], at <= limit.microseconds, let key = key(batch, row) else { continue }
      let layout = layouts[number]
      let event = Recorded(
        type: layout.type, at: Instant(microseconds: at), seq: batch.first + Int64(row),
        slots: slots.extracting(Int(layout.slotStart)..<Int(layout.slotEnd)),
        payload: stream.extracting(Int(batch.offsets[row])..<stream.byteCount))
      present[key] = true
      P.evolve(&states[key], event, &series)
    }
  }

  @inlinable @inline(__always) func key(_ batch: borrowing Batch, _ row: Int) -> Int? {
    guard let kind else { return Int(batch.accounts[row]) / partition.count }
    return batch.subjectKinds[row] == kind ? Int(batch.ordinals[row]) : nil
  }

  /// Gathers one event about the one subject of a fold that has just one: for timelines in tests and for a single
  /// customer's history.
  @inlinable public func fold(_ event: borrowing Recorded, key: Int = 0) {
    guard wantedFamilies[Int(event.type.family)] else { return }
    reserve(key + 1)
    present[key] = true
    P.evolve(&states[key], event, &series)
  }

  /// The key that state `local` has outside this partition.
  @inlinable func key(ofState local: Int) -> Int { kind == nil ? local * partition.count + partition.index : local }

  /// Judges every subject that has facts, in the order of the keys.
  @inlinable public func conclude(
    by rule: Ruled<P.Rules>, asOf now: Instant, _ body: (Int, P.Conclusion) throws -> Void
  ) rethrows {
    var trace = NoTrace()
    for local in states.indices where present[local] {
      if let row = P.conclude(states[local], series, by: rule, asOf: now, trace: &trace) {
        try body(key(ofState: local), row)
      }
    }
  }

  /// The keys of the subjects that have facts, ascending.
  @inlinable public var keys: [Int] { states.indices.filter { present[$0] }.map { key(ofState: $0) } }

  /// Judges one subject; `nil` where it has no facts here, or no row.
  @inlinable public func conclude(
    key: Int, by rule: Ruled<P.Rules>, asOf now: Instant, trace: inout some Trace
  ) -> P.Conclusion? {
    let local = kind == nil ? key / partition.count : key
    guard local < states.count, present[local] else { return nil }
    return P.conclude(states[local], series, by: rule, asOf: now, trace: &trace)
  }

  /// Judges one subject and tells why.
  @inlinable public func explain(
    key: Int, by rule: Ruled<P.Rules>, asOf now: Instant
  ) -> (row: P.Conclusion?, findings: [Finding]) {
    var findings = Findings()
    let row = conclude(key: key, by: rule, asOf: now, trace: &findings)
    return (row, findings.list)
  }
}
