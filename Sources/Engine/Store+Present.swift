import Facts
import Log
import Synchronization

/// Facts that are loaded once and read by many.
struct SharedFacts: Sendable {
  let facts: FactsStore
  let postings: Postings

  /// Makes what readers look up: the index of names on one core, the positions of accounts on the other.
  init(for facts: FactsStore) {
    let found = Mutex<Postings?>(nil)
    Parallel.perform(2) { part in
      if part == 0 { _ = facts.lookupTable } else { let postings = Postings(facts); found.withLock { $0 = postings } }
    }
    (self.facts, postings) = (facts, found.withLock { $0 } ?? Postings(facts))
  }
}

// A store that stays open: its readers go on from what is loaded, and take in what was recorded since.

extension Store {
  /// A snapshot whose facts are loaded, and shared with whoever asks next: with guards, too.
  ///
  /// Complexity: loading the facts; nothing is derived again but the incomplete last stretch.
  public func presentSnapshot() throws -> Snapshot {
    let snapshot = try snapshot()
    let made = SharedFacts(for: try snapshot.base())
    snapshot.share(made)
    shared.withLock { $0 = made }
    return snapshot
  }

  /// Brings a snapshot up to the log's end. Complexity: O(events recorded since).
  ///
  /// - Returns: `false` where a new snapshot is needed, because an event corrects an older one.
  public func grow(_ snapshot: Snapshot) throws -> Bool {
    guard snapshot.size < Int64(log.head.size) else { return true }
    let source = try presentSource()
    return try snapshot.grow(to: source, loading(source))
  }

  /// The log as it stood when the shared facts were loaded, for who reads on from there himself.
  func sharedSnapshot() throws -> Snapshot {
    guard let known = shared.withLock({ $0 }) else { return try snapshot() }
    let source = try presentSource().cut(to: known.facts.size)
    let snapshot = Snapshot(
      catalogue: catalogue, projections: projections, source: source, timeline: timeline, sealing: sealing,
      ruleKinds: ruleKinds, loadFacts: loading(source))
    snapshot.share(known)
    return snapshot
  }
}

extension Snapshot {
  /// Events behind the facts.
  public var tailCount: Int { tail?.count ?? 0 }
}
