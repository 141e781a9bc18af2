import Events
import Testing
import Vocabulary
import Wire

/// A past told in the domain's words: what was recorded, one line an event.
struct Story: Past {
  private(set) var events: [Event] = []

  init(_ events: [Event] = []) { self.events = events }

  /// A day of 2026 as `03-02`.
  static func at(_ day: String) -> Instant { Instant("2026-\(day)T09:00:00Z") ?? .distantPast }

  /// An event as somebody would record it, checked against its declaration.
  static func event(
    _ type: String, _ subject: String, on day: String = "03-02", by actor: String = "ann", as role: String? = nil,
    because reason: String? = nil, causedBy: String? = nil, _ data: JSONObject = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> Event {
    guard let entry = Catalogue.keshi.entry(named: type), let subject = Subject(subject) else {
      Issue.record("no type \(type) or subject \(subject)", sourceLocation: sourceLocation)
      return Event("", Subject(kind: .rule, id: "none")!, at: .distantPast)
    }
    var event = Event(type, subject, at: at(day), data, version: entry.declaration.version)
    event.about.actor = actor
    event.about.role = role ?? entry.declaration.recorders.first?.word
    event.about.reason = reason ?? (entry.declaration.needsReason ? "as agreed" : nil)
    event.about.causedBy = causedBy
    do { try event.check(against: entry.declaration) } catch {
      Issue.record("\(type): \(error)", sourceLocation: sourceLocation)
    }
    return event
  }

  /// The same past with one event more.
  func then(
    _ type: String, _ subject: String, on day: String = "03-01", by actor: String = "ann", as role: String? = nil,
    because reason: String? = nil, id: String? = nil, _ data: JSONObject = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> Story {
    var copy = self
    var event = Story.event(type, subject, on: day, by: actor, as: role, because: reason, data, sourceLocation: sourceLocation)
    event.seq = Int64(events.count)
    event.id = id
    copy.events.append(event)
    return copy
  }

  /// The same past with an event that is not checked.
  func having(_ event: Event) -> Story {
    var event = event
    event.seq = Int64(events.count)
    return Story(events + [event])
  }

  func events(about subject: Subject) -> [Event] { events.filter { $0.subject == subject } }
  func events(ofRareType type: String) -> [Event] { events.filter { $0.type == type } }
  func events(ofType type: String, where field: String, is text: String) -> [Event] {
    events.filter { $0.type == type && $0.data[field]?.string == text }
  }
  func event(withID id: String) -> Event? { events.first { $0.id == id } }
  func knows(_ subject: Subject) -> Bool {
    events.contains { $0.subject == subject || $0.data["customer"]?.string.map { "customer:" + $0 } == subject.description }
  }
  func shippedRule(_ kind: String) -> (version: Int, body: JSONObject)? { nil }
  /// No hash, but as different for different texts; what a digest must be for a guard.
  func digest(of text: String) -> String {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 64 - digits.count) + digits
  }

  /// The refusal of a wish by all guards, recorded on `now`; `nil` where it passes.
  func refusal(_ wish: Event, now: String = "03-02") throws -> Refusal? {
    do {
      _ = try Catalogue.keshi.decide(wish, by: Guards.all, given: self, now: Story.at(now))
      return nil
    } catch let refusal as Refusal { return refusal }
  }

  /// What must be recorded together with a wish.
  func consequences(_ wish: Event, now: String = "03-02") throws -> [Event] {
    try Catalogue.keshi.decide(wish, by: Guards.all, given: self, now: Story.at(now))
  }
}

/// Expects that a wish is refused by a guard, because of these events, and told so in both languages.
func expect(
  _ refusal: Refusal?, _ rule: String?, because causes: [Int64] = [], sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(refusal?.rule == rule, "\(refusal?.message(in: .en) ?? "it passes")", sourceLocation: sourceLocation)
  guard let refusal, rule != nil else { return }
  #expect(refusal.causes.compactMap(\.seq) == causes, sourceLocation: sourceLocation)
  #expect(refusal.code == "E-GUARD-\(refusal.rule.uppercased())", sourceLocation: sourceLocation)
  #expect(!refusal.message(in: .en).unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, sourceLocation: sourceLocation)
  for text in [refusal.message(in: .zh), refusal.remedy.zh] {
    #expect(text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(text)", sourceLocation: sourceLocation)
  }
  for seq in causes { #expect(refusal.message(in: .zh).contains("事件 \(seq)"), sourceLocation: sourceLocation) }
}

/// A hash of one digit, for texts that only have to differ.
func hash(_ digit: Character) -> JSON { .string(String(repeating: digit, count: 64)) }
