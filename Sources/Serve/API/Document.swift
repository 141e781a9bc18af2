import AccessControl
import Answers
import Engine
import Events
import HTTPTypes
import Vocabulary
import Wire

/// The API's document, OpenAPI 3.1, made from the table of routes and the declarations of events: what is not there is not
/// answered, and the other way round.
enum Document {
  static let path = "/api/v1/openapi.json"

  static let route: Route = Route(
    .get, path, needs: nil, "This document", "本文档", work: .quick, operation: Operation("getDocument")
  ) { _ in
    Reply(
      headers: [.contentType: "application/json", .cacheControl: "public, max-age=300"], body: .bytes(Array(whole.canonical.utf8)))
  }

  /// Made once.
  private static let whole: JSON = .object(make(API.routes + [route]))

  static func make(_ routes: [Route]) -> JSONObject {
    let paths = Dictionary(grouping: routes.filter { $0.operation != nil }, by: \.path).sorted { $0.key < $1.key }
    return [
      "openapi": "3.1.0",
      "info": [
        "title": "Keshi 客史", "version": "1",
        "description": "What happened between a company and its customers, and what follows from it. 公司与客户之间发生的一切，及由此得出的结论。",
      ],
      "servers": [["url": "/"]],
      "security": [["token": []]],
      "paths": .object(JSONObject(paths.map { path, routes in
        (path, .object(JSONObject(routes.map { ($0.method.rawValue.lowercased(), .object(operation($0))) })))
      })),
      "components": ["securitySchemes": ["token": ["type": "http", "scheme": "bearer"]], "schemas": .object(schemas)],
    ]
  }

  private static func operation(_ route: Route) -> JSONObject {
    guard let operation = route.operation else { return [:] }
    var object: JSONObject = [
      "operationId": .string(operation.id), "summary": .string("\(route.title.en) · \(route.title.zh)"),
      "tags": .array([.string(tag(route.path))]),
      "x-needs": route.needs.map { .string($0.rawValue) } ?? .null,
    ]
    if route.needs == nil { object["security"] = .array([]) }
    let parameters = names(in: route.path).map(pathParameter) + operation.parameters.map(parameter)
    if !parameters.isEmpty { object["parameters"] = .array(parameters) }
    if !operation.bodies.isEmpty {
      let content = operation.bodies.map { ($0.type, JSON.object(["schema": $0.schema])) }
      object["requestBody"] = ["required": .bool(operation.id != "startRebuild"), "content": .object(JSONObject(content))]
    }
    object["responses"] = .object(responses(operation, route))
    return object
  }

  private static func tag(_ path: String) -> String {
    let parts = path.split(separator: "/").map(String.init)
    return parts.first == "api" && parts.count > 2 ? parts[2] : "operations"
  }

  /// Names in braces of a path.
  static func names(in path: String) -> [String] {
    path.split(separator: "/").filter { $0.hasPrefix("{") && $0.hasSuffix("}") }.map { String($0.dropFirst().dropLast()) }
  }

  private static func pathParameter(_ name: String) -> JSON {
    var schema: JSON = ["type": "string", "minLength": 1]
    if name == "seq" || name == "version" { schema = ["type": "string", "pattern": "^[0-9]{1,15}$"] }
    return ["name": .string(name), "in": "path", "required": true, "schema": schema]
  }

  private static func parameter(_ parameter: Operation.Parameter) -> JSON {
    [
      "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
      "description": .string("\(parameter.meaning.en) \(parameter.meaning.zh)"), "schema": parameter.schema,
      "required": .bool(parameter.isRequired),
    ]
  }

  private static func responses(_ operation: Operation, _ route: Route) -> JSONObject {
    let content = JSON.object(JSONObject([(operation.replyType, JSON.object(["schema": operation.reply]))]))
    let good: JSON = ["description": .string("\(route.title.en) · \(route.title.zh)"), "content": content]
    var responses = JSONObject([(String(operation.status), good)])
    // A repetition, and a rehearsal, make nothing.
    if operation.status == 201 { responses["200"] = good }
    responses["default"] = [
      "description": "What went wrong, what is unharmed and what to do · 出错、未受影响之处与处理方法",
      "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
    ]
    return responses
  }
}

extension Document {
  private static var schemas: JSONObject {
    let own: JSONObject = [
      "Problem": problem, "Event": event, "CloudEvent": cloudEvent, "Receipts": receipts, "Command": command, "Decision": decision,
      "Job": job, "RebuildOrder": rebuildOrder, "EvidenceOrder": evidenceOrder,
    ]
    let data = Catalogue.keshi.entries.map { entry in
      var schema = entry.declaration.dataSchema
      (schema["$schema"], schema["$id"]) = (nil, nil)
      return ("data." + entry.declaration.name, JSON.object(schema))
    }
    return JSONObject(own.members.map { ($0.name, $0.value) } + data)
  }

  private static let text: JSON = ["type": "string"]
  private static let types = JSON.array(Catalogue.keshi.entries.map { .string($0.declaration.name) })
  private static let subject: JSON = ["type": "string", "pattern": "^[a-z-]+:.+$", "maxLength": 300]
  private static let time: JSON = ["type": "string", "format": "date-time"]
  private static let label: JSON = ["type": "string", "minLength": 1, "maxLength": .int(Int64(Circumstances.lengthLimit))]

  private static func object(_ properties: JSONObject, required: [String] = [], closed: Bool = false) -> JSON {
    var schema: JSONObject = ["type": "object", "properties": .object(properties)]
    if !required.isEmpty { schema["required"] = .array(required.map { .string($0) }) }
    if closed { schema["additionalProperties"] = false }
    return .object(schema)
  }

  private static let problem = object(
    [
      "type": text, "title": text, "status": ["type": "integer"], "code": text, "instance": text, "unharmed": text, "remedy": text,
      "place": text, "errors": ["type": "array", "items": ["type": "string"]],
    ], required: ["type", "title", "status", "code"])

  private static let event = object(
    [
      "type": ["type": "string", "enum": types, "description": "Its data is as #/components/schemas/data.TYPE says."],
      "subject": subject, "occurredAt": time, "data": ["type": "object"],
      "id": ["type": "string", "minLength": 1, "maxLength": .int(Int64(Event.idLengthLimit))], "v": ["type": "integer", "minimum": 1],
      "reason": label, "role": label, "onBehalfOf": label, "causedBy": label, "correlation": label, "sopVersion": label, "batch": label,
    ], required: ["type", "data"], closed: true)

  private static let cloudEvent = object(
    [
      "specversion": ["const": "1.0"], "id": ["type": "string", "minLength": 1], "source": ["type": "string", "minLength": 1], "type": ["type": "string", "minLength": 1],
      "subject": subject, "time": time, "datacontenttype": ["const": "application/json"], "data": ["type": "object"],
    ], required: ["specversion", "id", "source", "type", "subject", "time"])

  private static let receipts = object(
    [
      "receipts": [
        "type": "array",
        "items": object(
          ["seq": ["type": "integer"], "id": text, "leaf": text, "size": ["type": "integer"], "duplicate": ["type": "boolean"]],
          required: ["seq", "id", "leaf", "size"]),
      ]
    ], required: ["receipts"])

  private static let command = object(
    [
      "subject": subject, "occurredAt": time, "data": ["type": "object"], "id": ["type": "string", "minLength": 1, "maxLength": .int(Int64(Event.idLengthLimit))],
      "reason": label, "role": label, "onBehalfOf": label, "causedBy": label, "correlation": label, "sopVersion": label, "batch": label,
      "v": ["type": "integer", "minimum": 1],
      "expect": ["type": "object", "additionalProperties": ["type": "integer", "minimum": 0]],
      "unless": [
        "type": "array",
        "items": object(
          [
            "types": ["type": "array", "items": ["type": "string"]], "subjects": ["type": "array", "minItems": 1, "items": subject],
            "after": ["type": "integer", "minimum": -1],
          ], required: ["subjects", "after"]),
      ],
    ], required: ["subject", "data"], closed: true)

  private static let decision = object(["events": ["type": "array", "items": ["type": "object"]]], required: ["events"])

  private static let job = object(
    [
      "id": text, "kind": text, "by": text, "state": ["type": "string", "enum": ["waiting", "running", "done", "failed", "cancelled"]],
      "started": time, "ended": ["type": ["string", "null"]], "step": text, "done": ["type": "integer"], "total": ["type": "integer"],
    ], required: ["id", "state"])

  private static let evidenceOrder = object(
    ["subject": ["type": "string", "minLength": 1, "maxLength": 300, "description": "A customer, a contract or a dispute."], "reason": label],
    required: ["subject"], closed: true)

  private static let rebuildOrder = object(
    ["models": ["type": "array", "items": ["type": "string"]], "fromLog": ["type": "boolean"]], closed: true)
}
