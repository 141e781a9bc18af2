public import Vocabulary

// The kinds of thing that have a history. `customer` is the one to which the others belong.

extension EntityKind {
  public static let customer = EntityKind("customer", Name("Customer", "客户"))
  public static let lead = EntityKind("lead", Name("Lead", "线索"))
  public static let opportunity = EntityKind("opportunity", Name("Opportunity", "商机"))
  public static let quote = EntityKind("quote", Name("Quote", "报价单"))
  public static let order = EntityKind("order", Name("Order", "订单"))
  public static let invoice = EntityKind("invoice", Name("Invoice", "发票"))
  public static let contract = EntityKind("contract", Name("Contract", "合同"))
  public static let complaint = EntityKind("complaint", Name("Complaint", "投诉"))
  public static let task = EntityKind("task", Name("Task", "任务"))
  /// A case or object of another system, under the name that it has there.
  public static let record = EntityKind("record", Name("Record", "外部记录"))
  public static let log = EntityKind("log", Name("Log", "日志"))
  public static let market = EntityKind("market", Name("Market matter", "市场事项"))
  public static let campaign = EntityKind("campaign", Name("Campaign", "营销活动"))
  public static let strategy = EntityKind("strategy", Name("Strategy", "策略"))
  public static let approval = EntityKind("approval", Name("Approval", "审批"))
  public static let risk = EntityKind("risk", Name("Risk", "风险"))
  public static let compliance = EntityKind("compliance", Name("Compliance check", "合规审查"))
  public static let dispute = EntityKind("dispute", Name("Dispute", "纠纷"))
  public static let employee = EntityKind("employee", Name("Employee", "员工"))
  public static let team = EntityKind("team", Name("Team", "团队"))
  public static let target = EntityKind("target", Name("Target", "目标"))
  public static let process = EntityKind("sop", Name("Process or template", "流程或范本"))
  public static let audit = EntityKind("audit", Name("Audit", "审核"))
  public static let improvement = EntityKind("improvement", Name("Improvement", "改进"))
  public static let decision = EntityKind("decision", Name("Decision", "决策"))
  public static let forecast = EntityKind("forecast", Name("Forecast", "预测"))
  public static let projection = EntityKind("projection", Name("Read model", "读模型"))
  public static let access = EntityKind("access", Name("Access", "访问"))
  public static let archive = EntityKind("archive", Name("Kept records", "保管记录"))
  public static let rule = EntityKind("rule", Name("Rule", "规则"))
  public static let report = EntityKind("report", Name("Report", "报告"))

  /// Whose events may be corrected. A rule is not corrected, another version is published; an approval is withdrawn; a
  /// report that went out, a read model that was switched and a look that was taken did happen.
  public static let correctable: [EntityKind] = [
    .customer, .lead, .opportunity, .quote, .order, .invoice, .contract, .complaint, .task, .record, .market, .campaign,
    .strategy, .risk, .compliance, .dispute, .employee, .team, .target, .process, .audit, .improvement, .decision,
    .forecast, .archive,
  ]
}
