public import Projection
import Statistics
public import Vocabulary
public import Wire

/// How long after its due day something is open.
public enum AgeBucket: UInt8, CodeSet {
  case notDue = 1
  case to30 = 2
  case to60 = 3
  case to90 = 4
  case over90 = 5

  public var word: Word {
    switch self {
    case .notDue: Word("not-due", "Not past due", "未逾期")
    case .to30: Word("1-30", "1 to 30 days past due", "逾期 1–30 天")
    case .to60: Word("31-60", "31 to 60 days past due", "逾期 31–60 天")
    case .to90: Word("61-90", "61 to 90 days past due", "逾期 61–90 天")
    case .over90: Word("over-90", "More than 90 days past due", "逾期 90 天以上")
    }
  }

  /// - Parameter days: from the due day to the day on which it is asked for; on the due day itself nothing is late.
  public init(daysPastDue days: Int) {
    self =
      switch AgeingTable.Bucket(days: days, .due) {
      case .notDue: .notDue
      case .to30: .to30
      case .to60: .to60
      case .to90: .to90
      case .over90: .over90
      }
  }
}

/// Sums of open amounts by how long they are past due (账龄, by the due day).
public struct AgedSums: Hashable, Sendable {
  private var sums = [Int64](repeating: 0, count: AgeBucket.allCases.count)

  public init() {}

  public init(_ ledger: Ledger, on today: Day) {
    for item in ledger.items where item.isOpen { add(item.open, AgeBucket(daysPastDue: today - item.due)) }
  }

  public subscript(bucket: AgeBucket) -> Int64 { sums[Int(bucket.rawValue) - 1] }
  public var open: Int64 { sums.moneySum }
  public var overdue: Int64 { sums.dropFirst().moneySum }

  public mutating func add(_ amount: Int64, _ bucket: AgeBucket) {
    sums[Int(bucket.rawValue) - 1] = self[bucket].plusMoney(amount)
  }
  public mutating func add(_ other: AgedSums) { for bucket in AgeBucket.allCases { add(other[bucket], bucket) } }

  public static let columns: [Column] =
    [Column("openMinor", .money, "Open", "未收余额")]
    + AgeBucket.allCases.map { Column($0.column, .money, $0.word.title.en, $0.word.title.zh) }
    + [Column("overdueMinor", .money, "Overdue", "逾期金额")]
  public var values: [Value] {
    [.integer(open)] + AgeBucket.allCases.map { .integer(self[$0]) } + [.integer(overdue)]
  }
}

extension AgeBucket {
  /// The column that holds its sum.
  public var column: String {
    switch self {
    case .notDue: "notDueMinor"
    case .to30: "days1to30Minor"
    case .to60: "days31to60Minor"
    case .to90: "days61to90Minor"
    case .over90: "over90Minor"
    }
  }
}
