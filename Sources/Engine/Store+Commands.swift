import Events
import Log
public import Vocabulary
import Wire

/// What a command does: events that are recorded together or not at all, and what must still be true then.
public struct Command: Sendable {
  public var events: [Event]
  public var conditions: [Condition]

  public init(_ events: [Event], if conditions: [Condition] = []) {
    (self.events, self.conditions) = (events, conditions)
  }
}

/// What came of a command.
public struct CommandResult: Sendable {
  /// The events as they were decided: those asked for, then those that guards add.
  public let events: [Event]
  /// One for each event; empty for a rehearsal.
  public let receipts: [Receipt]
}

extension Store {
  /// Decides about a command and records it, all or none; durable when it returns.
  ///
  /// The command is decided and recorded in a turn of its own, so nothing that it rests on changes in between. Throws
  /// `Refusal` of a guard, `ConditionFailed`, `AppendError`, `LogError`; nothing is written then. An event whose id is in
  /// the log already is not decided about again: it is answered with its first receipt, if it says the same. Where that is so of all events, no
  /// condition is looked at either, because a repeated command must succeed although it has itself moved things on.
  ///
  /// - Parameter rehearse: decides, and writes nothing.
  public func perform(
    _ command: Command, guards: [any Guard.Type], rehearse: Bool = false
  ) throws -> CommandResult {
    try turn.alone {
      let past = try currentPast()
      let fresh = try command.events.filter { try !isRepetition($0, past) }
      if !fresh.isEmpty { for condition in command.conditions { try check(condition, past) } }
      let events = command.events + (try decide(fresh, guards, past))
      let receipts = rehearse ? [] : try appendNow(events, expecting: [])
      return CommandResult(events: events, receipts: receipts)
    }
  }

  /// The position up to which this process sees the log: what a condition may name as its own.
  public func position() throws -> Int64 { try turn.alone { try currentPast().position } }

  /// Events about a subject as they stand now, with the position at which that is so.
  public func read(about subject: Subject) throws -> (events: [Event], position: Int64) {
    try turn.alone {
      let past = try currentPast()
      return (try past.events(about: subject), past.position)
    }
  }

  /// What guards add to the wishes.
  private func decide(_ wishes: [Event], _ guards: [any Guard.Type], _ past: LogPast) throws -> [Event] {
    let now = self.now
    var consequences: [Event] = []
    defer { past.begin() }
    for event in wishes where !past.isPending(event) {
      consequences += try catalogue.decide(event, by: guards, given: past, now: now)
      past.note(event)
    }
    return consequences
  }

  /// Whether an event with that id is recorded. Refuses an id that names something else.
  private func isRepetition(_ event: Event, _ past: LogPast) throws -> Bool {
    guard let id = event.id, let known = try past.event(withID: id) else { return false }
    guard let entry = catalogue.entry(named: event.type), known.says(event, by: entry.declaration) else {
      throw OnceOnly.reused(id, by: known)
    }
    return true
  }

  private func check(_ condition: Condition, _ past: LogPast) throws {
    switch condition {
    case .version(let subject, let version):
      let actual = try past.events(about: subject).count
      guard actual == version else { throw ConditionFailed(condition: condition, seq: nil, actual: actual) }
    case .none(let types, let subjects, let position):
      guard let seq = try past.first(of: types, about: subjects, from: position) else { return }
      throw ConditionFailed(condition: condition, seq: seq, actual: nil)
    }
  }

  /// Under the turn: the past as far as the log reaches now.
  private func currentPast() throws -> LogPast {
    let past: LogPast
    if let kept = self.past, kept.recentCount < LogPast.recentMax {
      past = kept
    } else {
      past = LogPast(log, try sharedSnapshot())
    }
    try past.catchUp()
    self.past = past
    return past
  }
}
