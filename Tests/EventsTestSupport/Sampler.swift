public import Vocabulary
public import Wire

/// Values made from a declaration alone: what a field holds in a sample, what it may just hold, what it may not.
public enum Sampler {
  /// An event with every field, the same each time.
  public static func event(of entry: Catalogue.Entry) -> Event {
    let declaration = entry.declaration
    guard let subject = Subject(kind: declaration.subjects[0], id: "S-\(entry.code.family)-\(entry.code.type)"),
      let time = Instant("2026-03-02T01:30:00Z")
    else { preconditionFailure("\(declaration.name) is recorded about something") }
    var event = Event(declaration.name, subject, at: time, object(declaration.fields), version: declaration.version)
    event.id = "sample-\(entry.code.family)-\(entry.code.type)"
    event.about.actor = "e017"
    event.about.actorName = "王思远"
    event.about.channel = "ui"
    if declaration.needsReason { event.about.reason = "按约定办理" }
    event.recordedAt = time + .milliseconds(250)
    event.seq = Int64(entry.code.family) * 100 + Int64(entry.code.type)
    return event
  }

  public static func object(_ fields: [Field]) -> JSONObject { JSONObject(fields.map { ($0.name, value($0.kind, $0.title)) }) }

  /// A usual value.
  public static func value(_ kind: Field.Kind, _ title: Name) -> JSON {
    switch kind {
    case .text(let limit): limit < title.zh.utf8.count ? "x" : .string(title.zh)
    case .integer(let range, _): .int(min(max(7, range.lowerBound), range.upperBound))
    case .currency: "CNY"
    case .decimal: "12.50"
    case .day: "2026-03-02"
    case .instant: "2026-03-02T09:30:00+08:00"
    case .flag: true
    case .code(let codes): .string(codes[codes.count - 1].word.text)
    case .reference(let kind): .string(kind.word.uppercased() + "-1")
    case .subject: "contract:CONTRACT-1"
    case .hash: .string(String(repeating: "0123456789abcdef", count: 4))
    case .record(let fields): .object(object(fields))
    case .list(let kind, _): [value(kind, title)]
    case .body: ["windowDays": 90]
    }
  }
}

extension Sampler {
  /// Values at the limits, which must be taken.
  public static func atLimit(_ kind: Field.Kind) -> [JSON] {
    switch kind {
    case .text(let limit): [.string(text(ofBytes: limit)), .string(String(repeating: "x", count: limit))]
    case .integer(let range, _): [.int(range.lowerBound), .int(range.upperBound)]
    case .currency: ["AAA", "ZZZ"]
    case .decimal: ["0", "-0.1", .string(String(repeating: "9", count: 40))]
    case .day: ["0001-01-01", "9999-12-31", "2024-02-29"]
    case .instant: ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"]
    case .flag: [true, false]
    case .code(let codes): codes.map { .string($0.word.text) }
    case .reference: [.string(text(ofBytes: 200)), "a:b"]
    case .subject: [.string("customer:" + text(ofBytes: 200)), "a:b:c"]
    case .hash: [.string(String(repeating: "f", count: 64))]
    case .record(let fields): [.object(object(fields)), .object(object(fields.filter(\.isRequired)))]
    case .list(let kind, let limit):
      [[], .array([JSON](repeating: value(kind, Name("x", "x")), count: limit))]
    case .body: [[:], ["any": [["deep": 1]]]]
    }
  }

  /// Values one step beyond, which must be refused.
  public static func pastLimit(_ kind: Field.Kind) -> [JSON] {
    switch kind {
    case .text(let limit): [.string(text(ofBytes: limit + 1)), 1]
    case .integer(let range, _): [.int(range.lowerBound - 1), .int(range.upperBound + 1), "7"]
    case .currency: ["cny", "CN", "CNYX", "C1Y", 7]
    case .decimal: ["", ".5", "5.", "1e5", "--1", "+1", "1,5", .string(String(repeating: "9", count: 41)), 5]
    case .day: ["2026-02-29", "2026-3-2", "2026-03-02T00:00:00Z", "", 20_000]
    case .instant: ["2026-03-02", "2026-03-02T09:30:00", "", 0]
    case .flag: ["true", 1]
    case .code(let codes): [.string(codes[0].word.text.uppercased() + "?"), "", 1]
    case .reference: [.string(text(ofBytes: 201)), "", " a", "a\u{7}", 1]
    case .subject: [.string("customer:" + text(ofBytes: 201)), "", "customer", "Customer:1", ":1", "a: b", 1]
    case .hash: [.string(String(repeating: "F", count: 64)), .string(String(repeating: "f", count: 63)), 1]
    case .record(let fields): [.object(object(fields) + ("unknown", 1)), "x"]
    case .list(let kind, let limit): [.array([JSON](repeating: value(kind, Name("x", "x")), count: limit + 1)), "x"]
    case .body: ["x", []]
    }
  }

  /// A text of so many bytes, as much of it as possible in letters of three.
  private static func text(ofBytes count: Int) -> String {
    String(repeating: "客", count: count / 3) + String(repeating: "x", count: count % 3)
  }
}

extension JSONObject {
  public static func + (object: JSONObject, member: (String, JSON)) -> JSONObject {
    var copy = object
    copy[member.0] = member.1
    return copy
  }
}
