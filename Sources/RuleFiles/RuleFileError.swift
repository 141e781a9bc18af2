public import Vocabulary

/// What is wrong with a rule file: every fault that was found, in the order of the file. Nothing has been written.
public struct RuleFileError: Error, Hashable, Sendable {
  public struct Problem: Hashable, Sendable {
    /// Both from 1.
    public let line: Int
    public let column: Int
    /// The field concerned, `signals[2].when`; empty for the file as a whole.
    public let path: String
    /// What is wrong, and what is allowed.
    public let what: Name
  }
  public let file: String
  /// At least one, and at most `RuleFileLimit.problems`.
  public let problems: [Problem]

  /// Stable, for programs.
  public var code: String { "E-RULE-FILE" }

  /// A line for each fault: `churn.yaml:12:3: silenceDays: …`.
  public func message(in language: Language) -> String {
    problems.map { problem in
      let field = problem.path.isEmpty ? "" : problem.path + ": "
      return "\(file):\(problem.line):\(problem.column): \(field)\(problem.what[language])"
    }.joined(separator: "\n")
  }
}

/// A place in a file, both from 1.
struct Spot: Hashable, Comparable {
  let line: Int
  let column: Int

  static let start = Spot(line: 1, column: 1)

  static func < (a: Spot, b: Spot) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// Faults as they are found.
struct Problems {
  private(set) var found: [RuleFileError.Problem] = []

  var isFull: Bool { found.count >= RuleFileLimit.problems }

  mutating func add(_ what: Name, _ path: String, at spot: Spot) {
    guard !isFull else { return }
    found.append(RuleFileError.Problem(line: spot.line, column: spot.column, path: path, what: what))
  }

  func error(in file: String) -> RuleFileError {
    RuleFileError(file: file, problems: found.sorted { ($0.line, $0.column) < ($1.line, $1.column) })
  }
}
