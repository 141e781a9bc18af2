/// What the writer itself remembers of the younger events: their ids, and how many each subject has. For the older ones
/// it asks the index that it was given.
///
/// Memory: about 150 bytes an event. `forget` lets go of what the index has come to cover.
struct RecentEvents {
  /// Events of one stretch; let go all at once.
  private struct Generation {
    var ids: [String: UInt64] = [:]
    var counts: [String: Int] = [:]
    let first: UInt64
  }

  private let index: any EventIndex
  private var generations: [Generation]
  /// Answers of the index for the events before the first generation.
  private var older: [String: Int] = [:]
  private static let olderMax = 100_000

  /// Remembers nothing yet; everything below `first` is the index's.
  init(index: any EventIndex, first: UInt64) {
    self.index = index
    generations = [Generation(first: first)]
  }

  /// Number of the first event that is remembered here.
  private var first: UInt64 { generations[0].first }

  mutating func add(seq: UInt64, id: String?, subject: String) {
    let last = generations.count - 1
    if let id { generations[last].ids[id] = seq }
    generations[last].counts[subject, default: 0] += 1
  }

  /// The number of the event with this id, here or in the index.
  func find(id: String) throws(LogError) -> UInt64? {
    for generation in generations.reversed() {
      if let seq = generation.ids[id] { return seq }
    }
    guard first > 0 else { return nil }
    do { return try index.find(id: id) } catch { throw .index(cause: "\(error)") }
  }

  /// How many events have this subject.
  mutating func version(of subject: String) throws(LogError) -> Int {
    generations.reduce(try olderVersion(of: subject)) { $0 + ($1.counts[subject] ?? 0) }
  }

  private mutating func olderVersion(of subject: String) throws(LogError) -> Int {
    guard first > 0 else { return 0 }
    if let known = older[subject] { return known }
    do {
      let version = try index.version(of: subject, before: first)
      if older.count >= Self.olderMax { older.removeAll(keepingCapacity: true) }
      older[subject] = version
      return version
    } catch {
      throw .index(cause: "\(error)")
    }
  }

  /// Begins a new generation at `seq`, and lets go of those that the index covers.
  mutating func forget(startingAt seq: UInt64) {
    generations.append(Generation(first: seq))
    let covered = index.covered
    while generations.count > 1, generations[1].first <= covered {
      generations.removeFirst()
      older.removeAll()
    }
  }
}
