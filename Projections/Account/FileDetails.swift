import Events
public import Projection
public import Vocabulary

/// The details that are to be on file of every customer (客户档案要素).
public enum FileDetail: UInt8, CodeSet {
  case creditCode = 1
  case industry = 2
  case sizeBand = 3
  case region = 4
  case country = 5
  case city = 6
  case employees = 7
  case revenue = 8
  case founded = 9
  case website = 10
  case contact = 11
  case decider = 12
  case credit = 13

  /// The word is the field of `customer.registered`, as `customer.updated` names it too.
  public var word: Word {
    switch self {
    case .creditCode: Word("unifiedSocialCreditCode", "Unified social credit code", "统一社会信用代码")
    case .industry: Word("industry", "Industry", "行业")
    case .sizeBand: Word("sizeBand", "Size", "规模")
    case .region: Word("region", "Region", "区域")
    case .country: Word("country", "Country", "国家/地区")
    case .city: Word("city", "City", "城市")
    case .employees: Word("employees", "Employees", "员工人数")
    case .revenue: Word("revenueMinor", "Yearly revenue", "年营业额")
    case .founded: Word("foundedYear", "Founded in", "成立年份")
    case .website: Word("website", "Website", "网站")
    case .contact: Word("contact", "A contact", "联系人")
    case .decider: Word("decider", "A decision maker", "决策者")
    case .credit: Word("credit", "An assessment of credit", "资信评估")
    }
  }

  var bit: Int64 { 1 << Int64(rawValue) }

  /// The details that a registration gives, a bit each.
  static func onRegistration(_ event: borrowing Recorded) -> Int64 {
    var bits: Int64 = 0
    for (detail, fact) in onRegistration where event.number(fact) != nil { bits |= detail.bit }
    return bits
  }

  private static let onRegistration: [(FileDetail, Customer.Fact)] = [
    (.creditCode, .creditCode), (.industry, .industry), (.sizeBand, .sizeBand), (.region, .region), (.country, .country),
    (.city, .city), (.employees, .employees), (.revenue, .revenue), (.founded, .founded), (.website, .website),
  ]
}

/// Which details are on file, and since which event.
public struct FileDetails: Sendable {
  private var filed = [Moment?](repeating: nil, count: FileDetail.allCases.count)

  public func moment(of detail: FileDetail) -> Moment? { filed[Int(detail.rawValue) - 1] }
  public var missing: [FileDetail] { FileDetail.allCases.filter { moment(of: $0) == nil } }
  /// Details on file of all that should be, in whole percent, rounded down.
  public var percent: Int { filed.count { $0 != nil } * 100 / filed.count }

  mutating func add(bits: Int64, _ moment: Moment) {
    for detail in FileDetail.allCases where bits & detail.bit != 0 {
      filed[Int(detail.rawValue) - 1] = self.moment(of: detail) ?? moment
    }
  }

  mutating func change(_ name: String?, isSet: Bool, _ moment: Moment) {
    guard let detail = FileDetail.allCases.first(where: { $0.word.text == name }) else { return }
    filed[Int(detail.rawValue) - 1] = isSet ? self.moment(of: detail) ?? moment : nil
  }
}
