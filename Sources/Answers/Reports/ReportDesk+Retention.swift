import Engine
import Projection
import Statistics
import Vocabulary
import Wire

// Who stays: revenue retention over twelve months, and cohorts by the quarter of the first purchase.

extension ReportDesk {
  /// Revenue of the twelve months to a day against that of the twelve months before, customer by customer.
  func retention(_ currency: String?, at day: Day) throws -> RevenueMovement {
    let (now, then) = (try revenue(currency, on: day), try revenue(currency, on: day + -365))
    return try RevenueMovement(Set(now.keys).union(then.keys).sorted().map { customer in
      RevenueMovement.Account(opening: max(0, then[customer] ?? 0), closing: max(0, now[customer] ?? 0))
    })
  }

  private func revenue(_ currency: String?, on day: Day) throws -> [String: Int64] {
    let records = try records("worth", on: day).filter { $0.text("cur") == currency }
    return Dictionary(records.map { ($0.subject, $0.number("revenue12mMinor") ?? 0) }) { first, _ in first }
  }

  func retentionFigures(_ now: RevenueMovement, _ then: RevenueMovement, _ currency: String?) -> [ReportFigure] {
    let base = Name(
      "Base: customers with purchases in the twelve months before the last twelve; all money in \(currency ?? "–").",
      "基数：前十二个月（不含最近十二个月）有购买的客户；金额仅计 \(currency ?? "–")。")
    let spread = now.logoRetention.interval().map { (100 * $0.lower, 100 * $0.upper) }
    return [
      ReportFigure(
        "logo-retention", Name("Customers kept", "客户留存率"), .percent, now.logoRetention.share.map { $0 * 100 },
        before: then.logoRetention.share.map { $0 * 100 },
        Name("Kept ÷ customers at the start; interval of Wilson at 95 %. ", "留存客户 ÷ 期初客户；95 % Wilson 区间。") + base, interval: spread),
      ReportFigure(
        "grr", Name("Gross revenue retention", "总收入留存率 GRR"), .percent, now.grossRetention.map { $0 * 100 },
        before: then.grossRetention.map { $0 * 100 },
        Name("(Start − contraction − churn) ÷ start, netted by customer. ", "（期初 − 收缩 − 流失）÷ 期初，按客户净额。") + base),
      ReportFigure(
        "nrr", Name("Net revenue retention", "净收入留存率 NRR"), .percent, now.netRetention.map { $0 * 100 },
        before: then.netRetention.map { $0 * 100 }, Name("GRR with expansion; new customers are not in it. ", "GRR 加扩张；不含新客户。") + base),
      ReportFigure(
        "gained", Name("New customers", "新增客户"), .count, Double(now.gained), before: Double(then.gained),
        Name("Purchases in the last twelve months and none in the twelve before.", "最近十二个月有购买而此前十二个月没有。")),
    ]
  }

  func movement(_ movement: RevenueMovement, _ currency: String?) -> ReportSection {
    let words = [
      Word("start", "Twelve months before the last twelve", "此前十二个月"), Word("churn", "Lost", "流失"), Word("contraction", "Bought less", "收缩"),
      Word("expansion", "Bought more", "扩张"), Word("kept", "Of the same customers, last twelve months", "同一批客户最近十二个月"),
      Word("gained", "New customers", "新增客户"),
    ]
    return ReportSection(
      "movement", Name("From one year's revenue to the next", "两年收入的变动"),
      note: Name("By order of customer: what one customer lost and gained is netted.", "按客户净额计算。"),
      [
        Column("step", .text, "Step", "项目", words: words), Column("customers", .integer, "Customers", "客户数"),
        .money("minor", Name("Revenue", "收入"), currency),
      ], steps(of: movement), chart: ReportChart(.bars, "minor", by: "step"))
  }

  /// A row for each step from what there was to what there is; none where there is nothing.
  func steps(of movement: RevenueMovement) -> [[Cell]] {
    let steps: [(String, Int, Int64)] = [
      ("start", movement.accounts, movement.opening), ("churn", movement.lost, -movement.churn),
      ("contraction", movement.contracted, -movement.contraction), ("expansion", movement.expanded, movement.expansion),
      ("kept", movement.accounts - movement.lost, movement.closing), ("gained", movement.gained, movement.gain),
    ]
    return movement.accounts + movement.gained == 0 ? [] : steps.map { [.text($0.0), .count($0.1), .integer($0.2)] }
  }

  /// Quarters that a cohort matrix goes back.
  private static let quarters = 12

  /// Of each quarter's new customers, who bought in the quarters after.
  func cohorts() throws -> ReportSection {
    let newest = Period(.quarter, of: last)
    let quarters = (0..<ReportDesk.quarters).map { newest.advanced(by: $0 - ReportDesk.quarters + 1) }
    let matrix = try CohortMatrix(
      try cohortMembers(quarters), last: quarters.count - 1, isLastPartial: newest.last != last)
    let rows: [[Cell]] = matrix.rows.map { row in
      var shares = [Cell](repeating: .null, count: ReportDesk.quarters)
      for cell in row.cells where !cell.isPartial { shares[cell.age] = .percent(cell.active.share, places: 0) }
      return [.text(quarters[row.cohort].description), .count(row.size)] + shares
    }
    return ReportSection(
      "cohorts", Name("Cohorts: of each quarter's new customers, who bought again (%)", "客群留存：各季度新客户在其后各季度的购买比例（%）"),
      note: Name(
        "A cell counts those active in just that quarter; 0 is the quarter of the first purchase. A quarter that is not over is left out.",
        "每格只计该季度有购买者；0 为首购季度；未结束的季度不列。"),
      [Column("cohort", .text, "First purchase in", "首购季度"), Column("size", .integer, "Customers", "客户数")]
        + (0..<ReportDesk.quarters).map { Column("q\($0)", .hundredths, "\($0)", "\($0)") }, rows.filter { $0[1] != .integer(0) },
      shaded: Set((0..<ReportDesk.quarters).map { "q\($0)" }))
  }

  /// Purchases are counted at the end of each quarter: a quarter in which the count rose is one of activity.
  private func cohortMembers(_ quarters: [Period]) throws -> [CohortMatrix.Member] {
    var counts: [Int: [Int]] = [:]
    let ends = [quarters[0].first + -1] + quarters.map { min($0.last, last) }
    for (place, day) in ends.enumerated() {
      try forEachBuyer(on: day) { account, buyer in
        counts[account, default: [Int](repeating: 0, count: ends.count)][place] = buyer.days
      }
    }
    return counts.sorted { $0.key < $1.key }.compactMap { _, days in
      // Who had bought before the first of these quarters belongs to an earlier cohort.
      guard days[0] == 0 else { return nil }
      let active = (1..<days.count).filter { days[$0] > days[$0 - 1] }.map { $0 - 1 }
      return active.first.map { CohortMatrix.Member(first: $0, active: active) }
    }
  }
}
