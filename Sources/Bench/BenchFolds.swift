public import Projection
public import Wire

/// The three projections of the benchmark over one partition of the customers.
public final class BenchFolds {
  public let stage: Fold<BenchStage>
  public let tier: Fold<BenchTier>
  public let score: Fold<BenchScore>

  public init(_ partition: Partition) {
    stage = Fold(partition, kind: nil)
    tier = Fold(partition, kind: nil)
    score = Fold(partition, kind: nil)
  }

  /// The three as the engine has folded them; `nil` where they are others.
  public init?(_ parts: [AnyFold]) {
    guard parts.count == 3, let stage = parts[0].base as? Fold<BenchStage>, let tier = parts[1].base as? Fold<BenchTier>,
      let score = parts[2].base as? Fold<BenchScore>
    else { return nil }
    (self.stage, self.tier, self.score) = (stage, tier, score)
  }

  /// Makes room for accounts below `count`.
  public func reserve(_ count: Int) {
    stage.reserve(count)
    tier.reserve(count)
    score.reserve(count)
  }

  public func fold(_ batch: borrowing Batch, until limit: Instant) {
    stage.fold(batch, until: limit)
    tier.fold(batch, until: limit)
    score.fold(batch, until: limit)
  }

  /// All customers of the partition that have events, in the order of their accounts.
  public func rows(asOf now: Instant) -> [BenchRow] {
    let rules = Ruled(version: 0, body: NoRules())
    var rows: [BenchRow] = []
    rows.reserveCapacity(stage.stateCount)
    stage.conclude(BenchStage.self, by: rules, asOf: now) { account, row in rows.append(BenchRow(account: account, stage: row.stage)) }
    // The others look at fewer families: every customer of theirs has a stage, in the same order.
    var place = 0
    tier.conclude(BenchTier.self, by: rules, asOf: now) { account, row in
      while rows[place].account < account { place += 1 }
      rows[place].take(row)
    }
    place = 0
    score.conclude(BenchScore.self, by: rules, asOf: now) { account, row in
      while rows[place].account < account { place += 1 }
      rows[place].take(row)
    }
    return rows
  }
}

/// What the three projections conclude about one customer.
public struct BenchRow: Hashable, Sendable {
  public let account: Int
  public let stage: BenchStage.Stage
  /// As for a customer without payments.
  public private(set) var tier = 0
  public private(set) var points: Int64 = 0
  public private(set) var balance: Int64 = 0
  /// As for a customer who was never touched.
  public private(set) var score = 20

  init(account: Int, stage: BenchStage.Stage) {
    self.account = account
    self.stage = stage
  }

  mutating func take(_ row: BenchTier.Conclusion) { (tier, points, balance) = (row.tier, row.points, row.balance) }
  mutating func take(_ row: BenchScore.Conclusion) { score = row.score }
}
