import Facts
import Projection
import Vocabulary
import Wire

// Questions about what belongs to an account: the account's events are read, and nobody else's.

extension Snapshot {
  /// The rows of a read model that a name means, as a view sees them: the row of that name; of a register also all rows
  /// about the subject, or about what belongs to it where it is an account; of a census all parts of it. Complexity: as
  /// for one row.
  public func rows(of name: String, subject: String, view: View = .present) throws -> [ModelLine] {
    let projection = try projection(name)
    switch projection.way {
    case .each: return try row(of: name, subject: subject, view: view).map { [$0] } ?? []
    case .account(let way): return try SubjectReading(subject, view: view, in: self).hearing(projection, way).lines(subject)
    case .all: return try censusRows(of: projection, subject: subject, view: view)
    }
  }

  /// The subject whose part a name means: of `contract:K-7/renewal` the contract.
  func base(of name: String) throws -> String {
    var rest = Substring(name)
    while true {
      if let known = try? resolve(String(rest)) { return known }
      guard let slash = rest.lastIndex(of: "/") else { throw EngineError.unknownSubject(name) }
      rest = rest[..<slash]
    }
  }

  /// One row of a register with what it rests on.
  func explainInAccount(
    _ projection: AnyProjection, _ way: AccountWay, subject name: String, view: View, field: String?
  ) throws -> Explanation {
    let hearing = try SubjectReading(name, view: view, in: self).hearing(projection, way)
    guard let found = try hearing.find(name) else { return .nothing }
    let subject = found.subject
    let (row, findings) = way.explain(
      hearing.fold, key: 0, of: hearing.account, subject, by: hearing.rule.version, asOf: hearing.asOf, hearing.names)
    let line = hearing.line(found)
    let judge = { (fold: AnyFold) in hearing.judge(fold, at: hearing.asOf).first { $0.subject == subject }?.row }
    let cause = try field.map {
      try FieldCause($0, projection, hearing.events, row, findings, judge)
    }
    let next = Foresight.look(from: hearing.asOf) { now in
      hearing.judge(hearing.fold, at: now).first { $0.subject == subject }?.outcome ?? .noRow
    }
    let positions = findings.flatMap(\.evidence) + (line.because.map { [$0] } ?? []) + (cause?.decisive.map(\.seq) ?? [])
    return Explanation(
      line: line, findings: findings, events: try evidence(at: Set(positions), before: hearing.position), next: next,
      field: cause)
  }
}

/// One account before one register: the facts, the rule and the time.
struct AccountHearing {
  let projection: AnyProjection
  let way: AccountWay
  /// The subject that was asked about, without a part.
  let base: String
  /// The name of what stands for the account.
  let holder: String
  /// Its number, in the log or behind it.
  let account: Int
  let table: SubjectTable
  let position: Int64
  let asOf: Instant
  let rule: PublishedRule?
  let events: AccountEvents
  let fold: AnyFold
  let names: LogNames

  func judge(_ fold: AnyFold, at now: Instant) -> [CensusLine] { way.judge(fold, by: rule.version, names)(0, account, now) }

  private func name(of subject: CensusSubject) -> String { table.name(of: subject, .account, names) }

  func line(_ line: CensusLine) -> ModelLine {
    ModelLine(
      subject: name(of: line.subject), values: line.row.values, since: line.row.since, because: line.row.because,
      asOf: asOf, position: position, rule: rule?.label)
  }

  /// What a name means: the row of that name, else the rows about that subject, else what belongs to that account.
  private func found(_ name: String) -> [CensusLine] {
    let all = judge(fold, at: asOf).map { (line: $0, name: self.name(of: $0.subject)) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    let exact = all.filter { $0.name == name || $0.name == table.accountKind + ":" + name }
    if !exact.isEmpty { return exact.map(\.line) }
    guard name == base || table.accountKind + ":" + name == base else { return [] }
    let own = all.filter { $0.name.hasPrefix(base + "/") }
    if !own.isEmpty { return own.map(\.line) }
    return holder == base ? all.map(\.line) : []
  }

  func lines(_ name: String) -> [ModelLine] { found(name).map(line) }

  /// The one row that a name means; `nil` where there is none.
  func find(_ name: String) throws(EngineError) -> CensusLine? {
    let found = found(name)
    guard found.count < 2 else {
      throw .severalRows(name, model: projection.name, rows: found.map { self.name(of: $0.subject) })
    }
    return found.first
  }

  func line(_ name: String) throws(EngineError) -> ModelLine? { try find(name).map(line) }
}
