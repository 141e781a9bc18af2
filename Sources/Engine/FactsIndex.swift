import Facts
import Log
import Projection
import Synchronization
import Vocabulary
import Wire

/// Tells the log's writer what it need not remember: which ids and subjects the complete stretches hold.
///
/// Opening reads none of it. The first id that is asked for reads the stretches' facts; the first version or list of
/// events also the names of all subjects, and one pass over the facts.
final class FactsIndex: EventIndex {
  private struct State {
    var source: LogSource?
    /// The ids of the complete stretches, each with the first position: nothing else of them stays in memory.
    var ids: [(first: Int64, rows: (UInt32) -> [Int])]?
    var facts: FactsStore?
    /// Events by subject, by kind and number.
    var counts: [[UInt32]]?
  }

  private let directory: String
  private let plans: LinePlans
  private let state = Mutex(State())

  /// - Parameter directory: where facts are kept; what is missing there is derived from the log and added.
  init(directory: String, plans: LinePlans) { (self.directory, self.plans) = (directory, plans) }

  func attach(to log: LogReader) {
    let source = LogSource(log).cut(toMultipleOf: FactsStore.stretch)
    state.withLock { $0.source = source }
  }

  var covered: UInt64 { state.withLock { UInt64($0.source?.size ?? 0) } }

  func find(id: String) throws -> UInt64? {
    let hash = SegmentDeriver.idHash(id)
    return try state.withLock { state throws in
      guard let source = state.source else { return nil }
      for stretch in try ids(&state, source) {
        for row in stretch.rows(hash) {
          let seq = stretch.first + Int64(row)
          var matches = false
          try source.forEachLine(at: [seq]) { _, line in matches = try LineMembers.id(of: line) == id }
          if matches { return UInt64(seq) }
        }
      }
      return nil
    }
  }

  func version(of subject: String, before seq: UInt64) throws -> Int {
    guard seq == covered else { return try events(of: subject, before: seq).count }
    return try state.withLock { state throws in
      guard let facts = try facts(&state), let number = facts.lookupTable.find(subject) else { return 0 }
      let counts = state.counts ?? FactsIndex.count(facts)
      state.counts = counts
      let entry = facts.lookupTable.entry(number)
      let kind = counts[Int(entry.kind)]
      return Int(entry.ordinal) < kind.count ? Int(kind[Int(entry.ordinal)]) : 0
    }
  }

  func events(of subject: String, before seq: UInt64) throws -> [UInt64] {
    try state.withLock { state throws in
      guard let facts = try facts(&state), let number = facts.lookupTable.find(subject) else { return [] }
      let entry = facts.lookupTable.entry(number)
      var found: [UInt64] = []
      var batch = Batch()
      for stretch in facts.stretches where UInt64(stretch.first) < seq {
        stretch.unpack(into: &batch, partition: .whole, before: Int64(seq), subjects: facts.lookupTable)
        for (row, own) in batch.subjects.enumerated() where own.kind == entry.kind && own.ordinal == entry.ordinal {
          found.append(UInt64(stretch.first) + UInt64(row))
        }
      }
      return found.sorted()
    }
  }

  private func ids(_ state: inout State, _ source: LogSource) throws -> [(first: Int64, rows: (UInt32) -> [Int])] {
    if let known = state.ids { return known }
    let stretches = try FactsStore.kept(directory: directory, plans: plans, source: source) ?? facts(&state)?.stretches ?? []
    let found = stretches.map { ($0.first, $0.idIndex) }
    state.ids = found
    return found
  }

  private func facts(_ state: inout State) throws -> FactsStore? {
    if let facts = state.facts { return facts }
    guard let source = state.source, source.size > 0 else { return nil }
    let facts = try FactsStore.load(directory: directory, plans: plans, source: source, save: true)
    (state.facts, state.ids) = (facts, facts.stretches.map { ($0.first, $0.idIndex) })
    return facts
  }

  private static func count(_ facts: FactsStore) -> [[UInt32]] {
    let table = facts.lookupTable
    var counts = table.kinds.indices.map { [UInt32](repeating: 0, count: table.count(ofKind: $0)) }
    var batch = Batch()
    for stretch in facts.stretches {
      stretch.unpack(into: &batch, partition: .whole, before: .max, subjects: table)
      for subject in batch.subjects { counts[Int(subject.kind)][Int(subject.ordinal)] += 1 }
    }
    return counts
  }
}

/// Single members of a canonical line.
enum LineMembers {
  /// The line's `id`, `nil` where it has none.
  static func id(of line: Span<UInt8>) throws -> String? {
    var scanner = JSONScanner(line, at: 1)
    while !scanner.atEnd {
      let name = try scanner.string(of: line)
      try scanner.expect(UInt8(ascii: ":"))
      if name == "id" { return try scanner.string(of: line) }
      try scanner.skipValue()
      guard scanner.accept(UInt8(ascii: ",")) else { return nil }
    }
    return nil
  }
}
