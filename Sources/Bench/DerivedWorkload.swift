import Events
public import Facts
public import Projection
public import Vocabulary
public import Wire

/// The workload as a log would hold it after sealing: the encoded facts of its stretches, and all subjects.
public struct DerivedWorkload: Sendable {
  public private(set) var files: [[UInt8]] = []
  public private(set) var table: SubjectTable
  public private(set) var count = 0
  public let plans: LinePlans

  /// Derives the facts of the workload at `path`.
  ///
  /// - Parameter rowsPerFile: at most `SegmentDeriver.rowLimit`.
  public init(path: String, limit: Int = .max, rowsPerFile: Int = SegmentDeriver.rowLimit) throws {
    plans = LinePlans(.keshi)
    table = SubjectTable(accountKind: .customer)
    var lines: [[UInt8]] = []
    var count = 0
    try Workload.forEachEvent(at: path, limit: limit) { event in
      lines.append(event.recordedLine(seq: count))
      count += 1
      guard lines.count == rowsPerFile else { return }
      try derive(lines, first: count - lines.count)
      lines.removeAll(keepingCapacity: true)
    }
    if !lines.isEmpty { try derive(lines, first: count - lines.count) }
    self.count = count
  }

  private mutating func derive(_ lines: [[UInt8]], first: Int) throws {
    table.prepareLookup()
    var deriver = SegmentDeriver(first: Int64(first), plans: plans, table: table)
    for line in lines { try deriver.add(line.span) }
    files.append(deriver.finish(into: &table).encoded(fingerprint: plans.fingerprint))
  }

  /// Decodes all stretches, as opening a log does.
  public func decoded() throws -> [SegmentFacts] {
    var table = SubjectTable(accountKind: .customer)
    return try files.enumerated().map { place, bytes in
      guard let facts = try SegmentFacts(
        decoding: bytes, fingerprint: plans.fingerprint, table: table, file: "facts \(place)")
      else { throw FactsError.damaged(file: "facts \(place)", what: "other declarations made it") }
      facts.apply(to: &table)
      return facts
    }
  }
}

extension Event {
  /// The canonical line that a log would write at `seq`, recorded at one time for all events.
  public func recordedLine(seq: Int) -> [UInt8] {
    let parts = lineParts
    var line = Text(capacity: 400)
    line.bytes.append(contentsOf: parts.head)
    line.append("\"recordedAt\":\"2026-01-01T00:00:00Z\"," as StaticString)
    line.bytes.append(contentsOf: parts.middle)
    line.append("\"seq\":" as StaticString)
    line.append(Int64(seq))
    line.bytes.append(contentsOf: parts.tail)
    return line.bytes
  }
}

/// One worker's part of a rebuild: its customers' facts, folded from all stretches.
public func rebuild(
  _ segments: [SegmentFacts], accounts: Int, _ partition: Partition, asOf now: Instant
) -> [BenchRow] {
  let folds = BenchFolds(partition)
  folds.reserve(accounts)
  var batch = Batch()
  for facts in segments {
    facts.unpack(into: &batch, partition: partition, before: .max, subjects: nil)
    folds.fold(batch, until: now)
  }
  return folds.rows(asOf: now)
}
