import Engine
import Foundation
import Projection
import RuleFiles
import Vocabulary

/// A rule that stands in a file and nowhere else.
enum RuleDraft {
  /// Reads a rule of a kind from a file, as the version that it would be. What it says is checked as a published rule
  /// would be.
  static func read(_ path: String, of kind: RuleKind, as version: Int, in session: Session) throws -> PublishedRule {
    let bytes = try InputFile.read(path, limit: RuleFileLimit.bytes, in: session)
    let name = path == "-" ? "stdin" : (path as NSString).lastPathComponent
    let rule = try RuleFile.read(bytes, kind: kind, file: name)
    return .candidate(kind.name, version: version, why: Name(same: name), rule.body)
  }

  /// A rule as a person names it: the number of a version, or a file.
  static func rule(_ name: String, of kind: String, _ snapshot: Snapshot, in session: Session) throws -> RuleVersion {
    let book = try snapshot.ruleBook()
    if let number = Int(name) { return try book.version(number, of: kind).rule }
    guard let rules = try snapshot.projection(ofRule: kind).rules else {
      throw EngineError.unknownRuleKind(kind, known: book.kinds)
    }
    return try read(name, of: rules, as: book.nextNumber(kind), in: session).rule
  }
}
