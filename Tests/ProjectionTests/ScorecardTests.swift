import Events
import Projection
import Testing
import Vocabulary
import Wire

/// e1 has targets for January: collect 1,000, pay 4 visits, win 2 customers.
private func company() -> Company {
  var company = Company()
  company.record("2025-01-01", People.joined, "employee:e1", ["person": "x", "position": "rep"])
  for customer in ["1", "2", "3"] {
    company.record("2025-01-01", Customer.registered, "customer:\(customer)", ["name": "n"])
    company.record("2025-01-01", Owner.changed, "customer:\(customer)", ["role": "owner", "to": "e1", "cause": "assign"])
  }
  func target(_ id: String, _ kind: String, _ value: Int64, _ unit: String, _ kpi: String?) {
    var data: JSONObject = ["kind": .string(kind), "scope": "employee:e1", "period": "2026-01", "value": .int(value), "unit": .string(unit)]
    if let kpi { data["kpi"] = .string(kpi) }
    company.record("2025-12-20", Performance.targetSet, "target:\(id)", data)
  }
  target("A", "collection", 1_000, "CNY", nil)
  target("B", "activity", 4, "visits", nil)
  target("C", "activity", 2, "customers", "new-customers")
  company.record("2026-01-10", Payment.received, "customer:1", ["amountMinor": 900, "cur": "CNY"])
  company.record("2026-01-12", Payment.received, "customer:2", ["amountMinor": 50, "cur": "CNY"])
  for day in ["2026-01-10", "2026-01-11", "2026-01-12"] { company.record(day, Visit.logged, "customer:1", by: "e1") }
  company.record("2026-01-20", Survey.answered, "customer:1", ["kind": "csi", "score": 80])
  company.record("2026-01-21", Survey.answered, "customer:2", ["kind": "csat", "score": 71])
  company.record("2026-01-22", Survey.answered, "customer:2", ["kind": "nps", "score": 2])
  company.record("2026-01-15", People.trainingCompleted, "employee:e1", ["kind": "exam", "item": "x", "passed": true])
  company.record("2026-01-16", People.trainingCompleted, "employee:e1", ["kind": "course", "item": "y", "passed": false])
  company.record("2026-01-16", People.trainingCompleted, "employee:e1", ["kind": "read-and-sign", "item": "z", "passed": true])
  return company
}

/// Locks January with a total and one item.
private func lock(_ company: inout Company, _ total: Int64, revision: Int64 = 0, on day: String = "2026-02-05", version: Int64 = 1) -> Int64 {
  company.record(
    day, Performance.kpiScored, "employee:e1",
    [
      "period": "2026-01", "items": [["kpi": "visits", "weightBp": 1_500, "score": 90]], "total": .int(total), "grade": "b",
      "ruleVersion": .int(version), "revision": .int(revision),
    ])
}

@Suite struct `Score sheets` {
  /// collected 950 of 1000, new customers 2 of 2, visits 3 of 4, satisfaction 75.50 of 100, training 1 of 2, records 0 of
  /// what should be on file; nobody had bought a year before.
  @Test func `each item from target and activity, weighted`() throws {
    let row = try #require(company().rows("scorecards", on: "2026-02-01")["employee:e1/2026-01"])
    #expect(
      row.text("items") == "collected-revenue 95 (950/1000); new-customers 100 (2/2); retention – (–/10000); "
        + "satisfaction 76 (7550/10000); visits 75 (3/4); records 0 (0/10000); training 50 (5000/10000)")
    // (2000×95 + 1500×100 + 1500×76 + 1500×75 + 1000×0 + 1500×50) ÷ 9000 = 71.3
    #expect(row.int("total") == 71 && row.text("grade") == "B" && row.int("weightBp") == 9_000)
    #expect(row["lockedTotal"] == .null && row.day("lockDue") == "2026-02-05" && row.int("collectedMinor") == 950)
  }

  @Test(arguments: [(70, 70), (71, 70), (60, 69), (85, 84)] as [(Int64, Int64)]) func `a grade begins at its score`(from: Int64, below: Int64) {
    // The total is 71.
    let grades: JSON = [["grade": "X", "fromScore": .int(from)], ["grade": "Y", "fromScore": 0]]
    let row = company().rows("scorecards", on: "2026-02-01", ["grades": grades])["employee:e1/2026-01"]
    #expect(row?.text("grade") == (from <= 71 ? "X" : "Y"))
  }

  @Test func `a score is capped, and never below zero`() throws {
    var more = company()
    more.record("2026-01-30", Payment.received, "customer:1", ["amountMinor": 90_000, "cur": "CNY"])
    #expect(try #require(more.rows("scorecards", on: "2026-02-01")["employee:e1/2026-01"]?.text("items")).hasPrefix("collected-revenue 120 "))
    var less = company()
    less.record("2026-01-30", Payment.refunded, "customer:1", ["amountMinor": 5_000, "cur": "CNY"])
    #expect(try #require(less.rows("scorecards", on: "2026-02-01")["employee:e1/2026-01"]?.text("items")).hasPrefix("collected-revenue 0 (-4050/"))
  }

  @Test func `money counts when the rule says so`() throws {
    var more = company()
    more.record("2026-01-05", Order.placed, "order:1", ["customer": "1", "totalMinor": 500, "cur": "CNY"])
    more.record(
      "2025-12-20", Performance.targetSet, "target:O",
      ["kind": "revenue", "scope": "employee:e1", "period": "2026-01", "value": 1_000, "unit": "CNY"])
    let row = more.rows("scorecards", on: "2026-02-01", ["revenueBasis": "ordered"])["employee:e1/2026-01"]
    #expect(try #require(row?.text("items")).hasPrefix("collected-revenue 50 (500/1000)"))
  }

  @Test func `against the locked score, item by item`() throws {
    var company = company()
    let seq = lock(&company, 80)
    let row = try #require(company.rows("scorecards", on: "2026-02-10")["employee:e1/2026-01"])
    #expect(row.int("lockedTotal") == 80 && row.text("lockedGrade") == "b" && row.day("lockedOn") == "2026-02-05")
    #expect(row.int("difference") == -9 && row.flag("isOtherRule") == false && row.int("lateEvents") == 0 && row.int("revisions") == 0)
    let findings = company.findings("scorecards", "employee:e1/2026-01", on: "2026-02-10")
    let visits = findings.first { $0.id == "visits.locked" }
    #expect(visits?.value == "75" && visits?.threshold == "90" && visits?.evidence == [seq])
  }

  @Test func `why it differs: what was recorded after the lock`() throws {
    var company = company()
    _ = lock(&company, 71)
    let seq = company.record("2026-01-28", Visit.logged, "customer:1", by: "e1")  // recorded after the lock
    company.record("2026-02-08", Visit.logged, "customer:1", by: "e1")  // of another month
    let row = try #require(company.rows("scorecards", on: "2026-02-10")["employee:e1/2026-01"])
    #expect(row.int("lateEvents") == 1 && row.int("difference") == 4)
    let late = company.findings("scorecards", "employee:e1/2026-01", on: "2026-02-10").first { $0.id == "late" }
    #expect(late?.value == "1" && late?.evidence == [seq])
  }

  @Test func `why it differs: another version of the rule`() {
    var company = company()
    _ = lock(&company, 71, version: 3)
    #expect(company.rows("scorecards", on: "2026-02-10")["employee:e1/2026-01"]?.flag("isOtherRule") == true)
  }

  @Test func `a change after the lock is seen, and the locked score stays`() throws {
    var company = company()
    _ = lock(&company, 80)
    let seq = lock(&company, 84, revision: 1, on: "2026-02-20")
    let row = try #require(company.rows("scorecards", on: "2026-03-01")["employee:e1/2026-01"])
    #expect(row.int("lockedTotal") == 80 && row.int("revisions") == 1 && row.int("revisedTotal") == 84)
    #expect(company.findings("scorecards", "employee:e1/2026-01", on: "2026-03-01").first { $0.id == "revision" }?.evidence == [seq])
    #expect(company.rows("scorecards", on: "2026-02-19")["employee:e1/2026-01"]?["revisedTotal"] == .null)
  }

  @Test func `a score that was locked without targets has a sheet too`() {
    var company = Company()
    company.record("2025-01-01", People.joined, "employee:e1", ["person": "x", "position": "rep"])
    _ = lock(&company, 66)
    let row = company.rows("scorecards", on: "2026-02-10")["employee:e1/2026-01"]
    #expect(row?.int("lockedTotal") == 66 && row?["total"] == .null && row?["grade"] == .null)
  }

  @Test func `an item of the company's own is scored by hand`() throws {
    let items: JSON = [
      ["id": "spirit", "name": "Team spirit", "group": "learning", "weightBp": 2_000, "capScore": 100],
      ["id": "calls", "name": "Visits", "group": "process", "weightBp": 2_000, "capScore": 100, "measure": "visits", "target": 6],
      ["id": "cash", "name": "Cash", "group": "result", "weightBp": 2_000, "capScore": 120, "measure": "collected-revenue"],
      ["id": "new", "name": "New", "group": "result", "weightBp": 2_000, "capScore": 120, "measure": "new-customers"],
      ["id": "x", "name": "X", "group": "customer", "weightBp": 2_000, "capScore": 100, "measure": "satisfaction"],
    ]
    let row = try #require(company().rows("scorecards", on: "2026-02-01", ["items": items])["employee:e1/2026-01"])
    #expect(try #require(row.text("items")).hasPrefix("spirit – (–/–); calls 75 (3/4); cash 95"))
    #expect(row.int("weightBp") == 6_000, "neither what is scored by hand, nor new customers without a target")
  }

  @Test func `in any order of recording`() { expectSameInAnyOrder(company(), ["scorecards", "goals"], on: "2026-02-10") }
}
