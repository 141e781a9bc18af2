import Events
import Vocabulary
import Wire

// What a record keeps of its source, as the source had it.

extension Event {
  var isActivity: Bool { type == Record.noted.declaration.name }
  var isObjectChange: Bool { type == Record.objectChanged.declaration.name }

  /// The attributes of a record, in the order of its source.
  var sourceAttributes: [Attribute] {
    (data["attributes"]?.array ?? []).compactMap { item in
      guard let object = item.object, let name = object["name"]?.string, let value = object["value"]?.string else { return nil }
      let kind = object["kind"]?.string.flatMap { Attribute.Kind(rawValue: $0) } ?? .text
      return Attribute(name, kind, value, level: Int(object["level"]?.int ?? 0))
    }
  }

  /// The relations of a record, by the names that its source has for them.
  var sourceRelations: [Relation] {
    (data["relations"]?.array ?? []).compactMap { item in
      guard let to = item.object?["to"]?.string else { return nil }
      return Relation(Event.sourceName(to), item.object?["qualifier"]?.string ?? "")
    }
  }

  /// What a source calls a subject: a record by its own name, everything else by kind and id.
  static func sourceName(_ subject: String) -> String {
    let prefix = EntityKind.record.word + ":"
    return subject.hasPrefix(prefix) ? String(subject.dropFirst(prefix.count)) : subject
  }

  /// The subjects that the data refers to, with the fields that do.
  func references(by catalogue: Catalogue) -> [(field: String, subject: Subject)] {
    var found: [(String, Subject)] = []
    for field in catalogue.entry(named: type)?.declaration.fields ?? [] {
      if let value = data[field.name] { Event.collect(value, field.kind, field.name, &found) }
    }
    return found
  }

  private static func collect(_ value: JSON, _ kind: Field.Kind, _ name: String, _ found: inout [(String, Subject)]) {
    switch (kind, value) {
    case (.reference(let entity), .string(let id)):
      if let subject = Subject(kind: entity, id: id) { found.append((name, subject)) }
    case (.list(let item, _), .array(let items)): for value in items { collect(value, item, name, &found) }
    case (.record(let fields), .object(let object)):
      for field in fields {
        if let value = object[field.name] { collect(value, field.kind, name + "." + field.name, &found) }
      }
    default: break
    }
  }
}
