public import Projection
public import Vocabulary

/// What targets and score sheets measure.
public enum Measure: UInt8, CodeSet {
  case collected = 1
  case ordered = 2
  case invoiced = 3
  case newCustomers = 4
  case retention = 5
  case satisfaction = 6
  case visits = 7
  case records = 8
  case training = 9

  /// The words of the first four that a shipped score sheet names are those of its items.
  public var word: Word {
    switch self {
    case .collected: Word("collected-revenue", "Collected: received less refunded", "回款：到账减退款")
    case .ordered: Word("ordered-revenue", "Ordered: orders placed, as changed since, without cancelled ones", "订单额：下单金额（含后续变更，不含取消）")
    case .invoiced: Word("invoiced-revenue", "Invoiced, with tax", "开票额（含税）")
    case .newCustomers: Word("new-customers", "Customers whose first purchase this was", "首次采购的客户数")
    case .retention:
      Word(
        "retention", "Customers kept: of those that had bought within 365 days at the start, those that had at the end",
        "客户留存：期初 365 天内有采购的客户中，期末仍在 365 天内有采购的占比")
    case .satisfaction: Word("satisfaction", "Mean of satisfaction answers (CSI and CSAT), 0 to 100", "满意度均分（CSI 与 CSAT，0–100）")
    case .visits: Word("visits", "Visits", "拜访次数")
    case .records: Word("records", "Details on file of all that should be, at the end", "期末客户档案完整率")
    case .training: Word("training", "Trainings passed, of those taken", "培训通过率")
    }
  }

  /// Whether it is money, which has a currency.
  public var isMoney: Bool { self == .collected || self == .ordered || self == .invoiced }
  /// Whether it is a share, in hundredths of a percent.
  public var isShare: Bool { self == .retention || self == .records || self == .training }
}

/// Whose doing counts.
public enum Scope: Hashable, Sendable {
  case company
  /// Names: a person's id, a team, a region.
  case employee(Int64)
  case team(Int64)
  case region(Int64)
  /// The customer's id.
  case customer(String)

  /// Whom the whole name of a scope means: `employee:E-7`, `team:…`, `region:…`, `customer:…`, `company:…`.
  /// - Returns: `nil` for others, and for one whom no event names.
  public init?(_ name: String, _ names: any Names) {
    guard let colon = name.firstIndex(of: ":") else { return nil }
    let id = String(name[name.index(after: colon)...])
    let number = names.number(id)
    switch name[..<colon] {
    case "company": self = .company
    case "employee": if let number { self = .employee(number) } else { return nil }
    case "team": if let number { self = .team(number) } else { return nil }
    case "region": if let number { self = .region(number) } else { return nil }
    case "customer": self = .customer(id)
    default: return nil
    }
  }
}
