import Facts
import Log
import Vocabulary
import Wire

/// An event of the log that a guard would have refused when it was recorded, or together with which it would have recorded
/// another that is missing.
public struct Objection: Sendable {
  public let event: Event
  public let refusal: Refusal
}

extension Store {
  /// Puts events that are recorded already before the guards, each with the past that it had.
  ///
  /// What came in as history was not decided about; this tells what would not have passed. The log is only read.
  ///
  /// - Parameter subject: whose history is looked at; `nil` for the whole log.
  /// - Complexity: for each event, what its guards ask for.
  public func objections(
    to subject: String?, by guards: [any Guard.Type], progress: Progress = { _, _ in },
    _ body: (Objection) throws -> Void
  ) throws {
    let snapshot = try snapshot()
    let past = PastBefore(LogPast(log, snapshot), snapshot.catalogue.accountKind)
    func look(_ stored: StoredEvent) throws {
      past.position = stored.seq
      guard let refusal = try past.refusal(of: stored.event, guards, catalogue) else { return }
      try body(Objection(event: stored.event, refusal: refusal))
    }
    if let subject { return try snapshot.history(of: subject) { try look($0) } }
    try snapshot.source.forEachLine(in: 0..<snapshot.size) { seq, line in
      if !line.isRedaction { try look(try snapshot.stored(seq, line)) }
      if seq % 1_024 == 0 { progress(seq, snapshot.size) }
    }
  }
}

/// The past as an event of the log had it: everything that was recorded before it.
///
/// Used by one thread at a time.
private final class PastBefore: Past {
  private let whole: LogPast
  private let accountKind: EntityKind
  var position: Int64 = 0

  init(_ whole: LogPast, _ accountKind: EntityKind) { (self.whole, self.accountKind) = (whole, accountKind) }

  func refusal(of event: Event, _ guards: [any Guard.Type], _ catalogue: Catalogue) throws -> Refusal? {
    for guarding in guards {
      do {
        let consequences = try catalogue.decide(event, by: [guarding], given: self, now: event.recordedAt ?? event.occurredAt)
        for consequence in consequences where try !isRecorded(consequence) {
          return Refusal(
            guarding.id,
            Name("\(consequence.type) about \(consequence.subject) was not recorded with it", "未同时入账 \(consequence.subject) 的 \(consequence.type)"),
            remedy: Name("record it: `keshi do \(consequence.type)`", "请补记：`keshi do \(consequence.type)`"))
        }
      } catch let refusal as Refusal { return refusal }
    }
    return nil
  }

  /// Whether an event that says the same was recorded, then or since.
  private func isRecorded(_ event: Event) throws -> Bool {
    try whole.events(about: event.subject).contains { $0.type == event.type && $0.data == event.data }
  }

  private func before(_ events: [Event]) -> [Event] { events.filter { ($0.seq ?? .max) < position } }

  func events(about subject: Subject) throws -> [Event] { before(try whole.events(about: subject)) }
  func events(ofRareType type: String) throws -> [Event] { before(try whole.events(ofRareType: type)) }
  func events(ofType type: String, where field: String, is text: String) throws -> [Event] {
    before(try whole.events(ofType: type, where: field, is: text))
  }
  func event(withID id: String) throws -> Event? { try whole.event(withID: id).flatMap { before([$0]).first } }

  /// An account may have been named before the first event about it; that it was is not looked up event by event.
  func knows(_ subject: Subject) throws -> Bool {
    if subject.kind == accountKind.word { return try whole.knows(subject) }
    return try !events(about: subject).isEmpty
  }

  func shippedRule(_ kind: String) throws -> (version: Int, body: JSONObject)? { try whole.shippedRule(kind) }
  func digest(of text: String) -> String { whole.digest(of: text) }
}
