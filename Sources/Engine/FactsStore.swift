import Facts
import Foundation
import Projection
import Wire

/// The derived facts of a whole log: a file for each complete stretch of 65,536 events, and the rest in memory.
///
/// Everything here can be thrown away; what is missing, damaged or made by other declarations is derived again from
/// the lines. An instance is a snapshot of the log as it stood when it was loaded.
final class FactsStore: Sendable {
  /// Events of one stretch, and so of one file.
  static let stretch = Int64(SegmentDeriver.rowLimit)

  let plans: LinePlans
  /// Every stretch in order; the last may be incomplete.
  let stretches: [SegmentFacts]
  let table: SubjectTable
  /// Events that the stretches cover.
  let size: Int64

  private init(plans: LinePlans, stretches: [SegmentFacts], table: SubjectTable, size: Int64) {
    self.plans = plans
    self.stretches = stretches
    self.table = table
    self.size = size
  }

  /// The table with the index that finding a subject by its name needs.
  var lookupTable: SubjectTable {
    var table = table
    table.prepareLookup()
    return table
  }

  /// Reads what is there and derives what is not.
  ///
  /// - Parameters:
  ///   - fresh: derive everything anew from the lines, whatever files there are.
  ///   - save: keep what had to be derived; a reader without the right to write passes `false`.
  static func load(
    directory: String, plans: LinePlans, source: any LineSource, fresh: Bool = false, save: Bool,
    progress: Progress = { _, _ in }
  ) throws -> FactsStore {
    var table = SubjectTable(accountKind: plans.accountKind)
    var stretches: [SegmentFacts] = []
    let size = source.size
    for first in stride(from: 0, to: size, by: Int(stretch)) {
      let range = first..<min(first + stretch, size)
      let complete = range.count == Int(stretch)
      let file = directory + "/" + FactsStore.fileName(first)
      if complete, !fresh, let facts = try? read(file, plans: plans, table: table), facts.first == first {
        facts.apply(to: &table)
        stretches.append(facts)
      } else {
        let facts = try derive(range, plans: plans, source: source, table: &table)
        if complete, save { try DerivedFile.write(facts.encoded(fingerprint: plans.fingerprint), to: file) }
        stretches.append(facts)
      }
      progress(range.upperBound, size)
    }
    return FactsStore(plans: plans, stretches: stretches, table: table, size: size)
  }

  static func fileName(_ first: Int64) -> String {
    let digits = String(first)
    return String(repeating: "0", count: 20 - digits.count) + digits + ".facts"
  }

  private static func read(_ file: String, plans: LinePlans, table: SubjectTable) throws -> SegmentFacts? {
    guard let bytes = try DerivedFile.read(file) else { return nil }
    return try SegmentFacts(decoding: bytes, fingerprint: plans.fingerprint, table: table, file: file)
  }

  private static func derive(
    _ range: Range<Int64>, plans: LinePlans, source: any LineSource, table: inout SubjectTable
  ) throws -> SegmentFacts {
    table.prepareLookup()
    var deriver = SegmentDeriver(first: range.lowerBound, plans: plans, table: table)
    try source.forEachLine(in: range) { _, line in try deriver.add(line) }
    return deriver.finish(into: &table)
  }
}
