import Conformance
import Events
import Vocabulary

// Which events have to be read for a procedure.

extension Procedure {
  /// Types that never are work on a case: corrections, protection of personal data, and what other systems say of their
  /// objects.
  private static let never: Set<UInt8> = [Privacy.code, Correction.code]

  /// The types of events that say something about its cases. A closed procedure looks at everything that happens to the
  /// things of a case, so that what is no step is seen.
  func types(in catalogue: Catalogue) -> Set<String> {
    var types = Set(steps.map(\.pattern.type) + anytime.map(\.type) + only.map(\.type) + links.map(\.type))
    guard isClosed else { return types }
    let kinds = caseKinds(catalogue)
    for entry in catalogue.entries where !Procedure.never.contains(entry.code.family) {
      let declaration = entry.declaration
      guard declaration.name != "record.object_changed" else { continue }
      if kinds.map({ kinds in declaration.subjects.contains { kinds.contains($0.word) } }) ?? true { types.insert(declaration.name) }
    }
    return types
  }

  /// The kinds of thing that a case may hold; `nil`: any.
  private func caseKinds(_ catalogue: Catalogue) -> Set<String>? {
    var kinds: Set = [about]
    for link in links where link.brings == .thing {
      guard let kind = link.kind else { return nil }
      kinds.insert(kind)
      kinds.formUnion(catalogue.entry(named: link.type)?.declaration.subjects.map(\.word) ?? [])
    }
    return kinds
  }
}
