import Answers
import Engine
import Events
import Projection
import ReadModels
import Vocabulary

/// The rows of all read models about one subject.
///
/// A model in use that is what the view asks for gives its row; else the row is judged from the subject's own events,
/// so that what was recorded a moment ago is in it. Questions that rest on all are answered from a model, however old.
struct SubjectRows {
  private(set) var found: [(AnyProjection, ModelLine)] = []

  init(_ subject: String, kind: String, view: View, on shelf: ModelShelf, in snapshot: Snapshot) throws {
    let wanted = snapshot.projections.filter { SubjectRows.speaks($0, of: kind) }
    for projection in wanted {
      let line: ModelLine?
      if let model = try shelf.atHand(projection.name, view: view, in: snapshot) {
        line = try model.row(subject).map { ModelLine($0, model.provenance) }
      } else if projection.needsAll {
        let model = try shelf.model(projection.name, view: view, in: snapshot).model
        line = try model.row(subject).map { ModelLine($0, model.provenance) }
      } else {
        line = try snapshot.row(of: projection.name, subject: subject, view: view)
      }
      if let line { found.append((projection, line)) }
    }
  }

  private static func speaks(_ projection: AnyProjection, of kind: String) -> Bool {
    if projection.needsAll { return true }
    switch projection.key {
    case .account: return kind == EntityKind.customer.word
    case .subject(let own): return own.word == kind
    }
  }
}
