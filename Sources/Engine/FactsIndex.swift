import Facts
import Log
import Projection
import Synchronization
import Vocabulary
import Wire

/// Tells the log's writer what it need not remember: which ids and subjects the complete stretches hold.
///
/// Counting events by subject takes one pass over the facts, made when the first expectation asks for it.
final class FactsIndex: EventIndex {
  private let store: FactsStore
  private let table: SubjectTable
  private let source: any LineSource & Sendable
  private let counts = Mutex<[[UInt32]]?>(nil)
  let covered: UInt64

  init(_ store: FactsStore, source: any LineSource & Sendable) {
    self.store = store
    self.source = source
    table = store.lookupTable
    covered = UInt64(store.size / FactsStore.stretch * FactsStore.stretch)
  }

  private var complete: ArraySlice<SegmentFacts> { store.stretches.prefix(Int(covered / UInt64(FactsStore.stretch))) }

  func find(id: String) throws -> UInt64? {
    let hash = SegmentDeriver.idHash(id)
    for stretch in complete {
      for row in stretch.rows(withIDHash: hash) {
        let seq = stretch.first + Int64(row)
        var matches = false
        try source.forEachLine(at: [seq]) { _, line in matches = try LineMembers.id(of: line) == id }
        if matches { return UInt64(seq) }
      }
    }
    return nil
  }

  func version(of subject: String, before seq: UInt64) throws -> Int {
    guard seq == covered else { return try events(of: subject, before: seq).count }
    guard let number = table.find(subject) else { return 0 }
    let entry = table.entry(number)
    return counts.withLock { counts in
      if counts == nil { counts = count() }
      let kind = counts?[Int(entry.kind)] ?? []
      return Int(entry.ordinal) < kind.count ? Int(kind[Int(entry.ordinal)]) : 0
    }
  }

  private func count() -> [[UInt32]] {
    var counts = table.kinds.indices.map { [UInt32](repeating: 0, count: table.count(ofKind: $0)) }
    var batch = Batch()
    for stretch in complete {
      stretch.unpack(into: &batch, partition: .whole, before: .max, subjects: table)
      for subject in batch.subjects { counts[Int(subject.kind)][Int(subject.ordinal)] += 1 }
    }
    return counts
  }

  func events(of subject: String, before seq: UInt64) throws -> [UInt64] {
    guard let number = table.find(subject) else { return [] }
    let entry = table.entry(number)
    var found: [UInt64] = []
    var batch = Batch()
    for stretch in complete where UInt64(stretch.first) < seq {
      stretch.unpack(into: &batch, partition: .whole, before: Int64(seq), subjects: table)
      for (row, own) in batch.subjects.enumerated() where own.kind == entry.kind && own.ordinal == entry.ordinal {
        found.append(UInt64(stretch.first) + UInt64(row))
      }
    }
    return found.sorted()
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
