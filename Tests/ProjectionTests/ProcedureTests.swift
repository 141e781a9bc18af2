import Events
import Projection
import Testing
import Vocabulary
import Wire

private func company() -> Company {
  var company = Company()
  company.record("2026-01-01", Process.published, "sop:S1", ["kind": "sop", "version": 1, "title": "t", "effectiveOn": "2026-01-10"])
  company.record("2026-02-01", Process.published, "sop:S1", ["kind": "sop", "version": 2, "title": "t", "effectiveOn": "2026-03-01", "retires": 1])
  company.record("2026-01-20", Process.deviationRecorded, "sop:S1", ["version": 1, "step": "check"])
  company.record("2026-01-25", Process.deviationRecorded, "sop:S1", ["step": "sign"])
  company.record("2026-02-20", Process.deviationRecorded, "sop:S1", ["step": "sign"])
  company.record("2026-03-05", Process.deviationRecorded, "sop:S1", ["version": 2, "step": "check"])
  company.record(
    "2026-02-10", Process.auditPerformed, "audit:A1",
    [
      "kind": "sop", "population": 200, "conclusion": "c",
      "findings": [["severity": "minor", "what": "w"], ["severity": "major", "what": "w", "clause": "3"], ["severity": "note", "what": "w"]],
    ])
  company.record(
    "2026-02-12", Process.improvementProposed, "improvement:I1",
    [
      "kind": "corrective", "problem": "p", "about": "audit:A1", "baseline": ["metric": "days", "value": "12.5", "unit": "d"],
      "expected": ["metric": "days", "value": "8", "unit": "d"],
    ])
  return company
}

@Suite struct `Procedures, audits, improvements` {
  @Test(arguments: [("2026-01-09", "planned", nil), ("2026-01-10", "in-force", 1), ("2026-02-28", "in-force", 1), ("2026-03-01", "in-force", 2)] as [(String, String, Int64?)])
  func `the version in use on a day`(day: String, state: String, version: Int64?) throws {
    let row = try #require(company().rows("procedures", on: day)["sop:S1"])
    #expect(row.text("state") == state && row.int("version") == version)
  }

  @Test func `what comes next, and what was put out of use`() throws {
    let before = try #require(company().rows("procedures", on: "2026-02-15")["sop:S1"])
    #expect(before.int("nextVersion") == 2 && before.day("nextFrom") == "2026-03-01" && before["retired"] == .null)
    #expect(company().rows("procedures", on: "2026-03-01")["sop:S1"]?.int("retired") == 1)
  }

  @Test func `deviations of the version in use`() throws {
    let first = try #require(company().rows("procedures", on: "2026-02-28")["sop:S1"])
    #expect(first.int("deviations") == 3 && first.text("weakestStep") == "sign")
    let second = try #require(company().rows("procedures", on: "2026-03-10")["sop:S1"])
    #expect(second.int("deviations") == 1 && second.text("weakestStep") == "check")
    let findings = company().findings("procedures", "sop:S1", on: "2026-02-28")
    #expect(findings.filter { $0.id == "deviation" }.map(\.value) == ["1", "2"])
  }

  @Test func `an audit's findings age until an improvement of it is adopted`() throws {
    let open = try #require(company().rows("procedures", on: "2026-03-10")["audit:A1"])
    #expect(open.text("state") == "open" && open.int("findings") == 3 && open.int("minor") == 1 && open.int("major") == 1)
    #expect(open.int("openDays") == 28 && open.int("improvements") == 1 && open.int("openImprovements") == 1 && open.int("population") == 200)
    var done = company()
    done.record("2026-03-09", Process.improvementClosed, "improvement:I1", ["adopted": true, "verifiedBy": "e9", "actual": ["metric": "days", "value": "9", "unit": "d"]])
    #expect(done.rows("procedures", on: "2026-03-10")["audit:A1"]?.text("state") == "closed")
    var dropped = company()
    dropped.record("2026-03-09", Process.improvementClosed, "improvement:I1", ["adopted": false, "verifiedBy": "e9"])
    #expect(dropped.rows("procedures", on: "2026-03-10")["audit:A1"]?.text("state") == "open")
  }

  @Test func `an audit that found only observations is closed`() {
    var company = Company()
    company.record("2026-02-10", Process.auditPerformed, "audit:A2", ["kind": "sop", "conclusion": "c", "findings": [["severity": "note", "what": "w"]]])
    #expect(company.rows("procedures", on: "2026-03-01")["audit:A2"]?.text("state") == "closed")
  }

  @Test(arguments: [("8", true, 10_000), ("9", false, 7_778), ("7.25", true, 11_667), ("13", false, -1_111)] as [(String, Bool, Int64)])
  func `what an improvement changed, of what was hoped for`(actual: String, isReached: Bool, reachedBp: Int64) throws {
    var done = company()
    done.record(
      "2026-03-09", Process.improvementClosed, "improvement:I1",
      ["adopted": true, "verifiedBy": "e9", "actual": ["metric": "days", "value": .string(actual), "unit": "d"]])
    let row = try #require(done.rows("procedures", on: "2026-03-10")["improvement:I1"])
    #expect(row.text("baseline") == "12.5 d" && row.text("expected") == "8 d" && row.text("actual") == "\(actual) d")
    #expect(row.flag("isReached") == isReached && row.int("reachedBp") == reachedBp && row.text("metric") == "days")
    let open = company().rows("procedures", on: "2026-03-10")["improvement:I1"]
    #expect(open?.text("state") == "open" && open?.int("openDays") == 26 && open?["isReached"] == .null)
  }

  @Test func `in any order of recording`() { expectSameInAnyOrder(company(), ["procedures"], on: "2026-03-10") }
}

@Suite struct `Integrity: rules, reports, rebuilds` {
  private static let a = String(repeating: "ab", count: 32)
  private static let b = String(repeating: "cd", count: 32)

  private func company() -> Company {
    var company = Company()
    func publish(_ day: String, _ version: Int64, _ from: String, _ hash: String) {
      company.record(
        day, Rule.published, "rule:churn",
        [
          "kind": "churn", "version": .int(version), "body": [:], "bodyHash": .string(hash), "effectiveOn": .string(from + "T00:00:00Z"),
          "approvedBy": "e2", "proposedBy": "e1",
        ])
    }
    company.record("2026-01-01", Rule.proposed, "rule:churn", ["kind": "churn", "version": 2, "body": [:], "effectiveOn": "2026-02-01T00:00:00Z"])
    publish("2026-01-02", 2, "2026-02-01", Self.a)
    publish("2026-02-10", 3, "2026-03-01", Self.b)
    company.record("2026-02-11", Rule.proposed, "rule:churn", ["kind": "churn", "version": 4, "body": [:], "effectiveOn": "2026-06-01T00:00:00Z"])
    company.record("2026-02-12", Rule.proposed, "rule:tier", ["kind": "tier", "version": 2, "body": [:], "effectiveOn": "2026-06-01T00:00:00Z"])
    company.record("2026-02-13", Rule.rejected, "rule:tier", ["kind": "tier", "version": 2, "bodyHash": .string(Self.a)])
    return company
  }

  private func issue(_ company: inout Company, _ day: String, _ hash: String) {
    company.record(
      day, Report.issued, "report:R1",
      ["kind": "rule-difference", "title": "t", "fileHash": .string(hash), "fileBytes": 1_234, "mediaType": "text/html", "position": 77, "ruleKind": "churn"])
  }

  @Test(arguments: [("2026-01-31", false, false), ("2026-02-01", true, false), ("2026-02-28", true, false), ("2026-03-01", false, true)])
  func `which version was in force when`(day: String, second: Bool, third: Bool) throws {
    let rows = company().rows("integrity", on: day)
    #expect(rows["rule:churn/2"]?.flag("isInForce") == second)
    #expect((rows["rule:churn/3"]?.flag("isInForce") ?? false) == third)
  }

  @Test func `who approved it, until when it holds, and its hash`() throws {
    let row = try #require(company().rows("integrity", on: "2026-03-01")["rule:churn/2"])
    #expect(row.text("approvedBy") == "e2" && row.text("proposedBy") == "e1" && row.text("hash") == "ababababababa")
    #expect(row["until"] == .instant(.on("2026-03-01")))
    let findings = company().findings("integrity", "rule:churn/2", on: "2026-03-01")
    #expect(findings.first { $0.id == "four-eyes" }?.holds == true)
  }

  @Test func `what waits for a second person`() throws {
    let row = try #require(company().rows("integrity", on: "2026-03-01")["company:all"])
    #expect(row.int("waiting") == 1 && row.int("rejected") == 1 && row.int("times") == 2)
    #expect(company().findings("integrity", "company:all", on: "2026-03-01").filter { $0.id == "proposal" }.map(\.evidence) == [[3]])
  }

  @Test func `a paper issued again has the same hash, or is seen to have another`() throws {
    var company = company()
    issue(&company, "2026-02-01", Self.a)
    let once = try #require(company.rows("integrity", on: "2026-03-01")["report:R1"])
    #expect(once.int("bytes") == 1_234 && once.int("restsOn") == 77 && once.text("reportRule") == "churn" && once["isSame"] == .null)
    issue(&company, "2026-02-02", Self.a)
    #expect(company.rows("integrity", on: "2026-03-01")["report:R1"]?.flag("isSame") == true)
    issue(&company, "2026-02-03", Self.b)
    #expect(company.rows("integrity", on: "2026-03-01")["report:R1"]?.flag("isSame") == false)
    #expect(company.findings("integrity", "report:R1", on: "2026-03-01").first?.holds == false)
  }

  @Test func `rebuilds of a read model`() throws {
    var company = company()
    for (day, seq) in [("2026-02-01", 10), ("2026-02-05", 20)] as [(String, Int64)] {
      company.record(
        day, Decision.projectionRebuilt, "projection:churn",
        ["codeVersion": "0.1", "fromSeq": 0, "toSeq": .int(seq), "events": .int(seq), "durationMs": 5, "outputHash": .string(Self.b), "changedSubjects": 3])
    }
    let row = try #require(company.rows("integrity", on: "2026-03-01")["projection:churn"])
    #expect(row.int("times") == 2 && row.int("restsOn") == 20 && row.int("changed") == 3 && row.text("hash") == "cdcdcdcdcdcdc")
  }

  @Test func `in any order of recording`() {
    var company = company()
    issue(&company, "2026-02-01", Self.a)
    expectSameInAnyOrder(company, ["integrity"], on: "2026-03-10")
  }
}
