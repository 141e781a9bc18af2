import AccountHistory
import CustomersProjection
import Events
import Projection
import TestSupport
import Testing
import Vocabulary
import Wire

private func given(_ record: (inout Timeline) -> Void) -> Timeline {
  var timeline = Timeline()
  timeline.add(0, Customer.registered, ["name": "Acme", "industry": "steel", "region": "East"])
  record(&timeline)
  return timeline
}

private func row(_ day: Int, _ record: (inout Timeline) -> Void) -> CustomerRow? { given(record).conclude(Customers.self, day) }

extension CustomerRow {
  subscript(_ column: String) -> Value {
    zip(CustomerRow.columns, values(TimelineNames.shared)).first { $0.0.name == column }?.1 ?? .null
  }
}

extension Timeline {
  mutating func about(_ subject: String, _ record: (inout Timeline) -> Void) {
    self.subject = subject
    record(&self)
    self.subject = nil
  }
  mutating func opportunity(_ day: Int, _ id: String, _ amount: Int64, _ chance: Int64, cur: String = "CNY") {
    about("opportunity:" + id) {
      $0.add(day, Opportunity.opened, ["amountMinor": .int(amount), "cur": .string(cur), "probabilityBp": .int(chance)])
    }
  }
  mutating func complain(_ day: Int, _ id: String, _ severity: String? = nil) {
    about("complaint:" + id) {
      $0.add(day, Complaint.filed, ["customer": "c"])
      if let severity { $0.add(day, Complaint.assessed, ["severity": .string(severity)]) }
    }
  }
}

@Suite struct `The customer file: what we owe each other today` {
  private func everything(_ timeline: inout Timeline) {
    timeline.about("contract:K") { $0.add(1, Contract.activated, ["totalMinor": 900, "cur": "CNY", "effectiveOn": .day(1), "endOn": .day(100)]) }
    timeline.about("contract:L") { $0.add(1, Contract.drafted, ["customer": "c", "totalMinor": 70, "cur": "CNY"]) }
    timeline.placed(2, "A", 300)
    timeline.placed(3, "B", 200)
    timeline.about("order:B") { $0.change(4, "return", -50) }
    timeline.placed(4, "C", 500)
    timeline.about("order:C") { $0.change(5, "cancel", -500) }
    timeline.bill(6, "I", 120, due: 20)
    timeline.bill(6, "J", 80, due: 60)
    timeline.settle(8, "received", 30, "I")
    timeline.settle(8, "advance", 5)
    timeline.opportunity(9, "O", 1_000, 2_500)
    timeline.opportunity(9, "P", 10, 10_000)
    timeline.about("opportunity:P") { $0.add(10, Opportunity.closed, ["outcome": "lost"]) }
    timeline.complain(11, "X", "major")
    timeline.complain(11, "Y")
    timeline.own(12, "Li Na")
    timeline.talk(13)
    timeline.warn(14, "orange")
    timeline.status(15, "suspended")
  }

  @Test func `in one row`() {
    let found = row(30, everything)
    let expected: [(String, Value)] = [
      ("status", .text("suspended")), ("owner", .text("Li Na")), ("cur", .text("CNY")), ("contracts", .integer(1)),
      ("contractMinor", .integer(900)), ("orders", .integer(2)), ("orderMinor", .integer(450)),
      ("receivableMinor", .integer(170)), ("overdueMinor", .integer(90)), ("advanceMinor", .integer(5)),
      ("opportunities", .integer(1)), ("opportunityMinor", .integer(1_000)), ("weightedMinor", .integer(250)), ("others", .null),
      ("openComplaints", .integer(2)), ("gravest", .text("major")), ("warning", .text("orange")),
      ("lastContactOn", .day(.of(13))), ("lastPurchaseOn", .day(.of(3))),
    ]
    for (column, value) in expected { #expect(found?[column] == value, "\(column)") }
    #expect(found?.because == 21 && found?.since == .day(15), "the latest event it rests on")
  }

  @Test func `as of an earlier day`() {
    let found = given(everything).until(.day(7)).conclude(Customers.self, 7)
    #expect(found?["receivableMinor"] == .integer(200) && found?["overdueMinor"] == .integer(0))
    #expect(found?["openComplaints"] == .integer(0) && found?["status"] == .null && found?["owner"] == .null)
  }

  @Test(arguments: [(99, 1), (100, 0)]) func `a contract counts while it is in force`(day: Int, contracts: Int) {
    #expect(row(day, everything)?["contracts"] == .integer(Int64(contracts)))
  }

  @Test func `an order is open until it is delivered`() {
    func orders(_ day: Int) -> Value? {
      row(day) {
        $0.placed(2, "A", 300)
        $0.about("order:A") { $0.add(5, Order.delivered, ["acceptedOn": .day(5)]) }
      }?["orders"]
    }
    #expect(orders(4) == .integer(1) && orders(5) == .integer(0))
  }

  @Test func `a complaint is open until it is closed, and again when it is reopened`() {
    func open(_ day: Int) -> Value? {
      row(day) {
        $0.complain(1, "X")
        $0.complain(2, "Y")
        $0.about("complaint:X") {
          $0.add(5, Complaint.closed, ["outcome": "upheld"])
          $0.add(9, Complaint.reopened)
        }
      }?["openComplaints"]
    }
    #expect([1, 4, 5, 8, 9].map(open) == [1, 2, 1, 1, 2].map { .integer($0) })
  }

  @Test(arguments: [("dismiss", true), ("watch", false), ("intervene", false)]) func `a warning is open until it is dismissed`(
    verdict: String, ends: Bool
  ) {
    #expect(row(9) { $0.warn(1, "red"); $0.triage(2, verdict) }?.warning == (ends ? nil : .red))
    #expect(row(9) { $0.warn(1, "red"); $0.triage(2, verdict); $0.closePlay(3, "recovered") }?.warning == nil)
    #expect(row(9) { $0.warn(1, "red"); $0.closePlay(3, "recovered"); $0.warn(4, "yellow") }?.warning == .yellow)
  }

  @Test(arguments: [(7, nil), (8, Customer.Status.blacklisted)] as [(Int, Customer.Status?)]) func `a status from the day on which it takes effect`(
    day: Int, status: Customer.Status?
  ) {
    let found = row(day) { $0.add(5, Customer.statusChanged, ["to": "blacklisted", "effectiveOn": .day(8)]) }
    #expect(found?.status == status)
  }

  @Test func `who has no order buys by paying`() {
    #expect(row(9) { $0.settle(4, "received", 30) }?["lastPurchaseOn"] == .day(.of(4)))
    #expect(row(9) { $0.placed(2, "A"); $0.settle(4, "received", 30) }?["lastPurchaseOn"] == .day(.of(2)))
  }

  @Test func `money in the currency of most dealings, the rest beside it`() {
    let found = row(30) {
      $0.bill(1, "I", 100, due: 9)
      $0.placed(2, "A", 7_000_000, cur: "USD")
      $0.bill(2, "J", 100, due: 9)
    }
    #expect(found?["cur"] == .text("CNY") && found?["receivableMinor"] == .integer(200))
    #expect(found?["others"] == .text("USD: orders 7000000") && found?["orders"] == .integer(1) && found?["orderMinor"] == .integer(0))
  }

  @Test func `who only is a lead has no row`() {
    var lead = Timeline()
    lead.talk(0)
    #expect(lead.conclude(Customers.self, 5) == nil)
  }
}

@Suite struct `The customer file: is it complete` {
  private func percent(_ record: (inout Timeline) -> Void) -> Int? { row(30, record)?.filePercent }

  @Test func `what the registration said`() {
    let found = row(30) { _ in }
    #expect(found?.filePercent == 2 * 100 / 13)
    #expect(found?.missing == FileDetail.allCases.filter { $0 != .industry && $0 != .region })
  }

  @Test func `all of them`() {
    var timeline = Timeline()
    timeline.add(0, Customer.registered, [
      "name": "Acme", "unifiedSocialCreditCode": "91", "industry": "i", "sizeBand": "s", "region": "r", "country": "c", "city": "c",
      "employees": 1, "revenueMinor": 1, "cur": "CNY", "foundedYear": 1_999, "website": "w",
    ])
    timeline.add(1, Customer.contactAdded, ["name": "王", "influence": "decider"])
    timeline.add(2, Customer.assessed, ["kind": "credit", "result": "good"])
    let found = timeline.conclude(Customers.self, 30)
    #expect(found?.filePercent == 100 && found?.missing == [])
    #expect(timeline.conclude(Customers.self, 1)?.missing == [.credit])
  }

  private func change(_ field: String, _ after: String?) -> JSONObject {
    var change: JSONObject = ["field": .string(field)]
    if let after { change["after"] = .string(after) }
    return ["changes": [.object(["field": "irrelevant", "after": "x"]), .object(change)]]
  }

  @Test func `a change fills a gap, and empties it`() {
    #expect(percent { $0.add(1, Customer.updated, change("city", "Shanghai")) } == 3 * 100 / 13)
    #expect(percent { $0.add(1, Customer.updated, change("industry", nil)) } == 1 * 100 / 13)
    #expect(percent { $0.add(1, Customer.updated, change("industry", nil)); $0.add(2, Customer.updated, change("industry", "x")) } == 2 * 100 / 13)
    #expect(percent { $0.add(2, Customer.updated, change("industry", "x")); $0.add(1, Customer.updated, change("industry", nil)) } == 2 * 100 / 13)
  }

  @Test func `explained detail by detail`() {
    let findings = given { _ in }.explain(Customers.self, asOf: .day(30)).findings
    #expect(findings.first { $0.id == "file.industry" }?.evidence == [0])
    #expect(findings.filter { $0.id.hasPrefix("file.") && $0.holds }.map(\.id) == ["file.industry", "file.region"])
  }
}
