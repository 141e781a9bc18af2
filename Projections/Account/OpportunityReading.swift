public import Events
public import Projection
public import Vocabulary
public import Wire

/// What a step of an opportunity said: the kind in the lowest four bits of an entry, the number above them.
enum OpportunitySaid: Int64 {
  case opened = 0
  case progressed = 1
  /// The number is the outcome.
  case closed = 2
  case amount = 3
  case currency = 4
  case probability = 5
  case closeOn = 6
  case category = 7
  case final = 8
  /// Which opportunity the entries that follow are about, where several stand in one series: its number and 1 more.
  case whose = 9
}

extension Series {
  /// Takes a step of an opportunity.
  /// - Parameter isMixed: opportunities of one customer stand here together; each step then says whose it is.
  public mutating func take(
    _ type: Opportunity, _ event: borrowing Recorded, _ series: inout SeriesStore, isMixed: Bool = false
  ) {
    typealias Fact = Opportunity.Fact
    let step: OpportunitySaid
    var number: Int64? = 0
    switch type {
    case .opened: step = .opened
    case .progressed: step = .progressed
    case .closed: (step, number) = (.closed, event.number(Fact.outcome))
    case .quoteIssued: return  // a quote has a history of its own
    }
    if isMixed { say(.whose, (event.thing ?? -1) + 1, event.moment, &series) }
    say(step, number, event.moment, &series)
    say(.final, event.number(Fact.final), event.moment, &series)
    say(.amount, event.number(Fact.amount), event.moment, &series)
    say(.currency, event.number(Fact.currency), event.moment, &series)
    say(.probability, event.number(Fact.probability), event.moment, &series)
    say(.closeOn, event.number(Fact.closeOn), event.moment, &series)
    say(.category, event.number(Fact.category), event.moment, &series)
  }

  private mutating func say(_ said: OpportunitySaid, _ number: Int64?, _ moment: Moment, _ series: inout SeriesStore) {
    guard let number else { return }
    series.append(moment, number << 4 | said.rawValue, to: &self)
  }

  /// The one opportunity whose steps stand here, as of an instant.
  public func opportunity(in series: borrowing SeriesStore, asOf now: Instant) -> OpportunityReading {
    var reading = OpportunityReading()
    for entry in series.inOrder(self) where entry.moment.at <= now { reading.take(entry) }
    return reading
  }

  /// The opportunities of a customer whose steps stand here together, as of an instant, by their numbers.
  public func opportunities(in series: borrowing SeriesStore, asOf now: Instant) -> [OpportunityReading] {
    series.things(in: self, whose: OpportunitySaid.whose.rawValue, asOf: now).map { thing in
      var reading = OpportunityReading()
      for entry in thing.entries { reading.take(entry) }
      return reading
    }
  }
}

/// An opportunity as its steps, taken by business time, describe it.
public struct OpportunityReading: Sendable {
  public private(set) var opened: Moment?
  /// The first step of any kind: an opportunity may be known only from its progress.
  public private(set) var first: Moment?
  public private(set) var closed: (moment: Moment, outcome: Opportunity.Outcome)?
  public private(set) var amount: Int64?
  public private(set) var final: Int64?
  public private(set) var currency: Currency?
  public private(set) var probability: Int64?
  public private(set) var closeOn: Day?
  public private(set) var category: Opportunity.Category?

  init() {}

  fileprivate mutating func take(_ entry: SeriesStore.Entry) {
    let number = entry.value >> 4
    first = first ?? entry.moment
    switch OpportunitySaid(rawValue: entry.value & 15) {
    case .opened: opened = opened ?? entry.moment
    case .progressed: break
    case .closed:
      if let outcome = Opportunity.Outcome(rawValue: UInt8(number)) { closed = (entry.moment, outcome) }
    case .amount: amount = number
    case .currency: currency = Currency(number: UInt16(truncatingIfNeeded: number))
    case .probability: probability = number
    case .closeOn: closeOn = Day(number: Int32(number))
    case .category: category = Opportunity.Category(rawValue: UInt8(number))
    case .final: final = number
    case .whose, nil: break
    }
  }
}

extension OpportunityReading {
  /// Of an open one: amount × probability, rounded towards zero.
  public var weighted: Int64? {
    guard closed == nil, let amount, let probability else { return nil }
    // Without the overflow of the product.
    return amount / 10_000 * probability + amount % 10_000 * probability / 10_000
  }
}
