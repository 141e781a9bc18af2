import AccountHistory
public import Projection
public import Vocabulary
import Wire

/// What somebody reached in a period.
public struct Reached: Sendable {
  public struct Money: Hashable, Sendable {
    public let currency: Currency
    public internal(set) var ordered: Int64 = 0
    public internal(set) var invoiced: Int64 = 0
    public internal(set) var collected: Int64 = 0
  }
  /// Events that are kept as evidence of one measure.
  static let evidenceLimit = 10

  public internal(set) var money: [Money] = []
  public internal(set) var newCustomers = 0
  public internal(set) var visits = 0
  /// Customers that had bought within the year at the start, and of these those that had at the end.
  public internal(set) var active = 0
  public internal(set) var kept = 0
  public internal(set) var answers = 0
  public internal(set) var scores: Int64 = 0
  /// Details that should be on file of all customers, and of these those that are.
  public internal(set) var detailsAsked = 0
  public internal(set) var detailsFiled = 0
  public internal(set) var trainingsTaken = 0
  public internal(set) var trainingsPassed = 0
  public internal(set) var last: Moment?
  /// Events that counted and stand behind `lockedAt`.
  public private(set) var late = 0
  private var events: [(measure: Measure, moment: Moment)] = []
  /// The position of the event after which what comes is late.
  private let lockedAt: Int64

  public init(lockedAt: Int64 = .max) { self.lockedAt = lockedAt }

  mutating func add(_ measure: Measure, _ amount: Int64, _ currency: Currency) {
    let place = money.firstIndex { $0.currency == currency } ?? money.count
    if place == money.count { money.append(Money(currency: currency)) }
    switch measure {
    case .ordered: money[place].ordered = money[place].ordered.plusMoney(amount)
    case .invoiced: money[place].invoiced = money[place].invoiced.plusMoney(amount)
    case .collected: money[place].collected = money[place].collected.plusMoney(amount)
    case .newCustomers, .retention, .satisfaction, .visits, .records, .training: break
    }
  }

  /// Keeps the newest events of each measure.
  mutating func note(_ measure: Measure, _ moment: Moment, keeps: Bool) {
    last.advance(to: moment)
    if moment.seq > lockedAt { late += 1 }
    guard keeps else { return }
    events.append((measure, moment))
    let own = events.indices.filter { events[$0].measure == measure }
    if own.count > Reached.evidenceLimit, let oldest = own.min(by: { events[$0].moment < events[$1].moment }) {
      events.remove(at: oldest)
    }
  }

  /// The newest events on which a measure rests, where somebody asked.
  public func evidence(of measure: Measure) -> [Int64] { events.filter { $0.measure == measure }.map(\.moment.seq).sorted() }

  /// The value of a measure: minor units of a currency, a count, hundredths of a percent, or hundredths of a point for
  /// satisfaction; `nil` where there is nothing to measure it by.
  public func value(of measure: Measure, in currency: Currency?) -> Int64? {
    let own = money.first { $0.currency == currency }
    switch measure {
    case .collected: return currency == nil ? nil : own?.collected ?? 0
    case .ordered: return currency == nil ? nil : own?.ordered ?? 0
    case .invoiced: return currency == nil ? nil : own?.invoiced ?? 0
    case .newCustomers: return Int64(newCustomers)
    case .visits: return Int64(visits)
    case .retention: return Reached.share(kept, of: active)
    case .records: return Reached.share(detailsFiled, of: detailsAsked)
    case .training: return Reached.share(trainingsPassed, of: trainingsTaken)
    case .satisfaction: return answers == 0 ? nil : (scores * 200 + Int64(answers)) / (Int64(answers) * 2)
    }
  }

  /// In hundredths of a percent, rounded to the nearest, half up.
  private static func share(_ part: Int, of all: Int) -> Int64? {
    all == 0 ? nil : Int64((part * 20_000 + all) / (all * 2))
  }
}
