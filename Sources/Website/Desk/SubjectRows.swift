import Answers
import Engine
import Events
import Projection
import ReadModels
import Vocabulary

/// The rows of all read models about one subject, and about its parts: `employee:E-7/2026-10`.
///
/// What rests on the subject's own events is judged from them, so that what was recorded a moment ago is in it, and so that
/// it costs the same in a large log as in a small one. Questions that rest on all are answered from the models in use, which
/// may know fewer events; seen from another point everybody would have to be judged as of then, so of a large log they are
/// `unasked`.
struct SubjectRows {
  private(set) var found: [(projection: AnyProjection, line: ModelLine)] = []
  /// Rows about parts of it, the last first.
  private(set) var parts: [(projection: AnyProjection, lines: [ModelLine])] = []
  private(set) var unasked: [AnyProjection] = []
  /// Events that the oldest of the models that were read does not know.
  private(set) var behind: Int64 = 0

  /// Rows of parts that are given for each model.
  static let partLimit = 12

  /// - Parameter reading: the subject's events; `nil` for one that no event is about.
  init(_ subject: String, kind: String, _ reading: SubjectReading?, view: View, on shelf: ModelShelf, in snapshot: Snapshot) throws {
    let shared = try SubjectRows.models(of: snapshot.projections.filter(\.needsAll), view, shelf, snapshot)
    let speaking = snapshot.projections.filter { SubjectRows.speaks($0, of: kind) }
    var own = try reading?.rows(of: speaking.filter { !$0.needsAll })[...] ?? []
    for projection in speaking {
      if !projection.needsAll {
        if let line = own.popFirst()?.first(where: { $0.subject == subject }) { found.append((projection, line)) }
      } else if let shelved = shared[projection.name] {
        if try shelf.has(kind, in: shelved.model) { try take(subject, projection, shelved) }
      } else {
        unasked.append(projection)
      }
    }
  }

  /// The models of questions that rest on all, made in one pass where there are none yet. Of a long log nobody waits for
  /// that: what is not there yet is unasked.
  private static func models(
    of projections: [AnyProjection], _ view: View, _ shelf: ModelShelf, _ snapshot: Snapshot
  ) throws -> [String: ModelShelf.Shelved] {
    let names = projections.map(\.name)
    guard snapshot.size > shelf.promptEvents else { return try shelf.models(names, view: view, in: snapshot) }
    return view == .present ? try shelf.ready(names, in: snapshot) : [:]
  }

  private mutating func take(_ subject: String, _ projection: AnyProjection, _ shelved: ModelShelf.Shelved) throws {
    let model = shelved.model
    let (row, rest) = (try model.row(subject), try model.parts(of: subject, limit: SubjectRows.partLimit))
    if let row { found.append((projection, ModelLine(row, model.provenance))) }
    if !rest.isEmpty { parts.append((projection, rest.map { ModelLine($0, model.provenance) })) }
    if row != nil || !rest.isEmpty { behind = max(behind, shelved.behind) }
  }

  private static func speaks(_ projection: AnyProjection, of kind: String) -> Bool {
    if projection.needsAll { return true }
    switch projection.key {
    case .account: return kind == EntityKind.customer.word && projection.isAbout(kind)
    case .subject(let own): return own.word == kind
    }
  }
}
