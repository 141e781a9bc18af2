@testable import ChurnProjection
import ContractsProjection
import Events
import LifecycleProjection
import LoyaltyProjection
import Projection
import TestSupport
import Testing
import Vocabulary
import Wire

extension Timeline {
  /// A history of every family that a projection reads, with data drawn for every fact that it asks for.
  init(everything seed: UInt64) {
    self.init()
    var dice = Dice(seed)
    func roll(_ range: ClosedRange<Int64>) -> JSON { .int(Int64.random(in: range, using: &dice)) }
    func pick(_ words: String...) -> JSON { .string(words.randomElement(using: &dice)!) }
    for _ in 0..<Int.random(in: 5...60, using: &dice) {
      let day = Int.random(in: 0...900, using: &dice)
      let later = JSON.day(day + Int.random(in: -20...300, using: &dice))
      let cur = Int.random(in: 0...9, using: &dice) == 0 ? "USD" : "CNY"
      switch Int.random(in: 0...21, using: &dice) {
      case 0...3: order(day, Int64.random(in: 0...2_000_000, using: &dice), cur: cur)
      case 4:
        change(
          day, ["change", "cancel", "return"].randomElement(using: &dice)!, -Int64.random(in: 0...500_000, using: &dice),
          cur: cur)
      case 5, 6: pay(day, Int64.random(in: 0...2_000_000, using: &dice), cur: cur)
      case 7: refund(day, Int64.random(in: 1...100_000, using: &dice), cur: cur)
      case 8:
        add(
          day, Usage.reported, ["metric": "m", "value": roll(0...100), "periodStart": .day(day - 9), "periodEnd": .day(day)])
      case 9: add(day, Visit.interactionLogged, ["kind": "call"])
      case 10:
        add(
          day, Contract.activated,
          ["effectiveOn": .day(day), "endOn": later, "noticeDays": roll(0...60), "totalMinor": roll(0...900), "cur": "CNY"])
      case 11: renew(day, until: day + Int.random(in: 30...300, using: &dice))
      case 12: end(day)
      case 13:
        add(
          day, Customer.contactUpdated,
          ["contact": "1", "status": pick("left", "active"), "influence": pick("decider", "user")])
      case 14: add(day, Complaint.filed, ["customer": "c"])
      case 15: add(day, Complaint.assessed, ["severity": pick("general", "major", "urgent")])
      case 16: add(day, Survey.answered, ["kind": pick("nps", "csi"), "score": roll(0...10)])
      case 17: add(day, Order.invoiced, ["customer": "c", "netMinor": roll(1...900_000), "cur": "CNY", "dueOn": later])
      case 18: add(day, Events.Loyalty.entryPosted, ["kind": "points", "delta": roll(-50...90), "expiresOn": later])
      case 19:
        add(day, Opportunity.progressed, ["amountMinor": roll(0...900), "cur": "CNY", "probabilityBp": roll(0...10_000)])
      case 20: add(day, Customer.assessed, ["kind": pick("credit", "esg"), "result": "r", "score": roll(0...100)])
      default: status(day, ["lost", "suspended", "active", "won-back"].randomElement(using: &dice)!)
      }
    }
  }
}

@Suite struct `A late entry concludes like one in time` {
  @Test(arguments: UInt64(1)...60) func `in every projection`(seed: UInt64) {
    let timeline = Timeline(everything: seed)
    var dice = Dice(seed &+ 1_000)
    let shuffled = timeline.recorded(inOrder: Array(timeline.entries.indices).shuffled(using: &dice))
    for day in stride(from: 100, through: 1_200, by: 275) {
      same(timeline, shuffled, Lifecycle.self, day, seed)
      same(timeline, shuffled, LoyaltyStatus.self, day, seed)
      #expect(
        timeline.called(Contracts.self, day) == shuffled.called(Contracts.self, day), "contracts seed \(seed) day \(day)")
      same(timeline.until(.day(day)), shuffled.until(.day(day)), Health.self, day, seed)
    }
  }

  private func same<P: Projection>(_ a: Timeline, _ b: Timeline, _: P.Type, _ day: Int, _ seed: UInt64) {
    #expect(a.conclude(P.self, day) == b.conclude(P.self, day), "\(P.name) seed \(seed) day \(day)")
  }
}

@Suite struct `Health adds up` {
  @Test(arguments: UInt64(1)...60) func `score, level and since`(seed: UInt64) {
    let timeline = Timeline(everything: seed)
    for day in stride(from: 50, through: 1_200, by: 115) {
      let (row, findings) = timeline.until(.day(day)).explain(Health.self, asOf: .day(day))
      guard let row else { continue }
      let holding = findings.filter(\.holds).map(\.id)
      #expect(row.signals.map(\.word.text) == holding, "seed \(seed) day \(day)")
      let body = Health.body([:])
      let weights = row.signals.map { body.number($0.weightName) }
      #expect(row.score == max(0, 100 - weights.reduce(0, +)), "seed \(seed) day \(day)")
      let colour: Level = row.score <= 25 ? .red : row.score <= 50 ? .orange : row.score <= 75 ? .yellow : .none
      #expect(row.level == (row.signals.contains(.keyContact) ? max(colour, .orange) : colour), "seed \(seed) day \(day)")
      #expect((row.since == nil) == (row.level == .none), "seed \(seed) day \(day)")
      #expect(row.since ?? .day(day) <= .day(day), "seed \(seed) day \(day)")
      #expect(findings.allSatisfy { finding in finding.evidence.allSatisfy { timeline.entries.indices.contains(Int($0)) } })
    }
  }

  @Test func `two rules judge the same facts differently`() {
    var timeline = Timeline()
    timeline.pay(0)
    let (facts, series) = timeline.fold(Health.self)
    func level(_ days: Int64) -> Level? {
      var silent = NoTrace()
      let rule = Ruled(version: 2, body: ChurnRules(Health.body(["silenceDays": .int(days)])))
      return Health.conclude(facts, series, by: rule, asOf: .day(100), trace: &silent)?.level
    }
    #expect(level(26 * 7) == Level.none)
    #expect(level(13 * 7) == .yellow)
  }
}
