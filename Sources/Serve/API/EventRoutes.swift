import AccessControl
import Answers
import Engine
import Events
import HTTPTypes
import Vocabulary
import Wire

/// Events into the log and out of it.
enum EventRoutes {
  /// Bytes of a body of events.
  static let bodyBytes = 8 << 20

  static let all: [Route] = [append, appendTo, list, one, types, type]

  private static let bodies: [(type: String, schema: JSON)] = [
    ("application/cloudevents+json", ["$ref": "#/components/schemas/CloudEvent"]),
    ("application/cloudevents-batch+json", ["type": "array", "minItems": 1, "items": ["$ref": "#/components/schemas/CloudEvent"]]),
    ("application/json", ["oneOf": [["$ref": "#/components/schemas/Event"], ["type": "array", "minItems": 1, "items": ["$ref": "#/components/schemas/Event"]]]]),
  ]
  private static let idempotency = Operation.Parameter(
    "Idempotency-Key", in: .header, "The same key again is answered with the first receipts; with another body it is refused (409).",
    "同一键再次出现时返回首次的回执；内容不同则拒绝（409）。", ["type": "string", "minLength": 1, "maxLength": 200])

  private static let append = Route(
    .post, "/api/v1/events", needs: .record, "Record events, all or none", "登记事件，全部成功或全部不写", work: .writing, bodyLimit: bodyBytes,
    operation: Operation(
      "appendEvents",
      parameters: [
        idempotency,
        Operation.Parameter(
          "expect", "Refuse all (412) unless the subject has so many events: SUBJECT=VERSION; may be given again.",
          "主体的事件数不符则全部拒绝（412）：主体=版本；可多次给出。", ["type": "array", "items": ["type": "string"]]),
        guards,
      ], bodies: bodies, status: 201, reply: ["$ref": "#/components/schemas/Receipts"])
  ) { inquiry in
    let expected = try inquiry.query.values("expect").map { try inquiry.read($0, "expect", ExpectedVersion.init, "customer:4=17") }
    return try Appending(inquiry).run(expecting: expected)
  }

  private static let appendTo = Route(
    .post, "/api/v1/subjects/{subject}/events", needs: .record, "Record events about one subject, all or none", "登记某一主体的事件，全部成功或全部不写",
    work: .writing, bodyLimit: bodyBytes,
    operation: Operation(
      "appendSubjectEvents",
      parameters: [
        idempotency,
        Operation.Parameter(
          "If-Match", in: .header, "The subject's version as it was read, \"17\"; another is answered with 412.", "读取时主体的版本，如 \"17\"；不符则返回 412。"),
        Operation.Parameter("If-None-Match", in: .header, "*: the subject has no event yet.", "*：该主体尚无事件。", ["const": "*"]),
        guards,
      ], bodies: bodies, status: 201, reply: ["$ref": "#/components/schemas/Receipts"])
  ) { inquiry in
    guard let subject = Subject(inquiry["subject"]) else { throw EventError(.badSubject(inquiry["subject"]), at: "subject") }
    return try Appending(inquiry).run(about: subject, expecting: try inquiry.versionExpected(of: subject).map { [$0] } ?? [])
  }

  private static let guards = Operation.Parameter(
    "guards", "strict: guards decide; record: history as it was, for who may.", "strict：经守则判断；record：按原样补录历史（须有权限）。",
    ["type": "string", "enum": ["strict", "record"]])

  private static let list = Route(
    .get, "/api/v1/events", needs: .read, "Events in the log's order", "按日志顺序列出事件",
    operation: Operation("listEvents", parameters: [SubjectRoutes.afterEvent, .limit(), .minPosition])
  ) { inquiry in
    let (limit, after) = (try inquiry.limit(), try inquiry.number("after") ?? -1)
    return try inquiry.read { snapshot in
      let first = min(after, snapshot.size) + 1
      var events: [JSON] = []
      try snapshot.forEachEvent(in: first..<max(first, min(first + Int64(limit), snapshot.size))) { events.append($0.shownJSON) }
      let next = first + Int64(limit) < snapshot.size ? JSON.int(first + Int64(limit) - 1) : .null
      return .json(["events": .array(events), "next": next, "head": .int(snapshot.size - 1)]).at(snapshot.size)
    }
  }

  private static let one = Route(
    .get, "/api/v1/events/{seq}", needs: .read, "One event by its number", "按序号取一个事件", operation: Operation("getEvent")
  ) { inquiry in
    let seq = try inquiry.number("seq", inquiry["seq"])
    return try inquiry.read { snapshot in
      guard let event = try snapshot.event(at: seq) else { throw Trouble.noEvent(seq) }
      return .json(event.shownJSON).at(snapshot.size)
    }
  }

  private static let types = Route(
    .get, "/api/v1/event-types", needs: .read, "Types of events and the commands that record them", "事件类型及其命令", work: .quick,
    operation: Operation("listEventTypes")
  ) { inquiry in
    .json(["types": .array(Rows.objects(CatalogueRows.typeColumns, CatalogueRows.types(in: inquiry.language))),
      "commands": .array(Rows.objects(CatalogueRows.commandColumns, CatalogueRows.commands(in: inquiry.language)))])
  }

  private static let type = Route(
    .get, "/api/v1/event-types/{type}", needs: .read, "The JSON Schema of a type's data", "某类型内容的 JSON Schema", work: .quick,
    operation: Operation("getEventType", replyType: "application/schema+json")
  ) { inquiry in
    guard let entry = Catalogue.keshi.entry(commanded: inquiry["type"]) else { throw EventError(.unknownType(inquiry["type"]), at: "type").asAbsent }
    return .json(.object(entry.declaration.dataSchema), type: "application/schema+json")
  }
}

extension Inquiry {
  /// The version that `If-Match` or `If-None-Match` expects of a subject.
  func versionExpected(of subject: Subject) throws -> ExpectedVersion? {
    let version: Int
    if let match = headers[.ifMatch] {
      version = try read(match, "If-Match", { Int($0.trimmingPrefix("\"").prefix { $0 != "\"" }).flatMap { $0 >= 0 ? $0 : nil } }, "\"17\"")
    } else if let match = headers[.ifNoneMatch] {
      version = try read(match, "If-None-Match", { $0 == "*" ? 0 : nil }, "*")
    } else {
      return nil
    }
    return ExpectedVersion("\(subject)=\(version)")
  }
}

extension EventError {
  /// The same where the type is part of an address.
  var asAbsent: Trouble {
    let trouble = Trouble(explaining: self)
    return Trouble(.absent, trouble.code, trouble.what, unharmed: trouble.unharmed, remedy: trouble.remedy)
  }
}

extension Trouble {
  static func noEvent(_ seq: Int64) -> Trouble {
    Trouble(
      .absent, "E-NO-EVENT", Name("there is no event \(seq), or only its hash", "没有事件 \(seq)，或仅存其哈希"), unharmed: Unharmed.everything,
      remedy: Name("/api/v1/events lists the events", "全部事件见 /api/v1/events"))
  }
}
