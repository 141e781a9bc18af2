import Answers
import Projection
import Vocabulary

// What the parts that pages share are given.

extension PageValue {
  /// For `facts`: terms with what they are; `–` where that is nothing.
  public static func facts(_ facts: [(term: Name, value: String)], in language: Language) -> PageValue {
    .list(facts.map { .values(["term": .text($0.term[language]), "value": .text($0.value.orDash)]) })
  }

  /// For `table`: a list of one table under a heading; an empty list where it has no rows.
  public static func table(
    _ heading: Name, _ columns: [Column], _ rows: [[Cell]], in language: Language
  ) -> PageValue {
    guard !rows.isEmpty else { return .list([]) }
    let titles: [PageValue] = columns.map { column in
      .values(["title": .text(column.title[language]), "kind": column.kind.page])
    }
    let lines: [PageValue] = rows.map { row in
      let cells: [PageValue] = zip(columns, row).map { column, cell in
        .values(["text": .text(cell.text(in: column, language).orDash), "kind": column.kind.page])
      }
      return .values(["cells": .list(cells)])
    }
    return .list([.values(["heading": .text(heading[language]), "columns": .list(titles), "rows": .list(lines)])])
  }

  /// For `matrix`: rows and columns that name the same things in the same order, then columns of sums. The first column
  /// of `columns` and `rows` names the row. A list of one; empty where there are no rows.
  public static func matrix(
    _ heading: Name, _ columns: [Column], _ rows: [[Cell]], in language: Language
  ) -> PageValue {
    guard let first = columns.first, !rows.isEmpty else { return .list([]) }
    let titles: [PageValue] = columns.dropFirst().map { .values(["title": .text($0.title[language])]) }
    let lines: [PageValue] = rows.enumerated().map { place, row in
      let cells: [PageValue] = zip(columns, row).dropFirst().enumerated().map { number, pair in
        .values(["text": .text(pair.1.text(in: pair.0, language)), "isSame": .flag(number == place)])
      }
      return .values(["head": .text(row[0].text(in: first, language)), "cells": .list(cells)])
    }
    return .list([.values(["heading": .text(heading[language]), "columns": .list(titles), "rows": .list(lines)])])
  }

  /// For `signatures`: lines for those who sign.
  public static func signatures(_ roles: [Name], in language: Language) -> PageValue {
    let date = Name("Date", "日期")[language]
    return .list(roles.map { .text("\($0[language]) / \(date)") })
  }
}

extension PageValue {
  /// The values of a list.
  var items: [PageValue] { if case .list(let values) = self { values } else { [] } }
}

extension Column.Kind {
  /// How the values of a column stand: numbers on the right, times in one line.
  fileprivate var page: PageValue {
    switch self {
    case .integer, .money, .position, .hundredths: .text("n")
    case .day, .instant: .text("t")
    case .text, .flag: .flag(false)
    }
  }
}

extension String {
  /// What stands where there is nothing.
  fileprivate var orDash: String { isEmpty ? "–" : self }
}
