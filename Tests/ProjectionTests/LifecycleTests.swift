import Events
import LifecycleProjection
import Projection
import Testing
import Vocabulary
import Wire

@Suite struct `Lifecycle: each stage at its edges` {
  func given(_ record: (inout Timeline) -> Void) -> Timeline {
    var timeline = Timeline()
    record(&timeline)
    return timeline
  }

  /// Checks stage and since on the days around an edge.
  func check(
    _ timeline: Timeline, _ expected: [(day: Int, stage: Stage, since: Int)], _ changes: JSONObject = [:],
    at place: SourceLocation = #_sourceLocation
  ) {
    for (day, stage, since) in expected {
      let row = timeline.conclude(Lifecycle.self, day, changes)
      #expect(row?.stage == stage, "day \(day)", sourceLocation: place)
      #expect(row?.since == .day(since), "day \(day)", sourceLocation: place)
    }
  }

  @Test func `nothing known gives no row`() {
    #expect(Timeline().conclude(Lifecycle.self, 10) == nil)
    #expect(given { $0.nps(1, 10) }.conclude(Lifecycle.self, 10) == nil)
    #expect(given { $0.add(5, Lead.created, ["source": "web"]) }.conclude(Lifecycle.self, 4) == nil)
  }

  @Test func `a lead, and a registration, is a lead since the earlier`() {
    let lead = given {
      $0.add(5, Lead.created, ["source": "web"])
      $0.add(9, Customer.registered, ["name": "Hua"])
    }
    check(lead, [(5, .lead, 5), (9, .lead, 5)])
    #expect(lead.conclude(Lifecycle.self, 9)?.because == 0)
  }

  @Test func `screening qualifies, another screening takes it back`() {
    let lead = given {
      $0.add(1, Lead.created, ["source": "web"])
      $0.add(2, Lead.screened, ["verdict": "qualified"])
      $0.add(4, Lead.screened, ["verdict": "qualified"])
      $0.add(6, Lead.screened, ["verdict": "disqualified"])
      $0.add(8, Lead.converted, ["customer": "c"])
    }
    check(lead, [(1, .lead, 1), (2, .qualified, 2), (5, .qualified, 2), (6, .lead, 6), (8, .qualified, 8)])
    #expect(lead.conclude(Lifecycle.self, 6)?.because == 3)
  }

  @Test func `an open opportunity makes a prospect until the last is closed`() {
    let prospect = given {
      $0.add(1, Lead.created, ["source": "web"])
      $0.add(3, Opportunity.opened)
      $0.add(4, Opportunity.opened)
      $0.add(5, Opportunity.closed, ["outcome": "lost"])
      $0.add(7, Opportunity.closed, ["outcome": "lost"])
    }
    check(prospect, [(2, .lead, 1), (3, .prospect, 3), (6, .prospect, 3), (7, .lead, 7)])
  }

  @Test func `new until 180 days have passed since the first order`() {
    let buyer = given { $0.order(10) }
    check(buyer, [(10, .new, 10), (189, .new, 10), (190, .declining, 190), (191, .declining, 190)])
    check(given { $0.activate(10) }, [(10, .new, 10), (189, .new, 10), (190, .active, 190)])
  }

  @Test func `a first order outranks an open opportunity`() {
    let buyer = given {
      $0.add(3, Opportunity.opened)
      $0.order(10)
    }
    check(buyer, [(9, .prospect, 3), (10, .new, 10)])
  }

  @Test func `the second order within 365 days makes active`() {
    let buyer = given {
      $0.order(0)
      $0.order(100)
    }
    check(buyer, [(99, .new, 0), (100, .active, 100), (364, .active, 100), (365, .declining, 365), (366, .declining, 365)])
    #expect(buyer.conclude(Lifecycle.self, 364)?.because == 1)
    #expect(buyer.conclude(Lifecycle.self, 366)?.because == 0, "the first order left the window")
  }

  @Test func `an NPS of 9 makes an active customer an advocate for 365 days`() {
    func answered(_ score: Int64) -> Timeline {
      given {
        for day in stride(from: 0, through: 700, by: 50) { $0.order(day) }
        $0.nps(60, score)
      }
    }
    check(answered(9), [(59, .active, 50), (60, .advocate, 60), (424, .advocate, 60), (425, .active, 425)])
    check(answered(8), [(60, .active, 50)])
    var changedMind = answered(10)
    changedMind.nps(70, 3)
    check(changedMind, [(69, .advocate, 60), (70, .active, 70)])
    check(
      given {
        $0.nps(0, 10); $0.order(5)
      }, [(6, .new, 5)])
  }

  @Test func `silence beyond one and a half usual gaps is a decline`() {
    let buyer = given {
      for day in [0, 20, 60, 80] { $0.order(day) }  // gaps 20, 40, 20: median 20
      $0.order(200)
    }
    check(
      buyer,
      [(109, .active, 20), (110, .declining, 110), (111, .declining, 110), (199, .declining, 110), (200, .active, 200)])
    check(buyer, [(111, .active, 20), (120, .declining, 120)], ["decliningGapFactorPercent": 200])
    #expect(buyer.conclude(Lifecycle.self, 111)?.because == 3)
  }

  @Test func `two purchases on one day are no gap`() {
    let buyer = given {
      $0.order(0)
      $0.order(0, hour: 5)
      $0.order(30)
    }
    #expect(buyer.conclude(Lifecycle.self, 100)?.stage == .active, "one gap alone is no habit")
  }

  @Test(arguments: [
    ("dismiss", nil as String?, true), ("watch", nil, false), ("intervene", "recovered", true),
    ("intervene", "no-effect", false),
  ])
  func `an open warning is a decline until dismissed or recovered`(verdict: String, outcome: String?, closes: Bool) {
    let warned = given {
      for day in stride(from: 0, through: 200, by: 10) { $0.order(day) }
      $0.warn(55, "yellow")
      $0.warn(60, "orange")
      $0.warn(65, "red")
      $0.triage(70, verdict)
      if let outcome { $0.closePlay(80, outcome) }
    }
    check(warned, [(59, .active, 10), (60, .declining, 60), (69, .declining, 60)])
    check(warned, [closes ? (90, .active, outcome == nil ? 70 : 80) : (90, .declining, 60)])
  }

  @Test func `dormant from the instant 365 days have passed since the last sign`() {
    let sleeper = given {
      $0.order(0)
      $0.add(100, Visit.logged)
      $0.add(200, Usage.reported, ["metric": "logins", "value": 1])
    }
    check(sleeper, [(564, .declining, 180), (565, .dormant, 565), (566, .dormant, 565)])
    #expect(sleeper.conclude(Lifecycle.self, 565)?.because == 2)
    var woken = sleeper
    woken.add(600, Visit.logged)
    check(woken, [(599, .dormant, 565), (600, .declining, 600)])
    var written = sleeper
    written.add(560, Visit.interactionLogged, ["kind": "mail"])
    check(written, [(565, .dormant, 565)])
  }

  @Test func `nobody sleeps under a contract in force, and leads do not sleep`() {
    check(given { $0.activate(0, until: 800) }, [(700, .active, 180), (799, .active, 180), (800, .dormant, 800)])
    check(given { $0.add(0, Lead.created, ["source": "web"]) }, [(900, .lead, 0)])
  }

  @Test func `lost 90 days after the contract ended, unless renewed or bought`() {
    let ended = given {
      $0.activate(0); $0.end(100)
    }
    check(ended, [(99, .new, 0), (189, .declining, 180), (190, .lost, 190), (900, .lost, 190)])
    #expect(ended.conclude(Lifecycle.self, 190)?.because == 1)
    check(given { $0.activate(0, until: 100) }, [(189, .declining, 180), (190, .lost, 190)])
    check(
      given {
        $0.activate(0, until: 100); $0.renew(90, until: 400)
      }, [(190, .active, 180)])
    check(
      given {
        $0.activate(0, until: 100); $0.renew(150, until: 400)
      }, [(190, .declining, 180), (330, .active, 330)])
    #expect(
      given {
        $0.activate(0); $0.end(100); $0.order(189)
      }.conclude(Lifecycle.self, 250)?.stage != .lost)
    #expect(
      given {
        $0.activate(0); $0.end(100); $0.order(99)
      }.conclude(Lifecycle.self, 250)?.stage == .lost)
  }

  @Test func `lost by word or by a lost play`() {
    let lost = given {
      $0.order(0); $0.status(10, "lost")
    }
    check(lost, [(9, .new, 0), (10, .lost, 10), (500, .lost, 10)])
    check(
      given {
        $0.order(0); $0.closePlay(10, "lost")
      }, [(10, .lost, 10)])
    check(
      given {
        $0.order(0); $0.status(10, "closed")
      }, [(10, .lost, 10)])
    check(
      given {
        $0.order(0); $0.status(10, "suspended")
      }, [(10, .new, 0)])
  }

  @Test func `an order after the loss wins back for 180 days, then active`() {
    let back = given {
      $0.order(0); $0.status(10, "lost"); $0.order(200)
    }
    check(
      back,
      [
        (199, .lost, 10), (200, .wonBack, 200), (379, .wonBack, 200), (380, .active, 380), (564, .active, 380),
        (565, .dormant, 565),
      ])
    #expect(back.conclude(Lifecycle.self, 300)?.because == 2)
    check(
      given {
        $0.order(0); $0.status(10, "lost"); $0.status(50, "won-back")
      }, [(50, .wonBack, 50)])
    check(
      given {
        $0.order(0); $0.status(10, "lost"); $0.activate(60)
      }, [(60, .wonBack, 60)])
  }

  @Test func `a stage begins when the one above it ends`() {
    // Advocate all along beneath a warning.
    let timeline = given {
      for day in stride(from: 0, through: 300, by: 10) { $0.order(day) }
      $0.nps(20, 10)
      $0.warn(40, "red")
      $0.triage(90, "dismiss")
    }
    check(timeline, [(39, .advocate, 20), (40, .declining, 40), (90, .advocate, 90)])
    #expect(timeline.conclude(Lifecycle.self, 95)?.because == 33)
  }
}

@Suite struct `Lifecycle: purchases` {
  @Test func `payments count where there is no order, and are not counted twice`() {
    var paid = Timeline()
    paid.pay(0)
    paid.pay(30)
    #expect(paid.conclude(Lifecycle.self, 40)?.stage == .active)
    #expect(paid.conclude(Lifecycle.self, 40, ["purchaseEvents": "orders"]) == nil)
    var both = Timeline()
    both.order(0)
    both.pay(30)
    #expect(both.conclude(Lifecycle.self, 40)?.stage == .new)
    #expect(both.conclude(Lifecycle.self, 40, ["purchaseEvents": "payments"])?.since == .day(30))
    #expect(both.conclude(Lifecycle.self, 40, ["purchaseEvents": "payments-first"])?.since == .day(30))
  }

  @Test func `a cancelled order is no purchase, a returned one is`() {
    var timeline = Timeline()
    timeline.order(0, 500)
    timeline.order(10, 700)
    timeline.order(20, 500)
    timeline.change(30, "cancel", -700)
    timeline.change(31, "cancel", -500)
    #expect(timeline.conclude(Lifecycle.self, 40)?.stage == .new)
    #expect(timeline.conclude(Lifecycle.self, 40)?.because == 0)
    var returned = Timeline()
    returned.order(0, 500)
    returned.order(10, 700)
    returned.change(30, "return", -700)
    #expect(returned.conclude(Lifecycle.self, 40)?.stage == .active)
  }

  @Test func `explain names every stage down to the one that holds`() {
    var timeline = Timeline()
    timeline.order(0)
    let (row, findings) = timeline.explain(Lifecycle.self, asOf: .day(5))
    #expect(row?.stage == .new)
    #expect(findings.map(\.id).suffix(7) == ["lost", "won-back", "dormant", "declining", "advocate", "active", "new"])
    #expect(findings.last?.holds == true && findings.last?.evidence == [0])
  }
}
