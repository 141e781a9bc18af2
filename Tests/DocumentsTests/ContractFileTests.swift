import Documents
import Events
import Redline
import Testing
import Vocabulary
import Wire

/// A contract's events in the order in which they are recorded.
private struct Telling {
  private(set) var events: [Event] = []

  mutating func on(_ day: String, _ type: Contract, _ data: JSONObject) {
    var event = Event(type, Subject("contract:K1")!, at: Day(day)!.start, data)
    event.seq = Int64(events.count)
    event.about.actor = "li"
    events.append(event)
  }

  var file: ContractFile { ContractFile(events) }
  func state(_ version: Int, on day: String) -> ContractVersion.State? {
    let file = file
    return file.version(version).map { file.state(of: $0, on: Day(day)!) }
  }
}

private let hash = String(repeating: "ab", count: 32)

/// Drafted, revised, signed by both, in force since 1 March.
private var signed: Telling {
  var telling = Telling()
  telling.on("2025-01-10", .drafted, [
    "customer": "C1", "number": "HT-1", "totalMinor": 100_000, "cur": "CNY", "endOn": "2026-02-28",
    "clauses": [["key": "payment", "value": "30 days net"], ["key": "delivery", "value": "ten days"]],
  ])
  telling.on("2025-01-20", .revised, [
    "purpose": "draft", "version": 1,
    "clauseChanges": [["key": "payment", "before": "30 days net", "after": "45 days net", "proposedBy": "them"]],
  ])
  telling.on("2025-02-01", .signed, ["version": 1, "party": "us", "signatory": "王芳", "certificateHash": .string(hash)])
  telling.on("2025-02-03", .signed, ["version": 1, "party": "them", "signatory": "Ann", "certificateHash": .string(hash)])
  telling.on("2025-02-10", .activated, ["version": 1, "effectiveOn": "2025-03-01"])
  return telling
}

private let bothAgree: JSON = [["party": "us", "evidenceHash": .string(hash)], ["party": "them", "evidenceHash": .string(hash)]]

private let onlyUs: JSON = [["party": "us", "evidenceHash": .string(hash)]]
private let theirsUnproved: JSON = [["party": "us", "evidenceHash": .string(hash)], ["party": "them"]]
private let outOfDate: JSON = [["key": "payment", "before": "30 days net", "after": "60 days net"]]
private let newClause: JSON = [["key": "penalty", "after": "2 % a week"]]

/// What an amendment says, and what it lacks.
private let amendments: [(JSONObject, [ContractVersion.Missing])] = [
  ([:], [.assent(.us), .assent(.them), .change]),
  (["assent": onlyUs, "totalMinor": 120_000], [.assent(.them)]),
  (["assent": theirsUnproved, "totalMinor": 120_000], [.evidence(.them)]),
  (["assent": bothAgree], [.change]),
  (["assent": bothAgree, "totalMinor": 100_000], [.change]),
  (["assent": bothAgree, "totalMinor": 120_000], []),
  (["assent": bothAgree, "clauseChanges": outOfDate], [.text(key: "payment")]),
  (["assent": bothAgree, "clauseChanges": newClause], []),
]

@Suite struct `The contract file` {
  @Test func `gives the text as revised before it was signed`() throws {
    let first = try #require(signed.file.version(1))
    #expect(first.clauses == [Clause(key: "payment", text: "45 days net"), Clause(key: "delivery", text: "ten days")])
    #expect(first.proposals.map(\.by) == [.them])
    #expect(first.missing == [])
    #expect(first.assents.map(\.name) == ["王芳", "Ann"])
  }

  /// Activated on 10 February for 1 March.
  @Test(arguments: [("2025-02-28", ContractVersion.State.agreed), ("2025-03-01", .inForce)])
  func `is in force from the day it names`(day: String, state: ContractVersion.State) {
    #expect(signed.state(1, on: day) == state)
  }

  @Test func `of an amendment that both agreed to is in force from its day, and supersedes the version before`() {
    var telling = signed
    telling.on("2025-06-01", .amended, [
      "fromVersion": 1, "toVersion": 2, "effectiveOn": "2025-07-01", "assent": bothAgree,
      "clauseChanges": [["key": "delivery", "before": "ten days", "after": "seven days", "proposedBy": "us"]],
    ])
    #expect(telling.state(1, on: "2025-06-30") == .inForce)
    #expect(telling.state(1, on: "2025-07-01") == .superseded)
    #expect(telling.state(2, on: "2025-07-01") == .inForce)
    #expect(telling.file.inForce(on: Day("2025-07-01")!)?.clauses.last?.text == "seven days")
  }

  @Test(arguments: amendments) func `lets no amendment take effect whose agreement is not on record`(data: JSONObject, missing: [ContractVersion.Missing]) {
    var telling = signed
    var data = data
    data["toVersion"] = 2
    data["effectiveOn"] = "2025-07-01"
    telling.on("2025-06-01", .amended, data)
    #expect(telling.file.version(2)?.missing == missing)
    #expect(telling.state(2, on: "2025-08-01") == (missing.isEmpty ? .inForce : .incomplete(missing)))
    #expect(telling.state(1, on: "2025-08-01") == (missing.isEmpty ? .superseded : .inForce))
  }

  @Test func `of a renewal that the contract provides for asks nobody again`() {
    var telling = Telling()
    telling.on("2025-01-10", .activated, ["customer": "C1", "autoRenew": true, "endOn": "2025-12-31"])
    telling.on("2025-12-01", .renewed, ["newEndOn": "2026-12-31", "auto": true])
    #expect(telling.state(2, on: "2026-01-01") == .inForce)
    #expect(telling.file.version(2)?.terms["endOn"] == "2026-12-31")
    #expect(telling.file.version(1)?.missing == [.assent(.us), .assent(.them)])
  }

  @Test func `of a renewal on request takes effect, and says what is missing`() {
    var telling = signed
    telling.on("2026-02-01", .renewed, ["newEndOn": "2027-02-28"])
    #expect(telling.state(2, on: "2026-03-01") == .inForce)
    #expect(telling.file.version(2)?.missing == [.assent(.us), .assent(.them)])
  }

  @Test func `learns a text that only its change quotes`() {
    var telling = signed
    telling.on("2025-06-01", .amended, [
      "toVersion": 2, "assent": bothAgree, "clauseChanges": [["key": "price", "before": "fixed", "after": "twice a year"]],
    ])
    #expect(telling.file.version(1)?.clauses.last == Clause(key: "price", text: "fixed"))
    #expect(telling.file.version(2)?.clauses.last == Clause(key: "price", text: "twice a year"))
    #expect(telling.state(2, on: "2025-06-01") == .inForce)
  }

  @Test func `does not depend on the order of recording`() {
    var telling = signed
    telling.on("2025-06-01", .amended, ["toVersion": 2, "assent": bothAgree, "totalMinor": 120_000])
    let there = ContractFile(telling.events), back = ContractFile(telling.events.reversed())
    #expect(there.versions.map(\.clauses) == back.versions.map(\.clauses))
    #expect(there.versions.map(\.terms) == back.versions.map(\.terms))
    #expect(there.versions.map(\.missing) == back.versions.map(\.missing))
  }

  @Test func `compares terms and clauses`() throws {
    var telling = signed
    telling.on("2025-06-01", .amended, [
      "toVersion": 2, "assent": bothAgree, "totalMinor": 120_000, "endOn": "2027-02-28",
      "clauseChanges": [["key": "delivery", "before": "ten days"], ["key": "penalty", "after": "2 % a week"]],
    ])
    let file = telling.file
    let difference = ContractDifference(from: try #require(file.version(1)), to: try #require(file.version(2)))
    #expect(difference.terms.map(\.field.name) == ["endOn", "totalMinor"])
    #expect(difference.clauses.map { "\($0.kind) \($0.key)" } == ["same payment", "removed delivery", "added penalty"])
    #expect(ContractDifference(from: difference.from, to: difference.from).isEmpty)
  }
}
