public import Vocabulary
public import YAML

/// What is wrong with a rule file: every fault that was found, in the order of the file. Nothing has been written.
public struct RuleFileError: Error, Hashable, Sendable {
  public typealias Problem = FileProblem

  public let file: String
  /// At least one, and at most `RuleFileLimit.problems`.
  public let problems: [Problem]

  /// Stable, for programs.
  public var code: String { "E-RULE-FILE" }

  /// A line for each fault: `churn.yaml:12:3: silenceDays: …`.
  public func message(in language: Language) -> String {
    problems.message(about: file, in: language)
  }
}
