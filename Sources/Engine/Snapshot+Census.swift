import Facts
import Projection
import ReadModels
import Vocabulary
import Wire

// Questions whose answer about one rests on all: everyone is folded and judged, whoever is asked about.

/// All subjects before one census, or before one register.
struct CensusHearing {
  let run: FoldRun.Result
  let table: SubjectTable
  let position: Int64
  let asOf: Instant
  let rule: PublishedRule?

  /// Every row, in the order of the subjects' names.
  var rows: [ModelRow] {
    lines(by: rule)
      .map { ModelRow(subject: name(of: $0.subject), values: $0.row.values, since: $0.row.since, because: $0.row.because) }
      .sorted { $0.subject.utf8.lexicographicallyPrecedes($1.subject.utf8) }
  }

  /// What all come to by a rule.
  func lines(by rule: PublishedRule?) -> [CensusLine] {
    switch run.projection.way {
    case .each: preconditionFailure("\(run.projection.name) judges one by one")
    case .account(let way): run.parts.flatMap { way.judge($0, by: rule.version, asOf: asOf, run.names) }
    case .all(let way): way.judge(run.heard, by: rule.version, asOf: asOf, run.names)
    }
  }

  func name(of subject: CensusSubject) -> String { table.name(of: subject, run.projection.key, run.names) }

  /// The rows that people call so: the one of that name, else all parts of it, `employee:E-7/2026-10` by `employee:E-7`;
  /// by `employee:E-7/` the parts alone. In the order of their names.
  func found(_ name: String) -> [CensusLine] {
    let spellings = [name, table.accountKind + ":" + name]
    let all = lines(by: rule).map { (line: $0, name: self.name(of: $0.subject)) }
    let exact = all.filter { spellings.contains($0.name) }
    if !exact.isEmpty { return exact.map(\.line) }
    return all.filter { row in spellings.contains { row.name.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") } }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }.map(\.line)
  }

  /// The one subject that people call so.
  func subject(_ name: String) throws(EngineError) -> CensusSubject {
    let found = found(name)
    guard let first = found.first else { throw .unknownSubject(name) }
    guard found.count == 1 else {
      throw .severalRows(name, model: run.projection.name, rows: found.map { self.name(of: $0.subject) })
    }
    return first.subject
  }

  func line(_ subject: CensusSubject, _ row: AnyRow?) -> ModelLine? {
    row.map {
      ModelLine(
        subject: name(of: subject), values: $0.values, since: $0.since, because: $0.because, asOf: asOf, position: position,
        rule: rule?.label)
    }
  }
}

extension SubjectTable {
  /// Whether a fold's key is of the log, and not of an account that only events behind the facts name.
  private func has(_ number: Int, _ key: Key) -> Bool { if case .account = key { number < accountCount } else { true } }

  /// How people call a census' subject.
  func name(of subject: CensusSubject, _ key: Key, _ names: some Names) -> String {
    let base =
      switch subject.base {
      case .key(let number) where has(number, key): name(of: self.subject(of: number, key))
      case .key(let number): names.holder(ofAccount: number).flatMap { names.name(of: $0) } ?? "?"
      case .own(let own): self.subject(own).map { name(of: $0) } ?? names.name(of: own) ?? "?"
      case .named(let kind, let number): kind.word + ":" + (names.text(number) ?? "?")
      case .fixed(let name): name
      }
    return subject.part.map { base + "/" + $0 } ?? base
  }
}

extension Snapshot {
  /// Folds everyone for a census.
  /// - Precondition: the projection is one.
  func census(
    _ projection: AnyProjection, view: View, progress: @escaping Progress = { _, _ in }
  ) throws -> CensusHearing {
    let run = try fold([projection], view: view, progress: progress)
    let asOf = view.asOf ?? run.latest ?? Instant(microseconds: 0)
    return CensusHearing(
      run: run.results[0], table: try facts().table, position: try position(of: view), asOf: asOf,
      rule: try rule(for: projection, view, asOf: asOf))
  }

  /// The rows of a census that a name means. Complexity: as for all rows.
  func censusRows(of projection: AnyProjection, subject name: String, view: View) throws -> [ModelLine] {
    let hearing = try census(projection, view: view)
    let found = hearing.found(name)
    guard !found.isEmpty else { throw EngineError.unknownSubject(name) }
    return found.compactMap { hearing.line($0.subject, $0.row) }
  }

  /// One row of a census. Complexity: as for all rows.
  func censusRow(of projection: AnyProjection, _ way: AllWay, subject name: String, view: View) throws -> ModelLine? {
    let hearing = try census(projection, view: view)
    let subject = try hearing.subject(name)
    return hearing.line(subject, way.explain(
      hearing.run.heard, subject, by: hearing.rule.version, asOf: hearing.asOf, hearing.run.names).row)
  }

  /// One row of a census with what it rests on. What comes next, and what single events decide, would need everyone's
  /// history again for each of them; neither is looked for.
  func explainCensus(
    _ projection: AnyProjection, _ way: AllWay, subject name: String, view: View, field: String?
  ) throws -> Explanation {
    let hearing = try census(projection, view: view)
    let subject = try hearing.subject(name)
    let (row, findings) = way.explain(
      hearing.run.heard, subject, by: hearing.rule.version, asOf: hearing.asOf, hearing.run.names)
    let line = hearing.line(subject, row)
    let cause = try field.map { field throws(EngineError) in
      FieldCause(name: field, value: try projection.value(of: field)(row), decisive: [], isPartial: true)
    }
    let positions = findings.flatMap(\.evidence) + (line?.because.map { [$0] } ?? [])
    return Explanation(
      line: line, findings: findings, events: try evidence(at: Set(positions), before: hearing.position), next: nil,
      field: cause)
  }
}

extension AnyProjection {
  /// How a field is read from a row; `nil` of no row.
  func value(of field: String) throws(EngineError) -> (AnyRow?) -> Value? {
    if let place = columns.firstIndex(where: { $0.name == field }) { return { $0?.values[place] } }
    switch field {
    case "since": return { $0.map { Value($0.since) } }
    case "because": return { $0.map { Value($0.because) } }
    default: throw .unknownField(field, model: name, known: columns.map(\.name) + ["since", "because"])
    }
  }
}
