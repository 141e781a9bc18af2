import AccountHistory
import Events
import Projection
import PurchasingProjection
import Statistics
import Testing
import Vocabulary
import Wire

@Suite struct `What was bought, and whether a contract is in force` {
  private func row(_ timeline: Timeline, _ day: Int, _ basis: String = "orders-first") -> PurchasingRow? {
    let (facts, series) = timeline.until(.day(day) + .seconds(86_399)).fold(Purchasing.self)
    var trace = NoTrace()
    let rule = Ruled(version: 0, body: PurchasingRules(["purchaseEvents": .string(basis)]))
    return Purchasing.conclude(facts, series, by: rule, asOf: .day(day), trace: &trace)
  }

  @Test func `purchases of one day count once, and the first day is no repeat`() throws {
    var timeline = Timeline()
    timeline.order(0, 900)
    timeline.order(0, 100, hour: 5)
    timeline.order(9, 300)
    timeline.order(9, 200, hour: 1)
    timeline.order(30, 0)
    timeline.order(31, 50, cur: "USD")
    #expect(row(timeline, 0).map { [$0.days, $0.paidDays] } == [1, 0])
    let found = try #require(row(timeline, 40))
    #expect(found.days == 4 && found.firstOn == .of(0) && found.lastOn == .of(31))
    #expect(found.paidDays == 1 && found.paidMinor == 500 && found.currency == Currency("CNY"))
    #expect(row(timeline, 30)?.days == 3 && row(timeline, 29)?.days == 2)
  }

  @Test func `a late entry counts as one in time`() {
    var timeline = Timeline()
    timeline.order(0)
    timeline.order(50)
    timeline.order(20)
    #expect(row(timeline, 60) == row(timeline.recorded(inOrder: [2, 0, 1]), 60))
    #expect(row(timeline, 60)?.lastOn == .of(50) && row(timeline, 60)?.because == 1)
  }

  @Test func `by the events that the rule counts`() {
    var timeline = Timeline()
    timeline.order(0)
    timeline.pay(7)
    timeline.pay(9)
    #expect(row(timeline, 20)?.days == 1 && row(timeline, 20, "payments")?.days == 2)
  }

  @Test func `a contract in force until its last day, and when it ended`() {
    var timeline = Timeline()
    timeline.activate(0, until: 100)
    #expect(row(timeline, 99)?.inForce == true && row(timeline, 99)?.ended == nil)
    #expect(row(timeline, 100)?.inForce == false && row(timeline, 100)?.ended == .day(100))
    timeline.renew(90, until: 400)
    #expect(row(timeline, 100)?.inForce == true)
    timeline.end(120)
    #expect(row(timeline, 130)?.inForce == false && row(timeline, 130)?.ended == .day(120))
  }

  @Test func `nothing bought and nothing signed is no row`() {
    var timeline = Timeline()
    timeline.add(0, Visit.logged)
    #expect(row(timeline, 5) == nil)
  }

  @Test func `a pattern is in weeks`() {
    #expect(
      PurchasePattern(repeats: 2, recencyDays: 21, ageDays: 28) == PurchasePattern(repeats: 2, recency: 3, age: 4))
  }
}
