import Events
import Projection
import Vocabulary
import Wire

/// What a step of an opportunity said: the kind in the lowest four bits of an entry, the number above them.
enum Said: Int64 {
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
}

extension Funnel.Facts {
  mutating func say(_ said: Said, _ number: Int64?, _ moment: Moment, _ series: inout SeriesStore) {
    guard let number else { return }
    series.append(moment, number << 4 | said.rawValue, to: &self.said)
  }
}

/// An opportunity as its steps, taken by business time, describe it.
struct Reading {
  var opened: Moment?
  /// The first step of any kind: an opportunity may be known only from its progress.
  var first: Moment?
  var closed: (moment: Moment, outcome: Opportunity.Outcome)?
  var amount: Int64?
  var final: Int64?
  var currency: Currency?
  var probability: Int64?
  var closeOn: Day?
  var category: Opportunity.Category?

  init() {}

  mutating func take(_ entry: SeriesStore.Entry) {
    let number = entry.value >> 4
    first = first ?? entry.moment
    switch Said(rawValue: entry.value & 15) {
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
    case nil: break
    }
  }
}

extension FunnelRow {
  init?(_ reading: Reading, on day: Day) {
    guard let first = reading.first else { return nil }
    let closed = reading.closed
    switch closed?.outcome {
    case .won: state = .won
    case .lost: state = .lost
    case .abandoned: state = .abandoned
    case nil: state = .open
    }
    openedOn = reading.opened?.at.day
    closedOn = closed?.moment.at.day
    amountMinor = closed == nil ? reading.amount : reading.final ?? reading.amount
    currency = reading.currency
    probabilityBp = reading.probability
    weightedMinor =
      closed == nil
      ? reading.amount.flatMap { amount in reading.probability.map { FunnelRow.weighted(amount, by: $0) } } : nil
    category = reading.category
    expectedOn = reading.closeOn
    let opened = openedOn
    cycleDays = closedOn.flatMap { closed in opened.map { closed - $0 } }
    ageDays = closed == nil ? opened.map { day - $0 } : nil
    let moment = closed?.moment ?? reading.opened ?? first
    since = moment.at
    because = moment.seq
  }

  /// amount × basis points ÷ 10,000, without the overflow of the product.
  static func weighted(_ amount: Int64, by basisPoints: Int64) -> Int64 {
    amount / 10_000 * basisPoints + amount % 10_000 * basisPoints / 10_000
  }
}
