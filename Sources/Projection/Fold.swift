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

/// One gathering's facts about all subjects of a partition, and the loop that gathers them.
///
/// The loop is compiled for each gathering on its own: no event is boxed, no call is dispatched, nothing is allocated
/// per event.
public final class Fold<G: Gathering> {
  /// The facts of the subjects that events have touched, one behind the other, in the order in which they were touched:
  /// of most questions few subjects have any.
  @usableFromInline var states: [G.Facts] = []
  /// By key.
  @usableFromInline var places: [StatePlace] = []
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
    for family in G.families { wanted[Int(family.code)] = true }
    wantedFamilies = wanted
  }

  /// Subjects that have facts.
  public var stateCount: Int { states.count }

  /// Bytes that states and the places of the keys take, and those that entries of series take.
  public var memory: (states: Int, series: Int) {
    (states.count * MemoryLayout<G.Facts>.stride + places.count * MemoryLayout<StatePlace>.stride, series.memory)
  }

  /// Makes room for keys below `count`.
  @inlinable public func reserve(_ count: Int) {
    let local = kind == nil ? (count + partition.count - 1) / partition.count : count
    guard local > places.count else { return }
    makePlaces(local)
    states.reserveInLargePages(local)
  }

  /// Makes room for what about so many events of the gathering's families may add to series.
  ///
  /// Chunks leave places free, and an event may bring several entries. Room that is not filled costs nothing, while a
  /// list that outgrows its room is copied as a whole.
  public func expect(events: Int) { series.reserve(events * 3) }

  /// Gathers the facts of a stretch's rows that happened at or before `limit`, in groups: first which rows of a group are
  /// wanted, then their states and lists are asked for, then they are gathered. See `RowGroup`.
  /// - Precondition: `reserve` covers every key in the batch; its rows are of this partition only, and their subjects are
  ///   named where the gathering reads them.
  @inlinable public func fold(_ batch: borrowing Batch, until limit: Instant) {
    let wanted = batch.layouts.map { wantedFamilies[Int($0.type.family)] }
    guard wanted.contains(true) else { return }
    // Held apart from the object while the loop runs: an array in a variable of its own is checked for being shared
    // once, one in an object at each event.
    var (states, places, series): ([G.Facts], [StatePlace], SeriesStore) = ([], [], SeriesStore())
    exchange(&states, &places, &series)
    var group = RowGroup()
    for start in stride(from: 0, to: batch.count, by: RowGroup.size) {
      group.select(batch, from: start, wanted, until: limit, keyedBy: kind)
      group.find(in: &places, &states, new: G.initial)
      var span = states.mutableSpan
      if G.looksThroughLists {
        for place in 0..<group.count { G.willEvolve(span[Int(group.keys[place])], series) }
      }
      for place in 0..<group.count {
        let row = Int(group.rows[place])
        let subject = G.readsSubjects ? batch.subjects[row] : .nobody
        G.evolve(&span[Int(group.keys[place])], batch.event(batch.rows[row], about: subject), &series)
      }
    }
    exchange(&states, &places, &series)
  }

  @inlinable func exchange(_ states: inout [G.Facts], _ places: inout [StatePlace], _ series: inout SeriesStore) {
    swap(&states, &self.states)
    swap(&places, &self.places)
    swap(&series, &self.series)
  }

  /// Gathers one event, if it is of a family that the projection looks at: for timelines in tests, for a single
  /// customer's history, and for an event as it was corrected.
  ///
  /// - Parameter key: the state's place: of a fold that has just one subject 0.
  @inlinable public func fold(_ event: borrowing Recorded, key: Int = 0) {
    guard wantedFamilies[Int(event.type.family)] else { return }
    if key >= places.count { makePlaces(key + 1) }
    let place = places[key].make(in: &states, G.initial)
    G.evolve(&states[place], event, &series)
  }

  /// - Precondition: there are fewer.
  @inlinable func makePlaces(_ count: Int) {
    places.append(contentsOf: repeatElement(StatePlace(), count: count - places.count))
  }

  /// The key that a key of this partition has outside it.
  @inlinable func key(ofLocal local: Int) -> Int { kind == nil ? local * partition.count + partition.index : local }

  /// The keys of the subjects that have facts, ascending.
  @inlinable public var keys: [Int] { places.indices.filter { places[$0].index != nil }.map { key(ofLocal: $0) } }

  /// The place of a key's state; `nil` where it has no facts here.
  @inlinable func place(of key: Int) -> Int? {
    let local = kind == nil ? key / partition.count : key
    return local < places.count ? places[local].index : nil
  }
}
