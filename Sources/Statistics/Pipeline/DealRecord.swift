/// One opportunity, in whole days and minor units of one currency.
public struct DealRecord: Hashable, Comparable, Sendable {
  public enum Outcome: String, Hashable, Sendable { case won, lost }

  /// The day on which it was opened.
  public let opened: Int
  /// The day on which it was closed; `nil` while it is open.
  public let closed: Int?
  public let outcome: Outcome?
  /// What the won deal brought.
  public let value: Int64?
  /// What it was said to bring, as known at the cut-off; `nil` where nobody said.
  public let amount: Int64?
  /// The caller's number for its kind (product, region, person); deals of one kind are judged by their like.
  public let stratum: Int

  /// Days that a record may name.
  public static let days = -dayLimit...dayLimit
  public static let dayLimit = 10_000_000

  /// An open deal. `nil` for an amount below 0 or a day beyond `dayLimit`.
  public init?(opened: Int, amount: Int64? = nil, stratum: Int = 0) {
    guard DealRecord.days.contains(opened), amount ?? 0 >= 0 else { return nil }
    (self.opened, closed, outcome, value) = (opened, nil, nil, nil)
    (self.amount, self.stratum) = (amount, stratum)
  }

  /// A won deal. `nil` where it closes before it opens, for amounts below 0, and for days beyond `dayLimit`.
  public init?(opened: Int, won day: Int, value: Int64, amount: Int64? = nil, stratum: Int = 0) {
    guard DealRecord.days.contains(opened), (opened...DealRecord.dayLimit).contains(day), value >= 0,
      amount ?? 0 >= 0
    else { return nil }
    (self.opened, closed, outcome, self.value) = (opened, day, .won, value)
    (self.amount, self.stratum) = (amount, stratum)
  }

  /// A lost deal. `nil` as for a won one.
  public init?(opened: Int, lost day: Int, amount: Int64? = nil, stratum: Int = 0) {
    guard DealRecord.days.contains(opened), (opened...DealRecord.dayLimit).contains(day), amount ?? 0 >= 0 else {
      return nil
    }
    (self.opened, closed, outcome, value) = (opened, day, .lost, nil)
    (self.amount, self.stratum) = (amount, stratum)
  }

  /// By the day opened, then by whatever tells two apart.
  public static func < (a: DealRecord, b: DealRecord) -> Bool {
    (a.opened, a.stratum, a.amount ?? -1, a.closed ?? .max, a.value ?? -1)
      < (b.opened, b.stratum, b.amount ?? -1, b.closed ?? .max, b.value ?? -1)
  }

  /// Open at the end of that day.
  public func isOpen(on day: Int) -> Bool { opened <= day && closed.map { $0 > day } ?? true }
  /// Closed by the end of that day.
  public func isClosed(by day: Int) -> Bool { closed.map { $0 <= day } ?? false }
}

/// Bounds of pipeline forecasts.
public enum PipelineLimit {
  public static let deals = 2_000_000
  /// Ages beyond this count as this.
  public static let ageDays = 3_650
  /// Days ahead.
  public static let horizonDays = 1_830
  /// Deals below which all together are not judged.
  public static let closed = 30
  public static let won = 10
  /// Deals below which a stratum is judged by all.
  public static let closedInStratum = 100
  public static let wonInStratum = 30
  /// Deals at risk below which an age counts as not seen.
  public static let atRisk = 10
  public static let draws = 100...10_000
  /// Deals opened within so many days are drawn together; from so many blocks on.
  public static let blockDays = 28
  public static let blocks = 6
  /// Past cut-offs below which there is no experience.
  public static let pastCutOffs = 3
}
