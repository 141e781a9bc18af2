public import Events
public import Projection
public import Vocabulary
public import Wire

/// The benchmark's loyalty tier: points for money in a rolling year; a tier once reached is kept for a year.
public enum BenchTier: Gathering, Projection {
  public static let name = "bench-tier"
  public static let shape = 1
  public static let title = Name("Tier (benchmark)", "等级（基准测试）")
  public static let key = Key.account
  public static let families: [any Family.Type] = [Payment.self, Loyalty.self]
  public static let initial = Facts()

  /// Days of the rolling window, and for which a tier is kept.
  @inlinable static var window: Int { 365 }

  public struct Facts: BitwiseCopyable, Hashable, Sendable {
    /// Points events within a window of the last one, oldest first.
    @usableFromInline var recent = Series()
    /// The sum of `recent`.
    @usableFromInline var rolling: Int64 = 0
    @usableFromInline var balance: Int64 = 0
    /// When the rolling sum was last seen to be enough for each tier.
    @usableFromInline var silver = Instant.distantPast
    @usableFromInline var gold = Instant.distantPast
    @usableFromInline var platinum = Instant.distantPast

    @inlinable init() {}
  }

  public struct Conclusion: Row {
    public let tier: Int
    public let points: Int64
    public let balance: Int64

    public static let columns = [
      Column("tier", .integer, "Tier", "等级"),
      Column("points_12m", .integer, "Points in 12 months", "12个月积分"),
      Column("balance", .integer, "Balance", "积分余额"),
    ]
    public var values: [Value] { [Value(tier), .integer(points), .integer(balance)] }
    public var since: Instant? { nil }
    public var because: Int64? { nil }
  }

  @inlinable @inline(__always) public static func evolve(
    _ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore
  ) {
    if let type = event.type(in: Payment.self) {
      switch type {
      case .received: post(points(event), event, &facts, &series)
      case .refunded: post(-points(event), event, &facts, &series)
      case .failed, .demanded, .adjusted: break
      }
    } else if let type = event.type(in: Loyalty.self) {
      switch type {
      case .entryPosted: facts.balance += event.number(Loyalty.Fact.delta) ?? 0
      }
    }
  }

  /// One point for each ten euros.
  @inlinable @inline(__always) static func points(_ event: borrowing Recorded) -> Int64 {
    (event.number(Payment.Fact.amount) ?? 0) / 1000
  }

  @inlinable @inline(__always) static func post(
    _ points: Int64, _ event: borrowing Recorded, _ facts: inout Facts, _ series: inout SeriesStore
  ) {
    let start = event.at.adding(days: -window)
    while let oldest = series.front(of: facts.recent), oldest.moment.at <= start {
      facts.rolling -= oldest.value
      series.dropFront(of: &facts.recent)
    }
    series.append(event.moment, points, to: &facts.recent)
    facts.rolling += points
    facts.balance += points
    if facts.rolling >= 100 { facts.silver = event.at }
    if facts.rolling >= 400 { facts.gold = event.at }
    if facts.rolling >= 1000 { facts.platinum = event.at }
  }

  public static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, by _: Ruled<NoRules>, asOf now: Instant, trace _: inout some Trace
  ) -> Conclusion? {
    let start = now.adding(days: -window)
    let tier = facts.platinum > start ? 3 : facts.gold > start ? 2 : facts.silver > start ? 1 : 0
    var points: Int64 = 0
    series.forEach(in: facts.recent) { if $0.moment.at > start { points += $0.value } }
    return Conclusion(tier: tier, points: points, balance: facts.balance)
  }
}
