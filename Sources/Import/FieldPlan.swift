import Vocabulary
import Wire

/// A field of an event's data, or of a record in it: its name as a line has it, and what is written behind.
struct FieldPlan {
  private let name: String
  /// `"name":`
  private let prefix: [UInt8]
  private let plan: ShapePlan
  /// The declaration; `nil` only where a mapping's shape fits no field, which is found by the check.
  private let field: Field?

  /// In the order of a line.
  static func list(
    _ specs: [FieldSpec], of fields: [Field], _ binder: Binder, _ dialect: Dialect
  ) throws(MappingError) -> [FieldPlan] {
    var plans: [FieldPlan] = []
    for spec in specs.sorted(by: { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }) {
      let field = fields.first { $0.name == spec.name }
      var prefix = Text()
      prefix.append(quoted: spec.name)
      prefix.append(UInt8(ascii: ":"))
      let plan = try ShapePlan(spec.shape, field?.kind ?? .body, binder, dialect)
      plans.append(FieldPlan(name: spec.name, prefix: prefix.bytes, plan: plan, field: field))
    }
    return plans
  }

  private init(name: String, prefix: [UInt8], plan: ShapePlan, field: Field?) {
    (self.name, self.prefix, self.plan, self.field) = (name, prefix, plan, field)
  }

  /// Writes an object of the fields that are not blank; leaves it out where all are.
  static func write(_ fields: [FieldPlan], _ row: Row, into text: inout Text) throws(RowProblem) -> ShapePlan.Outcome {
    let start = text.bytes.count
    var outcome = ShapePlan.Outcome.fits
    text.append(UInt8(ascii: "{"))
    for place in fields.indices {
      switch try fields[place].write(row, isFirst: text.bytes.count == start + 1, into: &text) {
      case .leftOut: if fields[place].field?.isRequired ?? true { outcome = .unsure }
      case let member: outcome = outcome && member
      }
    }
    guard text.bytes.count > start + 1 else {
      text.drop(from: start)
      return .leftOut
    }
    text.append(UInt8(ascii: "}"))
    return outcome
  }

  private func write(_ row: Row, isFirst: Bool, into text: inout Text) throws(RowProblem) -> ShapePlan.Outcome {
    let mark = text.bytes.count
    if !isFirst { text.append(UInt8(ascii: ",")) }
    text.bytes.append(contentsOf: prefix)
    let outcome: ShapePlan.Outcome
    do { outcome = try plan.write(row, into: &text) } catch { throw error.at(name) }
    if outcome == .leftOut { text.drop(from: mark) }
    return outcome
  }
}

/// An event's data.
struct DataPlan {
  private let fields: [FieldPlan]
  private let declared: [Field]
  private let needsNone: Bool

  init(_ specs: [FieldSpec], of declaration: Declaration, _ binder: Binder, _ dialect: Dialect) throws(MappingError) {
    fields = try FieldPlan.list(specs, of: declaration.fields, binder, dialect)
    declared = declaration.fields
    needsNone = !declared.contains(where: \.isRequired)
  }

  /// Writes the data, checked. Throws what the row lacks, or what the declaration refuses.
  func write(_ row: Row, into text: inout Text) throws(RowProblem) {
    let start = text.bytes.count
    switch try FieldPlan.write(fields, row, into: &text) {
    case .fits: return
    case .leftOut:
      text.append("{}" as StaticString)
      if needsNone { return }
    case .unsure: break
    }
    do throws(EventError) {
      let written: JSON
      do throws(JSONError) { written = try JSON(parsing: Array(text.bytes[start...])) } catch {
        throw EventError(.json(error.reason, offset: error.offset), at: "data")
      }
      try Field.check(written.object ?? [:], against: declared, at: "data")
    } catch {
      throw RowProblem(.refused(error))
    }
  }
}
