import Events
import Facts
import Projection
import Vocabulary
import Wire

// One subject's row, and why.

extension Snapshot {
  /// One subject's row as a view sees it. Complexity: O(events of the subject).
  public func row(of name: String, subject: String, view: View = .present) throws -> ModelLine? {
    let hearing = try hearing(name, subject, view)
    return hearing.line(hearing.fold.judge(by: hearing.rule.version, asOf: hearing.asOf)(0))
  }

  /// One subject's row with every condition behind it, the events on which they rest, and what comes next.
  ///
  /// - Parameter field: also say which events this column rests on. Throws `EngineError.unknownField`.
  public func explain(
    _ name: String, subject: String, view: View = .present, field: String? = nil
  ) throws -> Explanation {
    let hearing = try hearing(name, subject, view)
    let (row, findings) = hearing.fold.explain(key: 0, by: hearing.rule.version, asOf: hearing.asOf)
    let line = hearing.line(row)
    let cause = try field.map { try hearing.cause(of: $0, row, findings) }
    let outcome = hearing.fold.outcome(by: hearing.rule.version)
    let next = hearing.events.isEmpty ? nil : Foresight.look(from: hearing.asOf) { outcome(0, $0) }
    let positions = findings.flatMap(\.evidence) + (line?.because.map { [$0] } ?? []) + (cause?.decisive.map(\.seq) ?? [])
    return Explanation(
      line: line, findings: findings, events: try evidence(at: Set(positions), before: hearing.position), next: next,
      field: cause)
  }

  /// The events at these positions with the corrections of them, in the log's order.
  private func evidence(at positions: Set<Int64>, before position: Int64) throws -> [StoredEvent] {
    let corrected = try corrections().known(before: position)
    let all = positions.union(positions.compactMap { corrected[$0]?.seq })
    var events: [StoredEvent] = []
    try source.forEachLine(at: all.filter { $0 < size }.sorted()) { seq, text in
      events.append(try stored(seq, text))
    }
    return events
  }

  private func hearing(_ name: String, _ subject: String, _ view: View) throws -> Hearing {
    let projection = try projection(name)
    let subject = try resolve(subject)
    let position = try position(of: view)
    let asOf = try asOf(view, before: position)
    let events = try events(of: subject, for: projection, before: position, until: asOf)
    return Hearing(
      projection: projection, subject: subject, position: position, asOf: asOf,
      rule: try rule(for: projection, view, asOf: asOf), events: events, fold: projection.fold(of: events))
  }
}

/// One subject before one projection: the facts, the rule and the time.
private struct Hearing {
  let projection: AnyProjection
  let subject: String
  let position: Int64
  let asOf: Instant
  let rule: PublishedRule?
  let events: [HeldEvent]
  let fold: AnyFold

  func line(_ row: AnyRow?) -> ModelLine? {
    row.map {
      ModelLine(
        subject: subject, values: $0.values, since: $0.since, because: $0.because, asOf: asOf, position: position,
        rule: rule?.label)
    }
  }

  /// Judges without each event in turn, and keeps those without which the field is another.
  func cause(of field: String, _ row: AnyRow?, _ findings: [Finding]) throws(EngineError) -> FieldCause {
    let value = try self.value(of: field)
    let present = row.map(value)
    let named = Set(findings.flatMap(\.evidence))
    let isPartial = events.count > FieldCause.eventLimit
    var decisive: [FieldCause.Decisive] = []
    for (place, event) in events.enumerated() where !isPartial || named.contains(event.seq) {
      let rest = projection.fold(of: events[..<place] + events[(place + 1)...])
      let without = rest.judge(by: rule.version, asOf: asOf)(0).map(value)
      if without != present { decisive.append(FieldCause.Decisive(seq: event.seq, without: without)) }
    }
    return FieldCause(name: field, value: present, decisive: decisive, isPartial: isPartial)
  }

  /// How a field is read from a row.
  private func value(of field: String) throws(EngineError) -> (AnyRow) -> Value {
    if let place = projection.columns.firstIndex(where: { $0.name == field }) { return { $0.values[place] } }
    switch field {
    case "since": return { Value($0.since) }
    case "because": return { Value($0.because) }
    default:
      throw .unknownField(field, model: projection.name, known: projection.columns.map(\.name) + ["since", "because"])
    }
  }
}
