import Conformance
import Engine
import Events
import Vocabulary
import Wire

/// Who has learnt which procedure, as the events about training say.
///
/// A training is about a procedure where its item is the procedure's id, or `sop:` and the id; its version is a number,
/// with or without a v; one that names none was about whichever version then was in use. People are known by the id
/// under which they record, which is that of `employee:…`.
public struct TrainingBook: Sendable {
  private struct Training {
    let at: Instant
    let version: Int?
    let validUntil: Day?
  }
  /// By procedure, then by person.
  private var trainings: [String: [String: [Training]]] = [:]

  /// - Complexity: O(trainings).
  public init(_ snapshot: Snapshot, view: View) throws {
    for event in try snapshot.standingEvents(of: ["training.completed"], view: view) { add(event) }
  }

  private mutating func add(_ event: Event) {
    guard event.data["passed"] == .bool(true), let item = event.data["item"]?.string else { return }
    let id = item.hasPrefix("sop:") ? String(item.dropFirst(4)) : item
    let number = event.data["itemVersion"]?.string.map { $0.hasPrefix("v") ? String($0.dropFirst()) : $0 }
    let training = Training(
      at: event.occurredAt, version: number.flatMap { Int($0) }, validUntil: event.data["validUntil"]?.string.flatMap { Day($0) })
    trainings[id, default: [:]][event.subject.id, default: []].append(training)
  }

  /// What was known then; not known where nobody's training in the procedure is recorded at all.
  public func state(of person: String, _ procedure: Procedure, _ at: Instant) -> TrainingState {
    guard procedure.version > 0, let known = trainings[procedure.id] else { return .unknown }
    let done = (known[person] ?? []).filter { $0.at <= at }
    let fitting = done.filter { $0.version.map { $0 >= procedure.version } ?? true }
    let valid = fitting.filter { $0.validUntil.map { $0 >= at.day } ?? true }
    if let since = valid.map(\.at).min() { return .trained(since: since) }
    if let day = fitting.compactMap(\.validUntil).max() { return .expired(on: day) }
    if let version = done.compactMap(\.version).max() { return .earlierVersion(version) }
    return .untrained
  }
}
