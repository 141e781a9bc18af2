public import Wire

/// How a register comes to its rows, where the register is not known by type.
public struct AccountWay: Sendable {
  @usableFromInline let judgeAll: @Sendable (AnyFold, RuleVersion, Instant, any Names) -> [CensusLine]
  @usableFromInline let makeJudge:
    @Sendable (AnyFold, RuleVersion, any Names) -> (_ key: Int, _ account: Int, _ now: Instant) -> [CensusLine]
  @usableFromInline let explainOne:
    @Sendable (AnyFold, Int, Int, CensusSubject, RuleVersion, Instant, any Names) -> (row: AnyRow?, findings: [Finding])

  @inlinable init<R: Register>(_: R.Type) {
    judgeAll = { part, rule, now, names in
      let fold = part.of(R.Source.self)
      let ruled = Ruled<R.Rules>(rule, names)
      var trace = NoTrace()
      return fold.keys.flatMap { key in
        fold.rows(R.self, key: key, of: key, by: ruled, asOf: now, trace: &trace).map { CensusLine($0, names) }
      }
    }
    makeJudge = { part, rule, names in
      let fold = part.of(R.Source.self)
      let ruled = Ruled<R.Rules>(rule, names)
      return { key, account, now in
        var trace = NoTrace()
        return fold.rows(R.self, key: key, of: account, by: ruled, asOf: now, trace: &trace).map { CensusLine($0, names) }
      }
    }
    explainOne = { part, key, account, subject, rule, now, names in
      let ruled = Ruled<R.Rules>(rule, names)
      var findings = CensusFindings(about: subject)
      let rows = part.of(R.Source.self).rows(R.self, key: key, of: account, by: ruled, asOf: now, trace: &findings)
      return (rows.first { $0.subject == subject }.map { AnyRow($0.row, names) }, findings.list)
    }
  }

  /// The rows of all accounts of a part, by account.
  public func judge(
    _ part: AnyFold, by rule: RuleVersion, asOf now: Instant, _ names: any Names = NoNames()
  ) -> [CensusLine] { judgeAll(part, rule, now, names) }

  /// A judge of one account at any time, from the facts as they are: by its key in the fold and its number in the log.
  /// The rule is read once.
  public func judge(
    _ part: AnyFold, by rule: RuleVersion, _ names: any Names = NoNames()
  ) -> (_ key: Int, _ account: Int, _ now: Instant) -> [CensusLine] { makeJudge(part, rule, names) }

  /// One row of an account, and why it is as it is.
  public func explain(
    _ part: AnyFold, key: Int, of account: Int, _ subject: CensusSubject, by rule: RuleVersion, asOf now: Instant,
    _ names: any Names = NoNames()
  ) -> (row: AnyRow?, findings: [Finding]) { explainOne(part, key, account, subject, rule, now, names) }
}
