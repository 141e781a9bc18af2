public import Vocabulary

// In which capacities people record and decide. `system` stands for a rule that acts by itself.

extension Role {
  public static let sales = Role("SR", Name("Sales rep", "销售代表"))
  public static let account = Role("AM", Name("Account manager", "客户经理"))
  public static let salesManager = Role("SM", Name("Sales manager", "销售经理"))
  public static let market = Role("MK", Name("Market support", "市场支持"))
  public static let service = Role("CS", Name("Service", "客服"))
  public static let legal = Role("LG", Name("Legal", "法务"))
  public static let finance = Role("FN", Name("Finance", "财务"))
  public static let people = Role("HR", Name("Human resources", "人事"))
  public static let process = Role("PO", Name("Process owner", "流程负责人"))
  public static let dataSecurity = Role("DO", Name("Data security officer", "数据安全负责人"))
  public static let auditor = Role("AU", Name("Auditor", "审计员"))
  public static let system = Role("SY", Name("System rule", "系统规则"))

  /// Every role that declarations name.
  public static let all: [Role] = [
    sales, account, salesManager, market, service, legal, finance, people, process, dataSecurity, auditor, system,
  ]
}

/// Tags that mean the same in every family.
public enum SharedFact: UInt8, CaseIterable, Sendable {
  /// The approval that an event names.
  case approval = 250
}

extension Field {
  /// Where a second person decided about this event.
  static let approval: Field = .reference("approval", to: .approval, "Approval", "审批").optional
    .fact(SharedFact.approval)
}

extension Declaration {
  /// A second person in one of these roles must decide before it takes effect.
  func approved(_ approvers: Role...) -> Declaration { fourEyes(approvers, naming: .approval) }
}
