/// How deals close with age, where they can be won or lost and many are still open: competing risks, in whole days.
///
/// Aalen & Johansen (1978), An Empirical Transition Matrix for Non-homogeneous Markov Chains Based on Censored
/// Observations, Scandinavian Journal of Statistics 5, 141–150. At each age, of the deals then at risk, so many are won
/// and so many lost; a deal still open counts as at risk up to its age and says nothing of what comes after. Deals that
/// close on the day they are last seen are at risk on it.
public struct CumulativeIncidence: Sendable {
  /// One deal's time under watch, by age.
  public struct Spell: Hashable, Sendable {
    /// The age from which it was watched: above 0 where the records begin later than the deal.
    public let entry: Int
    /// The age at which it closed, or up to which it is known to be open.
    public let exit: Int
    public let outcome: DealRecord.Outcome?

    /// `nil` unless 0 ≤ entry ≤ exit. Ages beyond `PipelineLimit.ageDays` are cut there, and are open then.
    public init?(entry: Int = 0, exit: Int, outcome: DealRecord.Outcome?) {
      guard entry >= 0, entry <= exit, entry <= PipelineLimit.ageDays else { return nil }
      self.entry = entry
      self.exit = min(exit, PipelineLimit.ageDays)
      self.outcome = exit <= PipelineLimit.ageDays ? outcome : nil
    }
  }

  /// By age in days, from 0 to the greatest age seen; empty of nothing.
  public let atRisk: [Int]
  public let wonAt: [Int]
  public let lostAt: [Int]
  /// Probability to be still open at the end of each age.
  public let open: [Double]
  /// Probability to be won, or lost, by the end of each age.
  public let won: [Double]
  public let lost: [Double]
  /// Of ages 0 to each, how many are unseen: fewer than `PipelineLimit.atRisk` deals were at risk there. Little is
  /// known of them, and nothing is taken to close.
  private let unseen: [Int]

  /// Complexity: O(spells + ages).
  public init(_ spells: some Collection<Spell>) {
    let ages = spells.reduce(-1) { max($0, $1.exit) } + 1
    var entering = [Int](repeating: 0, count: ages + 1)
    var wonAt = [Int](repeating: 0, count: ages)
    var lostAt = wonAt
    for spell in spells {
      entering[spell.entry] += 1
      entering[spell.exit + 1] -= 1
      switch spell.outcome {
      case .won: wonAt[spell.exit] += 1
      case .lost: lostAt[spell.exit] += 1
      case nil: break
      }
    }
    var atRisk: [Int] = []
    for change in entering.dropLast() { atRisk.append((atRisk.last ?? 0) + change) }
    self.init(atRisk: atRisk, wonAt: wonAt, lostAt: lostAt)
  }

  private init(atRisk: [Int], wonAt: [Int], lostAt: [Int]) {
    (self.atRisk, self.wonAt, self.lostAt) = (atRisk, wonAt, lostAt)
    var now = Fate()
    var (open, won, lost): ([Double], [Double], [Double]) = ([], [], [])
    var unseen: [Int] = []
    for age in atRisk.indices {
      let isSeen = atRisk[age] >= PipelineLimit.atRisk
      if isSeen { now.pass(atRisk[age], won: wonAt[age], lost: lostAt[age]) }
      unseen.append((unseen.last ?? 0) + (isSeen ? 0 : 1))
      open.append(now.open)
      won.append(now.won)
      lost.append(now.lost)
    }
    (self.open, self.won, self.lost, self.unseen) = (open, won, lost, unseen)
  }

  /// Whether enough deals were at risk at that age.
  public func isSeen(_ age: Int) -> Bool { atRisk.indices.contains(age) && atRisk[age] >= PipelineLimit.atRisk }

  /// What becomes of a deal that is open at the end of `age` within the next `days`. Complexity: O(1), O(days) where
  /// nobody is expected to be open at that age.
  public func chance(openAt age: Int, within days: Int) -> Chance {
    let from = max(0, age)
    let (sum, overflows) = from.addingReportingOverflow(max(0, days))
    let to = overflows ? Int.max : sum
    guard from < open.count, to > from else { return Chance(won: 0, lost: 0, hasUnseenAges: to > from) }
    let last = min(to, open.count - 1)
    let hasUnseenAges = to > last || unseen[last] > unseen[from]
    let stay = open[from]
    guard stay > 0 else { return walked(from: from, to: last, hasUnseenAges) }
    return Chance(
      won: (won[last] - won[from]) / stay, lost: (lost[last] - lost[from]) / stay, hasUnseenAges: hasUnseenAges)
  }

  /// The same, from the rates at later ages alone.
  private func walked(from: Int, to: Int, _ hasUnseenAges: Bool) -> Chance {
    var fate = Fate()
    for age in stride(from: from + 1, through: to, by: 1) where isSeen(age) {
      fate.pass(atRisk[age], won: wonAt[age], lost: lostAt[age])
    }
    return Chance(won: fate.won, lost: fate.lost, hasUnseenAges: hasUnseenAges)
  }

  /// Probabilities that add up to 1, age by age.
  private struct Fate {
    var (open, won, lost) = (1.0, 0.0, 0.0)

    mutating func pass(_ atRisk: Int, won wins: Int, lost losses: Int) {
      let risk = Double(atRisk)
      won += open * Double(wins) / risk
      lost += open * Double(losses) / risk
      open *= Double(atRisk - wins - losses) / risk
    }
  }

  /// Probabilities of an open deal's fate.
  public struct Chance: Hashable, Sendable {
    public let won: Double
    public let lost: Double
    /// The days reach ages that not enough deals were seen at; closings there are not counted.
    public let hasUnseenAges: Bool
    /// Still open at the end.
    public var open: Double { max(0, 1 - won - lost) }
  }
}
