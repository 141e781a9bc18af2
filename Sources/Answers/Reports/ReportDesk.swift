import Engine
import Projection
import ProjectionCatalogue
import Vocabulary
import Wire

/// Where a report is put together: the read models as of the ends of periods, each folded once, and which were used.
final class ReportDesk {
  let period: Period
  /// The last day that the report may speak of: the period's, or the log's last business day where that is earlier.
  let last: Day
  let isPartial: Bool
  private let store: Store
  private let view: View
  private let end: Instant
  private var snapshot: Snapshot?
  private var kept: [String: [ReportRecord]] = [:]
  /// The read models that were asked, with the rules by which they judged, in the order of asking.
  private(set) var models: [(name: String, rule: String?)] = []

  /// - Parameters:
  ///   - view: `knownAt` and `rules` hold; the business time follows from the period.
  ///   - latest: the latest business time that the view knows.
  init(_ period: Period, view: View, latest: Instant, of store: Store) {
    (self.period, self.store, self.view) = (period, store, view)
    isPartial = latest.day < period.last
    end = min(period.last.last, latest)
    last = min(period.last, latest.day)
  }

  var asOf: Instant { end }
  /// The period before, of the same length.
  var before: Period { period.advanced(by: -1) }

  /// The rows of a read model at the end of the report's period.
  func records(_ model: String) throws -> [ReportRecord] { try records(model, at: end) }

  /// The rows of a read model at the end of a day.
  func records(_ model: String, on day: Day) throws -> [ReportRecord] { try records(model, at: min(day.last, end)) }

  private func records(_ model: String, at instant: Instant) throws -> [ReportRecord] {
    let key = "\(model) \(instant.microseconds)"
    if let records = kept[key] { return records }
    let projection = try store.snapshot().projection(model)
    let places = Dictionary(uniqueKeysWithValues: projection.columns.enumerated().map { ($1.name, $0) })
    var view = view
    view.asOf = instant
    var records: [ReportRecord] = []
    var rule: String?
    try store.rows(of: model, view: view) { line in
      rule = line.rule
      records.append(ReportRecord(subject: line.subject, since: line.since, values: line.values, places: places))
    }
    if !models.contains(where: { $0.name == model }) { models.append((model, rule)) }
    kept[key] = records
    return records
  }

  /// To whom a contract or the like belongs.
  func customer(of subject: String) throws -> String? { try present().customer(of: subject) }

  /// The events of some types up to the report's end, corrections made.
  /// - Complexity: O(events of these types), in memory too.
  func standing(_ types: Set<String>) throws -> [Event] {
    var view = view
    view.asOf = end
    return try present().standingEvents(of: types, view: view)
  }

  var accountKind: String { store.catalogue.accountKind.word }

  /// As the customer was registered last; `nil` of one that never was.
  func registeredName(of customer: String) throws -> String? {
    var view = view
    view.asOf = end
    var name: String?
    try present().standingEventsByAccount(of: ["customer.registered"], holding: customer, view: view) { events in
      name = events.last?.data["name"]?.string ?? name
    }
    return name
  }

  /// Who signed the events of some types that the report may know, with the name that stood there.
  func forEachTold(_ types: [String], _ body: (_ actor: String, _ name: String) -> Void) throws {
    let snapshot = try present()
    let count = try snapshot.moment(of: view).position
    try snapshot.forEachEvent(ofTypes: types, from: 0) { stored in
      guard stored.seq < count, let actor = stored.event.about.actor, let name = stored.event.about.actorName else { return }
      body(actor, name)
    }
  }

  private func present() throws -> Snapshot {
    if let snapshot { return snapshot }
    let fresh = try store.snapshot()
    snapshot = fresh
    return fresh
  }

  /// What each customer had bought by the end of a day, counted as the rule on warnings counts purchases.
  func forEachBuyer(on day: Day, _ body: (Int, Buyer) -> Void) throws {
    let snapshot = try store.snapshot()
    var view = view
    view.asOf = min(day.last, end)
    let rule = try snapshot.rule(of: "churn", in: view)
    try snapshot.judgeAccounts(by: [Asked(ProjectionCatalogue.purchasing, by: .purchases(of: rule.rule))], view: view) { account, rows in
      if let row = rows[0] { body(account, Buyer(row)) }
    }
  }

  /// Months from `count` − 1 before the period's last to it; those that are not over end on `last`.
  func months(_ count: Int) -> [Period] {
    let newest = Period(.month, of: last)
    return (0..<count).map { newest.advanced(by: $0 - count + 1) }
  }

  func columns(_ model: String) throws -> [Column] { try store.snapshot().projection(model).columns }

  /// Of a code in the columns of a read model: its words.
  func words(_ model: String, _ column: String) throws -> [Word] {
    try columns(model).first { $0.name == column }?.words ?? []
  }
}

/// A row of a read model, its columns by name.
struct ReportRecord {
  let subject: String
  let since: Instant?
  let values: [Value]
  let places: [String: Int]

  /// A name that the read model lacks is a mistake of the program, found by each report's test.
  private subscript(_ column: String) -> Value {
    guard let place = places[column] else { preconditionFailure("no column \(column)") }
    return values[place]
  }

  func value(_ column: String) -> Value { self[column] }
  func number(_ column: String) -> Int64? { if case .integer(let number) = self[column] { number } else { nil } }
  func count(_ column: String) -> Int { Int(number(column) ?? 0) }
  func text(_ column: String) -> String? { if case .text(let text) = self[column] { text } else { nil } }
  func flag(_ column: String) -> Bool { self[column] == .flag(true) }
  func day(_ column: String) -> Day? { if case .day(let day) = self[column] { day } else { nil } }
  func instant(_ column: String) -> Instant? { if case .instant(let instant) = self[column] { instant } else { nil } }
  /// Hundredths as the measurement that they are.
  func measure(_ column: String) -> Double? { number(column).map { Double($0) / 100 } }

  /// The parts of the subject's id: `employee:e7/2026-07/CNY` has three.
  var parts: [Substring] { subject.drop { $0 != ":" }.dropFirst().split(separator: "/", omittingEmptySubsequences: false) }
  var kind: Substring { subject.prefix { $0 != ":" } }
}

extension Sequence<ReportRecord> {
  /// The currency that most of them are in; the first by its letters among equals. Sums are never made over currencies.
  func mainCurrency(_ column: String = "cur") -> String? {
    var counts: [String: Int] = [:]
    for record in self { if let currency = record.text(column) { counts[currency, default: 0] += 1 } }
    return counts.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
  }
}

extension Cell {
  /// A share of 1 in hundredths of a percent point: `60.92`.
  static func percent(_ share: Double?, places: Int = 2) -> Cell { share.map { .decimal($0 * 100, places: places) } ?? .null }
  static func measure(_ number: Double?, places: Int = 2) -> Cell { number.map { .decimal($0, places: places) } ?? .null }
  static func count(_ number: Int) -> Cell { .integer(Int64(number)) }
  /// Minor units, rounded half away from zero.
  static func money(_ minor: Double?) -> Cell { minor.map { .integer(Int64($0.rounded(.toNearestOrAwayFromZero))) } ?? .null }
  static func basisPoints(_ number: Int64?) -> Cell { number.map { .decimal(Double($0) / 100, places: 2) } ?? .null }
}
