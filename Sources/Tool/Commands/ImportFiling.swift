import Answers
import Vocabulary
import Wire

/// Records an import's events in groups, and puts those that the log refuses into quarantine.
final class ImportFiling {
  /// Somebody asked to stop. Everything recorded so far is durable.
  struct Stopped: Error {}

  private let recorder: Recorder
  private let quarantine: Quarantine
  private var waiting: [Event] = []
  private(set) var recorded = 0
  private(set) var duplicates = 0
  private(set) var refused = 0

  init(_ recorder: Recorder, _ quarantine: Quarantine) {
    self.recorder = recorder
    self.quarantine = quarantine
  }

  func add(_ event: Event) throws {
    waiting.append(event)
    if waiting.count >= Intake.groupLines { try flush() }
  }

  /// Records what waits.
  func flush() throws {
    if waiting.isEmpty { return }
    do {
      try record(waiting)
    } catch where Trouble(explaining: error).concernsOneEvent {
      for event in waiting {
        do { try record([event]) } catch where Trouble(explaining: error).concernsOneEvent {
          try quarantine.add(event, refused: Trouble(explaining: error))
          refused += 1
        }
      }
    }
    waiting.removeAll(keepingCapacity: true)
    if Interrupt.isRequested { throw Stopped() }
  }

  private func record(_ events: [Event]) throws {
    for receipt in try recorder.record(events) {
      if receipt.isDuplicate { duplicates += 1 } else { recorded += 1 }
    }
  }
}
