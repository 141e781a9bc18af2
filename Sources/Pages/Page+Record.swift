import Answers
import Projection
import Vocabulary

/// A table of a record.
struct RecordTable {
  let heading: Name
  let columns: [Column]
  let rows: [[Cell]]

  init(_ heading: Name, _ columns: [Column], _ rows: [[Cell]]) {
    (self.heading, self.columns, self.rows) = (heading, columns, rows)
  }
}

extension Page {
  /// Facts, warnings, tables and remarks; a table without rows is left out.
  init(
    record title: Name, facts: [(term: Name, value: String)], warnings: [Name] = [], tables: [RecordTable], notes: [Name] = [],
    in language: Language
  ) {
    let tables = tables.flatMap { PageValue.table($0.heading, $0.columns, $0.rows, in: language).items }
    self.init(
      .record, title: title[language], in: language,
      [
        "facts": .facts(facts, in: language), "warnings": .list(warnings.map { .text($0[language]) }),
        "tables": .list(tables), "notes": .list(notes.map { .text($0[language]) }),
      ])
  }
}
