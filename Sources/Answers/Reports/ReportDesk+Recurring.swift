import Events
import Projection
import Statistics
import Vocabulary
import Wire

// Recurring revenue by contract, customers who came back, and orders by month.

extension ReportDesk {
  /// Monthly recurring revenue of the contracts in force at the end of the day before a period, against that at its end,
  /// customer by customer.
  func recurring(_ currency: String?, over period: Period) throws -> RevenueMovement {
    let (start, end) = (try recurring(currency, on: period.first + -1), try recurring(currency, on: min(period.last, last)))
    return try RevenueMovement(Set(start.keys).union(end.keys).sorted().map { customer in
      RevenueMovement.Account(opening: max(0, start[customer] ?? 0), closing: max(0, end[customer] ?? 0))
    })
  }

  private func recurring(_ currency: String?, on day: Day) throws -> [String: Int64] {
    var sums: [String: Int64] = [:]
    for contract in try records("contracts", on: day) where contract.flag("inForce") && contract.text("cur") == currency {
      guard let monthly = contract.number("mrrMinor"), let customer = try customer(of: contract.subject) else { continue }
      sums[customer, default: 0] += monthly
    }
    return sums
  }

  /// The currency of most contracts that recur; `nil` where none does.
  func recurringCurrency() throws -> String? {
    try records("contracts").filter { $0.number("mrrMinor") != nil }.mainCurrency()
  }

  func recurringFigures(_ now: RevenueMovement, _ then: RevenueMovement, _ currency: String) -> [ReportFigure] {
    let base = Name(
      "Base: customers with monthly recurring revenue from contracts in force at the end of the day before the period; in \(currency).",
      "基数：期初前一日日终有效合同带有月经常性收入的客户；金额仅计 \(currency)。")
    return [
      ReportFigure(
        "recurring-grr", Name("Recurring revenue kept, gross", "经常性收入总留存率 GRR"), .percent, now.grossRetention.map { $0 * 100 },
        before: then.grossRetention.map { $0 * 100 },
        Name("(Start − contraction − churn) ÷ start, netted by customer. ", "（期初 − 收缩 − 流失）÷ 期初，按客户净额。") + base),
      ReportFigure(
        "recurring-nrr", Name("Recurring revenue kept, net", "经常性收入净留存率 NRR"), .percent, now.netRetention.map { $0 * 100 },
        before: then.netRetention.map { $0 * 100 }, Name("GRR with expansion; new customers are not in it. ", "GRR 加扩张；不含新客户。") + base),
    ]
  }

  func recurringSection(_ movement: RevenueMovement, _ currency: String) -> ReportSection {
    let words = [
      Word("start", "In force before the period", "期初前一日"), Word("churn", "Lost", "流失"), Word("contraction", "Less", "收缩"),
      Word("expansion", "More", "扩张"), Word("kept", "Of the same customers, at the end", "同一批客户期末"), Word("gained", "Other customers", "其他客户"),
    ]
    return ReportSection(
      "recurring", Name("Monthly recurring revenue from contracts", "合同月经常性收入"),
      note: Name("By contract in force; what one customer lost and gained is netted.", "按有效合同统计，按客户净额计算。"),
      [
        Column("step", .text, "Step", "项目", words: words), Column("customers", .integer, "Customers", "客户数"),
        .money("minor", Name("Revenue of a month", "月收入"), currency),
      ], steps(of: movement), chart: ReportChart(.bars, "minor", by: "step"))
  }
}

extension ReportDesk {
  /// How often a customer was recorded as won back.
  func cameBack() throws -> ReportFigure {
    let events = try standing(["customer.status_changed"]).filter { $0.data["to"]?.string == Customer.Status.wonBack.word.text }
    func count(_ period: Period) -> Double { Double(events.count { period.contains($0.occurredAt.day) }) }
    return ReportFigure(
      "came-back", Name("Customers won back", "客户回流次数"), .count, count(period), before: count(before),
      Name("Times that a customer's status was recorded as won back.", "客户状态记为“赢回”的次数。"))
  }
}

extension ReportDesk {
  /// Orders placed and taken back, month by month, of those that name their customer.
  func ordersByMonth() throws -> ReportSection {
    let orders = try standing(["order.placed", "order.changed"]).filter { $0.data["customer"]?.string != nil }
    let currency = mainCurrency(of: orders)
    let rows: [[Cell]] = months(13).map { month in
      let those = orders.filter { month.contains($0.occurredAt.day) && $0.data["cur"]?.string == currency }
      let placed = those.filter { $0.type == "order.placed" }
      let cancelled = those.filter { $0.type == "order.changed" && $0.data["kind"]?.string == "cancel" }
      return [
        .text(month.description), .count(placed.count), .count(Set(placed.compactMap { $0.data["customer"]?.string }).count),
        .integer(placed.reduce(0) { $0 + ($1.data["totalMinor"]?.int ?? 0) }), .count(cancelled.count),
        .integer(cancelled.reduce(0) { $0 + ($1.data["deltaMinor"]?.int ?? 0) }),
      ]
    }
    return ReportSection(
      "orders", Name("Orders by month", "按月订单"),
      note: Name(
        "As they were placed; what was cancelled stands beside, in the month of its cancellation. Orders that name no customer, and other currencies, are left out.",
        "按下单金额统计；取消的订单另列，计入取消当月。未写明客户的订单及其他币种不计。"),
      [
        Column("month", .text, "Month", "月份"), Column("orders", .integer, "Orders", "订单数"), Column("customers", .integer, "Customers", "客户数"),
        .money("placedMinor", Name("Placed", "下单金额"), currency), Column("cancelled", .integer, "Cancelled", "取消数"),
        .money("cancelledMinor", Name("Cancelled amount", "取消金额"), currency),
      ], orders.isEmpty ? [] : rows, chart: ReportChart(.columns, "placedMinor", by: "month"))
  }

  private func mainCurrency(of orders: [Event]) -> String? {
    var counts: [String: Int] = [:]
    for order in orders { if let currency = order.data["cur"]?.string { counts[currency, default: 0] += 1 } }
    return counts.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
  }
}
