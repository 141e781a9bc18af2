public import Vocabulary

/// What is ordered, changed, delivered and invoiced.
public enum Order: UInt8, Family {
  case placed = 1
  case changed = 2
  case delivered = 3
  case invoiced = 4

  public static let code: UInt8 = 6
  public static let title = Name("Orders and delivery", "订单与交付")

  public enum Fact: UInt8, CaseIterable, Sendable {
    case total = 1
    case currency = 2
    case delta = 3
    case change = 4
    case promisedOn = 5
    case acceptedOn = 6
    case net = 7
    case dueOn = 8
    case tax = 9
    case contract = 10
  }

  public enum Change: UInt8, CodeSet {
    case change = 1
    case cancel = 2
    case returned = 3

    public var word: Word {
      switch self {
      case .change: Word("change", "Changed", "变更")
      case .cancel: Word("cancel", "Cancelled", "取消")
      case .returned: Word("return", "Returned", "退货")
      }
    }
  }

  static let line: Field.Kind = .record([
    .text("sku", "Article", "货号", limit: 100),
    .decimal("qty", "Quantity", "数量"),
    .money("unitMinor", "Unit price", "单价").optional,
    .basisPoints("discountBp", "Discount", "折扣").optional,
  ])

  public var declaration: Declaration {
    switch self {
    case .placed:
      Declaration(
        "order.placed", "Order placed", "下单", on: .order,
        fields: [
          .reference("customer", to: .customer, "Customer", "客户"),
          .money("totalMinor", "Total", "总额").fact(Fact.total),
          .currency().fact(Fact.currency),
          .reference("contract", to: .contract, "Contract", "合同").optional,
          .text("quote", "Quote", "报价", limit: 100).optional,
          .list("lines", of: Order.line, "Lines", "明细").optional,
          .count("units", "Units", "件数").optional,
          .day("promisedOn", "Promised on", "承诺交期").optional.fact(Fact.promisedOn),
          .text("salesChannel", "Sales channel", "销售渠道", limit: 100).optional,
          .text("shipTo", "Ship to", "收货地", limit: 200).optional,
          // What the source writes, where it is finer than a minor unit.
          .decimal("exactTotal", "Total as the source writes it", "来源所记总额").optional,
        ]
      ).tellingActor.opening.by(.sales, .service)
        .meaning(
          "A customer ordered.",
          "客户下单。")
    case .changed:
      Declaration(
        "order.changed", "Order changed, cancelled or returned", "订单变更/取消/退货", on: .order,
        fields: [
          .code("kind", Change.self, "Kind", "类别").fact(Fact.change),
          .money("deltaMinor", "Difference", "差额").fact(Fact.delta),
          .currency().fact(Fact.currency),
          .reference("customer", to: .customer, "Customer", "客户").optional,
          .list("lines", of: Order.line, "Lines", "明细").optional,
          .count("units", "Units", "件数", -1_000_000_000...1_000_000_000).optional,
          .decimal("exactDelta", "Difference as the source writes it", "来源所记差额").optional,
        ]
      ).reasoned.by(.sales, .service)
        .meaning(
          "An order was changed, cancelled, or goods came back; the difference in money.",
          "订单变更、取消或退货；金额差额。")
    case .delivered:
      Declaration(
        "delivery.accepted", "Delivery accepted", "交付验收", on: .order,
        fields: [
          .reference("customer", to: .customer, "Customer", "客户").optional,
          .decimal("qty", "Quantity", "数量").optional,
          .day("promisedOn", "Promised on", "承诺日期").optional.fact(Fact.promisedOn),
          .day("deliveredOn", "Delivered on", "交付日期").optional,
          .day("acceptedOn", "Accepted on", "验收日期").fact(Fact.acceptedOn),
          .count("defects", "Defects", "缺陷数").optional,
          .hash("proofHash", "Proof", "凭证哈希").optional,
        ]
      ).clocked.by(.service)
        .meaning(
          "The customer accepted what was delivered.",
          "客户验收了交付物。")
    case .invoiced:
      Declaration(
        "invoice.issued", "Invoice issued", "开票", on: .invoice,
        fields: [
          .reference("customer", to: .customer, "Customer", "客户"),
          .reference("order", to: .order, "Order", "订单").optional,
          .reference("contract", to: .contract, "Contract", "合同").optional.fact(Fact.contract),
          .money("netMinor", "Net amount", "不含税额").fact(Fact.net),
          .money("taxMinor", "Tax", "税额").optional.fact(Fact.tax),
          .currency().fact(Fact.currency),
          .day("dueOn", "Due on", "到期日").fact(Fact.dueOn),
          .text("taxNo", "Tax number", "税号", limit: 100).optional,
          .text("terms", "Terms", "付款条件", limit: 200).optional,
          .count("lineCount", "Lines", "行数").optional,
        ]
      ).tellingActor.clocked.opening.by(.finance)
        .meaning(
          "An invoice went out; from its due day on it can be late.",
          "已开票；自到期日起可能逾期。")
    }
  }
}
