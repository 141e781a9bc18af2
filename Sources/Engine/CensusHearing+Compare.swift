import Facts
import Projection
import Wire

extension CensusHearing {
  /// Judges all by this hearing's rule and by another; the changes in the order of the subjects' names.
  func compare(with other: PublishedRule) -> (Differences, [RuleComparison.Change]) {
    var differences = Differences(run.projection)
    var changes: [RuleComparison.Change] = []
    let old = linesByName(by: rule)
    let new = linesByName(by: other)
    for name in Set(old.keys).union(new.keys).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let (before, after) = (old[name], new[name])
      let (from, to) = (before?.outcome ?? .noRow, after?.outcome ?? .noRow)
      differences.count(from, to, before?.holding ?? 0, after?.holding ?? 0)
      guard before?.row != after?.row, let subject = (before ?? after)?.subject else { continue }
      var key = -1
      if case .key(let number) = subject.base { key = number }
      let change = RowChange(key: key, old: before?.row, new: after?.row, oldOutcome: from, newOutcome: to)
      differences.add(change)
      changes.append(RuleComparison.Change(subject: name, account: account(of: subject), row: change))
    }
    return (differences, changes)
  }

  private func linesByName(by rule: PublishedRule?) -> [String: CensusLine] {
    Dictionary(lines(by: rule).map { (name(of: $0.subject), $0) }, uniquingKeysWith: { first, _ in first })
  }

  private func account(of subject: CensusSubject) -> Int? {
    switch subject.base {
    case .key(let key): Int(table.entry(table.subject(of: key, run.projection.key)).account)
    case .own(let own): table.subject(own).map { Int(table.entry($0).account) }
    case .named, .fixed: nil
    }
  }
}
