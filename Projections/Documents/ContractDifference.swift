public import Redline
public import Vocabulary
import Wire

/// Two versions of one contract, term by term and clause by clause.
public struct ContractDifference: Sendable {
  /// A value that was agreed otherwise.
  public struct Term: Equatable, Sendable {
    public let field: Field
    public let before: JSON?
    public let after: JSON?
  }
  public let from: ContractVersion
  public let to: ContractVersion
  /// Only those that differ, in the order of the contract family's declaration.
  public let terms: [Term]
  /// All clauses; the same ones too.
  public let clauses: [ClauseChange]

  public init(from: ContractVersion, to: ContractVersion) {
    self.from = from
    self.to = to
    terms = ContractVersion.termFields.compactMap { field in
      let (before, after) = (from.terms[field.name], to.terms[field.name])
      return before == after ? nil : Term(field: field, before: before, after: after)
    }
    clauses = ClauseComparison(from: from.clauses, to: to.clauses).changes
  }

  public var isEmpty: Bool { terms.isEmpty && clauses.allSatisfy { $0.kind == .same && !$0.isMoved && $0.formerKey == nil } }
}

extension ContractDifference.Term {
  public static func == (a: Self, b: Self) -> Bool { a.field.name == b.field.name && a.before == b.before && a.after == b.after }
}
