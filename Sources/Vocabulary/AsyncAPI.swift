public import Wire

// Declarations → an AsyncAPI 3.0 document: a channel for each kind of subject, a message for each type.

extension Catalogue {
  /// The document, for programs that read or write events. Its format:
  /// https://www.asyncapi.com/docs/reference/specification/v3.0.0
  public func asyncAPI(guards: [any Guard.Type], version: String) -> JSONObject {
    let kinds = entries.flatMap(\.declaration.subjects).reduce(into: [EntityKind]()) { found, kind in
      if !found.contains(kind) { found.append(kind) }
    }
    let messages = entries.map { ($0.declaration.key, JSON.object(message($0.declaration, guards))) }
    return [
      "asyncapi": "3.0.0",
      "info": [
        "title": "Keshi 客史", "version": .string(version),
        "description": "Events about customers, one line of canonical JSON each. 关于客户的事件，每行一个规范 JSON。",
      ],
      "defaultContentType": "application/json",
      "channels": .object(JSONObject(kinds.map { ($0.word, .object(channel($0))) })),
      "operations": .object(JSONObject(kinds.flatMap { [operation("send", $0), operation("receive", $0)] })),
      "components": [
        "messages": .object(JSONObject(messages)),
        "schemas": .object(JSONObject(schemas + [("envelope", .object(Catalogue.envelope))])),
      ],
    ]
  }

  /// The keys of the messages about a kind of thing.
  private func types(about kind: EntityKind) -> [String] {
    entries.map(\.declaration).filter { $0.subjects.contains(kind) }.map(\.key)
  }

  private var schemas: [(String, JSON)] {
    entries.map(\.declaration).flatMap { declaration in
      [(declaration.key, JSON.object(declaration.componentSchema))]
        + (declaration.mayLackRequired ? [(declaration.sealedKey, .object(declaration.sealedSchema))] : [])
    }
  }

  private func channel(_ kind: EntityKind) -> JSONObject {
    let messages = types(about: kind).map { ($0, JSON.object(["$ref": .string("#/components/messages/" + $0)])) }
    return [
      "address": .string(kind.word + ":{id}"),
      "title": .string("\(kind.title.en) · \(kind.title.zh)"),
      "parameters": ["id": ["description": "What the company calls it; never used again. 公司所用编号，永不重复使用。"]],
      "messages": .object(JSONObject(messages)),
    ]
  }

  /// What a program may do with a channel: record events, or read them.
  private func operation(_ action: String, _ kind: EntityKind) -> (String, JSON) {
    let messages = types(about: kind).map { JSON.object(["$ref": .string("#/channels/\(kind.word)/messages/\($0)")]) }
    let name = (action == "send" ? "record_" : "follow_") + kind.word
    return (
      name,
      .object([
        "action": .string(action), "channel": ["$ref": .string("#/channels/" + kind.word)],
        "messages": .array(messages),
      ])
    )
  }

  private func message(_ declaration: Declaration, _ guards: [any Guard.Type]) -> JSONObject {
    let family = families.first { family in
      entries.contains { $0.declaration.name == declaration.name && $0.code.family == family.code }
    }
    return [
      "name": .string(declaration.name),
      "title": .string("\(declaration.title.en) · \(declaration.title.zh)"),
      "summary": .string(declaration.meaning.map { $0.en + "\n" + $0.zh } ?? declaration.title.en),
      "tags": .array(family.map { [["name": .string($0.title.en)]] } ?? []),
      "payload": ["allOf": .array([["$ref": "#/components/schemas/envelope"]] + payload(of: declaration))],
      "x-reason": .bool(declaration.needsReason),
      "x-four-eyes": .bool(declaration.needsSecondPerson),
      "x-clock": .bool(declaration.drivesClock),
      "x-opens-subject": .bool(declaration.opensSubject),
      "x-recorded-by": .array(declaration.recorders.map { .string($0.word) }),
      "x-decided-by": .array(declaration.approvers.map { .string($0.word) }),
      "x-guards": .array(guards.filter { $0.concerns(declaration) }.map { .string($0.id) }),
    ]
  }

  /// What a line of this type adds to the envelope. Where commitments stand in for personal values, fields that the data
  /// must have otherwise may be missing.
  private func payload(of declaration: Declaration) -> [JSON] {
    let data = { (key: String) -> JSON in ["properties": ["data": ["$ref": .string("#/components/schemas/" + key)]]] }
    let head: JSON = [
      "type": "object",
      "properties": [
        "type": ["const": .string(declaration.name)], "v": ["const": .int(Int64(declaration.version))],
      ],
      "required": .array(["type", "data"] + (declaration.needsReason ? ["reason"] : [])),
    ]
    guard declaration.mayLackRequired else { return [head, data(declaration.key)] }
    return [
      head, ["if": ["required": ["p"]], "then": data(declaration.sealedKey), "else": data(declaration.key)],
    ]
  }

  /// What stands around the data of every event.
  private static var envelope: JSONObject {
    let text: JSON = ["type": "string", "minLength": 1, "maxLength": .int(Int64(Circumstances.lengthLimit))]
    var properties: [(String, JSON)] = Circumstances.members.map { ($0.name, text) }
    properties += [
      ("type", ["type": "string"]), ("subject", ["type": "string", "pattern": "^[a-z-]+:.+$"]),
      ("occurredAt", ["type": "string", "format": "date-time"]),
      ("recordedAt", ["type": "string", "format": "date-time"]),
      ("id", ["type": "string", "minLength": 1, "maxLength": .int(Int64(Event.idLengthLimit))]),
      ("seq", ["type": "integer", "minimum": 0]), ("v", ["type": "integer", "minimum": 1]),
      ("data", ["type": "object"]),
      (
        "p",
        [
          "type": "object", "additionalProperties": ["type": "string", "pattern": "^~?[A-Za-z0-9_-]{43}$"],
          "description": "Commitments to personal values that are not in the data. 代替未载于内容中的个人信息的承诺值。",
        ]
      ),
    ]
    return [
      "type": "object", "properties": .object(JSONObject(properties)),
      "required": ["type", "subject", "occurredAt", "data"],
    ]
  }
}

extension Declaration {
  /// The type's name as a key: letters, digits, `_` and `-` are what all tools take.
  fileprivate var key: String { name.replacing(".", with: "_") }
  fileprivate var sealedKey: String { key + "_sealed" }

  /// Whether a line of the type may lack what its data must have, because the value is personal.
  fileprivate var mayLackRequired: Bool { fields.contains { $0.isRequired && $0.isPersonal } }

  fileprivate var sealedSchema: JSONObject {
    var schema = componentSchema
    schema["required"] = .array(fields.filter { $0.isRequired && !$0.isPersonal }.map { .string($0.name) })
    return schema
  }

  /// The data's schema as part of a document that says itself which draft it follows.
  fileprivate var componentSchema: JSONObject {
    var schema = dataSchema
    schema["$schema"] = nil
    schema["$id"] = nil
    return schema
  }
}
