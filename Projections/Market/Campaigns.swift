import Events
public import Projection
public import Vocabulary
import Wire

/// What is gathered of campaigns: when, for how many, and what they may cost.
public enum Campaigns: Gathering {
  public static let key = Key.subject(.campaign)
  public static let families: [any Family.Type] = [Market.self]

  /// Late entries: the launch by its business time counts, the latest where there are several.
  public struct Facts: BitwiseCopyable, Sendable {
    var launched = Moment(at: .distantPast, seq: -1)
    var budget: Int64 = -1
    var audience: Int64 = -1
    var startOn: Int32 = .min
    var endOn: Int32 = .min
    var currency: UInt16 = .max
    var kind: UInt8 = 0
  }
  public static let initial = Facts()

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Market.self) else { return }
    switch type {
    case .campaignLaunched: facts.take(event)
    case .insightRecorded, .strategyPublished: break  // no campaigns
    }
  }
}

extension Campaigns.Facts {
  fileprivate mutating func take(_ event: borrowing Recorded) {
    guard event.moment > launched else { return }
    typealias Fact = Market.Fact
    launched = event.moment
    budget = event.number(Fact.budget) ?? -1
    audience = event.number(Fact.audience) ?? -1
    startOn = event.day(Fact.startOn)?.number ?? .min
    endOn = event.day(Fact.endOn)?.number ?? .min
    currency = event.number(Fact.currency).map { UInt16(truncatingIfNeeded: $0) } ?? .max
    kind = UInt8(truncatingIfNeeded: event.number(Fact.campaign) ?? 0)
  }
}

/// A campaign as it was launched.
struct Campaign: Hashable {
  let launched: Moment
  /// In minor units.
  let budget: Int64?
  let currency: Currency?
  let audience: Int64?
  let startOn: Day?
  let endOn: Day?
  let kind: Market.Campaign?

  init?(_ facts: Campaigns.Facts, asOf now: Instant) {
    guard facts.launched.seq >= 0, facts.launched.at <= now else { return nil }
    launched = facts.launched
    budget = facts.budget < 0 ? nil : facts.budget
    audience = facts.audience < 0 ? nil : facts.audience
    currency = facts.currency == .max ? nil : Currency(number: facts.currency)
    startOn = facts.startOn == .min ? nil : Day(number: facts.startOn)
    endOn = facts.endOn == .min ? nil : Day(number: facts.endOn)
    kind = Market.Campaign(rawValue: facts.kind)
  }
}

/// What is gathered of market matters: what was learnt about whom.
public enum Insights: Gathering {
  public static let key = Key.subject(.market)
  public static let families: [any Family.Type] = [Market.self]

  /// Late entries: a series, sorted when read; its numbers are names of competitors.
  public struct Facts: BitwiseCopyable, Sendable {
    var competitors = Series()
  }
  public static let initial = Facts()

  public static func evolve(_ facts: inout Facts, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    guard let type = event.type(in: Market.self) else { return }
    switch type {
    case .insightRecorded:
      guard let competitor = event.number(Market.Fact.competitor) else { return }
      series.append(event.moment, competitor, to: &facts.competitors)
    case .campaignLaunched, .strategyPublished: break  // nothing was learnt
    }
  }
}
