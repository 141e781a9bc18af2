import Engine
import Projection
import ProjectionCatalogue
import Vocabulary
import Wire

/// What a change of a rule changes, with what people ask of it: whose customers, which money, since when.
public struct RuleDiffReport {
  /// One subject that the change touches.
  public struct Entry {
    public let change: RuleComparison.Change
    public let grade: String?
    public let owner: String?
    public let money: [Amount]
    /// `nil`: not looked for, or the two differ at no time that was looked at.
    public let first: FirstDifference?
  }
  public struct FirstDifference {
    public let at: Instant
    public let event: StoredEvent
  }
  /// Subjects and money of a group.
  public struct Total {
    /// `nil`: of those without an owner or grade.
    public let name: String?
    public fileprivate(set) var count = 0
    public fileprivate(set) var money: [Amount] = []
  }

  /// How many first differences are looked for where nobody says how many.
  public static let usualFirstDifferences = 1_000

  public let comparison: RuleComparison
  public let entries: [Entry]
  /// Entries for which the first difference was looked for.
  public let searched: Int
  /// The money of those whose outcome changes, by old and new outcome.
  private let moneyOfMoves: [Int: [Amount]]

  /// Those whose outcome changes: totals speak of them.
  public var moved: [Entry] { entries.filter { $0.change.difference == .outcome } }

  /// Judges everybody by both rules, and everything beside them that the report tells: grades, owners, money.
  public static func comparison(
    from: PublishedRule, to: PublishedRule, view: View, in snapshot: Snapshot, progress: @escaping Progress = { _, _ in }
  ) throws -> RuleComparison {
    var options = ComparisonOptions()
    options.beside = ProjectionCatalogue.stakes
    options.progress = progress
    return try snapshot.compare(from, with: to, view: view, options: options)
  }

  /// - Parameters:
  ///   - comparison: by `comparison(from:to:view:in:progress:)`, of the same snapshot and view.
  ///   - firstDifferences: of how many subjects at most the first difference is looked for; those whose outcome changes
  ///     come first.
  ///   - progress: of that search, by subjects.
  public init(
    _ comparison: RuleComparison, view: View, firstDifferences: Int = usualFirstDifferences, in snapshot: Snapshot,
    progress: Progress = { _, _ in }
  ) throws {
    self.comparison = comparison
    let changes = comparison.changes
    // Of those whose outcome changes first, as they are what is read first.
    let order = changes.indices.filter { changes[$0].difference == .outcome }
      + changes.indices.filter { changes[$0].difference != .outcome }
    var firsts: [Int: FirstDifference] = [:]
    searched = min(firstDifferences, order.count)
    for (done, place) in order.prefix(firstDifferences).enumerated() {
      firsts[place] = try RuleDiffReport.first(changes[place], comparison, snapshot, view)
      progress(Int64(done + 1), Int64(searched))
    }
    entries = changes.enumerated().map { place, change in
      Entry(
        change: change, grade: comparison.stakes.grade(of: change.account),
        owner: comparison.stakes.owner(of: change.account),
        money: change.account.map { comparison.stakes.amounts(of: $0) } ?? [], first: firsts[place])
    }
    moneyOfMoves = entries.reduce(into: [:]) { sums, entry in
      guard entry.change.difference == .outcome else { return }
      let place = RuleDiffReport.place(entry.change.row.oldOutcome, entry.change.row.newOutcome)
      entry.money.forEach { sums[place, default: []].add($0) }
    }
  }

  private static func place(_ old: Outcome, _ new: Outcome) -> Int { old.place << 16 | new.place }

  private static func first(
    _ change: RuleComparison.Change, _ comparison: RuleComparison, _ snapshot: Snapshot, _ view: View
  ) throws -> FirstDifference? {
    let found = try snapshot.divergence(
      of: change.subject, comparison.from, comparison.to, view: view, asOf: comparison.asOf, wanted: change.difference)
    guard let found, let event = try snapshot.event(at: found.seq, of: change.subject) else { return nil }
    return FirstDifference(at: found.at, event: event)
  }
}

extension RuleDiffReport {
  /// What stands over the report, on a page and in the event that says it was issued.
  public var title: Name {
    let rules = "\(comparison.from.label) → \(comparison.to.label)"
    return Name("What a change of the rule changes: \(rules)", "规则变更影响：\(rules)")
  }
}

// Totals of those whose outcome changes.
extension RuleDiffReport {
  public var money: [Amount] { moved.reduce(into: []) { sum, entry in entry.money.forEach { sum.add($0) } } }

  public func money(from old: Outcome, to new: Outcome) -> [Amount] {
    moneyOfMoves[RuleDiffReport.place(old, new)] ?? []
  }

  /// By a property of the entries, in the order of its words; those without it last.
  public func totals(by property: (Entry) -> String?) -> [Total] {
    var totals: [String?: Total] = [:]
    for entry in moved {
      let name = property(entry)
      totals[name, default: Total(name: name)].count += 1
      entry.money.forEach { totals[name]?.money.add($0) }
    }
    return totals.values.sorted { a, b in
      guard let a = a.name, let b = b.name else { return a.name != nil }
      return a < b
    }
  }
}

// What the two rules say differently.
extension RuleDiffReport {
  public struct FieldChange {
    public let name: String
    public let title: Name
    public let old: JSON?
    public let new: JSON?
  }

  public var fields: [FieldChange] {
    let (old, new) = (comparison.from.rule.body, comparison.to.rule.body)
    let names = comparison.projection.ruleFields.map(\.name).filter { old[$0] != new[$0] }
    return names.map { name in
      let title = comparison.projection.ruleFields.first { $0.name == name }?.title ?? Name(same: name)
      return FieldChange(name: name, title: title, old: old[name], new: new[name])
    }
  }
}

extension Stakes {
  /// Who answers for an account; `nil` for nobody.
  fileprivate func owner(of account: Int?) -> String? {
    guard let account, case .text(let name)? = row(of: "ownership", account: account)?.values.first else { return nil }
    return name
  }

  /// The word of the grade that people gave an account.
  fileprivate func grade(of account: Int?) -> String? {
    guard let account, let row = row(of: "worth", account: account), case .text(let grade)? = row.values.last else { return nil }
    return grade
  }
}
