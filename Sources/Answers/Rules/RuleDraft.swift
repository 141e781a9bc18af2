import Engine
import Projection
import RuleFiles
import Vocabulary

/// A rule that stands in a file and nowhere else.
public enum RuleDraft {
  /// The rule of a file's bytes, as the version that it would be. What it says is checked as a published rule would be.
  ///
  /// - Parameters:
  ///   - name: the file, as faults and the rule's `why` name it.
  ///   - version: without one, the next free number.
  /// - Throws: `RuleFileError` with every fault and its line; `EngineError` for a kind by which nothing judges.
  public static func read(
    _ bytes: [UInt8], name: String, of kind: String, as version: Int? = nil, after book: RuleBook, in snapshot: Snapshot
  ) throws -> PublishedRule {
    guard let rules = try snapshot.projection(ofRule: kind).rules else {
      throw EngineError.unknownRuleKind(kind, known: book.kinds)
    }
    let rule = try RuleFile.read(bytes, kind: rules, file: name)
    return .candidate(kind, version: try version ?? book.nextNumber(kind), why: Name(same: name), rule.body)
  }
}
