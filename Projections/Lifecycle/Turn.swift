import Events
import Projection
import Wire

/// What turns a customer's course and is rare: one series holds all of them.
///
/// An entry's value is the kind in its lowest eight bits, and above them a number where the kind has one.
enum Turn: UInt8 {
  case qualified = 1
  case unqualified = 2
  case opportunityOpened = 3
  case opportunityClosed = 4
  /// An orange or red warning.
  case warned = 5
  /// A warning was dismissed, or the play against it recovered the customer.
  case calmed = 6
  case playLost = 7
  case statusLost = 8
  case statusActive = 9
  case statusWonBack = 10
  /// An answer whether one would recommend us; the number is the score.
  case recommended = 11

  static func packed(_ turn: Turn, _ number: Int64 = 0) -> Int64 { number << 8 | Int64(turn.rawValue) }
}

extension SeriesStore.Entry {
  var turn: Turn? { Turn(rawValue: UInt8(truncatingIfNeeded: value)) }
  var number: Int { Int(value >> 8) }
}

extension Lifecycle.Facts {
  /// Takes an event of the families that turn a course.
  mutating func turn(_ event: borrowing Recorded, _ series: inout SeriesStore) {
    if let type = event.type(in: Customer.self) {
      customer(type, event, &series)
    } else if let type = event.type(in: Lead.self) {
      lead(type, event, &series)
    } else if let type = event.type(in: Opportunity.self) {
      switch type {
      case .opened: add(.opportunityOpened, event.moment, &series)
      case .closed: add(.opportunityClosed, event.moment, &series)
      case .progressed, .quoteIssued: break
      }
    } else if let type = event.type(in: Survey.self) {
      switch type {
      case .answered:
        if event.code(Survey.Fact.kind, of: Survey.Kind.self) == .nps, let score = event.number(Survey.Fact.score) {
          series.append(event.moment, Turn.packed(.recommended, score), to: &turns)
        }
      }
    } else if let type = event.type(in: Events.Churn.self) {
      warning(type, event, &series)
    }
  }

  private mutating func add(_ turn: Turn, _ moment: Moment, _ series: inout SeriesStore) {
    series.append(moment, Turn.packed(turn), to: &turns)
  }

  private mutating func customer(_ type: Customer, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    switch type {
    case .registered: known = min(known, event.moment)
    case .statusChanged:
      let moment = Moment(at: event.day(Customer.Fact.effectiveOn)?.start ?? event.at, seq: event.seq)
      switch event.code(Customer.Fact.status, of: Customer.Status.self) {
      case .lost, .closed: add(.statusLost, moment, &series)  // a company that closed down will not buy either
      case .active: add(.statusActive, moment, &series)
      case .wonBack: add(.statusWonBack, moment, &series)
      case .suspended, .blacklisted, nil: break  // our refusal to deal says nothing about the customer's will
      }
    case .updated, .assessed, .merged, .contactAdded, .contactUpdated, .consentRecorded: break
    }
  }

  private mutating func lead(_ type: Lead, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    switch type {
    case .created: known = min(known, event.moment)
    case .screened:
      switch event.code(Lead.Fact.verdict, of: Lead.Verdict.self) {
      case .qualified: add(.qualified, event.moment, &series)
      case .disqualified, .nurture: add(.unqualified, event.moment, &series)
      case nil: break
      }
    case .converted: add(.qualified, event.moment, &series)  // nobody converts what they hold to be unfit
    }
  }

  private mutating func warning(_ type: Events.Churn, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    switch type {
    case .warningRaised:
      switch event.code(Events.Churn.Fact.level, of: Events.Churn.Level.self) {
      case .orange, .red: add(.warned, event.moment, &series)
      case .yellow, nil: break
      }
    case .warningTriaged:
      switch event.code(Events.Churn.Fact.verdict, of: Events.Churn.Verdict.self) {
      case .dismiss: add(.calmed, event.moment, &series)
      case .watch, .intervene, nil: break
      }
    case .playClosed:
      switch event.code(Events.Churn.Fact.outcome, of: Events.Churn.Outcome.self) {
      case .recovered: add(.calmed, event.moment, &series)
      case .lost: add(.playLost, event.moment, &series)
      case .noEffect, nil: break
      }
    }
  }
}
