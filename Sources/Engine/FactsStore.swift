import Facts
import Foundation
import Projection
import Vocabulary
import Wire

/// The derived facts of a whole log: a file for each complete stretch of 65,536 events, and one for the rest, which is
/// named after the log's size and root, because what follows the last complete stretch still grows.
///
/// Everything here can be thrown away; what is missing, damaged or made by other declarations is derived again from
/// the lines. An instance is a snapshot of the log as it stood when it was loaded.
final class FactsStore: Sendable {
  /// Events of one stretch, and so of one file.
  static let stretch = Int64(SegmentDeriver.rowLimit)

  let plans: LinePlans
  /// By what derived files of this log are known: the declarations and the log.
  let fingerprint: UInt64
  /// Every stretch in order; the last may be incomplete.
  let stretches: [SegmentFacts]
  /// The single rows of each.
  let rows: [StretchRows]
  let table: SubjectTable
  /// Events that the stretches cover.
  let size: Int64
  /// The texts behind the numbers of the facts.
  let names: LogNames

  private init(
    plans: LinePlans, fingerprint: UInt64, stretches: [SegmentFacts], table: SubjectTable, size: Int64, names: LogNames
  ) {
    self.plans = plans
    self.fingerprint = fingerprint
    self.stretches = stretches
    rows = stretches.compactMap(\.rows)
    self.table = table
    self.size = size
    self.names = names
  }

  /// Which stretch an event that the facts cover is of. Stretches but the last are equally long.
  func stretch(of seq: Int64) -> Int { min(Int(seq) / max(1, stretches[0].count), stretches.count - 1) }

  static func fingerprint(_ plans: LinePlans, _ source: any LineSource) -> UInt64 { plans.fingerprint ^ source.identity }

  /// Positions of the events of these types, ascending.
  func positions(of types: Set<TypeCode>) -> [Int64] { stretches.flatMap { $0.positions(of: types) } }

  /// The table with the index that finding a subject by its name needs.
  var lookupTable: SubjectTable { names.lookup }

  /// Reads what is there and derives what is not.
  ///
  /// - Parameters:
  ///   - stretch: events of one stretch; only tests take another than the usual one.
  ///   - fresh: derive everything anew from the lines, whatever files there are.
  ///   - save: keep what had to be derived; a reader without the right to write passes `false`.
  ///   - refused: places of files that have been found to lie.
  static func load(
    directory: String, plans: LinePlans, source: any LineSource, stretch: Int64 = stretch, fresh: Bool = false, save: Bool,
    refusing refused: Set<Int> = [], progress: Progress = { _, _ in }
  ) throws -> FactsStore {
    let size = source.size
    let fingerprint = fingerprint(plans, source)
    let starts = Array(stride(from: 0, to: size, by: Int(stretch)))
    let names = starts.map { $0 + stretch <= size ? fileName($0) : tailName(source) }
    let files = fresh ? nil : FactsFiles(names.map { directory + "/" + $0 }, fingerprint)
    defer { files?.stop() }
    var table = SubjectTable(accountKind: plans.accountKind)
    var stretches: [SegmentFacts] = []
    var subjectCounts: [Int] = []
    for (place, first) in starts.enumerated() {
      let range = first..<min(first + stretch, size)
      var facts: SegmentFacts
      if let kept = files?.facts(place), !refused.contains(place), kept.first == first, kept.count == range.count,
        kept.follows(table)
      {
        guard kept.applyIfItFits(to: &table) else {
          return try load(
            directory: directory, plans: plans, source: source, stretch: stretch, save: save, refusing: refused.union([place]),
            progress: progress)
        }
        facts = kept
      } else {
        facts = try derive(range, plans: plans, source: source, table: &table)
        if save && source.isWhole { keep(facts, names[place], in: directory, fingerprint) }
      }
      facts.forgetSubjects()  // the table has their names
      stretches.append(facts)
      subjectCounts.append(table.count)
      progress(range.upperBound, size)
    }
    return FactsStore(
      plans: plans, fingerprint: fingerprint, stretches: stretches, table: table, size: size,
      names: LogNames(table, subjectCounts: subjectCounts, stretch: stretch))
  }

  /// The complete stretches as their files have them, each on its own, for who asks nothing that needs the subjects'
  /// names; `nil` where one of them has to be derived first.
  static func kept(directory: String, plans: LinePlans, source: any LineSource) throws -> [SegmentFacts]? {
    let starts = Array(stride(from: 0, to: source.size / stretch * stretch, by: Int(stretch)))
    let files = FactsFiles(starts.map { directory + "/" + fileName($0) }, fingerprint(plans, source))
    defer { files.stop() }
    let whole = starts.enumerated().compactMap { place, first in
      files.facts(place).flatMap { $0.first == first && $0.count == Int(stretch) ? $0 : nil }
    }
    return whole.count == starts.count ? whole : nil
  }

  /// Keeps what was derived for the next time. That this fails, on a full disk, must not fail the question.
  private static func keep(_ facts: SegmentFacts, _ name: String, in directory: String, _ fingerprint: UInt64) {
    let bytes = facts.encoded(fingerprint: fingerprint)
    guard (try? DerivedFile.write(bytes, to: directory + "/" + name)) != nil, name.hasSuffix(tailSuffix) else { return }
    DerivedFile.removeAll(in: directory, suffix: tailSuffix, but: name)
  }

  static func fileName(_ first: Int64) -> String {
    let digits = String(first)
    return String(repeating: "0", count: 20 - digits.count) + digits + ".facts"
  }

  private static let tailSuffix = ".tail.facts"
  /// The name of the incomplete stretch's file: another log, or the same with more events, has another.
  private static func tailName(_ source: any LineSource) -> String { "\(source.size)-\(source.name)" + tailSuffix }

  private static func derive(
    _ range: Range<Int64>, plans: LinePlans, source: any LineSource, table: inout SubjectTable
  ) throws -> SegmentFacts {
    table.prepareLookup()
    var deriver = SegmentDeriver(first: range.lowerBound, plans: plans, table: table)
    try source.forEachLine(in: range) { _, line in try deriver.add(line) }
    return deriver.finish(into: &table)
  }
}
