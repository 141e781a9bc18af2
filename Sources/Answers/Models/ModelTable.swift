import Engine
import Projection
import Vocabulary
import Wire

/// The rows that a read model has of one subject, and as many of its columns as a reader of something else needs.
public struct ModelTable {
  public let title: Name
  public let columns: [Column]
  public let rows: [[Cell]]

  /// - Parameters:
  ///   - subject: `nil` for one that is not known: no rows.
  ///   - chosen: names of columns in the order in which they are shown; `nil` for all.
  public init(_ name: String, of subject: String?, columns chosen: [String]? = nil, view: View = .present, in snapshot: Snapshot) throws {
    let projection = try snapshot.projection(name)
    let model = ModelRows(projection)
    title = projection.title
    let places = chosen.map { $0.compactMap { name in model.columns.firstIndex { $0.name == name } } } ?? Array(model.columns.indices)
    columns = places.map { model.columns[$0] }
    let lines = try subject.map { try snapshot.rows(of: name, subject: $0, view: view) } ?? []
    rows = lines.map { line in
      let cells = model.cells(of: line)
      return places.map { cells[$0] }
    }
  }

  /// For programs: an object a row.
  public var json: JSON {
    .array(rows.map { row in .object(JSONObject(zip(columns, row).map { ($0.name, $1.asJSON) })) })
  }
}
