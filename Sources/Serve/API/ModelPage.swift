import Answers
import Engine
import Projection
import ReadModels
import Vocabulary
import Wire

/// A page of a read model's rows, in the order of their subjects.
///
/// The present is answered from the read model in use, which may lag behind the log; the answer says by how much. Another
/// view, or one that must rest on a newer event, is folded and judged now.
public struct ModelPage {
  public let columns: [Column]
  public let rows: [[Cell]]
  /// The cursor of the next page; `nil` where this is the last.
  public let next: String?
  /// Number of the newest event that the rows rest on.
  public let position: Int64

  public init(_ inquiry: Inquiry) throws {
    try inquiry.awaitPosition()
    try self.init(
      inquiry["model"], view: inquiry.view(), after: inquiry.query["after"], limit: inquiry.limit(),
      atLeast: inquiry.minimumPosition, of: inquiry.office)
  }

  /// - Parameters:
  ///   - after: the last subject of the page before.
  ///   - minimum: the rows must rest on this event too.
  public init(
    _ name: String, view: View = .present, after: String? = nil, limit: Int, atLeast minimum: Int64? = nil, of office: Office
  ) throws {
    let projection = try office.projection(name)
    let shape = ModelRows(projection)
    columns = shape.columns
    var lines: [ModelLine] = []
    if view == .present, let model = try office.models.model(projection), minimum ?? 0 < model.provenance.position {
      lines = try model.rows(after: after, limit: min(limit + 1, 10_000)).map { ModelLine($0, model.provenance) }
      position = model.provenance.position - 1
    } else {
      let head = office.head
      var known: Int64?
      try office.store.rows(of: projection.name, view: view) { line in
        known = line.position - 1
        guard lines.count <= limit, after.map({ $0.utf8.lexicographicallyPrecedes(line.subject.utf8) }) ?? true else { return }
        lines.append(line)
      }
      position = known ?? head - 1
    }
    next = lines.count > limit ? lines[limit - 1].subject : nil
    rows = lines.prefix(limit).map { shape.cells(of: $0) }
  }
}

extension Inquiry {
  /// What was asked for, with another value of a name in the query.
  func target(with name: String, _ value: String) -> String {
    let path = target.prefix { $0 != "?" }
    let rest = query.all.filter { $0.name != name }.map { "\($0.name.escapedForQuery)=\($0.value.escapedForQuery)" }
    return path + "?" + (rest + ["\(name)=\(value.escapedForQuery)"]).joined(separator: "&")
  }
}
