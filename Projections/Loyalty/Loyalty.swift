import AccountHistory
import Events
public import Projection
public import Vocabulary
public import Wire

/// How loyal is this customer, by what was collected, by points, and by what they say of us?
public enum Loyalty: Gathering, Projection {
  public static let name = "loyalty"
  public static let shape = 1
  public static let title = Name("Loyalty", "客户忠诚度")
  public static let key = Key.account
  public static let families: [any Family.Type] = [Order.self, Payment.self, Survey.self, Events.Loyalty.self]
  public static let ruleKind: String? = "tier"

  // MARK: Facts

  /// Late entries: every series is sorted by business time when read.
  public struct Facts: BitwiseCopyable, Sendable {
    var purchases = Purchases()
    /// Points posted, two places each: how many, and the day on which they expire.
    var points = Series()
    /// Answers whether they would recommend us, 0…10.
    var answers = Series()
  }
  public static let initial = Facts()

  // MARK: Evolve

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    if let type = event.type(in: Order.self) {
      facts.purchases.take(type, event, &series)
    } else if let type = event.type(in: Payment.self) {
      facts.purchases.take(type, event, &series)
    } else if let type = event.type(in: Survey.self) {
      switch type {
      case .answered:
        if event.code(Survey.Fact.kind, of: Survey.Kind.self) == .nps, let score = event.number(Survey.Fact.score) {
          series.append(event.moment, score, to: &facts.answers)
        }
      }
    } else if let type = event.type(in: Events.Loyalty.self) {
      switch type {
      case .entryPosted: facts.post(event, &series)
      }
    }
  }

  // MARK: Conclude

  public static func willJudge(_ facts: Facts, _ series: borrowing SeriesStore) {
    facts.purchases.willRead(in: series)
    series.willRead(facts.points)
    series.willRead(facts.answers)
  }

  public static func conclude(
    _ facts: Facts, _ series: borrowing SeriesStore, by rule: Ruled<TierRules>, asOf now: Instant, trace: inout some Trace
  ) -> LoyaltyRow? {
    let body = rule.body
    let account = Collected(facts.purchases, series, by: body, asOf: now)
    let points = PointsLedger(facts.points, series)
    let nps = series.inOrder(facts.answers).last { $0.moment.at <= now }
    guard let first = [account.first, points.first, nps?.moment].compactMap({ $0 }).min(), first.at <= now else {
      return nil
    }
    var course = TierCourse(account.money, by: body, first: first)
    course.advance(to: now)
    course.note(asOf: now, in: &trace)
    let attitude = nps.map {
      Attitude(recommends: $0.value >= body.attitudeNps, returns: account.recentPurchases >= body.repeatPurchases)
    }
    trace.note(
      Finding(
        "nps", Name("Would recommend us", "推荐分"), value: nps.map { "\($0.value)" } ?? "–",
        threshold: "\(body.attitudeNps)", holds: nps.map { $0.value >= body.attitudeNps } ?? false,
        evidence: [nps?.moment.seq]))
    trace.note(
      Finding(
        "repeat", Name("Purchases in \(body.windowDays) days", "\(body.windowDays) 天内购买次数"),
        value: "\(account.recentPurchases)", threshold: "\(body.repeatPurchases)",
        holds: account.recentPurchases >= body.repeatPurchases))
    return LoyaltyRow(
      course, account, points: points.balance(on: now.day), earned: points.earned(within: body.windowDays, asOf: now),
      nps: nps.map { Int($0.value) }, attitude: attitude, asOf: now)
  }
}

extension Loyalty.Facts {
  fileprivate mutating func post(_ event: borrowing Recorded, _ series: inout SeriesStore) {
    typealias Fact = Events.Loyalty.Fact
    guard event.code(Fact.kind, of: Events.Loyalty.Kind.self) == .points, let delta = event.number(Fact.delta) else {
      return
    }
    series.append(event.moment, delta, to: &points)
    series.append(event.moment, event.number(Fact.expiresOn) ?? PointsLedger.never, to: &points)
  }
}

// MARK: Row

public struct LoyaltyRow: Row {
  public let tier: Tier
  /// When the tier is looked at again, and lost unless it is earned anew: the end of its period, or of the grace.
  public let reviewOn: Day?
  public let inGrace: Bool
  public let points: Int64
  public let points12m: Int64
  /// Purchases in `currency`, and those in others, whose amounts are in no sum here.
  public let purchases: Int
  public let otherPurchases: Int
  public let currency: Currency?
  public let revenueMinor: Int64
  public let revenue12mMinor: Int64
  /// What is missing to the next tier.
  public let toNextMinor: Int64?
  /// What must still come in until `reviewOn` to keep the tier.
  public let toKeepMinor: Int64?
  public let nps: Int?
  public let attitude: Attitude?
  public let since: Instant?
  public let because: Int64?

  public static let columns: [Column] = [
    .code("tier", Tier.self, "Tier", "等级"),
    Column("reviewOn", .day, "Reviewed on", "等级复核日"),
    Column("inGrace", .flag, "In grace", "处于宽限期"),
    Column("points", .integer, "Points", "积分余额"),
    Column("points12m", .integer, "Points earned in 12 months", "近 12 个月获得积分"),
    Column("purchases", .integer, "Purchases", "购买次数"),
    Column("otherPurchases", .integer, "Purchases in other currencies", "其他币种购买次数"),
    Column("cur", .text, "Currency", "币种"),
    Column("revenueMinor", .money, "Collected", "累计金额"),
    Column("revenue12mMinor", .money, "Collected in 12 months", "近 12 个月金额"),
    Column("toNextMinor", .money, "Missing to the next tier", "距上一级差额"),
    Column("toKeepMinor", .money, "Missing to keep the tier", "保级差额"),
    Column("nps", .integer, "Would recommend us (0–10)", "推荐分（0–10）"),
    .code("attitude", Attitude.self, "Loyalty by behaviour and attitude", "行为与态度忠诚"),
  ]

  public var values: [Value] {
    [
      Value(tier), Value(reviewOn), .flag(inGrace), Value(points), Value(points12m), Value(purchases),
      Value(otherPurchases), currency.map { .text($0.description) } ?? .null, Value(revenueMinor), Value(revenue12mMinor),
      Value(toNextMinor), Value(toKeepMinor), Value(nps.map { Int64($0) }), attitude.map { Value($0) } ?? .null,
    ]
  }
  public var outcome: Int? { Int(tier.rawValue) - 1 }
}

public enum Tier: UInt8, CodeSet, Comparable {
  case base = 1
  case silver = 2
  case gold = 3
  case platinum = 4

  public var word: Word {
    switch self {
    case .base: Word("base", "Base", "普通")
    case .silver: Word("silver", "Silver", "银卡")
    case .gold: Word("gold", "Gold", "金卡")
    case .platinum: Word("platinum", "Platinum", "铂金")
    }
  }

  public static func < (a: Tier, b: Tier) -> Bool { a.rawValue < b.rawValue }
}

/// Repeated purchases against a favourable attitude (Dick & Basu 1994). Who was never asked has none.
public enum Attitude: UInt8, CodeSet {
  case trueLoyalty = 1
  case latent = 2
  case spurious = 3
  case none = 4

  public var word: Word {
    switch self {
    case .trueLoyalty: Word("true", "True loyalty", "真忠诚")
    case .latent: Word("latent", "Latent loyalty", "潜在忠诚")
    case .spurious: Word("spurious", "Spurious loyalty", "虚假忠诚")
    case .none: Word("none", "No loyalty", "无忠诚")
    }
  }

  init(recommends: Bool, returns: Bool) {
    switch (recommends, returns) {
    case (true, true): self = .trueLoyalty
    case (true, false): self = .latent
    case (false, true): self = .spurious
    case (false, false): self = .none
    }
  }
}
