public import Wire

// JSON ↔ event. The same reader serves stored lines, `append`, and whatever else brings events as JSON.

extension Event {
  /// The names that an event's JSON may have at its top.
  static let memberNames: [String] =
    (Circumstances.members.map(\.name) + ["data", "id", "occurredAt", "p", "recordedAt", "seq", "subject", "type", "v"]).sorted()

  private static let knownNames = Set(memberNames)

  /// Bytes that an event's id may have.
  public static let idLengthLimit = 200

  /// Reads one event. Its type must be declared; its data is brought to the newest version and checked.
  ///
  /// - Parameter defaultTime: stands in where the JSON names no `occurredAt`; `nil` makes it mandatory.
  public init(reading json: JSON, by catalogue: Catalogue, defaultTime: Instant? = nil) throws(EventError) {
    guard let object = json.object else { throw EventError(.wrongKind(expected: Name("an object", "对象"), found: json.kind)) }
    try Event.refuseUnknown(object)
    let type = try object.text("type", limit: 100)
    guard let entry = catalogue.entry(named: type) else { throw EventError(.unknownType(type), at: "type") }
    let subjectText = try object.text("subject", limit: Subject.idLengthLimit + 100)
    guard let subject = Subject(subjectText) else { throw EventError(.badSubject(subjectText), at: "subject") }
    guard let occurredAt = try object.timeOrDay("occurredAt") ?? defaultTime else { throw EventError(.missing, at: "occurredAt") }
    let version = try object.whole("v", in: 1...1_000) ?? Int64(entry.declaration.version)
    let data = try Event.data(object["data"], version: Int(version), declaration: entry.declaration)
    self.init(type, subject, at: occurredAt, data, version: entry.declaration.version)
    if let sealed = object["p"] {
      guard let commitments = sealed.object else {
        throw EventError(.wrongKind(expected: Name("an object", "对象"), found: sealed.kind), at: "p")
      }
      self.sealed = commitments
    }
    id = try object.optionalText("id", limit: Event.idLengthLimit)
    recordedAt = try object.instant("recordedAt")
    seq = try object.whole("seq", in: 0...JSON.greatestInteger)
    for (name, path) in Circumstances.members {
      // Most are absent, and what is written takes a place of its own.
      if let text = try object.optionalText(name, limit: Circumstances.lengthLimit) { about[keyPath: path] = text }
    }
    try check(against: entry.declaration)
  }

  /// Reads one line of JSON.
  public init(
    reading line: Span<UInt8>, by catalogue: Catalogue, defaultTime: Instant? = nil
  ) throws(EventError) {
    let json: JSON
    do { json = try JSON(parsing: line) } catch { throw EventError(.json(error.reason, offset: error.offset)) }
    try self.init(reading: json, by: catalogue, defaultTime: defaultTime)
  }

  /// Refuses an event that its declaration does not allow: wrong subject, wrong data, no reason where one is needed.
  public func check(against declaration: Declaration) throws(EventError) {
    guard declaration.subjects.contains(where: { $0.word == subject.kind }) else {
      throw EventError(.wrongSubject(found: subject.kind, allowed: declaration.subjects.map(\.word)), at: "subject")
    }
    if declaration.needsReason, about.reason?.isEmpty ?? true { throw EventError(.reasonNeeded, at: "reason") }
    try declaration.check(data, sealed: sealed)
  }

  private static func refuseUnknown(_ object: JSONObject) throws(EventError) {
    for member in object.members where !knownNames.contains(member.name) {
      throw EventError(.unknownMember(allowed: memberNames), at: member.name)
    }
  }

  /// The data in its newest shape.
  private static func data(_ value: JSON?, version: Int, declaration: Declaration) throws(EventError) -> JSONObject {
    guard version <= declaration.version else {
      throw EventError(.unknownVersion(version, newest: declaration.version), at: "v")
    }
    let value = value ?? .object([:])
    guard var data = value.object else {
      throw EventError(.wrongKind(expected: Name("an object", "对象"), found: value.kind), at: "data")
    }
    for upgrade in declaration.upgrades[(version - 1)...] { data = upgrade(data) }
    return data
  }

  /// The whole event as JSON, with what the log gave it.
  public var json: JSONObject {
    var object: JSONObject = [
      "type": .string(type), "subject": .string(subject.description), "occurredAt": .string(occurredAt.description),
      "data": .object(data), "v": .int(Int64(version)),
    ]
    if !sealed.isEmpty { object["p"] = .object(sealed) }
    if let id { object["id"] = .string(id) }
    if let recordedAt { object["recordedAt"] = .string(recordedAt.description) }
    if let seq { object["seq"] = .int(seq) }
    for (name, path) in Circumstances.members {
      if let text = about[keyPath: path] { object[name] = .string(text) }
    }
    return object
  }
}

extension JSONObject {
  fileprivate func optionalText(_ name: String, limit: Int) throws(EventError) -> String? {
    guard let value = self[name] else { return nil }
    guard let text = value.string else {
      throw EventError(.wrongKind(expected: Name("a text", "文本"), found: value.kind), at: name)
    }
    guard !text.isEmpty else { throw EventError(.missing, at: name) }
    guard text.utf8.count <= limit else { throw EventError(.tooLong(bytes: text.utf8.count, limit: limit), at: name) }
    return text
  }

  fileprivate func text(_ name: String, limit: Int) throws(EventError) -> String {
    guard let text = try optionalText(name, limit: limit) else { throw EventError(.missing, at: name) }
    return text
  }

  fileprivate func whole(_ name: String, in range: ClosedRange<Int64>) throws(EventError) -> Int64? {
    guard let value = self[name] else { return nil }
    guard let number = value.int else {
      throw EventError(.wrongKind(expected: Name("a whole number", "整数"), found: value.kind), at: name)
    }
    guard range.contains(number) else { throw EventError(.outOfRange(number, range), at: name) }
    return number
  }

  /// A time with zone.
  fileprivate func instant(_ name: String) throws(EventError) -> Instant? {
    guard let text = try optionalText(name, limit: 40) else { return nil }
    if let instant = Instant(text) { return instant }
    throw EventError(
      .badFormat(expected: Name("a time with zone such as 2026-11-23T09:30:00Z", "带时区的时间，例如 2026-11-23T09:30:00Z"), found: text),
      at: name)
  }

  /// A time with zone, or the midnight at which a bare day begins.
  fileprivate func timeOrDay(_ name: String) throws(EventError) -> Instant? {
    if let day = try optionalText(name, limit: 40).flatMap({ Day($0) }) { return day.start }
    return try instant(name)
  }
}
