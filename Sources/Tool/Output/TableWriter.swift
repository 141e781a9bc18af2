import Projection
import Vocabulary

/// Rows for people: aligned columns, in the language of the command.
///
/// The first rows decide how wide the columns are, so that a table of a million rows needs no more memory than one of a
/// thousand.
final class TableWriter: RowWriter {
  /// Rows that are looked at before the first is given.
  static let sample = 1_000
  /// The narrowest that a column becomes where the terminal is too narrow.
  static let narrowest = 6
  private static let gap = "  "

  private let columns: [Column]
  private let sink: any Sink
  /// Columns of the terminal; `nil` where nothing is cut.
  private let limit: Int?
  private var waiting: [[String]] = []
  private var widths: [Int]?
  private(set) var count = 0

  init(_ columns: [Column], on console: Console) {
    self.columns = columns
    sink = console.output
    limit = console.outputIsTerminal ? console.columns : nil
  }

  func write(_ row: [Cell]) throws(SinkError) {
    waiting.append(cells(of: row))
    count += 1
    if widths != nil || waiting.count >= TableWriter.sample { try release() }
  }

  func flush() throws(SinkError) {
    try release()
    try sink.flush()
  }

  func finish() throws(SinkError) { try flush() }

  /// Gives the rows that wait. An empty table has not even a header.
  private func release() throws(SinkError) {
    guard !waiting.isEmpty else { return }
    if widths == nil { try head() }
    for row in waiting { try sink.write(line(row)) }
    waiting.removeAll(keepingCapacity: true)
  }

  private func head() throws(SinkError) {
    let titles = columns.map { $0.title[Speech.language] }
    var widths = titles.map(\.displayWidth)
    for row in waiting {
      for (place, text) in row.enumerated() { widths[place] = max(widths[place], text.displayWidth) }
    }
    if let limit { TableWriter.shrink(&widths, to: limit) }
    self.widths = widths
    try sink.write(line(titles))
    try sink.write(line(widths.map { String(repeating: "─", count: $0) }))
  }

  /// Takes from the widest column until the table fits, or no column can give.
  static func shrink(_ widths: inout [Int], to limit: Int) {
    var excess = widths.reduce(0, +) + gap.count * (widths.count - 1) - limit
    while excess > 0, let widest = widths.max(), widest > narrowest, let place = widths.firstIndex(of: widest) {
      widths[place] -= 1
      excess -= 1
    }
  }

  private func line(_ cells: [String]) -> String {
    guard let widths else { return "" }
    var text = ""
    for (place, cell) in cells.enumerated() {
      let shown = limit == nil ? cell : cell.cut(toWidth: widths[place])
      let isLast = place == cells.count - 1
      let isNumber = columns[place].kind.isNumeric
      text += isLast && !isNumber ? shown : shown.padded(toWidth: widths[place], onTheLeft: isNumber)
      if !isLast { text += TableWriter.gap }
    }
    while text.last == " " { text.removeLast() }
    return (limit.map { text.cut(toWidth: $0) } ?? text) + "\n"
  }
}

// What stands in a cell for people.
extension TableWriter {
  private func cells(of row: [Cell]) -> [String] {
    let currency = columns.firstIndex { $0.name == "cur" }.map { row[$0].plain }
    return zip(columns, row).map { column, cell in
      TableWriter.text(cell, in: column, currency: currency).withoutControls
    }
  }

  static func text(_ cell: Cell, in column: Column, currency: String? = nil) -> String {
    switch cell {
    case .text(let text) where !column.words.isEmpty:
      column.words.first { $0.text == text }?.title[Speech.language] ?? text
    case .integer(let number) where column.kind == .money:
      [number.asMoney, currency ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    case .flag(let flag): flag ? "✓" : "✗"
    default: cell.plain
    }
  }
}

extension Column.Kind {
  var isNumeric: Bool {
    switch self {
    case .integer, .money, .position: true
    case .text, .day, .instant, .flag: false
    }
  }
}

extension Int64 {
  /// Minor units with two decimals and a comma between the thousands: `-1,234.50`.
  var asMoney: String {
    var whole = String(magnitude / 100)
    var place = whole.count - 3
    while place > 0 {
      whole.insert(",", at: whole.index(whole.startIndex, offsetBy: place))
      place -= 3
    }
    let cents = magnitude % 100
    return (self < 0 ? "-" : "") + whole + "." + (cents < 10 ? "0" : "") + String(cents)
  }
}
