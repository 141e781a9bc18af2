import Engine
import Projection
import Vocabulary
import Wire

// For spreadsheets: one row a changed subject.
extension RuleDiffAnswer {
  public var columns: [Column] {
    [
      Column("subject", .text, "Subject", "主体"),
      Column("from", .text, "From", "原结论", words: comparison.projection.outcomes),
      Column("to", .text, "To", "新结论", words: comparison.projection.outcomes),
      Column("since", .instant, "Since", "起始"), Column("firstDifference", .instant, "First difference", "首次分歧"),
      Column("event", .position, "Event", "依据事件"), Column("eventType", .text, "Type", "事件类型"),
      Column("grade", .text, "Grade", "等级"), Column("owner", .text, "Owner", "负责人"),
      Column("money", .text, "Money concerned", "涉及金额"),
    ]
  }

  public var rows: some Sequence<[Cell]> { report.entries.lazy.map { cells(of: $0) } }

  private func cells(of entry: RuleDiffReport.Entry) -> [Cell] {
    let row = entry.change.row
    let outcomes = comparison.projection.outcomes
    return [
      .text(entry.change.subject), Cell(row.oldOutcome.word(in: outcomes)?.text),
      Cell(row.newOutcome.word(in: outcomes)?.text), Cell(row.new?.since), Cell(entry.first?.at), Cell(entry.first?.event.seq),
      Cell(entry.first?.event.event.type), Cell(entry.grade), Cell(entry.owner), .text(RuleDiffAnswer.text(of: entry.money)),
    ]
  }

  /// `revenue12m CNY 1200; contractsInForce CNY 5000`, in minor units.
  private static func text(of money: [Amount]) -> String {
    money.map { "\($0.measure.text) \($0.currency) \($0.minor)" }.joined(separator: "; ")
  }
}

// For people.
extension RuleDiffAnswer {
  /// `Revenue of 12 months CNY 1,200.00`
  public static func text(of money: [Amount], in language: Language) -> String {
    money.map { "\($0.measure.title[language]) \($0.currency) \($0.minor.asMoney)" }.joined(separator: "; ")
  }

  /// Everyone concerned, the money in words.
  public func people(in language: Language) -> [[Cell]] {
    report.entries.map { entry in
      cells(of: entry).dropLast() + [.text(RuleDiffAnswer.text(of: entry.money, in: language))]
    }
  }
}

// The parts that terminals and pages show.
extension RuleDiffAnswer {
  public static var fieldColumns: [Column] {
    [
      Column("field", .text, "Field", "字段"), Column("title", .text, "Meaning", "含义"), Column("from", .text, "From", "原值"),
      Column("to", .text, "To", "新值"),
    ]
  }

  public func fields(in language: Language) -> [[Cell]] {
    report.fields.map { field in
      [
        .text(field.name), .text(field.title[language]), field.old.map { .json($0) } ?? .null,
        field.new.map { .json($0) } ?? .null,
      ]
    }
  }

  /// Outcomes that at least one subject has by either rule.
  private var present: [Outcome] {
    let all = (0..<comparison.differences.width).map { Outcome(place: $0) }
    return all.filter { outcome in
      all.contains { comparison.count(from: outcome, to: $0) + comparison.count(from: $0, to: outcome) > 0 }
    }
  }

  public var matrixColumns: [Column] {
    [Column("from", .text, "From", "原结论")]
      + present.map { Column("to\($0.place)", .integer, title($0).en, title($0).zh) }
      + [Column("sum", .integer, "Sum", "合计")]
  }

  public func matrix(in language: Language) -> [[Cell]] {
    present.map { old in
      let counts = present.map { Int64(comparison.count(from: old, to: $0)) }
      return [.text(title(old)[language])] + counts.map { .integer($0) } + [.integer(counts.reduce(0, +))]
    }
  }

  public static var conditionColumns: [Column] {
    [
      Column("condition", .text, "Condition", "条件"), Column("from", .integer, "From", "原数"),
      Column("to", .integer, "To", "新数"),
    ]
  }

  /// Conditions of which the count changes.
  public func conditions(in language: Language) -> [[Cell]] {
    let differences = comparison.differences
    return comparison.projection.conditions.enumerated().compactMap { place, word in
      let (old, new) = (differences.heldBefore[place], differences.heldAfter[place])
      return old == new ? nil : [.text(word.title[language]), .integer(Int64(old)), .integer(Int64(new))]
    }
  }

  public static var totalColumns: [Column] {
    [
      Column("name", .text, "Name", "名称"), Column("count", .integer, "Subjects", "主体数"),
      Column("money", .text, "Money concerned", "涉及金额"),
    ]
  }

  public func totals(in language: Language, by property: (RuleDiffReport.Entry) -> String?) -> [[Cell]] {
    report.totals(by: property).map { total in
      [
        .text(total.name ?? "–"), .integer(Int64(total.count)), .text(RuleDiffAnswer.text(of: total.money, in: language)),
      ]
    }
  }
}
