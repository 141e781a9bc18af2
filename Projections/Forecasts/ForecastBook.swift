import AccountHistory
import Events
import Projection
import Statistics
import Vocabulary
import Wire

/// What was foretold and sold, by person, period and currency.
struct ForecastBook {
  struct Key: Hashable {
    /// A name; `nil` for the company.
    let person: Int64?
    let currency: Currency
    /// `nil` for all periods together.
    let period: Period?

    var subject: CensusSubject {
      let base: CensusSubject.Base = person.map { .named(.employee, $0) } ?? .fixed("company:all")
      return CensusSubject(base, part: period.map { "\($0)/\(currency)" } ?? "\(currency)")
    }
  }
  private let now: Instant
  private var keys: [Key] = []
  private var lines: [ForecastRow] = []
  private var places: [Key: Int] = [:]

  init(asOf now: Instant) { self.now = now }

  private mutating func update(_ key: Key, _ change: (inout ForecastRow) -> Void) {
    let place = places[key] ?? keys.count
    if place == keys.count {
      places[key] = place
      keys.append(key)
      lines.append(ForecastRow(key.currency, key.period, asOf: now))
    }
    change(&lines[place])
  }

  /// - Precondition: in the order of business time.
  mutating func take(_ submission: Submission) {
    let key = Key(person: submission.person, currency: submission.currency, period: submission.period)
    update(key) { $0.take(submission) }
    // The row of all periods is there even before a period has ended.
    update(Key(person: submission.person, currency: submission.currency, period: nil)) { _ in }
    if submission.person != nil {
      update(Key(person: nil, currency: submission.currency, period: submission.period)) { _ in }
    }
  }

  /// - Precondition: every submission was taken.
  mutating func take(_ sale: Sale) {
    for person in sale.owner == nil ? [nil] : [sale.owner, nil] {
      update(Key(person: person, currency: sale.currency, period: nil)) { $0.take(sale) }
      guard let day = sale.won?.at.day ?? sale.expected else { continue }
      for length in [Period.Length.month, .quarter, .year] {
        let key = Key(person: person, currency: sale.currency, period: Period(length, of: day))
        if places[key] != nil { update(key) { $0.take(sale) } }
      }
    }
  }

  /// The company's forecast is its own submission, or else the sum of what its people submitted.
  var rows: [(CensusSubject, ForecastRow)] {
    var rows = lines
    for (place, key) in keys.enumerated() where key.person == nil && key.period != nil && rows[place].submissions.isEmpty {
      let parts = keys.indices.filter { keys[$0].person != nil && keys[$0].period == key.period && keys[$0].currency == key.currency }
      rows[place].sum(parts.map { lines[$0] })
    }
    for (place, key) in keys.enumerated() where key.period == nil {
      let own = keys.indices.filter { keys[$0].person == key.person && keys[$0].period != nil && keys[$0].currency == key.currency }
      rows[place].measure(own.map { rows[$0] })
    }
    return zip(keys, rows).map { ($0.subject, $1) }
  }
}
