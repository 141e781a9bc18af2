public import Vocabulary

/// One fault of a file that a person edits.
public struct FileProblem: Hashable, Sendable {
  /// Both from 1.
  public let line: Int
  public let column: Int
  /// The field concerned, `signals[2].when`; empty for the file as a whole.
  public let path: String
  /// What is wrong, and what is allowed.
  public let what: Name
}

extension [FileProblem] {
  /// A line for each fault: `churn.yaml:12:3: silenceDays: …`.
  public func message(about file: String, in language: Language) -> String {
    map { problem in
      let field = problem.path.isEmpty ? "" : problem.path + ": "
      return "\(file):\(problem.line):\(problem.column): \(field)\(problem.what[language])"
    }.joined(separator: "\n")
  }
}

/// A place in a file, both from 1.
public struct Spot: Hashable, Comparable, Sendable {
  public let line: Int
  public let column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static let start = Spot(line: 1, column: 1)

  public static func < (a: Spot, b: Spot) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// Faults as they are found, no more of them than help.
public struct Problems: Sendable {
  public let limit: Int
  private var unsorted: [FileProblem] = []

  public init(limit: Int) { self.limit = limit }

  public var isEmpty: Bool { unsorted.isEmpty }
  public var isFull: Bool { unsorted.count >= limit }

  /// In the order of the file.
  public var found: [FileProblem] { unsorted.sorted { ($0.line, $0.column) < ($1.line, $1.column) } }

  public mutating func add(_ what: Name, _ path: String, at spot: Spot) {
    guard !isFull else { return }
    unsorted.append(FileProblem(line: spot.line, column: spot.column, path: path, what: what))
  }
}
