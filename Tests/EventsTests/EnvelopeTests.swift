import Events
import Testing
import Vocabulary
import Wire

/// What stands around an event's data.
@Suite struct EnvelopeTests {
  private func line(_ change: (inout JSONObject) -> Void) -> JSON {
    var object: JSONObject = [
      "type": "usage.reported", "subject": "customer:4", "occurredAt": "2026-03-02T01:30:00Z",
      "data": ["metric": "hours", "value": 5],
    ]
    change(&object)
    return .object(object)
  }

  private func refusal(_ change: (inout JSONObject) -> Void) -> EventError? {
    do { _ = try Event(reading: line(change), by: .keshi) } catch { return error }
    return nil
  }

  @Test func membersAreChecked() {
    #expect(refusal { _ in } == nil)
    #expect(refusal { $0["type"] = nil } == EventError(.missing, at: "type"))
    #expect(refusal { $0["type"] = "" } == EventError(.missing, at: "type"))
    #expect(refusal { $0["type"] = "usage.dreamt" } == EventError(.unknownType("usage.dreamt"), at: "type"))
    #expect(refusal { $0["subject"] = "customer" } == EventError(.badSubject("customer"), at: "subject"))
    #expect(refusal { $0["subject"] = "order:1" }?.code == "E-EVENT-SUBJECT")
    #expect(refusal { $0["occurredAt"] = nil } == EventError(.missing, at: "occurredAt"))
    #expect(refusal { $0["occurredAt"] = "yesterday" }?.path == "occurredAt")
    #expect(refusal { $0["recordedAt"] = "2026-03-02" }?.path == "recordedAt")
    #expect(refusal { $0["v"] = 2 } == EventError(.unknownVersion(2, newest: 1), at: "v"))
    #expect(refusal { $0["v"] = 0 } == EventError(.outOfRange(0, 1...1_000), at: "v"))
    #expect(refusal { $0["seq"] = -1 }?.path == "seq")
    #expect(refusal { $0["extra"] = 1 }?.path == "extra")
    #expect(refusal { $0["data"] = [] }?.path == "data")
    #expect(refusal { $0["data"] = nil } == EventError(.missing, at: "data.metric"))
    #expect(refusal { $0["id"] = .null }?.path == "id")
  }

  @Test func lengthsAreBounded() {
    for (name, limit) in [
      ("id", Event.idLengthLimit), ("actor", Circumstances.lengthLimit), ("reason", Circumstances.lengthLimit),
    ] {
      #expect(refusal { $0[name] = .string(String(repeating: "x", count: limit)) } == nil)
      let error = refusal { $0[name] = .string(String(repeating: "x", count: limit + 1)) }
      #expect(error == EventError(.tooLong(bytes: limit + 1, limit: limit), at: name))
    }
    let id = String(repeating: "x", count: Subject.idLengthLimit)
    #expect(refusal { $0["subject"] = .string("customer:" + id) } == nil)
    #expect(refusal { $0["subject"] = .string("customer:" + id + "x") }?.path == "subject")
  }

  @Test func aBareDayIsItsMidnight() throws {
    let later = try #require(Instant("2026-05-05T05:05:05Z"))
    let day = try Event(reading: line { $0["occurredAt"] = "2026-03-02" }, by: .keshi, defaultTime: later)
    #expect(day.occurredAt.description == "2026-03-02T00:00:00Z")
    let none = try Event(reading: line { $0["occurredAt"] = nil }, by: .keshi, defaultTime: later)
    #expect(none.occurredAt == later)
  }

  /// An event that names all its circumstances has one line, and the line leads back to the event.
  @Test func everyMemberTravels() throws {
    let full = try Event(
      reading: line { object in
        for name in [
          "actor", "actorName", "batch", "causedBy", "channel", "correlation", "onBehalfOf", "reason", "role", "sopVersion",
          "id",
        ] { object[name] = .string(name + "-1") }
        object["seq"] = 12
        object["recordedAt"] = "2026-03-02T01:30:00.000001Z"
      }, by: .keshi)
    let parts = full.lineParts
    let bytes =
      parts.head + Array(#""recordedAt":"2026-03-02T01:30:00.000001Z","#.utf8) + parts.middle + Array(#""seq":12"#.utf8)
      + parts.tail
    var text = Text()
    text.append(full.json)
    #expect(text.bytes == bytes)
    #expect(try Event(reading: bytes.span, by: .keshi) == full)
  }

  @Test(arguments: ["", "customer", ":1", "customer:", "Customer:1", "客户:1", "customer: 1", "customer:1 ", "customer:a\nb"])
  func noSubject(_ text: String) { #expect(Subject(text) == nil) }

  @Test func subjectsAreComparedByBytes() throws {
    let one = try #require(Subject("customer:e\u{301}"))
    let other = try #require(Subject("customer:\u{E9}"))
    #expect(one != other)
    #expect(Set([one, other]).count == 2)
    #expect(try #require(Subject("customer:a:b")).id == "a:b")
  }
}
