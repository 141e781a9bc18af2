import Facts
import Projection
import Vocabulary
import Wire

// Two rules over the same facts. The log is not read: facts do not depend on rules.

/// What a comparison may be asked.
public struct ComparisonOptions: Sendable {
  /// Projections whose rows about the changed subjects' accounts are wanted too.
  public var beside: [AnyProjection] = []
  public var workers = 2
  public var progress: Progress = { _, _ in }

  public init() {}
}

extension Snapshot {
  /// The projection that a kind of rule judges; the first where there are several.
  public func projection(ofRule kind: String) throws(EngineError) -> AnyProjection {
    guard let found = projections.first(where: { $0.ruleKind == kind }) else {
      throw EngineError.unknownRuleKind(kind, known: Set(projections.compactMap(\.ruleKind)).sorted())
    }
    return found
  }

  /// The rule of a kind that a view judges by.
  public func rule(of kind: String, in view: View) throws -> PublishedRule {
    let projection = try projection(ofRule: kind)
    let asOf = try asOf(view, before: try position(of: view))
    guard let rule = try rule(for: projection, view, asOf: asOf) else {
      throw EngineError.unknownRuleKind(kind, known: [])
    }
    return rule
  }

  /// Judges every subject by two rules as of the view's time. Complexity: one pass over the facts, two judgements a
  /// subject.
  public func compare(
    _ from: PublishedRule, with to: PublishedRule, view: View = .present,
    options: ComparisonOptions = ComparisonOptions()
  ) throws -> RuleComparison {
    let projection = try projection(ofRule: from.kind)
    let run = try fold(
      [projection] + options.beside, view: view, workers: options.workers, progress: options.progress)
    let position = try position(of: view)
    let asOf = view.asOf ?? run.latest ?? Instant(microseconds: 0)
    let table = try facts().table
    let (differences, changes) = differences(
      run.results[0], try joined(from, for: projection, view, asOf: asOf), try joined(to, for: projection, view, asOf: asOf),
      asOf: asOf, position, table)
    var stakes = Stakes(accounts: options.beside.isEmpty ? [] : changes.compactMap(\.account))
    for result in run.results.dropFirst() { result.add(to: &stakes, asOf: asOf, table) }
    return RuleComparison(
      projection: projection, from: from, to: to, asOf: asOf, position: position, differences: differences,
      changes: changes, stakes: stakes)
  }

  private func differences(
    _ run: FoldRun.Result, _ from: PublishedRule, _ to: PublishedRule, asOf: Instant, _ position: Int64, _ table: SubjectTable
  ) -> (Differences, [RuleComparison.Change]) {
    switch run.projection.way {
    case .each:
      let differences = run.compare(from.rule, with: to.rule, asOf: asOf)
      return (differences, changes(differences, of: run.projection, in: table))
    case .all, .account:
      let hearing = CensusHearing(run: run, table: table, position: position, asOf: asOf, rule: from)
      return hearing.compare(with: to)
    }
  }

  private func changes(
    _ differences: Differences, of projection: AnyProjection, in table: SubjectTable
  ) -> [RuleComparison.Change] {
    let changes = differences.changes
    let subjects = changes.map { table.subject(of: $0.key, projection.key) }
    return table.placesByName(subjects).map { place in
      RuleComparison.Change(
        subject: table.name(of: subjects[place]), account: Int(table.entry(subjects[place]).account), row: changes[place])
    }
  }

  /// Where two rules first part about one subject; `nil` where they agree at every time that was looked at. Only who is
  /// judged alone is played through: each time of a census would take everyone's history.
  public func divergence(
    of subject: String, _ from: PublishedRule, _ to: PublishedRule, view: View, asOf: Instant, wanted: Difference
  ) throws -> Divergence? {
    let projection = try projection(ofRule: from.kind)
    guard case .each = projection.way else { return nil }
    let events = try SubjectReading(subject, view: view, in: self).events(for: projection)
    return Divergence.first(
      projection, events, from.rule, to.rule, until: asOf, wanted: wanted, try facts().names)
  }
}

extension SubjectTable {
  /// The subject that a fold's key stands for.
  func subject(of key: Int, _ kind: Key) -> Int {
    guard case .subject(let kind) = kind, let number = kindNumber(kind.word) else { return holder(of: key) }
    return subject(ofKind: number, ordinal: key)
  }
}

extension FoldRun.Result {
  /// Judges all parts at once, each on a thread of its own.
  func compare(_ old: RuleVersion, with new: RuleVersion, asOf now: Instant) -> Differences {
    let (lent, projection, names) = (parts.map(LentFold.init), projection, names)
    let found = Parallel.map(parts.count) { part in
      projection.each.compare(lent[part].fold, old, with: new, asOf: now, names)
    }
    return found.reduce(into: Differences(projection)) { $0.add($1) }
  }

  /// Adds the rows of the accounts that are asked for.
  /// - Precondition: the projection is no census.
  func add(to stakes: inout Stakes, asOf now: Instant, _ table: SubjectTable) {
    if case .account(let way) = projection.way { return add(to: &stakes, way, asOf: now) }
    let judges = parts.map { projection.each.judge($0, by: (nil as PublishedRule?).version, asOf: now, names) }
    if case .account = projection.key {
      for account in Array(stakes.accounts) {
        if let row = judges[account % parts.count](account) { stakes.add(row, of: projection.name, to: account) }
      }
      return
    }
    for (part, fold) in parts.enumerated() {
      for key in fold.keys {
        let account = Int(table.entry(table.subject(of: key, projection.key)).account)
        if stakes.contains(account), let row = judges[part](key) { stakes.add(row, of: projection.name, to: account) }
      }
    }
  }
}

extension FoldRun.Result {
  private func add(to stakes: inout Stakes, _ way: AccountWay, asOf now: Instant) {
    let judges = parts.map { way.judge($0, by: (nil as PublishedRule?).version, names) }
    for account in Array(stakes.accounts) {
      for line in judges[account % parts.count](account, account, now) {
        stakes.add(line.row, of: projection.name, to: account)
      }
    }
  }
}

/// A fold that one thread alone touches.
private struct LentFold: @unchecked Sendable {  // each is used by exactly one thread, and by nobody meanwhile
  let fold: AnyFold
}
