import Facts
import Projection
import Vocabulary
import Wire

// One subject's row, and why.

extension Snapshot {
  /// One subject's row as a view sees it. Complexity: O(events of the subject).
  public func row(of name: String, subject: String, view: View = .present) throws -> ModelLine? {
    try judge(name, subject, view).line
  }

  /// One subject's row with every condition behind it and the events on which they rest.
  public func explain(_ name: String, subject: String, view: View = .present) throws -> Explanation {
    let (line, findings) = try judge(name, subject, view)
    let positions = Set(findings.flatMap(\.evidence) + (line?.because.map { [$0] } ?? [])).sorted()
    var events: [StoredEvent] = []
    try source.forEachLine(at: positions.filter { $0 < size }) { seq, text in
      events.append(try stored(seq, text))
    }
    return Explanation(line: line, findings: findings, events: events)
  }

  private func judge(_ name: String, _ subject: String, _ view: View) throws -> (line: ModelLine?, findings: [Finding]) {
    let projection = try projection(name)
    let subject = try resolve(subject)
    let position = try position(of: view)
    let asOf = try asOf(view, before: position)
    let rule = try rule(for: projection, view, asOf: asOf)
    let fold = projection.makeFold(.whole, nil)
    let plans = try facts().plans
    guard let number = try table().find(subject) else { throw EngineError.unknownSubject(subject) }
    let account = Int(try table().entry(number).account)
    try forEachLine(of: [account], at: try positions(of: [account], before: position)) { seq, line in
      try plans.withRecorded(line, seq: seq) { event, about in
        guard event.at <= asOf else { return }
        if case .subject = projection.key, about != subject { return }
        fold.fold(event, key: 0)
      }
    }
    let version = rule?.rule ?? RuleVersion(0, why: Name("", ""), [:])
    let (row, findings) = fold.explain(key: 0, by: version, asOf: asOf)
    let line = row.map {
      ModelLine(
        subject: subject, values: $0.values, since: $0.since, because: $0.because, asOf: asOf, position: position,
        rule: rule?.label)
    }
    return (line, findings)
  }
}
