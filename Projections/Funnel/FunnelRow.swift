import AccountHistory
import Events
import Projection
import Wire

extension FunnelRow {
  init?(_ reading: OpportunityReading, on day: Day) {
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
    weightedMinor = reading.weighted
    category = reading.category
    expectedOn = reading.closeOn
    let opened = openedOn
    cycleDays = closedOn.flatMap { closed in opened.map { closed - $0 } }
    ageDays = closed == nil ? opened.map { day - $0 } : nil
    let moment = closed?.moment ?? reading.opened ?? first
    since = moment.at
    because = moment.seq
  }
}
