import AccountHistory
import ActivityProjection
import CustomersProjection
import Events
import OwnersProjection
import Projection
import ReceivablesProjection
import SegmentsProjection
import TestSupport
import Testing
import VisitsProjection
import Vocabulary
import Wire

extension Timeline {
  /// A history of a customer with things of every kind that the customer models read, drawn.
  init(dossier seed: UInt64) {
    self.init()
    var dice = Dice(seed)
    for _ in 0..<(5 + dice.roll(70)) {
      let day = dice.roll(600)
      let thing = "\(dice.roll(5))"
      let cur = dice.roll(8) == 0 ? "USD" : "CNY"
      let amount = Int64(1 + dice.roll(900))
      let who = ["Li Na", "周敏", "王强"][dice.roll(3)]
      switch dice.roll(16) {
      case 0: bill(day, thing, amount, due: day + dice.roll(90), cur: cur)
      case 1: settle(day, ["received", "advance", "refunded", "credit-note"][dice.roll(4)], amount, naming: dice.roll(2) == 0 ? [] : [thing], cur: cur)
      case 2: placed(day, thing, amount, cur: cur)
      case 3: about("order:" + thing) { $0.change(day, ["change", "cancel", "return"][dice.roll(3)], -amount) }
      case 4: about("order:" + thing) { $0.add(day, Order.delivered, ["acceptedOn": .day(day)]) }
      case 5: contract(thing, from: day, until: dice.roll(3) == 0 ? nil : day + 20 + dice.roll(300))
      case 6: opportunity(day, thing, amount, Int64(dice.roll(10_001)), cur: cur)
      case 7: about("opportunity:" + thing) { $0.add(day, Opportunity.closed, ["outcome": .string(["won", "lost"][dice.roll(2)])]) }
      case 8: complain(day, thing, dice.roll(2) == 0 ? "urgent" : nil)
      case 9: about("complaint:" + thing) { $0.add(day, Complaint.closed, ["outcome": "upheld"]) }
      case 10: own(day, dice.roll(4) == 0 ? nil : who, role: ["owner", "ar", "sr"][dice.roll(3)], cause: ["assign", "claim", "rule"][dice.roll(3)])
      case 11: visit(day, for: dice.roll(3) == 0 ? thing : nil, next: dice.roll(4) == 0 ? day + 30 : nil, by: who)
      case 12: plan(day, thing, due: day + dice.roll(60), for: who)
      case 13: complete(day, thing, dice.roll(4) == 0 ? "rejected" : "done")
      case 14: grade(day, ["a", "b", "c"][dice.roll(3)], until: dice.roll(2) == 0 ? nil : day + dice.roll(200))
      default: more(day, amount, cur, &dice)
      }
    }
  }

  private mutating func more(_ day: Int, _ amount: Int64, _ cur: String, _ dice: inout Dice) {
    switch dice.roll(5) {
    case 0: limit(day, amount, cur: cur, until: day + dice.roll(200))
    case 1: warn(day, ["yellow", "orange", "red"][dice.roll(3)])
    case 2: triage(day, ["dismiss", "watch"][dice.roll(2)])
    case 3: add(day, Customer.updated, ["changes": [["field": "city", "after": "x"]]])
    default: status(day, ["active", "suspended", "lost"][dice.roll(3)])
    }
  }

  fileprivate func shuffled(_ seed: UInt64) -> Timeline {
    var dice = Dice(seed &+ 1_000)
    return recorded(inOrder: Array(entries.indices).shuffled(using: &dice))
  }
}

@Suite struct `Customer models: a late entry concludes like one in time` {
  private static let days = [50, 200, 450, 700]

  private func each<P: Projection>(_: P.Type, _ seed: UInt64) {
    let timeline = Timeline(dossier: seed)
    let shuffled = timeline.shuffled(seed)
    for day in Self.days {
      let (a, b) = (timeline.until(.day(day)), shuffled.until(.day(day)))
      #expect(a.conclude(P.self, day) == b.conclude(P.self, day), "\(P.name) seed \(seed) day \(day)")
    }
  }

  private func all<C: Census>(_: C.Type, _ seed: UInt64) {
    let customers = (0..<4).map { Timeline(dossier: seed &* 31 &+ $0) }
    let shuffled = customers.enumerated().map { $1.shuffled(seed &+ UInt64($0)) }
    for day in Self.days {
      let (a, b) = (census(C.self, of: customers, day), census(C.self, of: shuffled, day))
      #expect(a.mapValues(\.row) == b.mapValues(\.row), "\(C.name) seed \(seed) day \(day)")
    }
  }

  @Test(arguments: UInt64(1)...60) func `one by one`(seed: UInt64) {
    each(Owners.self, seed)
    each(Visits.self, seed)
    each(Customers.self, seed)
    let timeline = Timeline(dossier: seed)
    for day in Self.days {
      let (a, b) = (timeline.until(.day(day)), timeline.shuffled(seed).until(.day(day)))
      #expect(a.rows(Receivables.self, day).mapValues(\.row) == b.rows(Receivables.self, day).mapValues(\.row), "seed \(seed) day \(day)")
    }
  }

  @Test(arguments: UInt64(1)...25) func `all together`(seed: UInt64) {
    all(AgeingReport.self, seed)
    all(Holders.self, seed)
    all(Coverage.self, seed)
    all(Segments.self, seed)
    all(Migration.self, seed)
    all(ConcentrationReport.self, seed)
  }

  @Test(arguments: UInt64(1)...60) func `the timeline in short, but for what is late`(seed: UInt64) {
    let timeline = Timeline(dossier: seed)
    let (a, b) = (timeline.conclude(Activity.self, 700), timeline.shuffled(seed).conclude(Activity.self, 700))
    #expect(a?.counts == b?.counts && a?.first == b?.first && a?.last == b?.last && a?.lastContact == b?.lastContact, "seed \(seed)")
  }

  @Test func `facts are small`() {
    #expect(MemoryLayout<Dossier.Facts>.stride <= 160)
    #expect(MemoryLayout<Trade.Facts>.stride <= 160)
    #expect(MemoryLayout<Visits.Facts>.stride <= 160)
  }

  @Test(arguments: UInt64(1)...60) func `evidence names events that there are`(seed: UInt64) {
    let timeline = Timeline(dossier: seed)
    let findings =
      timeline.explain(Owners.self, asOf: .day(700)).findings + timeline.explain(Visits.self, asOf: .day(700)).findings
      + timeline.explain(Customers.self, asOf: .day(700)).findings
      + timeline.rows(Receivables.self, 700).values.flatMap(\.findings)
    #expect(findings.allSatisfy { $0.evidence.allSatisfy { timeline.entries.indices.contains(Int($0)) } }, "seed \(seed)")
    #expect(findings.allSatisfy { !$0.title.en.isEmpty && !$0.title.zh.isEmpty && !$0.value.isEmpty })
  }
}
