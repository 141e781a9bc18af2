/// What is owed, by how long: the usual buckets of 30 days.
public struct AgeingTable: Hashable, Sendable {
  /// From which day the days are counted: named wherever the table is shown.
  public enum Basis: String, Hashable, Sendable, CaseIterable {
    /// Past the due day; on it nothing is late yet.
    case due
    /// Since the day of the invoice, whatever its terms.
    case invoice
  }

  public enum Bucket: Int, Hashable, Sendable, CaseIterable {
    /// Not past due. Without items by the day of the invoice, save those of a day to come.
    case notDue
    /// To 30 days: from 1 past the due day, from 0 since the invoice.
    case to30
    /// 31–60 days.
    case to60
    /// 61–90 days.
    case to90
    /// 91 days and more.
    case over90

    public init(days: Int, _ basis: Basis) {
      self =
        switch days {
        case ..<0: .notDue
        case 0 where basis == .due: .notDue
        case ...30: .to30
        case ...60: .to60
        case ...90: .to90
        default: .over90
        }
    }
  }

  /// An open item: its days by the basis, and what is open of it, minor units. A credit that is not yet set off is
  /// below 0.
  public struct Item: Hashable, Sendable {
    public let days: Int
    public let open: Int64

    public init(days: Int, open: Int64) {
      self.days = days
      self.open = open
    }
  }

  public struct Line: Hashable, Sendable {
    public let bucket: Bucket
    public let items: Int
    public let open: Int64
  }

  public let basis: Basis
  /// One for each bucket, in their order.
  public let lines: [Line]
  public let total: Int64

  /// - Throws: `FigureRefusal.sumTooLarge`.
  public init(_ items: [Item], by basis: Basis) throws(FigureRefusal) {
    var lines: [Line] = []
    for bucket in Bucket.allCases {
      let within = items.filter { Bucket(days: $0.days, basis) == bucket }
      lines.append(
        Line(bucket: bucket, items: within.count, open: try Exact.money(Exact.total(within.map(\.open)))))
    }
    (self.basis, self.lines) = (basis, lines)
    total = try Exact.money(Exact.total(items.map(\.open)))
  }

  public subscript(bucket: Bucket) -> Line { lines[bucket.rawValue] }

  /// What is in no bucket of the not due, of all that is owed; `nil` where that is 0 or less.
  public var overdueShare: Double? {
    total > 0 ? Exact.ratio(Int128(total) - Int128(self[.notDue].open), Int128(total)) : nil
  }

  /// A bucket's part of all that is owed; `nil` where that is 0 or less. Beyond 0…1 where credits are among it.
  public func share(of bucket: Bucket) -> Double? {
    total > 0 ? Exact.ratio(Int128(self[bucket].open), Int128(total)) : nil
  }
}
