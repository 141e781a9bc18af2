import Projection
import Vocabulary

/// One part of a report: a table, what it rests on, and how it may be drawn.
public struct ReportSection: Sendable {
  /// For programs: `won-by-month`.
  public let id: String
  public let heading: Name
  /// Which variant of a figure this is, and what was left out.
  public let note: Name?
  public let columns: [Column]
  public let rows: [[Cell]]
  public let chart: ReportChart?
  /// Columns of shares of which a page shades the greater darker.
  public let shaded: Set<String>

  init(
    _ id: String, _ heading: Name, note: Name? = nil, _ columns: [Column], _ rows: [[Cell]], chart: ReportChart? = nil,
    shaded: Set<String> = []
  ) {
    (self.id, self.heading, self.note, self.columns, self.rows, self.shaded) = (id, heading, note, columns, rows, shaded)
    self.chart = rows.isEmpty ? nil : chart
  }
}

/// A drawing of columns of the table beside it. It shows nothing that the table does not say.
public struct ReportChart: Sendable {
  public enum Form: Sendable {
    /// Lying bars, one a row: for things that are compared.
    case bars
    /// Standing bars, one a row: for periods.
    case columns
    /// A line over the rows, with a band where two more columns give its bounds.
    case line
  }
  public let form: Form
  /// The column that names the rows.
  public let label: String
  public let value: String
  /// The columns of the lower and the upper bound.
  public let bounds: (lower: String, upper: String)?

  init(_ form: Form, _ value: String, by label: String, bounds: (lower: String, upper: String)? = nil) {
    (self.form, self.label, self.value, self.bounds) = (form, label, value, bounds)
  }
}

/// A figure at the head of a report, beside that of the period before.
public struct ReportFigure: Sendable {
  public enum Unit: Sendable, Equatable {
    case count
    /// Minor units.
    case money(String)
    case percent
    case days
    case score
  }
  public let id: String
  public let title: Name
  public let unit: Unit
  /// `nil` where it is undefined: a rate of nobody.
  public let value: Double?
  public let before: Double?
  /// How it is computed.
  public let definition: Name
  /// The interval of 95 %, where there is one.
  public let interval: (lower: Double, upper: Double)?

  init(
    _ id: String, _ title: Name, _ unit: Unit, _ value: Double?, before: Double?, _ definition: Name,
    interval: (lower: Double, upper: Double)? = nil
  ) {
    (self.id, self.title, self.unit, self.value, self.before) = (id, title, unit, value, before)
    (self.definition, self.interval) = (definition, interval)
  }
}

/// What a report says, before it is shown anywhere.
struct ReportContents {
  var figures: [ReportFigure]
  var sections: [ReportSection]
}
