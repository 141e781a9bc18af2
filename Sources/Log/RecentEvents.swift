/// What the writer itself remembers of the younger events: their ids, and how many each subject has. For the older ones
/// it asks the index that it was given.
///
/// Memory: about 150 bytes an event. `forget` lets go of what the index has come to cover.
struct RecentEvents {
  /// Events of one stretch; let go all at once.
  private struct Generation {
    var ids: [String: UInt64] = [:]
    /// Events by the 64-bit hash of their subject, which is seeded anew in each process: nobody can choose subjects
    /// that collide, and by chance a billion of them would with a probability of 3 in 100.
    var counts: [Int: Int] = [:]
    let first: UInt64
  }

  private let index: any EventIndex
  private var generations: [Generation]
  /// Answers of the index for the events before the first generation.
  private var older: [String: Int] = [:]
  private static let olderMax = 100_000
  private static let generationsMax = 4

  /// Remembers nothing yet; everything below `first` is the index's.
  init(index: any EventIndex, first: UInt64) {
    self.index = index
    generations = [Generation(first: first)]
  }

  /// Number of the first event that is remembered here.
  private var first: UInt64 { generations[0].first }

  /// Remembers an event, and its id unless `claim` has done that.
  mutating func add(seq: UInt64, id: String? = nil, subject: String) {
    let last = generations.count - 1
    if let id { generations[last].ids[id] = seq }
    generations[last].counts[subject.hashValue, default: 0] += 1
  }

  /// Takes the id for the coming event `seq`. If an event has it already, changes nothing and gives that one's number.
  mutating func claim(id: String, for seq: UInt64) throws(LogError) -> UInt64? {
    let last = generations.count - 1
    for generation in 0..<last {
      if let known = generations[generation].ids[id] { return known }
    }
    if first > 0 {
      do {
        if let known = try index.find(id: id) { return known }
      } catch {
        throw .index(cause: "\(error)")
      }
    }
    // Looks up and enters in one step: hashing the id is most of the work.
    let holder = Self.value(&generations[last].ids[id, default: seq])
    return holder == seq ? nil : holder
  }

  private static func value(_ entry: inout UInt64) -> UInt64 { entry }

  /// Gives back the ids that a refused batch had claimed for events from `seq` on.
  mutating func release(_ batch: [Draft], from seq: UInt64) {
    let last = generations.count - 1
    for draft in batch {
      if let id = draft.id, let holder = generations[last].ids[id], holder >= seq { generations[last].ids[id] = nil }
    }
  }

  /// How many events have this subject.
  mutating func version(of subject: String) throws(LogError) -> Int {
    let hash = subject.hashValue
    return generations.reduce(try olderVersion(of: subject)) { $0 + ($1.counts[hash] ?? 0) }
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

  /// Lets go of the generations that the index covers, and begins a new one at `seq` unless there are many already:
  /// every claim of an id looks into each, so where the index does not follow, the last one grows instead.
  mutating func forget(startingAt seq: UInt64) {
    let covered = index.covered
    while generations.count > 1, generations[1].first <= covered {
      generations.removeFirst()
      older.removeAll()
    }
    guard generations.count < Self.generationsMax else { return }
    var next = Generation(first: seq)
    next.ids.reserveCapacity(generations[generations.count - 1].ids.count)
    next.counts.reserveCapacity(generations[generations.count - 1].counts.count)
    generations.append(next)
  }
}
