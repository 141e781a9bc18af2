import Events
import Projection
public import Vocabulary

/// What an event is about, in the large: families that people look at together.
public enum ActivityGroup: UInt8, CodeSet {
  case file = 1
  case talk = 2
  case sales = 3
  case orders = 4
  case money = 5
  case contracts = 6
  case service = 7
  case care = 8
  case protection = 9

  public var word: Word {
    switch self {
    case .file: Word("file", "File and owner", "档案与归属")
    case .talk: Word("talk", "Visits and talks", "拜访与沟通")
    case .sales: Word("sales", "Leads and opportunities", "线索与商机")
    case .orders: Word("orders", "Orders, deliveries, invoices", "订单、交付与发票")
    case .money: Word("money", "Payments", "回款")
    case .contracts: Word("contracts", "Contracts, approvals, disputes", "合同、审批与纠纷")
    case .service: Word("service", "Service, usage, complaints, surveys", "服务、使用、投诉与调查")
    case .care: Word("care", "Loyalty, warnings, tasks, judgements", "忠诚度、预警、任务与评定")
    case .protection: Word("protection", "Risk, compliance, privacy, records", "风险、合规、隐私与记录")
    }
  }

  /// The families whose events may reach a customer.
  var families: [any Family.Type] {
    switch self {
    case .file: [Customer.self, Owner.self]
    case .talk: [Visit.self]
    case .sales: [Lead.self, Opportunity.self]
    case .orders: [Order.self]
    case .money: [Payment.self]
    case .contracts: [Contract.self, Approval.self, Dispute.self]
    case .service: [Service.self, Usage.self, Complaint.self, Survey.self]
    case .care: [Loyalty.self, Churn.self, Task.self, Rule.self]
    case .protection: [Risk.self, Privacy.self, Record.self]
    }
  }
}

/// How many events of each group.
struct Counts: BitwiseCopyable, Sendable {
  private var file: UInt32 = 0
  private var talk: UInt32 = 0
  private var sales: UInt32 = 0
  private var orders: UInt32 = 0
  private var money: UInt32 = 0
  private var contracts: UInt32 = 0
  private var service: UInt32 = 0
  private var care: UInt32 = 0
  private var protection: UInt32 = 0

  /// By the number of the family: the group, or 0.
  private static let groups: [UInt8] = {
    var groups = [UInt8](repeating: 0, count: 256)
    for group in ActivityGroup.allCases { for family in group.families { groups[Int(family.code)] = group.rawValue } }
    return groups
  }()

  /// By the number of the family: whether its events are about customers and leads themselves. Those of the others are
  /// about things; a thing that belongs to nobody, such as an approval of a rule, is no customer.
  private static let isAboutPeople: [Bool] = {
    let families: [any Family.Type] = [
      Customer.self, Owner.self, Visit.self, Lead.self, Payment.self, Service.self, Usage.self, Survey.self, Loyalty.self,
      Churn.self, Rule.self, Privacy.self,
    ]
    var about = [Bool](repeating: false, count: 256)
    for family in families { about[Int(family.code)] = true }
    return about
  }()

  /// Counts an event; `false` where it is no customer's.
  mutating func add(_ family: UInt8, isAboutAccount: Bool) -> Bool {
    if isAboutAccount, !Counts.isAboutPeople[Int(family)] { return false }
    switch ActivityGroup(rawValue: Counts.groups[Int(family)]) {
    case .file: file &+= 1
    case .talk: talk &+= 1
    case .sales: sales &+= 1
    case .orders: orders &+= 1
    case .money: money &+= 1
    case .contracts: contracts &+= 1
    case .service: service &+= 1
    case .care: care &+= 1
    case .protection: protection &+= 1
    case nil: return false
    }
    return true
  }

  subscript(group: ActivityGroup) -> Int {
    switch group {
    case .file: Int(file)
    case .talk: Int(talk)
    case .sales: Int(sales)
    case .orders: Int(orders)
    case .money: Int(money)
    case .contracts: Int(contracts)
    case .service: Int(service)
    case .care: Int(care)
    case .protection: Int(protection)
    }
  }
}
