import AccountHistory
import Events
import Projection
import Wire

/// A customer's facts, decoded and in the order of time, as the signals ask for them as of one day.
///
/// Signals are measured in whole UTC days, so that a purchase in the morning and one in the evening weigh alike.
struct Account {
  struct Report {
    let moment: Moment
    let value: Int64
    let first: Day
    let last: Day
  }
  struct Bill {
    let moment: Moment
    let amount: Int64
    let due: Day
    let currency: UInt16
  }
  struct Scored {
    let moment: Moment
    let mark: Mark
    let number: Int64
  }

  private(set) var rules: ChurnRules
  let today: Day
  let history: PurchaseHistory
  /// What was bought until today.
  let purchases: [Movement]
  private(set) var paid: [Movement] = []
  let terms: [Term]
  let contact: Moment?
  /// The grade that people gave and that holds.
  private var given: Grade?
  var grade: Grade { given ?? rules.defaultGrade }
  private(set) var reports: [Report] = []
  private(set) var bills: [Bill] = []
  /// The marks that stand alone.
  private(set) var marks: [Scored] = []
  private var kinds = MarkKinds()
  /// Whether measurements are to name their evidence: a judgement of a million customers needs none.
  private let isExplained: Bool

  init(
    _ facts: Churn.Facts, _ series: borrowing SeriesStore, by rules: ChurnRules, asOf now: Instant, isExplained: Bool
  ) {
    self.rules = rules
    self.isExplained = isExplained
    let today = now.day
    self.today = today
    let history = PurchaseHistory(facts.purchases, series, by: rules.purchaseEvents)
    self.history = history
    // By business time: where the last is not beyond today, none is.
    let isWhole = history.purchases.last.map { $0.moment.at.day <= today } ?? true
    purchases = isWhole ? history.purchases : history.purchases.filter { $0.moment.at.day <= today }
    terms = facts.contracts.terms(in: series, asOf: now)
    contact = facts.contact.seq >= 0 ? facts.contact : nil
    var pending: SeriesStore.Entry?
    var graded = Moment(at: .distantPast, seq: -1)
    series.forEach(in: facts.marks) { entry in
      guard entry.moment.at <= now, let mark = Mark(rawValue: UInt8(truncatingIfNeeded: entry.value)) else { return }
      let number = entry.value >> 8
      switch mark {
      case .used, .billed, .graded: pending = entry
      case .usedIn: if let pending { reports.append(Report(pending, number)) }
      case .due: if let pending { bills.append(Bill(pending, number)) }
      case .gradedUntil:
        guard let value = pending?.value, entry.moment >= graded, number > Int64(now.day.number) else { return }
        graded = entry.moment
        given = Grade(rawValue: UInt8(truncatingIfNeeded: value >> 8))
      case .keyContactLeft, .keyContactCame, .otherContact, .someContactLeft, .complaintFiled, .complaintSevere,
        .complaintClosed, .complaintReopened, .nps, .csi, .delivered, .status, .assessed:
        marks.append(Scored(moment: entry.moment, mark: mark, number: number))
        kinds.insert(mark)
      }
    }
    marks.sort { $0.moment < $1.moment }
    reports.sort { ($0.last, $0.moment) < ($1.last, $1.moment) }
    bills.sort { ($0.due, $0.moment) < ($1.due, $1.moment) }
    // Only invoices are matched with payments; most customers have none, and need not be read twice.
    if !bills.isEmpty {
      paid = PurchaseHistory(facts.purchases, series, by: .payments).movements.filter { $0.moment.at <= now }
    }
  }

  /// Takes another rule for the same customer; says `false` where that rule reads the facts otherwise.
  mutating func turn(to other: ChurnRules) -> Bool {
    guard other.purchaseEvents == rules.purchaseEvents else { return false }
    rules = other
    return true
  }

  /// Only who bought, had a contract or used something can leave.
  var isCustomer: Bool {
    !purchases.isEmpty || terms.contains { $0.start.at.day <= today }
      || !reports.isEmpty
  }

  /// The marks of some kinds. Most customers have none, and no list is made for them.
  func marks(_ wanted: MarkKinds) -> [Scored] {
    kinds.isDisjoint(with: wanted) ? [] : marks.filter { wanted.contains($0.mark) }
  }
  func marks(_ wanted: Mark) -> [Scored] { kinds.contains(wanted) ? marks.filter { $0.mark == wanted } : [] }

  /// A measurement of this customer, with its evidence where it is to be explained.
  func measured(
    _ signal: Signal, _ value: Int, against threshold: Int, began: Moment?, evidence: @autoclosure () -> [Int64?] = []
  ) -> Measured {
    Measured(signal, value, against: threshold, began: began, evidence: isExplained ? evidence() : [])
  }

  /// The measurement of each signal, in the fixed order; of who is no customer none is asked for.
  var measurements: [Measured?] { isCustomer ? Account.signals.map(measure) : [] }
  static let signals = Signal.allCases

  /// The signal's measurement, or `nil` where nothing is known by which it could be judged.
  func measure(_ signal: Signal) -> Measured? {
    switch signal {
    case .orderDecline: orderDecline
    case .orderGap: orderGap
    case .silence: silence
    case .usageDecline: usageDecline
    case .contactSilence: contactSilence
    case .keyContact: keyContact
    case .complaints: complaints
    case .satisfaction: satisfaction
    case .slowPayment: slowPayment
    case .renewal: renewal
    case .lateDelivery: lateDelivery
    case .businessChange: businessChange
    case .expectation: expectation
    }
  }
}

extension Account.Report {
  fileprivate init(_ entry: SeriesStore.Entry, _ days: Int64) {
    func day(_ shift: Int64) -> Day { Day(number: (Int32(truncatingIfNeeded: days >> shift) << 8) >> 8) }
    self.init(moment: entry.moment, value: entry.value >> 8, first: day(24), last: day(0))
  }
}

extension Account.Bill {
  fileprivate init(_ entry: SeriesStore.Entry, _ due: Int64) {
    self.init(
      moment: entry.moment, amount: entry.value >> 8, due: Day(number: Int32(truncatingIfNeeded: due >> 16)),
      currency: UInt16(truncatingIfNeeded: due))
  }
}

extension Stretch {
  /// From the day of an event on, so many days.
  init(_ moment: Moment, days: Int) {
    self.init(from: moment, until: Moment(at: (moment.at.day + days).start, seq: moment.seq))
  }
}

extension [Stretch] {
  /// When the stretch began in which this day lies.
  func began(on day: Day) -> Moment? {
    merged.first { $0.from.at.day <= day && day.start < $0.until.at }?.from
  }
}
