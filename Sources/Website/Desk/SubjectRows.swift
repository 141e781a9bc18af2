import Answers
import Engine
import Events
import Projection
import ReadModels
import Vocabulary

/// The rows of all read models about one subject, and about its parts: `employee:E-7/2026-10`.
///
/// A model at hand that is what the view asks for gives its row; else the row is judged from the subject's own events, so
/// that what was recorded a moment ago is in it. Questions that rest on all are answered from a stored model; of a large
/// log seen from another point they would take long, and are `unasked`.
struct SubjectRows {
  private(set) var found: [(projection: AnyProjection, line: ModelLine)] = []
  /// Rows about parts of it, the last first.
  private(set) var parts: [(projection: AnyProjection, lines: [ModelLine])] = []
  private(set) var unasked: [AnyProjection] = []

  /// Rows of parts that are given for each model.
  static let partLimit = 12

  init(_ subject: String, kind: String, view: View, on shelf: ModelShelf, in snapshot: Snapshot) throws {
    let isLong = snapshot.size > shelf.promptEvents
    let shared = try models(of: snapshot.projections.filter { $0.needsAll || isLong && $0.isRegister }, view, shelf, snapshot)
    for projection in snapshot.projections where SubjectRows.speaks(projection, of: kind) {
      if let model = try shared[projection.name] ?? shelf.atHand(projection.name, view: view, in: snapshot) {
        try take(subject, projection, model)
      } else if projection.needsAll {
        unasked.append(projection)
      } else if let line = try? snapshot.row(of: projection.name, subject: subject, view: view) {
        found.append((projection, line))
      }
    }
  }

  /// The models of questions that rest on all, made in one pass where they are not there. Of a long log nobody waits for
  /// that: what is not there yet is unasked, and what rests on all of an account is answered from the model in use too.
  private func models(
    of projections: [AnyProjection], _ view: View, _ shelf: ModelShelf, _ snapshot: Snapshot
  ) throws -> [String: ReadModel] {
    guard snapshot.size > shelf.promptEvents else { return try shelf.models(projections.map(\.name), view: view, in: snapshot).mapValues(\.model) }
    guard view == .present else { return [:] }
    return try shelf.ready(projections.map(\.name), in: snapshot).mapValues(\.model)
  }

  private mutating func take(_ subject: String, _ projection: AnyProjection, _ model: ReadModel) throws {
    if let row = try model.row(subject) { found.append((projection, ModelLine(row, model.provenance))) }
    guard projection.needsAll else { return }
    // Parts stand behind the subject's own row: `/` comes before `0` in the order of bytes.
    let query = RowQuery(descends: true, after: RowQuery.Place(.null, subject + "0"), limit: SubjectRows.partLimit)
    let rows = try model.rows(query).prefix { $0.subject.hasPrefix(subject + "/") }
    if !rows.isEmpty { parts.append((projection, rows.map { ModelLine($0, model.provenance) })) }
  }

  private static func speaks(_ projection: AnyProjection, of kind: String) -> Bool {
    if projection.needsAll { return true }
    switch projection.key {
    case .account: return kind == EntityKind.customer.word
    case .subject(let own): return own.word == kind
    }
  }
}

extension AnyProjection {
  /// Whether its rows rest on everything of an account.
  fileprivate var isRegister: Bool { if case .account = way { true } else { false } }
}
