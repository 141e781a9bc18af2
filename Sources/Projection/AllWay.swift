public import Wire

/// A row of a census with the name of whom it is about, whatever the census.
public struct CensusLine: Sendable {
  public let subject: CensusSubject
  public let row: AnyRow
  public let outcome: Outcome
  /// See `Row.holding`.
  public let holding: UInt64

  @usableFromInline init(subject: CensusSubject, row: AnyRow, outcome: Outcome, holding: UInt64) {
    (self.subject, self.row, self.outcome, self.holding) = (subject, row, outcome, holding)
  }
}

/// How a census comes to its rows, where the census is not known by type.
public struct AllWay: Sendable {
  /// What is heard besides the source.
  public let witnesses: [AnyGathering]
  @usableFromInline let judgeAll: @Sendable ([[AnyFold]], RuleVersion, Instant, any Names) -> [CensusLine]
  @usableFromInline let explainOne:
    @Sendable ([[AnyFold]], CensusSubject, RuleVersion, Instant, any Names) -> (row: AnyRow?, findings: [Finding])

  @inlinable init<C: Census>(_: C.Type) {
    witnesses = C.witnesses.map(\.gathering)
    judgeAll = { heard, rule, now, names in
      let ruled = Ruled<C.Rules>(rule, names)
      var trace = NoTrace()
      return C.conclude(AllWay.returns(C.self, heard, ruled, now, about: nil), by: ruled, asOf: now, trace: &trace)
        .map { CensusLine($0, names) }
    }
    explainOne = { heard, subject, rule, now, names in
      let ruled = Ruled<C.Rules>(rule, names)
      var findings = CensusFindings(about: subject)
      let rows = C.conclude(AllWay.returns(C.self, heard, ruled, now, about: subject), by: ruled, asOf: now, trace: &findings)
      return (rows.first { $0.subject == subject }.map { AnyRow($0.row, names) }, findings.list)
    }
  }

  /// Judges all. Complexity: what `report` and `conclude` take, over all subjects that have facts.
  /// - Parameter heard: the folds of all partitions, of the source and then of each witness.
  public func judge(
    _ heard: [[AnyFold]], by rule: RuleVersion, asOf now: Instant, _ names: any Names = NoNames()
  ) -> [CensusLine] { judgeAll(heard, rule, now, names) }

  /// Judges all, and tells why one is as it is.
  public func explain(
    _ heard: [[AnyFold]], _ subject: CensusSubject, by rule: RuleVersion, asOf now: Instant,
    _ names: any Names = NoNames()
  ) -> (row: AnyRow?, findings: [Finding]) { explainOne(heard, subject, rule, now, names) }

  /// What all subjects bring.
  @inlinable static func returns<C: Census>(
    _: C.Type, _ heard: [[AnyFold]], _ rule: Ruled<C.Rules>, _ now: Instant, about subject: CensusSubject?
  ) -> C.Returns {
    var returns = C.Returns(about: subject)
    let folds = heard[0].map { $0.of(C.Source.self) }
    inTurn(folds.map(\.keys)) { part, key in folds[part].report(C.self, key: key, by: rule, asOf: now, to: &returns) }
    for (witness, parts) in zip(C.witnesses, heard.dropFirst()) {
      inTurn(parts.map(\.keys)) { part, key in witness.bring(parts[part], key, rule, now, &returns) }
    }
    return returns
  }

  /// Calls `body` with the keys of all parts, ascending: the parts take turns.
  @inlinable static func inTurn(_ keys: [[Int]], _ body: (_ part: Int, _ key: Int) -> Void) {
    var places = [Int](repeating: 0, count: keys.count)
    while true {
      var next: (part: Int, key: Int)?
      for part in keys.indices where places[part] < keys[part].count {
        let key = keys[part][places[part]]
        if next.map({ key < $0.key }) ?? true { next = (part, key) }
      }
      guard let (part, key) = next else { return }
      places[part] += 1
      body(part, key)
    }
  }
}

extension CensusLine {
  @inlinable init(_ row: CensusRow<some Row>, _ names: any Names) {
    self.init(
      subject: row.subject, row: AnyRow(row.row, names), outcome: Outcome(row.row), holding: row.row.holding)
  }
}

extension Fold {
  @inlinable func report<C: Census>(
    _: C.Type, key: Int, by rule: Ruled<C.Rules>, asOf now: Instant, to returns: inout C.Returns
  ) where C.Source == G {
    guard let place = place(of: key) else { return }
    C.report(states[place], series, of: key, by: rule, asOf: now, to: &returns)
  }
}
