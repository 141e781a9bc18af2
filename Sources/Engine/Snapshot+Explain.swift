import Events
import Facts
import Projection
import Vocabulary
import Wire

// One subject's row, and why.

extension Snapshot {
  /// One subject's row as a view sees it. Complexity: O(events of the subject); of a register O(events of the account),
  /// of a census O(events).
  public func row(of name: String, subject: String, view: View = .present) throws -> ModelLine? {
    let projection = try projection(name)
    switch projection.way {
    case .each: break
    case .account(let way): return try SubjectReading(subject, view: view, in: self).hearing(projection, way).line(subject)
    case .all(let way): return try censusRow(of: projection, way, subject: subject, view: view)
    }
    let hearing = try hearing(projection, subject, view)
    return hearing.line(hearing.judge(hearing.fold))
  }

  /// One subject's row with every condition behind it, the events on which they rest, and what comes next.
  ///
  /// - Parameter field: also say which events this column rests on. Throws `EngineError.unknownField`.
  public func explain(
    _ name: String, subject: String, view: View = .present, field: String? = nil
  ) throws -> Explanation {
    let projection = try projection(name)
    switch projection.way {
    case .each: break
    case .account(let way): return try explainInAccount(projection, way, subject: subject, view: view, field: field)
    case .all(let way): return try explainCensus(projection, way, subject: subject, view: view, field: field)
    }
    let hearing = try hearing(projection, subject, view)
    let (row, findings) = hearing.projection.each.explain(
      hearing.fold, key: 0, by: hearing.rule.version, asOf: hearing.asOf, hearing.names)
    let line = hearing.line(row)
    let cause = try field.map { try FieldCause($0, projection, hearing.events, row, findings, hearing.judge) }
    let outcome = hearing.projection.each.outcome(hearing.fold, by: hearing.rule.version, hearing.names)
    let next = hearing.events.count == 0 ? nil : Foresight.look(from: hearing.asOf) { outcome(0, $0) }
    let positions = findings.flatMap(\.evidence) + (line?.because.map { [$0] } ?? []) + (cause?.decisive.map(\.seq) ?? [])
    return Explanation(
      line: line, findings: findings, events: try evidence(at: Set(positions), before: hearing.position), next: next,
      field: cause)
  }

  /// The events at these positions with the corrections of them, in the log's order.
  func evidence(at positions: Set<Int64>, before position: Int64) throws -> [StoredEvent] {
    let corrected = try corrections().known(before: position)
    let all = positions.union(positions.compactMap { corrected[$0]?.seq })
    var events: [StoredEvent] = []
    try source.forEachLine(at: all.filter { $0 < size }.sorted()) { seq, text in
      events.append(try stored(seq, text))
    }
    return events
  }

  private func hearing(_ projection: AnyProjection, _ subject: String, _ view: View) throws -> SubjectHearing {
    try SubjectReading(try resolve(subject), view: view, in: self).hearing(projection)
  }
}

/// One subject before one projection: the facts, the rule and the time.
struct SubjectHearing {
  let projection: AnyProjection
  let subject: String
  let position: Int64
  let asOf: Instant
  let rule: PublishedRule?
  let events: AccountEvents
  let fold: AnyFold
  let names: LogNames

  func judge(_ fold: AnyFold) -> AnyRow? { projection.each.judge(fold, by: rule.version, asOf: asOf, names)(0) }

  func line(_ row: AnyRow?) -> ModelLine? {
    row.map {
      ModelLine(
        subject: subject, values: $0.values, since: $0.since, because: $0.because, asOf: asOf, position: position,
        rule: rule?.label)
    }
  }
}

extension FieldCause {
  /// Judges without each event in turn, and keeps those without which the field is another.
  init(
    _ field: String, _ projection: AnyProjection, _ events: AccountEvents, _ row: AnyRow?, _ findings: [Finding],
    _ judge: (AnyFold) -> AnyRow?
  ) throws(EngineError) {
    let value = try projection.value(of: field)
    let present = value(row)
    let named = Set(findings.flatMap(\.evidence))
    let isPartial = events.count > FieldCause.eventLimit
    var decisive: [Decisive] = []
    for place in 0..<events.count where !isPartial || named.contains(events.seq(place)) {
      let without = value(judge(projection.source.fold(of: events.without(place))))
      if without != present { decisive.append(Decisive(seq: events.seq(place), without: without)) }
    }
    self.init(name: field, value: present, decisive: decisive, isPartial: isPartial)
  }
}
