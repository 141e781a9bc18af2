import Projection
import Vocabulary
import Wire

/// What a projection concludes by two rules from the same facts at the same time: who moves, from what to what.
public struct RuleComparison: Sendable {
  /// One subject whose rows differ.
  public struct Change: Sendable {
    public let subject: String
    /// The account to which it belongs; `nil` of one that belongs to none, such as a person.
    public let account: Int?
    public let row: RowChange

    public var difference: Difference { row.difference }
  }

  public let projection: AnyProjection
  public let from: PublishedRule
  public let to: PublishedRule
  public let asOf: Instant
  /// How many of the log's events it rests on.
  public let position: Int64
  /// The tallies; its changes are those of `changes` without their names.
  public let differences: Differences
  /// In the order of the subjects' names.
  public let changes: [Change]
  /// What else is known of the accounts of the changes.
  public let stakes: Stakes

  /// Subjects that have a row by either rule.
  public var subjects: Int { differences.matrix.reduce(0, +) }
  /// Subjects whose outcome is another.
  public var moved: Int { changes.count { $0.difference == .outcome } }

  /// Subjects by their old and new outcome.
  public func count(from old: Outcome, to new: Outcome) -> Int {
    differences.matrix[old.place * differences.width + new.place]
  }
}

/// Rows of other projections about some accounts: money, grades, who answers for them.
public struct Stakes: Sendable {
  private var places: [Int: Int] = [:]
  private var amounts: [[Amount]] = []
  private var rows: [[String: AnyRow]] = []

  init(accounts: some Sequence<Int>) {
    for account in accounts where places[account] == nil { places[account] = places.count }
    amounts = Array(repeating: [], count: places.count)
    rows = Array(repeating: [:], count: places.count)
  }

  public var accounts: some Sequence<Int> { places.keys }

  /// The account's sums of money, one for each measure and currency, in the order in which they were found.
  public func amounts(of account: Int) -> [Amount] { places[account].map { amounts[$0] } ?? [] }

  /// The account's row in a projection that has at most one for each.
  public func row(of projection: String, account: Int) -> AnyRow? { places[account].flatMap { rows[$0][projection] } }

  func contains(_ account: Int) -> Bool { places[account] != nil }

  mutating func add(_ row: AnyRow, of projection: String, to account: Int) {
    guard let place = places[account] else { return }
    rows[place][projection] = row
    for amount in row.amounts { amounts[place].add(amount) }
  }
}

extension [Amount] {
  /// Adds to the sum of the same measure and currency; beyond 64 bits a sum stays at the greatest number.
  public mutating func add(_ amount: Amount) {
    guard let place = firstIndex(where: { $0.measure == amount.measure && $0.currency == amount.currency }) else {
      return append(amount)
    }
    let (sum, overflow) = self[place].minor.addingReportingOverflow(amount.minor)
    let greatest = amount.minor < 0 ? -JSON.greatestInteger : JSON.greatestInteger
    self[place] = Amount(amount.measure, amount.currency, overflow ? greatest : sum)
  }
}

extension PublishedRule {
  /// A rule that nobody has published yet, as the version that it would be.
  /// - Precondition: the kind's fields have accepted the body.
  public static func candidate(_ kind: String, version: Int, why: Name, _ body: JSONObject) -> PublishedRule {
    PublishedRule(kind: kind, rule: RuleVersion(version, why: why, body), seq: nil)
  }
}
