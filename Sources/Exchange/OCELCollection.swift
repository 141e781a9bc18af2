import Events
import Vocabulary
import Wire

/// Events as OCEL 2.0 sees them: each is handed back at once; the objects that they concern are gathered.
///
/// Memory: the objects with their attributes and relations, and the ids of the events.
final class OCELCollection {
  struct Activity {
    let id: String
    let type: String
    let time: Instant
    let attributes: [Attribute]
    let relations: [Relation]
  }

  struct Object {
    var kind: String?
    /// Values with their times; `nil`: from the beginning on.
    var values: [(attribute: Attribute, time: Instant?)] = []
    var relations: [Relation] = []
    fileprivate var related: Set<Relation> = []
  }

  private(set) var objects: [String: Object] = [:]
  /// In the order of their first mention.
  private(set) var order: [String] = []
  /// Types → attributes → kinds, for events and for objects.
  private(set) var eventTypes: [String: [String: Attribute.Kind]] = [:]
  private(set) var objectTypes: [String: [String: Attribute.Kind]] = [:]
  private var ids: Set<String> = []
  private let catalogue: Catalogue
  private let gathersObjects: Bool

  /// - Parameter gathersObjects: `false` where the events alone are wanted, and their objects are known elsewhere.
  init(catalogue: Catalogue, gathersObjects: Bool = true) {
    (self.catalogue, self.gathersObjects) = (catalogue, gathersObjects)
  }

  /// The event as OCEL has it; `nil` for what speaks of an object alone.
  func add(_ event: Event) -> Activity? {
    if event.isObjectChange {
      if gathersObjects { change(event) }
      return nil
    }
    let activity = event.isActivity ? noted(event) : ours(event)
    for attribute in activity.attributes {
      OCELCollection.declare(attribute, of: activity.type, in: &eventTypes)
    }
    if eventTypes[activity.type] == nil { eventTypes[activity.type] = [:] }
    return activity
  }

  /// Declares what is known of the objects' types. Call it when all events are in.
  func finish() {
    for id in order {
      let kind = kind(of: id)
      objects[id]?.kind = kind
      if objectTypes[kind] == nil { objectTypes[kind] = [:] }
      for (attribute, _) in objects[id]?.values ?? [] { OCELCollection.declare(attribute, of: kind, in: &objectTypes) }
    }
  }

  private func kind(of id: String) -> String {
    objects[id]?.kind ?? Subject(id).flatMap { subject in isKnown(subject.kind) ? subject.kind : nil } ?? EntityKind.record.word
  }

  private func isKnown(_ kind: String) -> Bool { Record.noted.declaration.subjects.contains { $0.word == kind } || kind == "rule" }

  private func mention(_ id: String) {
    if gathersObjects, objects[id] == nil {
      objects[id] = Object()
      order.append(id)
    }
  }

  private func relate(_ id: String, _ relation: Relation) {
    guard gathersObjects else { return }
    mention(id)
    mention(relation.to)
    guard objects[id]?.related.insert(relation).inserted == true else { return }
    objects[id]?.relations.append(relation)
  }

  private func change(_ event: Event) {
    let id = Event.sourceName(event.subject.description)
    mention(id)
    if let kind = event.data["kind"]?.string { objects[id]?.kind = kind }
    let time = event.occurredAt == NoteTime.beginning ? nil : event.occurredAt
    for attribute in OCELCollection.flat(event.sourceAttributes) { objects[id]?.values.append((attribute, time)) }
    for relation in event.sourceRelations { relate(id, relation) }
  }

  private func noted(_ event: Event) -> Activity {
    var relations = event.sourceRelations
    let subject = Event.sourceName(event.subject.description)
    if relations.isEmpty { relations = [Relation(subject, "case")] }
    for relation in relations { mention(relation.to) }
    return Activity(
      id: unique(event.data["source"]?.string ?? event.id ?? "seq-\(event.seq ?? 0)", event),
      type: event.data["activity"]?.string ?? event.type, time: event.occurredAt,
      attributes: OCELCollection.flat(event.sourceAttributes), relations: relations)
  }

  private func ours(_ event: Event) -> Activity {
    let subject = event.subject.description
    mention(subject)
    var relations = [Relation(subject, "subject")]
    for (field, other) in event.references(by: catalogue) {
      let relation = Relation(other.description, field)
      if !relations.contains(relation) { relations.append(relation) }
      if other != event.subject { relate(subject, relation) }
    }
    var attributes = FlatData.values(of: event, by: catalogue)
      .map { Attribute($0.name, $0.kind, $0.text) }
    for (name, path) in Circumstances.members {
      if let text = event.about[keyPath: path] { attributes.append(Attribute("about." + name, .text, text)) }
    }
    changes(of: event)
    return Activity(
      id: unique(event.id ?? "seq-\(event.seq ?? 0)", event), type: event.type, time: event.occurredAt,
      attributes: attributes, relations: relations)
  }

  /// A list `changes` of `field` and `after` says how attributes of the subject changed.
  private func changes(of event: Event) {
    for item in event.data["changes"]?.array ?? [] {
      guard let field = item.object?["field"]?.string, let after = item.object?["after"]?.string else { continue }
      objects[event.subject.description]?.values.append((Attribute(field, .text, after), event.occurredAt))
    }
  }

  /// Two logs in one may number their events alike; the later event is then told apart by its place in our log.
  private func unique(_ id: String, _ event: Event) -> String {
    if ids.insert(id).inserted { return id }
    let other = "\(id) #\(event.seq ?? 0)"
    ids.insert(other)
    return other
  }

  /// OCEL's attributes have no depth and each name once; deeper ones are named after those that hold them.
  static func flat(_ attributes: [Attribute]) -> [Attribute] {
    var path: [String] = []
    var used: Set<String> = []
    return attributes.compactMap { attribute in
      path = Array(path.prefix(attribute.level)) + [attribute.name]
      guard attribute.kind != .list, attribute.kind != .container else { return nil }
      var name = path.joined(separator: ".")
      while !used.insert(name).inserted { name += "'" }
      return Attribute(name, attribute.kind == .id ? .text : attribute.kind, attribute.value)
    }
  }

  /// An attribute that has values of two kinds is one of texts.
  private static func declare(_ attribute: Attribute, of type: String, in types: inout [String: [String: Attribute.Kind]]) {
    let known = types[type]?[attribute.name]
    types[type, default: [:]][attribute.name] = known == nil || known == attribute.kind ? attribute.kind : .text
  }
}

extension Attribute.Kind {
  /// OCEL's word.
  var ocelWord: String {
    switch self {
    case .time: "time"
    case .integer: "integer"
    case .decimal: "float"
    case .flag: "boolean"
    case .text, .id, .list, .container: "string"
    }
  }
}
