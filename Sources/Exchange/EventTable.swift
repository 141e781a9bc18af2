public import Vocabulary
import Wire

/// Events as rows of a table: what the log and the envelope say, then a column for each member that the data of the
/// chosen types may have.
public struct EventTable {
  public let columns: [String]
  private let places: [String: Int]
  private let catalogue: Catalogue
  private static let heads = ["seq", "recordedAt", "id", "type", "v", "subject", "occurredAt"]

  /// - Parameter types: the names of the types that the rows have.
  public init(_ types: some Sequence<String>, catalogue: Catalogue) {
    self.catalogue = catalogue
    var columns = EventTable.heads + Circumstances.members.map(\.name)
    var known = Set(columns)
    for type in types {
      guard let declaration = catalogue.entry(named: type)?.declaration else { continue }
      for name in FlatData.names(of: declaration.fields).map({ "data." + $0 }) where known.insert(name).inserted {
        columns.append(name)
      }
    }
    self.columns = columns
    places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
  }

  /// A row after RFC 4180, with its line break.
  public func line(of event: Event) -> String { EventTable.line(cells(of: event)) }

  /// The row of the columns' names.
  public var head: String { EventTable.line(columns) }

  private func cells(of event: Event) -> [String] {
    var cells = [String](repeating: "", count: columns.count)
    cells[0] = event.seq.map { String($0) } ?? ""
    cells[1] = event.recordedAt?.description ?? ""
    cells[2] = event.id ?? ""
    cells[3] = event.type
    cells[4] = String(event.version)
    cells[5] = event.subject.description
    cells[6] = event.occurredAt.description
    for (place, member) in Circumstances.members.enumerated() {
      cells[EventTable.heads.count + place] = event.about[keyPath: member.path] ?? ""
    }
    for value in FlatData.values(of: event, by: catalogue) {
      if let place = places["data." + value.name] { cells[place] = value.text }
    }
    return cells
  }

  private static func line(_ cells: [String]) -> String { cells.map(quoted).joined(separator: ",") + "\r\n" }

  private static func quoted(_ cell: String) -> String {
    guard cell.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return cell }
    return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
