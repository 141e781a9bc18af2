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
  @usableFromInline let judgeAll: @Sendable ([AnyFold], RuleVersion, Instant, any Names) -> [CensusLine]
  @usableFromInline let explainOne:
    @Sendable ([AnyFold], CensusSubject, RuleVersion, Instant, any Names) -> (row: AnyRow?, findings: [Finding])

  @inlinable init<C: Census>(_: C.Type) {
    judgeAll = { parts, rule, now, names in
      let ruled = Ruled<C.Rules>(rule, names)
      var trace = NoTrace()
      return C.conclude(AllWay.returns(C.self, parts, ruled, now), by: ruled, asOf: now, trace: &trace)
        .map { CensusLine($0, names) }
    }
    explainOne = { parts, subject, rule, now, names in
      let ruled = Ruled<C.Rules>(rule, names)
      var findings = CensusFindings(about: subject)
      let rows = C.conclude(AllWay.returns(C.self, parts, ruled, now), by: ruled, asOf: now, trace: &findings)
      return (rows.first { $0.subject == subject }.map { AnyRow($0.row, names) }, findings.list)
    }
  }

  /// Judges all. Complexity: what `report` and `conclude` take, over all subjects that have facts.
  /// - Parameter parts: the folds of all partitions.
  public func judge(
    _ parts: [AnyFold], by rule: RuleVersion, asOf now: Instant, _ names: any Names = NoNames()
  ) -> [CensusLine] { judgeAll(parts, rule, now, names) }

  /// Judges all, and tells why one is as it is.
  public func explain(
    _ parts: [AnyFold], _ subject: CensusSubject, by rule: RuleVersion, asOf now: Instant, _ names: any Names = NoNames()
  ) -> (row: AnyRow?, findings: [Finding]) { explainOne(parts, subject, rule, now, names) }

  /// What all subjects bring, in the order of their numbers: the parts take turns.
  @inlinable static func returns<C: Census>(
    _: C.Type, _ parts: [AnyFold], _ rule: Ruled<C.Rules>, _ now: Instant
  ) -> [C.Return] {
    let folds = parts.map { $0.of(C.Source.self) }
    let keys = folds.map(\.keys)
    var places = [Int](repeating: 0, count: folds.count)
    var returns: [C.Return] = []
    while true {
      var next: (part: Int, key: Int)?
      for part in folds.indices where places[part] < keys[part].count {
        let key = keys[part][places[part]]
        if next.map({ key < $0.key }) ?? true { next = (part, key) }
      }
      guard let (part, key) = next else { return returns }
      places[part] += 1
      folds[part].report(C.self, key: key, by: rule, asOf: now, to: &returns)
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
    _: C.Type, key: Int, by rule: Ruled<C.Rules>, asOf now: Instant, to returns: inout [C.Return]
  ) where C.Source == G {
    guard let local = place(of: key) else { return }
    C.report(states[local].facts, series, of: key, by: rule, asOf: now, to: &returns)
  }
}
