import Answers
import Projection
import Vocabulary

/// Rows for people: aligned columns, in the language of the command.
///
/// The first rows decide how wide the columns are, so that a table of a million rows needs no more memory than one of a
/// thousand. On a terminal that is too narrow, texts are cut first; then columns at the right are left out, and the
/// person is told which.
final class TableWriter: RowWriter {
  /// Rows that are looked at before the first is given.
  static let sample = 1_000
  private static let gap = "  "

  private let columns: [Column]
  private let console: Console
  /// Columns of the terminal; `nil` where nothing is cut.
  private let limit: Int?
  private var waiting: [[String]] = []
  /// The widths of the columns that are shown, once they are decided.
  private var widths: [Int]?
  private(set) var count = 0

  init(_ columns: [Column], on console: Console) {
    self.columns = columns
    self.console = console
    limit = console.outputIsTerminal ? console.columns : nil
  }

  func write(_ row: [Cell]) throws(SinkError) {
    waiting.append(Column.texts(of: row, in: columns, Speech.language))
    count += 1
    if widths != nil || waiting.count >= TableWriter.sample { try release() }
  }

  func flush() throws(SinkError) {
    try release()
    try console.output.flush()
  }

  func finish() throws(SinkError) {
    try flush()
    guard let widths, widths.count < columns.count else { return }
    let names = columns[widths.count...].map(\.name).joined(separator: ", ")
    console.remark(
      Name(
        "No room for \(names). Use a wider terminal, or --format csv.", "以下各列放不下：\(names)。请用更宽的终端，或 --format csv。"))
  }

  /// Gives the rows that wait. An empty table has not even a header.
  private func release() throws(SinkError) {
    guard !waiting.isEmpty else { return }
    if widths == nil { try head() }
    for row in waiting { try console.output.write(line(row)) }
    waiting.removeAll(keepingCapacity: true)
  }

  private func head() throws(SinkError) {
    let titles = columns.map { $0.title[Speech.language] }
    var contents = columns.map { _ in 0 }
    for row in waiting {
      for (place, text) in row.enumerated() { contents[place] = max(contents[place], text.displayWidth) }
    }
    let natural = zip(titles, contents).map { max($0.displayWidth, $1) }
    let least = zip(columns, contents).map { $0.kind == .text ? min($1, TableWriter.narrowestText) : $1 }
    let widths = limit.map { TableWriter.fit(natural, least: least, to: $0) } ?? natural
    self.widths = widths
    try console.output.write(line(titles))
    try console.output.write(line(widths.map { String(repeating: "─", count: $0) }))
  }

  private func line(_ cells: [String]) -> String {
    guard let widths else { return "" }
    var text = ""
    for (place, width) in widths.enumerated() {
      let cell = limit == nil ? cells[place] : cells[place].cut(toWidth: width)
      text += cell.padded(toWidth: width, onTheLeft: columns[place].kind.isNumeric)
      if place < widths.count - 1 { text += TableWriter.gap }
    }
    while text.last == " " { text.removeLast() }
    return text + "\n"
  }
}

// How a table gets into a terminal.
extension TableWriter {
  /// What is left of a text at least.
  static let narrowestText = 12
  /// What is left of a title at least.
  static let narrowest = 4

  /// Widths that fit into `limit`: from the widest is taken, as long as each keeps its least; then the last columns are
  /// left out. The first column is always there.
  static func fit(_ natural: [Int], least: [Int], to limit: Int) -> [Int] {
    var widths = natural
    let least = zip(natural, least).map { min($0, max($1, narrowest)) }
    func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + gap.count * (widths.count - 1) }
    while widths.count > 1, total(Array(least[..<widths.count])) > limit { widths.removeLast() }
    while total(widths) > limit {
      let givers = widths.indices.filter { widths[$0] > least[$0] }
      guard let widest = givers.max(by: { widths[$0] < widths[$1] }) else { return [min(widths[0], limit)] }
      widths[widest] -= 1
    }
    return widths
  }
}
