/// What is owed, by how long it has been due: the usual buckets of 30 days.
public struct Ageing: Hashable, Sendable {
  /// By days past the day that counts. That may be the due date or the invoice's own: name it wherever it is shown.
  public enum Bucket: Int, Hashable, Sendable, CaseIterable {
    /// The day is still to come.
    case notDue
    /// 0–30 days.
    case to30
    /// 31–60 days.
    case to60
    /// 61–90 days.
    case to90
    /// 91 days and more.
    case over90

    public init(daysPast days: Int) {
      self =
        switch days {
        case ..<0: .notDue
        case ...30: .to30
        case ...60: .to60
        case ...90: .to90
        default: .over90
        }
    }
  }

  /// An open item: days past, and what is open of it, minor units. A credit that is not yet set off is below 0.
  public struct Item: Hashable, Sendable {
    public let daysPast: Int
    public let open: Int64

    public init(daysPast: Int, open: Int64) {
      self.daysPast = daysPast
      self.open = open
    }
  }

  public struct Line: Hashable, Sendable {
    public let bucket: Bucket
    public let items: Int
    public let open: Int64
  }

  /// One for each bucket, in their order.
  public let lines: [Line]
  public let total: Int64

  /// - Throws: `FigureRefusal.sumTooLarge`.
  public init(_ items: [Item]) throws(FigureRefusal) {
    var lines: [Line] = []
    for bucket in Bucket.allCases {
      let within = items.filter { Bucket(daysPast: $0.daysPast) == bucket }
      lines.append(
        Line(bucket: bucket, items: within.count, open: try Exact.money(Exact.total(within.map(\.open)))))
    }
    self.lines = lines
    total = try Exact.money(Exact.total(items.map(\.open)))
  }

  public subscript(bucket: Bucket) -> Line { lines[bucket.rawValue] }

  /// What is due, of all that is owed; `nil` where that is 0 or less.
  public var overdueShare: Double? {
    total > 0 ? Exact.ratio(Int128(total) - Int128(self[.notDue].open), Int128(total)) : nil
  }

  /// A bucket's part of all that is owed; `nil` where that is 0 or less. Beyond 0…1 where credits are among it.
  public func share(of bucket: Bucket) -> Double? {
    total > 0 ? Exact.ratio(Int128(self[bucket].open), Int128(total)) : nil
  }
}
