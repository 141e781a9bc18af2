import Engine
import Events
import Log
import Vocabulary

/// Hands events to the log with what a door knows of their circumstances.
public final class Recorder {
  private let store: Store
  private let about: Circumstances
  private var expectations: [Expectation]
  private let guards: GuardPolicy

  /// - Parameter expecting: holds for the first events that are recorded. After them nobody else can have written,
  ///   because the store is open for writing.
  public init(_ store: Store, about: Circumstances, expecting: [ExpectedVersion] = [], guards: GuardPolicy = .record) {
    self.guards = guards
    self.store = store
    self.about = about
    expectations = expecting.map { Expectation(subject: $0.subject, version: $0.version) }
  }

  /// Records all or none; durable when it returns.
  public func record(_ events: [Event]) throws -> [Acknowledgement] {
    let receipts = try receipts(events.allSatisfy(isComplete) ? events : events.map(completed))
    expectations = []
    return receipts.map {
      Acknowledgement(
        seq: Int64($0.seq), id: $0.id, leaf: $0.leaf.hex, size: Int64($0.size), isDuplicate: $0.duplicate)
    }
  }

  /// Whether nothing is known that the event does not say: an import's events come whole.
  private func isComplete(_ event: Event) -> Bool {
    event.about.actor != nil && event.about.channel != nil && (event.about.role != nil || about.role == nil)
  }

  private func receipts(_ events: [Event]) throws -> [Receipt] {
    switch guards {
    case .record: return try store.append(events, expecting: expectations)
    case .strict:
      let conditions = expectations.compactMap { wish in Subject(wish.subject).map { Condition.version($0, wish.version) } }
      return try store.perform(Command(events, if: conditions), guards: Guards.all).receipts
    }
  }

  /// The event with actor, role and channel where it has none of its own.
  private func completed(_ event: Event) -> Event {
    var event = event
    event.about.actor = event.about.actor ?? about.actor
    event.about.role = event.about.role ?? about.role
    event.about.channel = event.about.channel ?? about.channel
    return event
  }
}
