import Engine
import Projection
import ReadModels
import Vocabulary
import Wire

/// A page of a read model's rows, as somebody who looks through them asks for it.
public struct ModelPage {
  public static let usualRows = 50

  public let projection: AnyProjection
  /// The rows' own columns with what every row says of where it comes from.
  public let columns: [Column]
  public let lines: [ModelLine]
  public let query: RowQuery
  /// Where the next page begins; `nil` on the last.
  public let next: RowQuery.Place?
  /// Rows that meet the conditions, and whether there are more than were counted.
  public let matching: (count: Int, isAtLeast: Bool)
  public let shelved: ModelShelf.Shelved

  /// Rows that are counted at most, where conditions are set.
  public static let countBound = 10_000

  /// - Parameter seq: see `ModelShelf.model`.
  public init(_ name: String, _ query: RowQuery, view: View, knowing seq: Int64? = nil, on shelf: ModelShelf, in snapshot: Snapshot) throws {
    projection = try snapshot.projection(name)
    columns = ModelRows(projection).columns
    shelved = try shelf.model(name, view: view, knowing: seq, in: snapshot)
    self.query = query
    let model = shelved.model
    var asked = query
    asked.limit = query.limit + 1
    let rows = try shelf.rows(of: model, asked)
    lines = rows.prefix(query.limit).map { ModelLine($0, model.provenance) }
    next = rows.count > query.limit ? lines.last.map { ModelPage.place(of: $0, query, model) } : nil
    if query.conditions.isEmpty {
      matching = (model.count, false)
    } else {
      let count = try model.count(query.conditions, upTo: ModelPage.countBound + 1)
      matching = (min(count, ModelPage.countBound), count > ModelPage.countBound)
    }
  }

  public func cells(of line: ModelLine) -> [Cell] { ModelRows(projection).cells(of: line) }

  private static func place(of line: ModelLine, _ query: RowQuery, _ model: ReadModel) -> RowQuery.Place {
    guard let order = query.order else { return RowQuery.Place(.null, line.subject) }
    if order == "since" { return RowQuery.Place(line.since.map { .instant($0) } ?? .null, line.subject) }
    let value = model.columns.firstIndex { $0.name == order }.map { line.values[$0] } ?? .null
    return RowQuery.Place(value, line.subject)
  }
}

extension Column {
  /// A value of this column as somebody writes it; `nil` where it is none. Money is written in minor units.
  public func value(_ text: String) -> Value? {
    if text.isEmpty { return .null }
    switch kind {
    case .text: return .text(text)
    case .integer, .money, .position, .hundredths: return Int64(text).map { .integer($0) }
    case .flag: return text == "true" ? .flag(true) : text == "false" ? .flag(false) : nil
    case .day: return Day(text).map { .day($0) }
    case .instant: return Instant(text).map { .instant($0) }
    }
  }
}
