import Vocabulary

// What several steps of a contract say in the same words.

extension Contract {
  /// A contract belongs to a customer; its draft names them, a later step may.
  static let customer: Field = .reference("customer", to: .customer, "Customer", "客户").optional
  static let version: Field = .count("version", "Version", "版本", 1...100_000, .version).optional.fact(Fact.version)

  /// The terms as they stand when drafted, signed or put in force. A source often knows them at only one of the three.
  static let terms: [Field] = [
    .text("number", "Contract number", "合同编号", limit: 200).optional,
    .text("kind", "Kind", "合同类别", limit: 100).optional.fact(Fact.kind),
    .text("department", "Department", "经办部门", limit: 200).optional,
    .day("startOn", "Starts on", "起始日期").optional.fact(Fact.startOn),
    .day("endOn", "Ends on", "到期日期").optional.fact(Fact.endOn),
    .money("totalMinor", "Total", "总额").optional.fact(Fact.total),
    .money("mrrMinor", "Monthly recurring revenue", "月经常性收入").optional.fact(Fact.monthly),
    .currency().optional.fact(Fact.currency),
    .count("seats", "Seats", "席位数").optional,
    .count("noticeDays", "Notice", "通知期", 0...3_650, .days).optional.fact(Fact.noticeDays),
    .flag("autoRenew", "Renews by itself", "到期自动续约").optional.fact(Fact.autoRenew),
    .text("billing", "Billing", "结算方式", limit: 200).optional,
    .text("signatory", "Signatory", "签署人", limit: 200).optional.personal,
    .day("effectiveOn", "Effective on", "生效日期").optional.fact(Fact.effectiveOn),
  ]

  /// What an amendment may change. Terms that it does not name stay as they were.
  static let amendment: [Field] = [
    .count("fromVersion", "From version", "原版本", 1...100_000, .version).optional.fact(Fact.fromVersion),
    .count("toVersion", "To version", "新版本", 1...100_000, .version).optional.fact(Fact.version),
    .list("clauseChanges", of: clauseChange, "Clauses changed", "条款变更").optional.fact(Fact.clauseChanges),
    .list("assent", of: assent, "Assent of the parties", "各方同意", limit: 20).optional.fact(Fact.assent),
    .approval,
    .day("effectiveOn", "Effective on", "生效日期").optional.fact(Fact.effectiveOn),
    .day("endOn", "Ends on", "到期日期").optional.fact(Fact.endOn),
    .money("totalMinor", "Total", "总额").optional.fact(Fact.total),
    .money("mrrMinor", "Monthly recurring revenue", "月经常性收入").optional.fact(Fact.monthly),
    .currency().optional.fact(Fact.currency),
    .text("kind", "Kind", "合同类别", limit: 100).optional,
    .count("seats", "Seats", "席位数").optional,
  ]

  static let clause: Field.Kind = .record([
    .text("key", "Clause", "条款", limit: 100),
    .hash("textHash", "Text", "条文哈希").optional,
    .text("value", "Value", "约定值").optional,
  ])

  static let clauseChange: Field.Kind = .record([
    .text("key", "Clause", "条款", limit: 100),
    .text("before", "Before", "变更前").optional,
    .text("after", "After", "变更后").optional,
    .code("proposedBy", Party.self, "Proposed by", "提出方").optional,
  ])

  static let obligation: Field.Kind = .record([
    .text("id", "Number", "编号", limit: 200).fact(Fact.obligation),
    .text("who", "Who", "义务方", limit: 200).optional.fact(Fact.who),
    .text("what", "What", "内容", limit: 1_000),
    .day("dueOn", "Due on", "到期日").optional.fact(Fact.dueOn),
    .money("amountMinor", "Amount", "金额").optional.fact(Fact.amount),
  ])

  static let assent: Field.Kind = .record([
    .code("party", Party.self, "Party", "当事方").fact(Fact.assenting),
    .hash("evidenceHash", "Evidence", "凭证哈希").optional.fact(Fact.evidence),
    .instant("at", "At", "时间").optional.fact(Fact.agreedAt),
  ])
}
