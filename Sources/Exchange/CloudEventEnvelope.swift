public import Vocabulary
import Wire

/// Our events in the envelope of CloudEvents 1.0.
///
/// `type` is `keshi.` + our name + `.v` + version; `source` names the log; `subject`, `time` and `data` are ours. What
/// else an event's envelope says travels in extension attributes, whose names CloudEvents allows lower-case letters and
/// digits for. Commitments to personal values that are not in `data` travel in `sealed`, as the text of a JSON object,
/// because an attribute has no members.
public enum CloudEventEnvelope {
  static let prefix = "keshi."
  /// How a source begins whose ids are ours.
  static let ownSource = "urn:keshi:"

  /// Extension attributes and the members of the envelope that they carry.
  static let extensions: [(name: String, path: any WritableKeyPath<Circumstances, String?> & Sendable)] = [
    ("actor", \.actor), ("actorname", \.actorName), ("batch", \.batch), ("causationid", \.causedBy),
    ("channel", \.channel), ("correlationid", \.correlation), ("onbehalfof", \.onBehalfOf), ("reason", \.reason),
    ("role", \.role), ("sopversion", \.sopVersion),
  ]

  static let sealed = "sealed"

  /// Attributes that say how an event travelled or was stored elsewhere; they are understood and not kept.
  static let passing: Set<String> = [
    "specversion", "id", "source", "type", "subject", "time", "data", "datacontenttype", "dataschema", "sequence",
    "sequencetype", "recordedtime", "partitionkey", "traceparent", "tracestate", "sampledrate", "data_base64",
  ]

  /// An event as one line of JSON, without its line break.
  ///
  /// - Parameter log: names the log in `source`, so that ids of two logs stay apart.
  public static func line(of event: Event, log: String) -> String { JSON.object(object(of: event, log: log)).canonical }

  static func object(of event: Event, log: String) -> JSONObject {
    var object: JSONObject = [
      "specversion": "1.0", "id": .string(event.id ?? "seq-\(event.seq ?? 0)"), "source": .string(ownSource + log),
      "type": .string("\(prefix)\(event.type).v\(event.version)"), "subject": .string(event.subject.description),
      "time": .string(event.occurredAt.description), "datacontenttype": "application/json",
      "dataschema": .string("urn:keshi:event:\(event.type):\(event.version)"), "data": .object(event.data),
    ]
    for (name, path) in extensions {
      if let text = event.about[keyPath: path] { object[name] = .string(text) }
    }
    if !event.sealed.isEmpty { object[sealed] = .string(JSON.object(event.sealed).canonical) }
    if let recordedAt = event.recordedAt { object["recordedtime"] = .string(recordedAt.description) }
    if let seq = event.seq {
      let digits = String(seq)
      object["sequence"] = .string(String(repeating: "0", count: max(0, 16 - digits.count)) + digits)
    }
    return object
  }

  /// The event that an envelope of one of our types holds. Throws `NoteProblem` or `EventError`.
  static func event(from envelope: SourceJSON, by catalogue: Catalogue, about: Circumstances) throws -> Event {
    try check(envelope)
    let (type, version) = ownType(try text("type", of: envelope))
    guard catalogue.entry(named: type) != nil else { throw EventError(.unknownType(type), at: "type") }
    let source = try text("source", of: envelope)
    let id = try text("id", of: envelope)
    var event: JSONObject = [
      "type": .string(type), "subject": .string(try text("subject", of: envelope)),
      "occurredAt": .string(try time(of: envelope)), "id": .string(source.hasPrefix(ownSource) ? id : source + "#" + id),
    ]
    if let version { event["v"] = .int(version) }
    if let data = envelope["data"] {
      do { event["data"] = try data.strict() } catch { throw NoteProblem.json(error) }
    }
    if envelope[sealed] != nil {
      do { event["p"] = try JSON(parsing: try text(sealed, of: envelope)) } catch let error as JSONError {
        throw NoteProblem.json(error)
      }
    }
    // The circumstances are part of what is checked: some types need a reason.
    var filled = about
    try fill(&filled, from: envelope)
    for (name, path) in Circumstances.members { event[name] = filled[keyPath: path].map { .string($0) } }
    return try Event(reading: .object(event), by: catalogue)
  }

  private static func fill(_ about: inout Circumstances, from envelope: SourceJSON) throws {
    for member in envelope.members where !passing.contains(member.name) && member.name != sealed {
      guard let (_, path) = extensions.first(where: { $0.name == member.name }) else {
        throw NoteProblem.unknownExtension(member.name)
      }
      guard let text = member.value.scalar, !text.isEmpty else {
        throw NoteProblem.badValue(member.name, found: member.value.text)
      }
      guard text.utf8.count <= Circumstances.lengthLimit else {
        throw NoteProblem.tooLong(member.name, limit: Circumstances.lengthLimit)
      }
      about[keyPath: path] = text
    }
  }

  /// Refuses what is no CloudEvent of version 1.0 with JSON data.
  static func check(_ envelope: SourceJSON) throws(NoteProblem) {
    guard case .object = envelope, let version = envelope["specversion"]?.scalar else { throw .notCloudEvent }
    guard version == "1.0" else { throw .version(version) }
    let content = envelope["datacontenttype"]?.scalar ?? "application/json"
    guard envelope["data_base64"] == nil, content.hasPrefix("application/json") || content.contains("+json") else { throw .encoded }
    for name in ["id", "source", "type"] where envelope[name]?.scalar?.isEmpty ?? true { throw .missing(name) }
  }

  private static func text(_ name: String, of envelope: SourceJSON) throws(NoteProblem) -> String {
    guard let text = envelope[name]?.scalar, !text.isEmpty else { throw .missing(name) }
    return text
  }

  private static func time(of envelope: SourceJSON) throws(NoteProblem) -> String {
    let text = try text("time", of: envelope)
    guard let time = NoteTime.read(text) else { throw .badTime(text) }
    return time.description
  }

  /// `keshi.order.placed.v2` → `order.placed`, 2; a name without prefix and version is taken as it is.
  static func ownType(_ text: String) -> (name: String, version: Int64?) {
    var name = text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
    guard let dot = name.lastIndex(of: "."), name[name.index(after: dot)...].first == "v",
      let version = Int64(name[name.index(dot, offsetBy: 2)...])
    else { return (name, nil) }
    name = String(name[..<dot])
    return (name, version)
  }
}
