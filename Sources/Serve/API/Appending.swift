import AccessControl
import Answers
import Crypto
import Engine
import Events
import Exchange
import HTTPTypes
import Projection
import Vocabulary
import Wire

/// A body of events on its way into the log: read, made the asker's own, recorded all or none, acknowledged when durable.
struct Appending {
  let inquiry: Inquiry
  private let policy: GuardPolicy

  init(_ inquiry: Inquiry) throws {
    self.inquiry = inquiry
    policy = try inquiry.query["guards"].map { try inquiry.read($0, "guards", GuardPolicy.init, "strict") } ?? .strict
    if policy == .record, !inquiry.principal.may(.recordHistory) { throw Trouble.forbidden(Capability.recordHistory.title) }
  }

  /// - Parameter subject: what all of them must be about.
  func run(about subject: Subject? = nil, expecting expected: [ExpectedVersion]) throws -> Reply {
    var events = try read(subject).map { try own($0) }
    if let key = try Appending.idempotencyKey(inquiry) { for place in events.indices where events[place].id == nil { events[place].id = "\(key)#\(place)" } }
    if let subject, let other = events.first(where: { $0.subject != subject }) {
      throw EventError(.notInList(other.subject.description, allowed: [subject.description]), at: "subject")
    }
    let recorder = Recorder(inquiry.office.store, about: inquiry.office.circumstances(for: inquiry), expecting: expected, guards: policy)
    let receipts = try inquiry.office.metrics.timing(.append) { try recorder.record(events) }
    let rows = receipts.map { Rows.object(Acknowledgement.columns, $0.cells) }
    let isNew = receipts.contains { !$0.isDuplicate }
    inquiry.office.metrics.count(appended: receipts.count { !$0.isDuplicate })
    return Reply.json(["receipts": .array(rows)], status: isNew ? .created : .ok).at((receipts.map(\.seq).max() ?? 0) + 1)
  }

  // MARK: Reading

  private func read(_ subject: Subject?) throws -> [Event] {
    let type = (inquiry.headers[.contentType] ?? "").prefix { $0 != ";" }.lowercased().filter { $0 != " " }
    let events: [Event]
    switch type {
    case "application/cloudevents+json", "application/cloudevents-batch+json": events = try cloudEvents(isBatch: type.contains("batch"))
    case "application/json": events = try ownEvents(subject)
    default: throw Trouble.bodyType(["application/cloudevents+json", "application/cloudevents-batch+json", "application/json"])
    }
    guard !events.isEmpty else { throw Trouble.noEvents }
    return events
  }

  private func cloudEvents(isBatch: Bool) throws -> [Event] {
    let first = inquiry.body.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    guard first == (isBatch ? UInt8(ascii: "[") : UInt8(ascii: "{")) else {
      throw Trouble.badBody(isBatch ? Name("a batch is a list of events", "批次须为事件列表") : Name("the body is no object", "内容不是对象"))
    }
    let reader = NoteEvents(Catalogue.keshi)
    var events: [Event] = []
    var rest: ArraySlice<UInt8> = inquiry.body[...]
    try CloudEventsReader().read({
      defer { rest = [] }
      return rest
    }) { reading, place in
      switch reading {
      case .note(let note):
        do { events.append(try reader.event(of: note, about: Circumstances())) } catch let problem as NoteProblem { throw Trouble.note(problem, events.count) }
      case .broken(let problem): throw Trouble.note(problem, events.count)
      }
    }
    return events
  }

  /// Events as `keshi append` takes them: an object, or a list of them.
  private func ownEvents(_ subject: Subject?) throws -> [Event] {
    let json = try inquiry.json()
    return try (json.array ?? [json]).map { item in
      var item = item
      if let subject, var object = item.object, object["subject"] == nil {
        object["subject"] = .string(subject.description)
        item = .object(object)
      }
      return try Event(reading: item, by: .keshi, defaultTime: inquiry.office.now)
    }
  }

  // MARK: Whose they are

  /// The event as this asker may record it: who they are is what the door knows, not what the body says. History that is
  /// brought by who may keeps what it says.
  private func own(_ event: Event) throws -> Event {
    guard let declaration = Catalogue.keshi.entry(named: event.type)?.declaration else { return event }
    guard let need = declaration.recordingNeed else { throw Trouble.machineOnly(declaration) }
    guard inquiry.principal.may(need) else { throw Trouble.forbidden(need.title) }
    guard policy == .strict else { return event }
    return try inquiry.asOwn(event)
  }

  static func idempotencyKey(_ inquiry: Inquiry) throws -> String? {
    guard let key = inquiry.headers[.idempotencyKey] else { return nil }
    guard !key.isEmpty, key.utf8.count <= 200 else {
      throw Trouble.usage(Name("Idempotency-Key has more than 200 bytes", "Idempotency-Key 超过 200 字节"), remedy: Name("use a shorter one, such as a UUID", "请使用较短的键，例如 UUID"))
    }
    // By a digest with the asker's name: two who choose the same key do not meet.
    let digest = SHA256.hash(data: Array("\(inquiry.principal.name)\n\(key)".utf8)).prefix(16)
    return "key-" + digest.reduce(into: Text()) { $0.append(hex: $1) }.string
  }
}

extension Inquiry {
  /// The body as JSON.
  func json() throws(EventError) -> JSON {
    do throws(JSONError) { return try JSON(parsing: body) } catch { throw EventError(.json(error.reason, offset: error.offset)) }
  }

  /// The event with the actor that the door knows, a role in which they may act (the first that records such events), and the way by which it came.
  func asOwn(_ event: Event) throws -> Event {
    var event = event
    if let role = event.about.role, !principal.capacities.contains(role) {
      throw Trouble.forbidden(Name("act as \(role)", "以 \(role) 的身份操作"))
    }
    event.about.actor = principal.name
    let recorders = Catalogue.keshi.entry(named: event.type)?.declaration.recorders.map(\.word) ?? []
    event.about.role = event.about.role ?? principal.capacities.first(where: recorders.contains) ?? principal.capacities.first
    event.about.channel = "api"
    return event
  }
}

extension HTTPField.Name {
  static let idempotencyKey = known("Idempotency-Key")
}

extension Trouble {
  static let noEvents = badBody(Name("there is no event in the body", "内容中没有事件"))

  static func badBody(_ what: Name) -> Trouble {
    Trouble(.badInput, "E-BODY", what, unharmed: Unharmed.everything, remedy: Name("/api/v1/openapi.json says what is taken", "可接受的内容见 /api/v1/openapi.json"))
  }

  static func note(_ problem: NoteProblem, _ place: Int) -> Trouble {
    Trouble(
      .badInput, problem.code, Name(problem.message(in: .en), problem.message(in: .zh)), at: Name("event \(place) of the body", "内容中第 \(place) 个事件"),
      unharmed: Unharmed.everything, remedy: Name("correct it and send all again", "请更正后全部重新发送"))
  }

  static func machineOnly(_ declaration: Declaration) -> Trouble {
    Trouble(
      .notPermitted, "E-FORBIDDEN", Name("\(declaration.name) is recorded by the machine alone", "\(declaration.name) 只由系统登记"),
      unharmed: Unharmed.everything, remedy: Name("leave it out", "请勿发送"))
  }
}
