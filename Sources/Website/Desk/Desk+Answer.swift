import Answers
import Pages
import Projection
import Vocabulary

// Rows of an answer that no read model concluded: rules, contracts, comparisons, findings.

extension Desk {
  /// A value with what it leads to: an event by its number, a subject by its name; a word that weighs has its mark.
  func cell(_ cell: Cell, _ column: Column) -> SiteCell {
    var shown = SiteCell(text(cell, column))
    if column.name == "subject" { (shown.text, shown.href) = (title(of: cell.plain), subjectLink(cell.plain)) }
    if column.kind == .position, case .integer(let seq) = cell { shown.href = eventLink(seq) }
    if case .text(let word) = cell, !column.words.isEmpty { shown.mark = Mark.of(word) }
    return shown
  }

  /// - Parameters:
  ///   - nothing: what is said where there are no rows.
  ///   - adapting: changes what is shown of a cell, where a page knows more.
  func table(
    _ caption: String, _ columns: [Column], _ rows: [[Cell]], nothing: String = "",
    adapting: (Cell, Column, inout SiteCell) -> Void = { _, _, _ in }
  ) -> SiteTable {
    let heads = columns.map { column in
      SiteTable.Head(column.title[language], isNumber: column.kind.isNumeric, isShort: column.kind == .instant || column.kind == .day)
    }
    let cells = rows.map { row in
      zip(columns, row).map { column, cell in
        var shown = self.cell(cell, column)
        adapting(cell, column, &shown)
        return shown
      }
    }
    return SiteTable(caption, heads, cells, nothing: nothing)
  }
}
