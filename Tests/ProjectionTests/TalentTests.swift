import Events
import Projection
import Testing
import Vocabulary
import Wire

/// Two people of team North: e1 has worked a year and is certified, e2 has left.
private func company() -> Company {
  var company = Company()
  company.record(
    "2025-03-01", People.joined, "employee:e1",
    ["person": "x", "position": "sales rep", "team": "North", "probationEndsOn": "2025-05-31"])
  company.record("2025-02-01", People.joined, "employee:e2", ["person": "y", "position": "sales rep", "team": "North"])
  company.record(
    "2025-06-01", People.trainingCompleted, "employee:e1",
    ["kind": "certificate", "item": "Pump", "passed": true, "validUntil": "2026-04-30"])
  company.record(
    "2025-06-02", People.trainingCompleted, "employee:e1",
    ["kind": "certificate", "item": "Valve", "passed": true, "validUntil": "2026-01-31"])
  company.record("2025-06-03", People.trainingCompleted, "employee:e1", ["kind": "certificate", "item": "Motor", "passed": false])
  company.record("2025-12-01", Process.published, "sop:S1", ["kind": "sop", "version": 1, "title": "t", "effectiveOn": "2025-12-01"])
  company.record("2025-12-03", People.trainingCompleted, "employee:e1", ["kind": "read-and-sign", "item": "S1", "itemVersion": "1", "passed": true])
  company.record("2026-01-20", Process.published, "sop:S1", ["kind": "sop", "version": 2, "title": "t", "effectiveOn": "2026-02-01", "retires": 1])
  company.record("2025-12-15", Process.published, "sop:T1", ["kind": "contract-template", "version": 1, "title": "t", "effectiveOn": "2025-12-15"])
  company.record("2025-04-01", Customer.registered, "customer:1", ["name": "n"])
  company.record("2025-04-01", Owner.changed, "customer:1", ["role": "owner", "to": "e2", "cause": "assign"])
  company.record("2026-01-10", People.departed, "employee:e2", ["lastDay": "2026-01-15", "handoverTo": ["e1"]])
  return company
}

@Suite struct `Talent: people` {
  @Test(arguments: [("2025-05-31", "probation"), ("2025-06-01", "active")]) func `probation ends with its last day`(day: String, state: String) {
    #expect(company().rows("talent", on: day)["employee:e1"]?.text("state") == state)
  }

  @Test(arguments: [
    ("2025-06-01", "Pump"), ("2026-01-31", "Pump, Valve"), ("2026-02-01", "Pump"), ("2026-04-30", "Pump"), ("2026-05-01", nil),
  ] as [(String, String?)]) func `who may sell what on a day`(day: String, certificates: String?) throws {
    #expect(try #require(company().rows("talent", on: day)["employee:e1"]).text("certificates") == certificates)
  }

  @Test(arguments: [("2025-12-02", 0, 1), ("2025-12-03", 0, 0), ("2026-01-31", 0, 0), ("2026-02-01", 0, 1), ("2026-02-15", 0, 1), ("2026-02-16", 1, 1)] as [(String, Int64, Int64)])
  func `a new version must be read within fourteen days of being in use`(day: String, overdue: Int64, toRead: Int64) throws {
    let row = try #require(company().rows("talent", on: day)["employee:e1"])
    #expect(row.int("overdueReads") == overdue && row.int("toRead") == toRead)
    #expect(row.text("overdueDocuments") == (overdue == 1 ? "S1 v2" : nil))
  }

  @Test func `only some positions read, where the rule says so`() {
    let row = company().rows("talent", on: "2026-03-01", ["readers": ["account manager"]])["employee:e1"]
    #expect(row?.int("toRead") == 0)
  }

  @Test(arguments: [("2026-01-15", "leaving", 0), ("2026-01-16", "left", 1)] as [(String, String, Int64)])
  func `who has left and still has customers has not handed over`(day: String, state: String, gaps: Int64) throws {
    let row = try #require(company().rows("talent", on: day)["employee:e2"])
    #expect(row.text("state") == state && row.int("handoverGaps") == gaps && row.int("customers") == 1)
    var handed = company()
    handed.record("2026-01-12", Owner.changed, "customer:1", ["role": "owner", "to": "e1", "cause": "handover"])
    #expect(handed.rows("talent", on: day)["employee:e2"]?.int("handoverGaps") == 0)
    #expect(handed.rows("talent", on: day)["employee:e1"]?.int("customers") == 1)
  }

  @Test func `access that was not revoked is seen`() {
    #expect(company().rows("talent", on: "2026-02-01")["employee:e2"]?.flag("accessOpen") == true)
    #expect(company().rows("talent", on: "2026-02-01")["employee:e1"]?["accessOpen"] == .null)
  }

  @Test func `evidence against the ladder`() throws {
    var more = company()
    for (place, month) in ["2025-09", "2025-10", "2025-11", "2025-12"].enumerated() {
      more.record(
        "2026-01-05", Performance.kpiScored, "employee:e1",
        ["period": .string(month), "items": [], "total": .int(Int64(68 + place)), "grade": "c", "ruleVersion": 1, "revision": 0])
    }
    let row = try #require(more.rows("talent", on: "2026-02-28")["employee:e1"])
    #expect(row.text("nextPosition") == "senior sales rep" && row.int("criteria") == 2 && row.int("criteriaMet") == 0, "11 months, mean 69.5")
    #expect(more.rows("talent", on: "2026-03-01")["employee:e1"]?.int("criteriaMet") == 1, "12 months")
    let findings = more.findings("talent", "employee:e1", on: "2026-03-01")
    #expect(findings.first { $0.id == "score" }?.value == "69.5 of 4")
    #expect(findings.first { $0.id == "months" }?.evidence == [0])
    more.record(
      "2026-01-06", Performance.kpiScored, "employee:e1",
      ["period": "2025-09", "items": [], "total": 70, "grade": "b", "ruleVersion": 1, "revision": 1])
    #expect(more.rows("talent", on: "2026-03-01")["employee:e1"]?.int("criteriaMet") == 2, "the revision counts: mean 70")
  }

  @Test func `a post holds from the day on which it takes effect, and keeps the team`() throws {
    var more = company()
    more.record(
      "2026-01-01", People.positionChanged, "employee:e1",
      ["kind": "promotion", "to": "senior sales rep", "manager": "e9", "effectiveOn": "2026-02-01"])
    #expect(more.rows("talent", on: "2026-01-31")["employee:e1"]?.text("post") == "sales rep")
    let row = try #require(more.rows("talent", on: "2026-02-01")["employee:e1"])
    #expect(row.text("post") == "senior sales rep" && row.text("team") == "North" && row.text("manager") == "e9")
  }

  @Test func `turnover of the company and of a team`() throws {
    let rows = company().rows("talent", on: "2026-02-28")
    for name in ["company:all", "team:North"] {
      let row = try #require(rows[name])
      // One of two at the start left, none came: 1 ÷ 1.5.
      #expect(row.int("headcount") == 1 && row.int("left") == 1 && row.int("joined") == 1)
      #expect(row.int("turnoverBp") == 10_000, "one was there at the start, one is now")
      #expect(row.int("overdueReads") == 1 && row.int("handoverGaps") == 1)
    }
  }

  @Test func `in any order of recording`() { expectSameInAnyOrder(company(), ["talent"], on: "2026-02-20") }
}
