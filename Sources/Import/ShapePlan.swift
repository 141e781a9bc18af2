import Vocabulary
import Wire

/// A field's value, ready to be written into a line.
///
/// Each plan also tells whether what it wrote fits its field for certain. Where it cannot tell, the value is read again
/// and checked by the declaration, which then also says what is wrong: so there is one word on what fits.
indirect enum ShapePlan {
  /// What came of writing.
  enum Outcome {
    /// Blank, and therefore left out.
    case leftOut
    case fits
    /// Written; whether it fits must be checked.
    case unsure

    static func && (a: Outcome, b: Outcome) -> Outcome { a == .fits ? b : .unsure }
  }

  case constant([UInt8])
  case value(ValuePlan)
  case record([FieldPlan])
  case list([ShapePlan], limit: Int)
  case split(ValuePlan, by: [UInt8], limit: Int)

  init(_ shape: FieldSpec.Shape, _ kind: Field.Kind, _ binder: Binder, _ dialect: Dialect) throws(MappingError) {
    switch (shape, kind) {
    case (.value(let spec, let kind), _):
      let plan = try ValuePlan(spec, kind, binder, dialect)
      guard spec.template.constant != nil else {
        self = .value(plan)
        return
      }
      // A constant is made once, so that a wrong one is found before any row.
      var text = Text()
      do { _ = try plan.write(Row(file: ""), into: &text) } catch {
        throw binder.fail(.badConstant(error), spec.spot)
      }
      self = text.bytes.isEmpty ? .value(plan) : .constant(text.bytes)
    case (.record(let specs), .record(let fields)):
      self = .record(try FieldPlan.list(specs, of: fields, binder, dialect))
    case (.record(let specs), _): self = .record(try FieldPlan.list(specs, of: [], binder, dialect))
    case (.list(let shapes), let kind):
      var (item, limit) = (kind, 0)
      if case .list(let inner, let most) = kind { (item, limit) = (inner, most) }
      var plans: [ShapePlan] = []
      for shape in shapes { plans.append(try ShapePlan(shape, item, binder, dialect)) }
      self = .list(plans, limit: limit)
    case (.split(let spec, let kind), let list):
      var limit = 0
      if case .list(_, let most) = list { limit = most }
      self = .split(try ValuePlan(spec, kind, binder, dialect), by: Array((spec.split ?? "").utf8), limit: limit)
    }
  }

  func write(_ row: Row, into text: inout Text) throws(RowProblem) -> Outcome {
    switch self {
    case .constant(let bytes):
      text.bytes.append(contentsOf: bytes)
      return .unsure
    case .value(let plan): return try plan.write(row, into: &text)
    case .record(let fields): return try FieldPlan.write(fields, row, into: &text)
    case .list(let plans, let limit): return try ShapePlan.write(plans, limit, row, into: &text)
    case .split(let plan, let separator, let limit): return try ShapePlan.write(plan, separator, limit, row, into: &text)
    }
  }

  /// A list of the items that are not blank; left out where all are.
  private static func write(
    _ plans: [ShapePlan], _ limit: Int, _ row: Row, into text: inout Text
  ) throws(RowProblem) -> Outcome {
    let start = text.bytes.count
    var outcome = plans.count <= limit ? Outcome.fits : .unsure
    text.append(UInt8(ascii: "["))
    for plan in plans {
      let mark = text.bytes.count
      if mark > start + 1 { text.append(UInt8(ascii: ",")) }
      switch try plan.write(row, into: &text) {
      case .leftOut: text.drop(from: mark)
      case let item: outcome = outcome && item
      }
    }
    guard text.bytes.count > start + 1 else {
      text.drop(from: start)
      return .leftOut
    }
    text.append(UInt8(ascii: "]"))
    return outcome
  }

  /// A list of what stands in one cell.
  private static func write(
    _ plan: ValuePlan, _ separator: [UInt8], _ limit: Int, _ row: Row, into text: inout Text
  ) throws(RowProblem) -> Outcome {
    guard let range = try plan.range(in: row) else { return .leftOut }
    var (outcome, count) = (Outcome.fits, 0)
    text.append(UInt8(ascii: "["))
    var start = range.lowerBound
    while start <= range.upperBound {
      var end = start
      while end < range.upperBound, !row.bytes[end..<range.upperBound].starts(with: separator) { end += 1 }
      let item = row.trimmed(start..<end)
      if !item.isEmpty {
        if count > 0 { text.append(UInt8(ascii: ",")) }
        outcome = outcome && (try plan.write(item, of: row, into: &text))
        count += 1
      }
      start = end + separator.count
      if end == range.upperBound { break }
    }
    text.append(UInt8(ascii: "]"))
    return count <= limit ? outcome : .unsure
  }
}

/// A value made of one text.
final class ValuePlan {
  private let text: TextPlan
  private let conversion: Conversion
  private let fit: Fit
  private let isOptional: Bool

  init(_ spec: ValueSpec, _ kind: Field.Kind, _ binder: Binder, _ dialect: Dialect) throws(MappingError) {
    text = try TextPlan(spec, binder)
    conversion = Conversion(kind, spec, dialect)
    fit = Fit(kind)
    isOptional = spec.isOptional
  }

  /// The text; `nil` where it is blank and may be. Throws where it is blank and may not.
  func range(in row: Row) throws(RowProblem) -> Range<Int>? {
    let range = try text.range(in: row)
    if !range.isEmpty { return range }
    if isOptional { return nil }
    throw RowProblem(.blank, at: text.label)
  }

  func write(_ row: Row, into line: inout Text) throws(RowProblem) -> ShapePlan.Outcome {
    guard let range = try range(in: row) else { return .leftOut }
    return try write(range, of: row, into: &line)
  }

  /// Writes the value of a text that is not blank.
  func write(_ range: Range<Int>, of row: Row, into line: inout Text) throws(RowProblem) -> ShapePlan.Outcome {
    let start = line.bytes.count
    do { try conversion.write(range, of: row, into: &line) } catch { throw error.at(text.label) }
    return fit.holds(line.bytes, from: start) ? .fits : .unsure
  }
}
