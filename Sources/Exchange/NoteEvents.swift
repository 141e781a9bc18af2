import Events
public import Vocabulary
import Wire

/// Notes → events, where no mapping says what they mean: a CloudEvent of one of our types becomes that event, what a
/// process log says becomes a record.
public struct NoteEvents: Sendable {
  private let catalogue: Catalogue

  public init(_ catalogue: Catalogue) { self.catalogue = catalogue }

  /// Throws `NoteProblem` or `EventError` where the note cannot be recorded.
  public func event(of note: Note, about: Circumstances) throws -> Event {
    var event: Event
    switch note {
    case .cloud(let envelope): event = try CloudEventEnvelope.event(from: envelope, by: catalogue, about: about)
    case .activity(let activity): event = try NoteEvents.event(of: activity, about: about)
    case .object(let object): event = try NoteEvents.event(of: object, about: about)
    }
    guard let entry = catalogue.entry(named: event.type) else { throw EventError(.unknownType(event.type), at: "type") }
    try event.check(against: entry.declaration)
    if let id = event.id, id.utf8.count > Event.idLengthLimit {
      throw EventError(.tooLong(bytes: id.utf8.count, limit: Event.idLengthLimit), at: "id")
    }
    return event
  }

  private static func event(of note: ActivityNote, about: Circumstances) throws -> Event {
    let subject = try subject(note.trace?.name ?? note.relations.first?.to ?? "log")
    var data: JSONObject = ["activity": .string(note.activity)]
    if let id = note.id { data["source"] = .string(id) }
    try fill(&data, note.attributes, note.relations)
    var event = Event(Record.noted, subject, at: note.time, data)
    event.about = about
    if let resource = note.attributes.text("org:resource"), resource.utf8.count <= Circumstances.lengthLimit {
      event.about.actor = resource
    }
    let name = note.trace.map { "\($0.name):\($0.place)" } ?? note.id ?? ""
    event.id = identity(note.trace == nil ? "ocel" : "xes", name, event)
    return event
  }

  private static func event(of note: ObjectNote, about: Circumstances) throws -> Event {
    var data: JSONObject = [:]
    if let kind = note.kind { data["kind"] = .string(kind) }
    try fill(&data, note.attributes, note.relations)
    var event = Event(Record.objectChanged, try subject(note.id), at: note.time ?? NoteTime.beginning, data)
    event.about = about
    event.id = identity(note.kind == nil ? "xes" : "ocel", note.id, event)
    return event
  }

  /// An id that says where the event comes from, and by its digest what it says: the same file again gives the same ids,
  /// and another log that numbers its events alike gives others.
  private static func identity(_ format: String, _ name: String, _ event: Event) -> String {
    var content = event.json
    for (member, _) in Circumstances.members where member != "actor" { content[member] = nil }
    return "\(format):\(name):\(Digest.hex(of: JSON.object(content).canonical))"
  }

  /// `customer:4` where the source names an object as we do, else a record under the source's name.
  private static func subject(_ id: String) throws -> Subject {
    if let subject = Subject(id), Record.noted.declaration.subjects.contains(where: { $0.word == subject.kind }) { return subject }
    guard let subject = Subject(kind: .record, id: id) else {
      throw EventError(.badSubject(EntityKind.record.word + ":" + id), at: "subject")
    }
    return subject
  }

  private static func fill(_ data: inout JSONObject, _ attributes: [Attribute], _ relations: [Relation]) throws {
    if !attributes.isEmpty {
      data["attributes"] = .array(attributes.map { attribute in
        var object: JSONObject = [
          "name": .string(attribute.name), "kind": .string(attribute.kind.rawValue), "value": .string(attribute.value),
        ]
        if attribute.level > 0 { object["level"] = .int(Int64(attribute.level)) }
        return .object(object)
      })
    }
    if !relations.isEmpty {
      data["relations"] = .array(try relations.map { relation in
        guard !relation.to.isEmpty else { throw NoteProblem.missing("object id") }
        var object: JSONObject = ["to": .string(try subject(relation.to).description)]
        if !relation.qualifier.isEmpty { object["qualifier"] = .string(relation.qualifier) }
        return .object(object)
      })
    }
  }
}

/// A short name for a content: FNV-1a of 64 bits, in hexadecimal. It tells contents apart, it proves nothing.
enum Digest {
  static func hex(of text: String) -> String {
    let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
