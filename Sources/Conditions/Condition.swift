public import Vocabulary

/// A question about one subject that a rule asks, checked and compiled.
///
/// It is declarative and total: no loops, no names but those of the vocabulary, no clock and no input. Units fit, no
/// calculation can overflow, and what an answer costs is known before the first subject is judged.
public struct Condition: Hashable, Sendable {
  /// The one spelling that is stored and hashed: English, with single blanks and no needless parentheses.
  public let text: String
  /// Looks at measures that one answer takes at most, each counted with its passes over the subject's history.
  public let cost: Int
  /// The only currency that money is counted in; `nil` for the subject's own.
  public let currency: Currency?
  let comparisons: [Comparison]
  let programs: [Program]
  let clause: Clause

  /// Reads a condition in either language.
  /// - Throws: `ConditionError` with the place of the first fault.
  /// - Complexity: O(bytes · measures); at most `ConditionLimit.bytes`.
  public init(_ text: String, measures: [Measure]) throws(ConditionError) {
    let phrase = try ConditionParser.parse(text, measures: measures)
    var checker = ConditionChecker()
    clause = try checker.clause(phrase)
    comparisons = checker.comparisons
    programs = comparisons.map(Program.init)
    currency = checker.currency
    cost = checker.cost
    self.text = Condition.text(clause, comparisons, in: .en)
  }

  /// As a person of that language writes it.
  public func text(in language: Language) -> String { Condition.text(clause, comparisons, in: language) }

  /// The measures that it looks at, each once.
  public var uses: [MeasureUse] {
    var seen: Set<MeasureUse> = []
    return comparisons.flatMap(\.uses).filter { seen.insert($0).inserted }
  }
}
