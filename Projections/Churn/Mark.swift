import AccountHistory
import Events
import Projection
import Wire

/// What the signals ask for beside purchases and contracts: one series holds all of it.
///
/// An entry's value is the kind in its lowest eight bits, and above them a number. What needs two numbers takes two
/// entries in succession, of which the second completes the first.
enum Mark: UInt8 {
  case used = 1
  /// Completes `used`: first and last day, 24 bits each.
  case usedIn = 2
  /// What an invoice asks for, with tax.
  case billed = 3
  /// Completes `billed`: the due day above 16 bits of currency.
  case due = 4
  case keyContactLeft = 5
  case keyContactCame = 6
  /// A contact of lesser influence is on record.
  case otherContact = 7
  /// A contact of unstated influence left.
  case someContactLeft = 8
  case complaintFiled = 9
  case complaintSevere = 10
  case complaintClosed = 11
  case complaintReopened = 12
  case nps = 13
  case csi = 14
  /// Days after the promise.
  case delivered = 15
  case status = 16
  /// Score, by kind: score × 16 + kind.
  case assessed = 17
  case graded = 18
  /// Completes `graded`: the day on which it expires.
  case gradedUntil = 19
}

/// Some kinds of marks.
struct MarkKinds: Sendable {
  private var bits: UInt32 = 0

  init(_ marks: Mark...) { for mark in marks { insert(mark) } }

  mutating func insert(_ mark: Mark) { bits |= 1 << UInt32(mark.rawValue) }
  func contains(_ mark: Mark) -> Bool { bits >> UInt32(mark.rawValue) & 1 == 1 }
  func isDisjoint(with other: MarkKinds) -> Bool { bits & other.bits == 0 }

  static let contacts = MarkKinds(.keyContactLeft, .keyContactCame, .otherContact, .someContactLeft)
  static let complaintTurns = MarkKinds(.complaintFiled, .complaintReopened, .complaintClosed)
  static let complaints = MarkKinds(.complaintFiled, .complaintReopened, .complaintClosed, .complaintSevere)
}

extension Churn.Facts {
  private mutating func add(_ mark: Mark, _ number: Int64, _ moment: Moment, _ series: inout SeriesStore) {
    series.append(moment, number << 8 | Int64(mark.rawValue), to: &marks)
  }

  mutating func mark(_ type: Order, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    typealias Fact = Order.Fact
    switch type {
    case .invoiced:
      guard let net = event.number(Fact.net), let due = event.number(Fact.dueOn), let currency = event.number(Fact.currency)
      else { return }
      add(.billed, net + (event.number(Fact.tax) ?? 0), event.moment, &series)
      add(.due, due << 16 | currency & 0xFFFF, event.moment, &series)
    case .delivered:
      guard let promised = event.day(Fact.promisedOn), let accepted = event.day(Fact.acceptedOn) else { return }
      add(.delivered, Int64(accepted - promised), event.moment, &series)
    case .placed, .changed: break
    }
  }

  mutating func mark(_ type: Usage, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    switch type {
    case .reported:
      guard let value = event.number(Usage.Fact.value) else { return }
      let last = event.day(Usage.Fact.periodEnd) ?? event.day(Usage.Fact.periodStart) ?? event.at.day
      let first = event.day(Usage.Fact.periodStart) ?? last
      add(.used, value, event.moment, &series)
      add(.usedIn, Int64(min(first, last).number & 0xFF_FFFF) << 24 | Int64(last.number & 0xFF_FFFF), event.moment, &series)
    }
  }

  mutating func mark(_ type: Complaint, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    switch type {
    case .filed: add(.complaintFiled, 0, event.moment, &series)
    case .assessed:
      switch event.code(Complaint.Fact.severity, of: Complaint.Severity.self) {
      case .major, .urgent: add(.complaintSevere, event.number(Complaint.Fact.severity) ?? 0, event.moment, &series)
      case .general, nil: break
      }
    case .closed: add(.complaintClosed, 0, event.moment, &series)
    case .reopened: add(.complaintReopened, 0, event.moment, &series)
    case .paused, .resumed: break  // a complaint that waits is open all the same
    case .acknowledged, .escalated, .responded: break
    }
  }

  mutating func mark(_ type: Customer, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    typealias Fact = Customer.Fact
    switch type {
    case .contactAdded, .contactUpdated:
      contact(event, &series)
    case .statusChanged:
      guard let status = event.number(Fact.status) else { return }
      let moment = Moment(at: event.day(Fact.effectiveOn)?.start ?? event.at, seq: event.seq)
      add(.status, status, moment, &series)
    case .assessed:
      guard let kind = event.number(Fact.assessment), let score = event.number(Fact.score) else { return }
      add(.assessed, score * 16 + kind, event.moment, &series)
    case .registered, .updated, .merged, .consentRecorded: break
    }
  }

  private mutating func contact(_ event: borrowing Recorded, _ series: inout SeriesStore) {
    let hasLeft = event.code(Customer.Fact.contactStatus, of: Customer.ContactStatus.self) == .left
    switch event.code(Customer.Fact.influence, of: Customer.Influence.self) {
    case .decider, .coach: add(hasLeft ? .keyContactLeft : .keyContactCame, 0, event.moment, &series)
    case .user, .buyer: add(.otherContact, 0, event.moment, &series)
    case nil: if hasLeft { add(.someContactLeft, 0, event.moment, &series) }
    }
  }

  mutating func mark(_ type: Survey, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    switch type {
    case .answered:
      guard let score = event.number(Survey.Fact.score) else { return }
      switch event.code(Survey.Fact.kind, of: Survey.Kind.self) {
      case .nps: add(.nps, score, event.moment, &series)
      case .csi: add(.csi, score, event.moment, &series)
      case .csat, .ces, .pulse, nil: break
      }
    }
  }

  mutating func mark(_ type: Rule, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    switch type {
    case .assessmentSet:
      guard event.code(Rule.Fact.dimension, of: Rule.Dimension.self) == .grade, let value = event.number(Rule.Fact.value)
      else { return }
      add(.graded, value, event.moment, &series)
      add(.gradedUntil, event.number(Rule.Fact.expiresOn) ?? Int64(Instant.distantFuture.day.number), event.moment, &series)
    case .published, .proposed, .rejected: break
    }
  }
}
