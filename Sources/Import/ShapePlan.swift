import Vocabulary
import Wire

/// A field's value, ready to be made.
indirect enum ShapePlan {
  case constant(JSON)
  case value(TextPlan, Conversion, isOptional: Bool)
  case record([(name: String, plan: ShapePlan)])
  case list([ShapePlan])
  case split(TextPlan, by: [UInt8], Conversion, isOptional: Bool)

  init(_ shape: FieldSpec.Shape, _ binder: Binder, _ dialect: Dialect) throws(MappingError) {
    switch shape {
    case .value(let spec, let kind):
      let plan = ShapePlan.value(try TextPlan(spec, binder), Conversion(kind, spec, dialect), isOptional: spec.isOptional)
      guard spec.template.constant != nil else {
        self = plan
        return
      }
      // A constant is made once, so that a wrong one is found before any row.
      do { self = .constant(try plan.make(in: Row(file: "")) ?? .null) } catch {
        throw binder.fail(.badConstant(error), spec.spot)
      }
    case .record(let fields): self = .record(try ShapePlan.fields(fields, binder, dialect))
    case .list(let shapes):
      var plans: [ShapePlan] = []
      for shape in shapes { plans.append(try ShapePlan(shape, binder, dialect)) }
      self = .list(plans)
    case .split(let spec, let kind):
      let separator = Array((spec.split ?? "").utf8)
      self = .split(
        try TextPlan(spec, binder), by: separator, Conversion(kind, spec, dialect), isOptional: spec.isOptional)
    }
  }

  static func fields(
    _ specs: [FieldSpec], _ binder: Binder, _ dialect: Dialect
  ) throws(MappingError) -> [(name: String, plan: ShapePlan)] {
    var plans: [(name: String, plan: ShapePlan)] = []
    // In the order of a line, so that members are appended and never inserted.
    for spec in specs.sorted(by: { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }) {
      plans.append((spec.name, try ShapePlan(spec.shape, binder, dialect)))
    }
    return plans
  }

  static func object(_ fields: [(name: String, plan: ShapePlan)], in row: Row) throws(RowProblem) -> JSONObject {
    var object = JSONObject()
    for (name, plan) in fields {
      do {
        if let value = try plan.make(in: row) { object[name] = value }
      } catch {
        throw error.at(name)
      }
    }
    return object
  }

  /// The value, or `nil` where the field is left out.
  func make(in row: Row) throws(RowProblem) -> JSON? {
    switch self {
    case .constant(let value): return value
    case .value(let text, let conversion, let isOptional):
      let range = try text.range(in: row)
      if range.isEmpty {
        if isOptional { return nil }
        throw RowProblem(.blank, at: text.label)
      }
      do { return try conversion.value(of: range, in: row) } catch { throw error.at(text.label) }
    case .record(let fields):
      let object = try ShapePlan.object(fields, in: row)
      return object.isEmpty ? nil : .object(object)
    case .list(let plans):
      var items: [JSON] = []
      for plan in plans {
        if let item = try plan.make(in: row) { items.append(item) }
      }
      return items.isEmpty ? nil : .array(items)
    case .split(let text, let separator, let conversion, let isOptional):
      let range = try text.range(in: row)
      if range.isEmpty {
        if isOptional { return nil }
        throw RowProblem(.blank, at: text.label)
      }
      return .array(try ShapePlan.items(range, separator, conversion, text.label, row))
    }
  }

  private static func items(
    _ range: Range<Int>, _ separator: [UInt8], _ conversion: Conversion, _ label: String, _ row: Row
  ) throws(RowProblem) -> [JSON] {
    var items: [JSON] = []
    var start = range.lowerBound
    while start <= range.upperBound {
      var end = start
      while end < range.upperBound, !row.bytes[end..<range.upperBound].starts(with: separator) { end += 1 }
      let item = row.trimmed(start..<end)
      if !item.isEmpty {
        do { items.append(try conversion.value(of: item, in: row)) } catch { throw error.at(label) }
      }
      start = end + separator.count
      if end == range.upperBound { break }
    }
    return items
  }
}
