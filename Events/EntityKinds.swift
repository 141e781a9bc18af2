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
  public static let log = EntityKind("log", Name("Log", "日志"))
  public static let rule = EntityKind("rule", Name("Rule", "规则"))
}
