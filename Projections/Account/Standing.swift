public import Events
public import Projection
public import Vocabulary
public import Wire

/// What is rarely said of a customer: standing, credit, warnings, and which details are on file.
///
/// Late entries: the entries stand in the order of recording and are sorted when read.
public struct Standing: BitwiseCopyable, Sendable {
  /// What the entries hold: the kind in the lowest four bits, a number above them.
  enum Said: Int64 {
    case status = 0
    /// A limit of credit.
    case limit = 1
    /// Completes `limit`: the currency and 1 more, above 24 bits of the last day.
    case terms = 2
    case warned = 3
    case triaged = 4
    case playEnded = 5
    /// Details on file from here on, a bit each.
    case filed = 6
    /// A detail by the number of its name × 2, and 1 where it has a value now.
    case changed = 7
  }
  private var entries = Series()

  public init() {}

  public var isEmpty: Bool { entries.count == 0 }

  public mutating func take(_ type: Customer, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    typealias Fact = Customer.Fact
    switch type {
    case .registered: say(.filed, FileDetail.onRegistration(event), event.moment, &series)
    case .updated:
      let moment = event.moment
      event.forEachRecord(Fact.changes) { change in
        guard let name = change.number(Fact.changedField) else { return }
        say(.changed, name << 1 | (change.number(Fact.changedTo) ?? 0), moment, &series)
      }
    case .assessed:
      guard event.code(Fact.assessment, of: Customer.Assessment.self) == .credit else { return }
      file(FileDetail.credit.bit, event.moment, &series)
      guard let limit = event.number(Fact.creditLimit) else { return }
      let last = event.number(Fact.validUntil) ?? Int64(Instant.distantFuture.day.number)
      say(.limit, limit, event.moment, &series)
      say(.terms, ((event.number(Fact.currency) ?? -1) + 1) << 24 | last & 0xFF_FFFF, event.moment, &series)
    case .statusChanged:
      guard let status = event.number(Fact.status) else { return }
      say(.status, status, Moment(at: event.day(Fact.effectiveOn)?.start ?? event.at, seq: event.seq), &series)
    case .contactAdded, .contactUpdated:
      let decides = event.code(Fact.influence, of: Customer.Influence.self) == .decider
      file(FileDetail.contact.bit | (decides ? FileDetail.decider.bit : 0), event.moment, &series)
    case .merged, .consentRecorded: break
    }
  }

  public mutating func take(_ type: Churn, _ event: borrowing Recorded, _ series: inout SeriesStore) {
    switch type {
    case .warningRaised: say(.warned, event.number(Churn.Fact.level), event.moment, &series)
    case .warningTriaged: say(.triaged, event.number(Churn.Fact.verdict), event.moment, &series)
    case .playClosed: say(.playEnded, event.number(Churn.Fact.outcome), event.moment, &series)
    }
  }

  private mutating func file(_ bits: Int64, _ moment: Moment, _ series: inout SeriesStore) {
    if bits != 0 { say(.filed, bits, moment, &series) }
  }

  private mutating func say(_ said: Said, _ number: Int64?, _ moment: Moment, _ series: inout SeriesStore) {
    guard let number else { return }
    series.append(moment, number << 4 | said.rawValue, to: &entries)
  }
}

/// The standing of a customer as of an instant.
public struct StandingReading: Sendable {
  public struct Limit: Hashable, Sendable {
    public let moment: Moment
    /// In minor units.
    public let amount: Int64
    /// `nil`: in whatever currency the customer owes.
    public let currency: Currency?
    /// The last day on which it holds.
    public let lastDay: Day
  }
  public private(set) var status: (status: Customer.Status, moment: Moment)?
  /// The limit that was set last, whether it still holds or not.
  public private(set) var limit: Limit?
  /// The latest warning that was neither dismissed nor brought to an end since.
  public private(set) var warning: (level: Churn.Level, moment: Moment)?
  public private(set) var details = FileDetails()
  /// The first thing that was said of them.
  public private(set) var known: Moment?

  init(_ entries: [SeriesStore.Entry], asOf now: Instant, _ names: any Names) {
    var limit: Int64?
    for entry in entries where entry.moment.at <= now {
      let (number, moment) = (entry.value >> 4, entry.moment)
      known.retreat(to: moment)
      switch Standing.Said(rawValue: entry.value & 15) {
      case .status: status = Customer.Status(rawValue: UInt8(truncatingIfNeeded: number)).map { ($0, moment) } ?? status
      case .limit: limit = number
      case .terms:
        guard let amount = limit else { continue }
        let currency = number >> 24
        self.limit = Limit(
          moment: moment, amount: amount,
          currency: currency == 0 ? nil : Currency(number: UInt16(truncatingIfNeeded: currency - 1)),
          lastDay: Day(number: (Int32(truncatingIfNeeded: number) << 8) >> 8))
        limit = nil
      case .warned: warning = Churn.Level(rawValue: UInt8(truncatingIfNeeded: number)).map { ($0, moment) } ?? warning
      case .triaged: if number == Int64(Churn.Verdict.dismiss.rawValue) { warning = nil }
      case .playEnded: warning = nil
      case .filed: details.add(bits: number, moment)
      case .changed: details.change(names.text(number >> 1), isSet: number & 1 == 1, moment)
      case nil: break
      }
    }
  }

  /// The limit of credit that holds on a day.
  public func limit(on day: Day) -> Limit? { limit.flatMap { day <= $0.lastDay ? $0 : nil } }
}

extension Standing {
  public func reading(
    in series: borrowing SeriesStore, asOf now: Instant, _ names: any Names
  ) -> StandingReading { StandingReading(series.inOrder(entries), asOf: now, names) }
}
