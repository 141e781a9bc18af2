import Vocabulary
import Wire

extension Event {
  /// Whether this event is about a subject or refers to it in a declared field.
  func mentions(_ name: String, _ catalogue: Catalogue) -> Bool {
    if subject.description == name { return true }
    guard let fields = catalogue.entry(named: type)?.declaration.fields else { return false }
    return fields.contains { field in data[field.name].map { Event.refers($0, field.kind, to: name) } ?? false }
  }

  private static func refers(_ value: JSON, _ kind: Field.Kind, to name: String) -> Bool {
    switch kind {
    case .reference(let entity): value.string.map { entity.word + ":" + $0 == name } ?? false
    case .subject: value.string == name
    case .list(let item, _): value.array?.contains { refers($0, item, to: name) } ?? false
    case .record(let fields):
      fields.contains { field in value.object?[field.name].map { refers($0, field.kind, to: name) } ?? false }
    case .text, .integer, .currency, .decimal, .day, .instant, .flag, .code, .hash, .body: false
    }
  }
}
