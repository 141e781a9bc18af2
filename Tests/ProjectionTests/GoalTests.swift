import Events
import Projection
import Testing
import Vocabulary
import Wire

/// Customer 1 in the West is e1's, customer 2 in the East e2's until February, then e1's; e1 and e2 are team North.
private func company() -> Company {
  var company = Company()
  for person in ["e1", "e2"] {
    company.record("2025-01-01", People.joined, "employee:\(person)", ["person": "x", "position": "rep", "team": "North"])
  }
  for (customer, owner, region) in [("1", "e1", "West"), ("2", "e2", "East")] {
    company.record("2025-01-01", Customer.registered, "customer:\(customer)", ["name": "n", "region": .string(region)])
    company.record("2025-01-01", Owner.changed, "customer:\(customer)", ["role": "owner", "to": .string(owner), "cause": "assign"])
  }
  company.record("2026-02-01", Owner.changed, "customer:2", ["role": "owner", "to": "e1", "cause": "handover"])
  company.record("2026-01-10", Order.placed, "order:1", ["customer": "1", "totalMinor": 1_000, "cur": "CNY"])
  company.record("2026-01-11", Order.placed, "order:2", ["customer": "2", "totalMinor": 500, "cur": "CNY"])
  company.record("2026-02-11", Order.placed, "order:3", ["customer": "2", "totalMinor": 300, "cur": "CNY"])
  company.record("2026-02-12", Order.placed, "order:4", ["customer": "2", "totalMinor": 700, "cur": "CNY"])
  company.record("2026-02-13", Order.changed, "order:4", ["kind": "cancel", "deltaMinor": -700, "cur": "CNY"])
  company.record("2026-02-14", Order.changed, "order:3", ["kind": "change", "deltaMinor": 50, "cur": "CNY"])
  company.record("2026-02-20", Payment.received, "customer:1", ["amountMinor": 900, "cur": "CNY"])
  company.record("2026-02-25", Payment.refunded, "customer:1", ["amountMinor": 100, "cur": "CNY"])
  company.record("2026-02-21", Payment.received, "customer:1", ["amountMinor": 77, "cur": "USD"])
  company.record("2026-01-12", Visit.logged, "customer:1", by: "e1")
  company.record("2026-01-13", Visit.logged, "customer:2", by: "e1")
  company.record("2026-01-14", Visit.logged, "customer:2", by: "e2")
  return company
}

extension Company {
  fileprivate mutating func target(
    _ id: String, _ kind: String, _ scope: String, _ period: String, _ value: Int64, _ unit: String = "CNY",
    parent: String? = nil, kpi: String? = nil, on day: String = "2025-12-01"
  ) {
    var data: JSONObject = [
      "kind": .string(kind), "scope": .string(scope), "period": .string(period), "value": .int(value), "unit": .string(unit),
    ]
    if let parent { data["parent"] = .string(parent) }
    if let kpi { data["kpi"] = .string(kpi) }
    record(day, Performance.targetSet, "target:\(id)", data)
  }
}

@Suite struct `Goals and attainment` {
  @Test(arguments: [
    ("employee:e1", "2026-01", 1_000), ("employee:e2", "2026-01", 500), ("employee:e1", "2026-02", 350), ("employee:e2", "2026-02", 0),
    ("team:North", "2026-02", 350), ("team:North", "2026Q1", 1_850), ("region:West", "2026Q1", 1_000), ("region:East", "2026", 850),
    ("customer:2", "2026Q1", 850), ("company:all", "2026", 1_850),
  ] as [(String, String, Int64)]) func `revenue by whose target it is, and who led the relation then`(scope: String, period: String, actual: Int64) throws {
    var company = company()
    company.target("T", "revenue", scope, period, 2_000)
    let row = try #require(company.rows("goals", on: "2026-03-31")["target:T"])
    #expect(row.int("actual") == actual && row.int("attainmentBp") == actual * 5 && row.text("measure") == "ordered-revenue")
  }

  @Test(arguments: [("collection", "CNY", 800), ("collection", "USD", 77), ("activity", "visits", 2)] as [(String, String, Int64)])
  func `collection by currency, visits by who paid them`(kind: String, unit: String, actual: Int64) throws {
    var company = company()
    company.target("T", kind, "employee:e1", "2026Q1", 100, unit)
    #expect(company.rows("goals", on: "2026-03-31")["target:T"]?.int("actual") == actual)
  }

  @Test(arguments: [
    ("2025-12-31", "ahead", nil), ("2026-01-10", "running", false), ("2026-01-31", "running", false), ("2026-02-01", "missed", nil),
  ] as [(String, String, Bool?)]) func `a goal runs, and is then reached or missed`(day: String, state: String, isOnTrack: Bool?) throws {
    var company = company()
    company.target("T", "revenue", "employee:e1", "2026-01", 3_500)
    let row = try #require(company.rows("goals", on: day)["target:T"])
    #expect(row.text("state") == state && row.flag("isOnTrack") == isOnTrack)
    #expect(company.rows("goals", on: "2026-01-10")["target:T"]?.int("elapsedBp") == 3_225, "10 of 31 days")
  }

  @Test func `reached at its value, not one below`() {
    for (value, state) in [(1_000, "reached"), (1_001, "running")] as [(Int64, String)] {
      var company = company()
      company.target("T", "revenue", "employee:e1", "2026-01", value)
      #expect(company.rows("goals", on: "2026-01-20")["target:T"]?.text("state") == state)
    }
  }

  @Test func `the cascade: parts, what they cover, and the way up`() throws {
    var company = company()
    company.target("C", "revenue", "company:all", "2026Q1", 2_000)
    company.target("N", "revenue", "team:North", "2026Q1", 1_800, parent: "C")
    company.target("E1", "revenue", "employee:e1", "2026Q1", 1_000, parent: "N")
    company.target("E2", "revenue", "employee:e2", "2026Q1", 600, parent: "N")
    let row = try #require(company.rows("goals", on: "2026-03-31")["target:N"])
    #expect(row.int("parts") == 2 && row.int("partsValue") == 1_600 && row.int("partsActual") == 1_850 && row.int("coverageBp") == 8_888)
    #expect(row.text("parent") == "C")
    let up = company.findings("goals", "target:E1", on: "2026-03-31").filter { $0.id == "whole" }
    #expect(up.map(\.title.en) == ["Part of: target:N, team:North", "Part of: target:C, company:all"])
    #expect(company.findings("goals", "target:N", on: "2026-03-31").filter { $0.id == "part" }.map(\.value) == ["1350", "500"])
  }

  @Test func `a circle of parts ends`() {
    var company = company()
    company.target("A", "revenue", "employee:e1", "2026Q1", 1, parent: "B")
    company.target("B", "revenue", "employee:e2", "2026Q1", 1, parent: "A")
    #expect(company.findings("goals", "target:A", on: "2026-03-31").filter { $0.id == "whole" }.count == 1)
  }

  @Test func `a target set anew keeps what it was first`() throws {
    var company = company()
    company.target("T", "revenue", "employee:e1", "2026-01", 500)
    company.target("T", "revenue", "employee:e1", "2026-01", 800, on: "2026-01-05")
    let row = try #require(company.rows("goals", on: "2026-01-31")["target:T"])
    #expect(row.int("value") == 800 && row.int("firstValue") == 500 && row.int("changes") == 1)
    #expect(company.rows("goals", on: "2026-01-04")["target:T"]?.int("value") == 500)
  }

  @Test func `retention: of those active at the start, those still active at the end`() throws {
    var company = company()
    company.record("2025-01-15", Order.placed, "order:9", ["customer": "3", "totalMinor": 1, "cur": "CNY"])
    company.record("2025-01-15", Owner.changed, "customer:3", ["role": "owner", "to": "e1", "cause": "assign"])
    company.record("2025-06-01", Order.placed, "order:8", ["customer": "1", "totalMinor": 1, "cur": "CNY"])
    company.target("T", "retention", "employee:e1", "2026Q1", 90, "%")
    // At the start customers 1 and 3 had bought within the year; at the end customer 3 had not.
    let row = try #require(company.rows("goals", on: "2026-04-01")["target:T"])
    #expect(row.int("actual") == 5_000 && row.int("value") == 9_000 && row.text("state") == "missed")
    #expect(company.rows("goals", on: "2026-01-14")["target:T"]?.int("actual") == 10_000, "a share is reached only at the end")
    #expect(company.rows("goals", on: "2026-01-14")["target:T"]?.text("state") == "running")
  }

  @Test func `new customers, by the item that the target names`() {
    var company = company()
    company.target("T", "activity", "employee:e1", "2026-01", 3, "customers", kpi: "new-customers")
    #expect(company.rows("goals", on: "2026-01-31")["target:T"]?.int("actual") == 1)
  }

  @Test(arguments: ["nobody:x", "employee:unknown-person"]) func `what nobody can count is said to be so`(scope: String) {
    var company = company()
    company.target("T", "revenue", scope, "2026-01", 3)
    let row = company.rows("goals", on: "2026-01-31")["target:T"]
    #expect(row?.text("state") == "unmeasured" && row?["actual"] == .null && row?.text("scope") == scope)
  }

  @Test func `a target of 0 has no rate`() {
    var company = company()
    company.target("T", "revenue", "employee:e1", "2026-01", 0)
    #expect(company.rows("goals", on: "2026-01-31")["target:T"]?["attainmentBp"] == .null)
  }

  @Test func `in any order of recording`() {
    var company = company()
    company.target("N", "revenue", "team:North", "2026Q1", 1_800)
    company.target("E1", "collection", "employee:e1", "2026Q1", 1_000, parent: "N")
    company.target("V", "activity", "region:East", "2026Q1", 2, "visits")
    expectSameInAnyOrder(company, ["goals", "scorecards", "commissions"], on: "2026-03-31")
  }
}

@Suite struct `Handovers` {
  private func company() -> Company {
    var company = Company()
    func give(_ id: String, _ kind: String, _ to: String, _ due: JSONObject) {
      var data: JSONObject = ["kind": .string(kind), "to": .string(to)]
      for member in due.members { data[member.name] = member.value }
      company.record("2026-01-05T08:00:00Z", Task.assigned, "task:\(id)", data, by: "e0")
    }
    give("1", "handoff", "e1", ["dueAt": "2026-01-06T08:00:00Z"])
    give("2", "handoff", "e1", ["dueOn": "2026-01-06"])
    give("3", "handoff", "e1", ["dueOn": "2026-01-06"])
    give("4", "handoff", "e2", [:])
    give("5", "todo", "e2", ["dueOn": "2026-01-06"])
    company.record("2026-01-06T08:00:00Z", Task.completed, "task:1", ["result": "done"])
    company.record("2026-01-07T00:00:00Z", Task.completed, "task:2", ["result": "done"])
    company.record("2026-01-06T09:00:00Z", Task.completed, "task:3", ["result": "rejected"])
    return company
  }

  @Test(arguments: [("1", "accepted", 2_400), ("2", "accepted-late", 4_000), ("3", "refused", 2_500), ("4", "waiting", nil)] as [(String, String, Int64?)])
  func `accepted in time, late, refused, waiting`(id: String, state: String, hours: Int64?) throws {
    let row = try #require(company().rows("handoffs", on: "2026-01-10")["task:\(id)"])
    #expect(row.text("state") == state && row.int("hours") == hours && row.text("from") == "e0")
  }

  @Test func `other tasks are none`() { #expect(company().rows("handoffs", on: "2026-01-10")["task:5"] == nil) }

  @Test(arguments: [("2026-01-06T23:59:59.999999Z", "waiting"), ("2026-01-07T00:00:00Z", "overdue")])
  func `a day is over at its end`(now: String, state: String) {
    var company = Company()
    company.record("2026-01-05", Task.assigned, "task:1", ["kind": "handoff", "to": "e1", "dueOn": "2026-01-06"])
    #expect(company.rows("handoffs", on: now)["task:1"]?.text("state") == state)
  }

  @Test func `how punctual a person is`() throws {
    let rows = company().rows("handoffs", on: "2026-01-10")
    let row = try #require(rows["employee:e1"])
    #expect(row.int("all") == 3 && row.int("accepted") == 1 && row.int("late") == 1 && row.int("refused") == 1)
    #expect(row.int("onTimeBp") == 3_333 && row.int("hours") == 3_200)
    #expect(rows["company:all"]?.int("all") == 4 && rows["employee:e2"]?["onTimeBp"] == .null)
    #expect(company().findings("handoffs", "employee:e1", on: "2026-01-10").first?.value == "2")
  }

  @Test func `in any order of recording`() { expectSameInAnyOrder(company(), ["handoffs"], on: "2026-01-10") }
}
