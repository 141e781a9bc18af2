import Events
import Projection
import TestSupport
import Testing
import Vocabulary
import Wire

/// 10 % of what is collected, 20 % above 10,000 in a quarter; half at once, the rest when the invoice is paid in full; taken
/// back for refunds within 90 days.
private let plan: JSONObject = [
  "steps": [["fromMinor": 0, "rateBp": 1_000], ["fromMinor": 10_000, "rateBp": 2_000]], "periodMonths": 3, "paidAtOnceBp": 5_000,
  "clawbackDays": 90,
]

private func company() -> Company {
  var company = Company()
  company.record("2025-01-01", Owner.changed, "customer:1", ["role": "owner", "to": "e1", "cause": "assign"])
  return company
}

extension Company {
  fileprivate mutating func bill(_ day: String, _ id: String, _ net: Int64, customer: String = "1", cur: String = "CNY") {
    record(day, Order.invoiced, "invoice:\(id)", ["customer": .string(customer), "netMinor": .int(net), "cur": .string(cur), "dueOn": .string(day)])
  }
  @discardableResult fileprivate mutating func pay(
    _ day: String, _ amount: Int64, _ invoices: [String] = [], customer: String = "1", cur: String = "CNY", advance: Bool = false
  ) -> Int64 {
    var data: JSONObject = ["amountMinor": .int(amount), "cur": .string(cur)]
    if !invoices.isEmpty { data["invoices"] = .array(invoices.map { .string($0) }) }
    if advance { data["advance"] = true }
    return record(day, Payment.received, "customer:\(customer)", data)
  }
  @discardableResult fileprivate mutating func refund(_ day: String, _ amount: Int64, _ invoices: [String] = []) -> Int64 {
    record(day, Payment.refunded, "customer:1", ["amountMinor": .int(amount), "cur": "CNY", "invoices": .array(invoices.map { .string($0) })])
  }
  @discardableResult fileprivate mutating func post(_ day: String, _ kind: String, _ period: String, _ amount: Int64) -> Int64 {
    record(
      day, Performance.commissionPosted, "employee:e1",
      ["kind": .string(kind), "period": .string(period), "basis": [], "amountMinor": .int(amount), "cur": "CNY", "planVersion": "1"])
  }
  fileprivate func statement(_ month: String, on day: String = "2026-12-31", _ changes: JSONObject = [:], person: String = "employee:e1") -> Shown? {
    var rule = plan
    for member in changes.members { rule[member.name] = member.value }
    return rows("commissions", on: day, rule)["\(person)/\(month)/CNY"]
  }
}

@Suite struct `Commission` {
  @Test func `a part when the money comes, the rest when the invoice is collected in full`() throws {
    var company = company()
    company.bill("2026-01-05", "I", 1_000)
    company.pay("2026-01-10", 400, ["I"])
    let waiting = try #require(company.statement("2026-01", on: "2026-01-31"))
    #expect(waiting.int("atOnceMinor") == 20 && waiting.int("restMinor") == 0 && waiting.int("pendingMinor") == 20 && waiting.int("dueMinor") == 20)
    company.pay("2026-02-10", 600, ["I"])
    let january = try #require(company.statement("2026-01"))
    #expect(january.int("dueMinor") == 20 && january.int("pendingMinor") == 0, "what was due then is due then")
    let february = try #require(company.statement("2026-02"))
    #expect(february.int("atOnceMinor") == 30 && february.int("restMinor") == 50 && february.int("collectedMinor") == 600)
  }

  @Test func `without an invoice there is nothing to wait for`() {
    var company = company()
    company.pay("2026-01-10", 400)
    let row = company.statement("2026-01")
    #expect(row?.int("atOnceMinor") == 20 && row?.int("restMinor") == 20 && row?.int("pendingMinor") == 0)
  }

  @Test(arguments: [(9_999, 1_000), (10_000, 1_000), (10_001, 1_000), (10_010, 1_002), (20_000, 3_000)] as [(Int64, Int64)])
  func `a rate counts for what lies above its start`(amount: Int64, due: Int64) {
    var company = company()
    company.pay("2026-01-10", amount)
    #expect(company.statement("2026-01")?.int("dueMinor") == due)
  }

  @Test func `the steps count over the quarter, in the order of business time`() {
    var company = company()
    company.pay("2026-03-10", 4_000)
    company.pay("2026-01-10", 8_000)
    company.pay("2026-04-01", 4_000)
    #expect(company.statement("2026-01")?.int("dueMinor") == 800)
    #expect(company.statement("2026-03")?.int("dueMinor") == 600, "2,000 at 10 %, 2,000 at 20 %")
    #expect(company.statement("2026-03")?.int("countedMinor") == 12_000)
    #expect(company.statement("2026-04")?.int("dueMinor") == 400, "a new quarter")
  }

  @Test func `the cap is on the whole of the steps' time`() {
    var company = company()
    company.pay("2026-01-10", 8_000)
    company.pay("2026-02-10", 8_000)
    #expect(company.statement("2026-01", ["capMinor": 900])?.int("dueMinor") == 800)
    #expect(company.statement("2026-02", ["capMinor": 900])?.int("dueMinor") == 100)
  }

  @Test func `who led the relation when the money came earns it, or when it was invoiced`() {
    var company = company()
    company.bill("2026-01-05", "I", 1_000)
    company.record("2026-01-08", Owner.changed, "customer:1", ["role": "owner", "to": "e2", "cause": "handover"])
    company.pay("2026-01-10", 1_000, ["I"])
    #expect(company.statement("2026-01") == nil && company.statement("2026-01", person: "employee:e2")?.int("dueMinor") == 100)
    let atInvoice: JSONObject = ["creditedTo": "invoiced"]
    #expect(company.statement("2026-01", atInvoice)?.int("dueMinor") == 100)
  }

  @Test func `nobody earns what comes from the pool`() {
    var company = company()
    company.record("2026-01-08", Owner.changed, "customer:1", ["role": "owner", "to": "pool", "toPool": true, "cause": "release"])
    company.pay("2026-01-10", 1_000)
    let row = company.statement("2026-01", person: "company:pool")
    #expect(row?.int("collectedMinor") == 1_000 && row?.int("dueMinor") == 0)
  }

  @Test(arguments: [("2026-04-10T00:00:00Z", -100, 0), ("2026-04-10T00:00:01Z", 0, 1)] as [(String, Int64, Int64)])
  func `taken back within the window, to the second`(day: String, taken: Int64, late: Int64) {
    var company = company()
    company.pay("2026-01-10", 1_000)
    company.refund(day, 1_000)
    let row = company.statement("2026-04")
    #expect(row?.int("clawbackMinor") == taken && row?.int("lateRefunds") == late)
    #expect(company.statement("2026-01")?.int("dueMinor") == 100, "the month in which it was earned stays as it was")
  }

  @Test func `of an invoice that is not collected in full only what was due is taken back`() {
    var company = company()
    company.bill("2026-01-05", "I", 1_000)
    company.pay("2026-01-10", 400, ["I"])
    company.refund("2026-02-01", 100, ["I"])
    #expect(company.statement("2026-02")?.int("clawbackMinor") == -5)
    #expect(company.statement("2026-01")?.int("pendingMinor") == 15)
    company.pay("2026-03-01", 700, ["I"])
    // The rest of the first payment, less what was given back, and the rest of the second.
    #expect(company.statement("2026-03")?.int("restMinor") == 50 && company.statement("2026-03")?.int("atOnceMinor") == 35)
  }

  @Test func `a refund takes from the invoice that it names, then from the latest money`() throws {
    var company = company()
    company.bill("2026-01-01", "I", 1_000)
    company.bill("2026-01-01", "J", 1_000)
    company.pay("2026-01-10", 1_000, ["I"])
    company.pay("2026-01-20", 1_000, ["J"])
    let named = company.refund("2026-02-01", 300, ["I"])
    let plainly = company.refund("2026-02-02", 300)
    let findings = company.findings("commissions", "employee:e1/2026-02/CNY", on: "2026-02-28", plan).filter { $0.id == "taken-back" }
    #expect(findings.map(\.evidence) == [[named, 3, 1], [plainly, 4, 2]] && findings.map(\.value) == ["-30", "-30"])
  }

  @Test func `an advance waits for the invoice that comes after it`() {
    var company = company()
    company.pay("2026-01-10", 1_000, advance: true)
    #expect(company.statement("2026-01", on: "2026-01-31")?.int("pendingMinor") == 50)
    company.bill("2026-03-05", "I", 1_000)
    #expect(company.statement("2026-03")?.int("restMinor") == 50 && company.statement("2026-01")?.int("pendingMinor") == 0)
  }

  @Test func `a credit note makes an invoice full, a write-off does not`() {
    for (kind, rest) in [("credit-note", 40), ("write-off", nil)] as [(String, Int64?)] {
      var company = company()
      company.bill("2026-01-05", "I", 1_000)
      company.pay("2026-01-10", 800, ["I"])
      company.record(
        "2026-02-10", Payment.adjusted, "customer:1", ["kind": .string(kind), "amountMinor": 200, "cur": "CNY", "invoices": ["I"]])
      #expect(company.statement("2026-02")?.int("restMinor") == rest, "\(kind)")
    }
  }

  @Test func `posted, taken back, adjusted, and what is still owed`() throws {
    var company = company()
    company.pay("2026-01-10", 10_000)
    company.post("2026-02-05", "payout", "2026-01", 700)
    company.post("2026-02-06", "adjust", "2026-01", 50)
    company.post("2026-02-07", "clawback", "2026-01", 20)
    let row = try #require(company.statement("2026-01"))
    #expect(row.int("dueMinor") == 1_000 && row.int("postedMinor") == 730 && row.int("balanceMinor") == 270)
    #expect(row.int("paidOutMinor") == 700 && row.int("adjustedMinor") == 50 && row.int("takenBackMinor") == -20)
    #expect(company.statement("2026-01", on: "2026-02-05")?.int("balanceMinor") == 300)
  }

  @Test func `a posting for a quarter stands in its last month`() {
    var company = company()
    company.post("2026-04-05", "payout", "2026Q1", 700)
    #expect(company.statement("2026-03")?.int("balanceMinor") == -700)
  }

  @Test func `an explanation lists the event behind every cent`() {
    var company = company()
    company.bill("2026-01-05", "I", 1_000)
    let first = company.pay("2026-01-10", 400, ["I"])
    let second = company.pay("2026-01-20", 600, ["I"])
    let posted = company.post("2026-02-05", "payout", "2026-01", 100)
    let findings = company.findings("commissions", "employee:e1/2026-01/CNY", on: "2026-02-28", plan)
    #expect(findings.map(\.id) == ["at-once", "rest", "at-once", "rest", "posted"])
    #expect(findings.map(\.value) == ["20", "20", "30", "30", "100"])
    #expect(findings.map(\.evidence) == [[first, first, 1], [second, first, 1], [second, second, 1], [second, second, 1], [posted]])
  }

  @Test func `currencies have statements of their own, or only one counts`() {
    var company = company()
    company.pay("2026-01-10", 1_000)
    company.pay("2026-01-11", 1_000, cur: "USD")
    #expect(company.rows("commissions", on: "2026-12-31", plan)["employee:e1/2026-01/USD"]?.int("dueMinor") == 100)
    var only = plan
    only["cur"] = "CNY"
    #expect(company.rows("commissions", on: "2026-12-31", only).keys.sorted() == ["employee:e1/2026-01/CNY"])
  }

  @Test func `of orders: earned when placed, given back when cancelled`() {
    var company = company()
    company.record("2026-01-10", Order.placed, "order:1", ["customer": "1", "totalMinor": 1_000, "cur": "CNY"])
    company.record("2026-02-10", Order.changed, "order:1", ["kind": "cancel", "deltaMinor": -1_000, "cur": "CNY"])
    #expect(company.statement("2026-01", ["revenueBasis": "ordered"])?.int("dueMinor") == 100)
    #expect(company.statement("2026-02", ["revenueBasis": "ordered"])?.int("clawbackMinor") == -100)
  }

  @Test func `of invoices: earned when issued, the rest when paid`() {
    var company = company()
    company.bill("2026-01-05", "I", 1_000)
    company.pay("2026-02-10", 1_000, ["I"])
    #expect(company.statement("2026-01", ["revenueBasis": "invoiced"])?.int("atOnceMinor") == 50)
    #expect(company.statement("2026-02", ["revenueBasis": "invoiced"])?.int("restMinor") == 50)
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>) func `what is earned adds up to the steps, whatever came when`(seed: UInt64) {
    let (company, collected) = drawn(seed)
    let rows = company.rows("commissions", on: "2027-12-31", plan).filter { $0.key.hasPrefix("employee:e1/2026-0") }
    for quarter in 0..<3 {
      let months = (1...3).map { "employee:e1/2026-0\(quarter * 3 + $0)/CNY" }
      let own = months.compactMap { rows[$0] }
      #expect(own.reduce(0) { $0 + ($1.int("collectedMinor") ?? 0) } == collected[quarter], "seed \(seed)")
      let earned = own.reduce(0) { $0 + ($1.int("atOnceMinor") ?? 0) }
      let whole = min(collected[quarter], 10_000) * 10 / 100 + max(0, collected[quarter] - 10_000) * 20 / 100
      // Half, with less than one minor unit of rounding for each payment.
      #expect(abs(earned * 2 - whole) <= 2 * Int64(company.entries.count), "seed \(seed): \(earned) of \(whole)")
    }
    var dice = Dice(seed)
    let shuffled = company.recorded(inOrder: Array(company.entries.indices).shuffled(using: &dice))
    #expect(shuffled.rows("commissions", on: "2027-12-31", plan) == company.rows("commissions", on: "2027-12-31", plan), "seed \(seed)")
  }

  /// Invoices, payments and refunds on days of their own, and what was collected in each quarter.
  private func drawn(_ seed: UInt64) -> (Company, [Int64]) {
    var dice = Dice(seed)
    var company = company()
    var collected: [Int64] = [0, 0, 0]
    for day in stride(from: 0, to: 270, by: 6) {
      let when = "\((Day("2026-01-01") ?? Day(number: 0)) + day)"
      let amount = Int64(dice.next() % 4_000 + 1)
      switch dice.next() % 5 {
      case 0: company.bill(when, "I\(day)", amount)
      case 1: company.refund(when, amount / 8 + 1)
      default:
        company.pay(when, amount, dice.next() % 2 == 0 ? ["I\(Int(dice.next() % 45) * 6)"] : [])
        let month = (Day(when) ?? Day(number: 0)).civil.month
        collected[(month - 1) / 3] += amount
      }
    }
    return (company, collected)
  }
}
