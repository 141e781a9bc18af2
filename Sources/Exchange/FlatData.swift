import Vocabulary
import Wire

/// An event's data as named values without depth: members of records by `outer.inner`, lists as JSON.
enum FlatData {
  struct Value {
    let name: String
    let kind: Attribute.Kind
    let text: String
    let json: JSON
  }

  static func values(of data: JSONObject, by declaration: Declaration?) -> [Value] {
    var values: [Value] = []
    for member in data.members {
      add(member.value, member.name, declaration?.field(named: member.name)?.kind, to: &values)
    }
    return values
  }

  /// The names that events of a type may have, in the order of its declaration.
  static func names(of fields: [Field], below prefix: String = "") -> [String] {
    fields.flatMap { field -> [String] in
      if case .record(let inner) = field.kind { return names(of: inner, below: prefix + field.name + ".") }
      return [prefix + field.name]
    }
  }

  private static func add(_ value: JSON, _ name: String, _ kind: Field.Kind?, to values: inout [Value]) {
    if case .object(let object) = value, case .record(let fields)? = kind {
      for member in object.members {
        add(member.value, name + "." + member.name, fields.first { $0.name == member.name }?.kind, to: &values)
      }
      return
    }
    values.append(Value(name: name, kind: attributeKind(value, kind), text: text(value), json: value))
  }

  private static func attributeKind(_ value: JSON, _ kind: Field.Kind?) -> Attribute.Kind {
    switch (value, kind) {
    case (.int, _): .integer
    case (.bool, _): .flag
    case (.string, .instant?): .time
    case (.string, .decimal?): .decimal
    default: .text
    }
  }

  private static func text(_ value: JSON) -> String {
    switch value {
    case .string(let text): text
    case .int(let number): String(number)
    case .bool(let flag): flag ? "true" : "false"
    case .null: ""
    case .array, .object: value.canonical
    }
  }
}
