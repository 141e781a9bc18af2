public import Vocabulary
import Wire

/// Writes OCEL 2.0 in JSON: events as they come, then the objects, then what both have been found to be.
public final class OCELJSONWriter {
  private let collection: OCELCollection
  private let write: (String) throws -> Void
  private var count = 0

  /// - Parameter write: takes the next piece of the file.
  public init(catalogue: Catalogue, _ write: @escaping (String) throws -> Void) {
    collection = OCELCollection(catalogue: catalogue)
    self.write = write
  }

  public func begin() throws { try write("{\"events\":[") }

  public func add(_ event: Event) throws {
    guard let activity = collection.add(event) else { return }
    let members: [(String, String)] = [
      ("id", quoted(activity.id)), ("type", quoted(activity.type)), ("time", quoted(activity.time.description)),
      ("attributes", list(activity.attributes.map { object([("name", quoted($0.name)), ("value", value($0))]) })),
      ("relationships", list(activity.relations.map(relation))),
    ]
    try write((count == 0 ? "\n" : ",\n") + object(members))
    count += 1
  }

  public func end() throws {
    collection.finish()
    try write("\n],\"objects\":[")
    for (place, id) in collection.order.enumerated() {
      guard let found = collection.objects[id] else { continue }
      let attributes = found.values.map { attribute, time in
        object([
          ("name", quoted(attribute.name)), ("time", quoted((time ?? NoteTime.beginning).description)), ("value", value(attribute)),
        ])
      }
      let members = [
        ("id", quoted(id)), ("type", quoted(found.kind ?? "")), ("attributes", list(attributes)),
        ("relationships", list(found.relations.map(relation))),
      ]
      try write((place == 0 ? "\n" : ",\n") + object(members))
    }
    try write("\n],\"eventTypes\":\(types(collection.eventTypes)),\"objectTypes\":\(types(collection.objectTypes))}\n")
  }

  private func types(_ types: [String: [String: Attribute.Kind]]) -> String {
    list(types.sorted { $0.key < $1.key }.map { name, attributes in
      let items = attributes.sorted { $0.key < $1.key }.map { object([("name", quoted($0.key)), ("type", quoted($0.value.ocelWord))]) }
      return "\n" + object([("name", quoted(name)), ("attributes", list(items))])
    })
  }

  private func relation(_ relation: Relation) -> String {
    object([("objectId", quoted(relation.to)), ("qualifier", quoted(relation.qualifier))])
  }

  /// Whole numbers and flags as JSON has them; everything else as the text that it is.
  private func value(_ attribute: Attribute) -> String {
    switch attribute.kind {
    case .integer: Int64(attribute.value).map { String($0) } ?? quoted(attribute.value)
    case .flag where ["true", "false"].contains(attribute.value): attribute.value
    default: quoted(attribute.value)
    }
  }

  private func quoted(_ text: String) -> String { JSON.string(text).canonical }
  private func list(_ items: [String]) -> String { "[" + items.joined(separator: ",") + "]" }
  private func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
  }
}
