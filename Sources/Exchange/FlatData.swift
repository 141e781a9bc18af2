import Vocabulary
import Wire

/// An event's data as named values without depth: members of records by `outer.inner`, lists as JSON. For a
/// personal value that is not there stands its commitment.
enum FlatData {
  struct Value {
    let name: String
    let kind: Attribute.Kind
    let text: String
    let json: JSON
  }

  static func values(of event: Event, by catalogue: Catalogue) -> [Value] {
    let declaration = catalogue.entry(named: event.type)?.declaration
    var values: [Value] = []
    for member in event.data.members {
      add(member.value, member.name, declaration?.field(named: member.name)?.kind, to: &values)
    }
    for member in event.sealed.members where event.data[member.name] == nil {
      values.append(Value(name: member.name, kind: .text, text: text(member.value), json: member.value))
    }
    return values
  }

  /// The names that events of a type may have, in the order of its declaration.
  static func names(of fields: [Field], below prefix: String = "") -> [String] {
    fields.flatMap { field -> [String] in
      let name = prefix + field.name
      guard case .record(let inner) = field.kind else { return [name] }
      // A record that tells of a person is one commitment where its members may not be seen.
      return (field.isPersonal ? [name] : []) + names(of: inner, below: name + ".")
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
