import Answers
import Events
import Vocabulary
import Wire

/// Records an import's events in groups, and puts those that the log refuses into quarantine.
final class ImportFiling {
  /// Somebody asked to stop. Everything recorded so far is durable.
  struct Stopped: Error {}

  private let recorder: Recorder
  private let quarantine: Quarantine
  private(set) var recorded = 0
  private(set) var duplicates = 0
  private(set) var refused = 0

  init(_ recorder: Recorder, _ quarantine: Quarantine) {
    self.recorder = recorder
    self.quarantine = quarantine
  }

  /// Records events that come together.
  func add(_ events: [WrittenEvent]) throws {
    do {
      try record(events)
    } catch where Trouble(explaining: error).concernsOneEvent {
      for event in events {
        do { try record([event]) } catch where Trouble(explaining: error).concernsOneEvent {
          try quarantine.add(try Event(of: event, by: .keshi), refused: Trouble(explaining: error))
          refused += 1
        }
      }
    }
    if Interrupt.isRequested { throw Stopped() }
  }

  private func record(_ events: [WrittenEvent]) throws {
    let known = try recorder.record(events)
    duplicates += known
    recorded += events.count - known
  }
}
