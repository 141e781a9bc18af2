import Vocabulary

/// What quarantine may repeat of a row: what the lines of the section's events would say in the clear, and no more.
///
/// A line of the log holds no personal value, so that the value can be erased; an erasure does not look into quarantine.
/// So cells that feed only personal fields, and cells that no event takes, are not repeated: file and line name the row.
struct OpenPart {
  /// Columns whose cells may be repeated.
  private let cells: [(name: String, place: Int)]
  /// Columns, fields and members of the envelope whose values a reason may quote.
  private let names: Set<String>

  init(_ spec: SectionSpec, _ binder: Binder) {
    var (open, closed) = (Uses(binder.mapping.lookups), Uses(binder.mapping.lookups))
    for event in spec.events {
      for value in [event.subject, event.at, event.id] + event.members.map(\.value) { open.add(value) }
      open.names.formUnion(["subject", "id"] + event.members.map(\.name))
      for field in event.data {
        if event.declaration.field(named: field.name)?.isPersonal ?? true { closed.add(field) } else { open.add(field) }
      }
    }
    cells = (binder.columns ?? []).enumerated().filter { open.columns.contains($1) }.map { ($1, $0) }
    names = open.names.subtracting(closed.names).union(open.columns)
  }

  /// The cells of a row that may be repeated, by their columns; blank ones are left out.
  func cells(of row: Row) -> [(name: String, text: String)] {
    cells.filter { row.cells.indices.contains($0.place) && !row.cells[$0.place].isEmpty }
      .map { ($0.name, row.string(row.cells[$0.place])) }
  }

  /// - Parameter place: where a problem is: a column, a field, or a path such as `data.lines[2].qty`.
  func mayQuote(_ place: String) -> Bool {
    names.contains(place) || names.contains(String(place.split { $0 == "." || $0 == "[" }.dropFirst().first ?? ""))
  }

  /// The columns and fields that some values use.
  private struct Uses {
    var columns: Set<String> = []
    var names: Set<String> = []
    private let lookups: [LookupSpec]

    init(_ lookups: [LookupSpec]) { self.lookups = lookups }

    mutating func add(_ value: ValueSpec) {
      for case .hole(let hole) in value.template.parts {
        columns.insert(hole.name)
        let table = hole.name.prefix { $0 != "." }
        if let spec = lookups.first(where: { $0.name == table }) { columns.insert(spec.by.name) }
      }
    }

    mutating func add(_ field: FieldSpec) {
      names.insert(field.name)
      add(field.shape)
    }

    private mutating func add(_ shape: FieldSpec.Shape) {
      switch shape {
      case .value(let value, _), .split(let value, _): add(value)
      case .record(let fields): for field in fields { add(field) }
      case .list(let shapes): for shape in shapes { add(shape) }
      }
    }
  }
}

extension RowProblem {
  /// Whether the row was split into cells before the problem was found.
  var cellsAreWhole: Bool {
    switch reason {
    case .unclosedQuote, .textAfterQuote, .tooLong, .notDecodable, .columns, .note: false
    default: true
    }
  }

  /// The problem as quarantine may tell it.
  func told(by open: OpenPart?) -> RowProblem {
    if case .refused(let error) = reason {
      let place = at.isEmpty ? error.path : at
      // What names an event stands in its line; what its data holds may be personal.
      let isOpen = open?.mayQuote(place) ?? !place.hasPrefix("data")
      return isOpen || place == "subject" ? self : RowProblem(.refused(error.withoutQuotation), at: at)
    }
    return open?.mayQuote(at) ?? true ? self : RowProblem(unquoted, at: at)
  }

  private static let hidden = "…"

  private var unquoted: Reason {
    switch reason {
    case .notNumber: .notNumber(RowProblem.hidden)
    case .notWhole(_, let scale): .notWhole(RowProblem.hidden, scale: scale)
    case .numberTooLarge: .numberTooLarge(RowProblem.hidden)
    case .notDate(_, let patterns): .notDate(RowProblem.hidden, patterns: patterns)
    case .notComparable: .notComparable(RowProblem.hidden)
    case .notMapped: .notMapped(RowProblem.hidden)
    case .notFlag: .notFlag(RowProblem.hidden)
    case .notFound(_, let lookup): .notFound(key: RowProblem.hidden, lookup: lookup)
    case .unclosedQuote, .textAfterQuote, .tooLong, .notDecodable, .columns, .blank, .repeatedID, .refused, .note, .declared,
      .idle:
      reason
    }
  }
}

extension EventError {
  /// The same error without what was found.
  fileprivate var withoutQuotation: EventError {
    switch reason {
    case .badFormat(let expected, _): EventError(.badFormat(expected: expected, found: "…"), at: path)
    case .notInList(_, let allowed): EventError(.notInList("…", allowed: allowed), at: path)
    case .badSubject: EventError(.badSubject("…"), at: path)
    case .outOfRange(_, let range):
      EventError(
        .refused(Name("is outside \(range.lowerBound)…\(range.upperBound)", "超出 \(range.lowerBound)…\(range.upperBound)")), at: path)
    default: self
    }
  }
}
