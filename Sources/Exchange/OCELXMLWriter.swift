public import Vocabulary
import Wire
import XML

/// Writes OCEL 2.0 in XML. Types and objects stand before the events there, so that all events are gathered first and
/// added afterwards: `gather` each, `begin`, `add` each, `end`.
public final class OCELXMLWriter {
  private let collection: OCELCollection
  /// Names the events a second time as the first did.
  private let again: OCELCollection
  private let write: (String) throws -> Void

  /// - Parameter write: takes the next piece of the file.
  public init(catalogue: Catalogue, _ write: @escaping (String) throws -> Void) {
    collection = OCELCollection(catalogue: catalogue)
    again = OCELCollection(catalogue: catalogue, gathersObjects: false)
    self.write = write
  }

  /// Takes note of the types and objects of an event.
  public func gather(_ event: Event) { _ = collection.add(event) }

  public func begin() throws {
    collection.finish()
    try write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log>\n")
    try write(types("object", collection.objectTypes) + types("event", collection.eventTypes) + "  <objects>\n")
    for id in collection.order {
      guard let object = collection.objects[id] else { continue }
      let values = object.values.map { attribute, time in
        value(attribute, " time=\"\((time ?? NoteTime.beginning).description)\"")
      }
      let head = "    <object id=\"\(XMLText.escaped(id))\" type=\"\(XMLText.escaped(object.kind ?? ""))\">\n"
      try write(head + content(values, object.relations) + "    </object>\n")
    }
    try write("  </objects>\n  <events>\n")
  }

  public func add(_ event: Event) throws {
    guard let activity = again.add(event) else { return }
    let head = "    <event id=\"\(XMLText.escaped(activity.id))\" type=\"\(XMLText.escaped(activity.type))\""
    try write(
      head + " time=\"\(activity.time)\">\n" + content(activity.attributes.map { value($0, "") }, activity.relations)
        + "    </event>\n")
  }

  public func end() throws { try write("  </events>\n</log>\n") }

  private func types(_ what: String, _ types: [String: [String: Attribute.Kind]]) -> String {
    let items = types.sorted { $0.key < $1.key }.map { name, attributes in
      let list = attributes.sorted { $0.key < $1.key }.map {
        "        <attribute name=\"\(XMLText.escaped($0.key))\" type=\"\($0.value.ocelWord)\"/>\n"
      }
      return "    <\(what)-type name=\"\(XMLText.escaped(name))\">\n      <attributes>\n\(list.joined())      </attributes>\n    </\(what)-type>\n"
    }
    return "  <\(what)-types>\n\(items.joined())  </\(what)-types>\n"
  }

  private func value(_ attribute: Attribute, _ time: String) -> String {
    "        <attribute name=\"\(XMLText.escaped(attribute.name))\"\(time)>\(XMLText.escaped(attribute.value))</attribute>\n"
  }

  private func content(_ values: [String], _ relations: [Relation]) -> String {
    let objects = relations.map {
      "        <relationship object-id=\"\(XMLText.escaped($0.to))\" qualifier=\"\(XMLText.escaped($0.qualifier))\"/>\n"
    }
    return "      <attributes>\n\(values.joined())      </attributes>\n      <objects>\n\(objects.joined())      </objects>\n"
  }
}
