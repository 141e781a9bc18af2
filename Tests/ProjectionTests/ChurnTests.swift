@testable import ChurnProjection
import Events
import Projection
import Testing
import Vocabulary
import Wire

typealias Health = ChurnProjection.Churn

/// Whether one signal holds, and since which day, on the days around its edge.
func check(
  _ signal: Signal, _ timeline: Timeline, _ expected: [(day: Int, since: Int?)], _ changes: JSONObject = [:],
  at place: SourceLocation = #_sourceLocation
) {
  for (day, since) in expected {
    // Alone on the scale, so that the row's "since" is the signal's.
    var alone: JSONObject = changes
    for other in Signal.allCases { alone[other.weightName] = other == signal ? 60 : 0 }
    let row = timeline.conclude(Health.self, day, alone)
    #expect(row?.signals.contains(signal) == (since != nil), "day \(day)", sourceLocation: place)
    #expect(row?.since == since.map { .day($0) }, "day \(day)", sourceLocation: place)
    let finding = timeline.explain(Health.self, asOf: .day(day), alone).findings.first { $0.id == signal.word.text }
    #expect((finding?.holds ?? false) == (since != nil), "day \(day)", sourceLocation: place)
  }
}

@Suite struct `Churn: what is bought, used and paid` {
  func given(_ record: (inout Timeline) -> Void) -> Timeline {
    var timeline = Timeline()
    record(&timeline)
    return timeline
  }

  @Test func `orders decline below 70 percent of the 90 days before`() {
    func orders(_ last: Int64) -> Timeline {
      given {
        $0.order(49, 500); $0.order(50, 500); $0.order(150, last)
      }
    }
    check(.orderDecline, orders(699), [(180, 140), (228, 140), (229, nil)])
    check(.orderDecline, orders(700), [(149, 140), (150, nil), (180, nil)])
    check(
      .orderDecline,
      given {
        $0.order(49); $0.order(50)
      }, [(139, nil), (140, 140), (228, 140), (229, nil)])
    check(.orderDecline, given { $0.order(50) }, [(140, nil)])
    check(.orderDecline, given { $0.order(50) }, [(140, 140)], ["declinePurchases": 1])
    check(
      .orderDecline,
      given {
        $0.order(49, 500); $0.order(50, 500); $0.order(150, 1_000); $0.change(160, "return", -301)
      }, [(159, nil), (160, 160)])
    check(
      .orderDecline,
      given {
        $0.order(49); $0.order(50); $0.order(150, 10, cur: "USD")
      }, [(160, nil)])
  }

  @Test func `silent for more than one and a half usual gaps`() {
    let buyer = given { for day in [0, 20, 40] { $0.order(day) } }
    check(.orderGap, buyer, [(69, nil), (70, nil), (71, 71), (72, 71)])
    check(.orderGap, buyer, [(80, nil), (81, 81)], ["gapFactorPercent": 200])
    check(
      .orderGap,
      given {
        $0.order(0); $0.order(20)
      }, [(100, nil)])
  }

  @Test func `no purchase for more than 26 weeks, or 13 by another rule`() {
    let buyer = given { $0.pay(0) }
    check(.silence, buyer, [(182, nil), (183, 183), (184, 183)])
    check(.silence, buyer, [(91, nil), (92, 92)], ["silenceDays": 91])
    #expect(buyer.conclude(Health.self, 120)?.level == Level.none)
    #expect(buyer.conclude(Health.self, 120, ["silenceDays": 91])?.level == .yellow)
  }

  @Test func `use falls by 30 percent`() {
    func used(_ last: Int64) -> Timeline {
      given {
        $0.activate(0)
        $0.add(30, Usage.reported, ["metric": "m", "value": 1_000, "periodStart": .day(1), "periodEnd": .day(30)])
        $0.add(60, Usage.reported, ["metric": "m", "value": .int(last), "periodStart": .day(31), "periodEnd": .day(60)])
      }
    }
    check(.usageDecline, used(700), [(59, nil), (60, 60), (70, 60)])
    check(.usageDecline, used(701), [(60, nil)])
    check(.usageDecline, used(900), [(105, nil), (106, 106)])
    // Calendar months differ in length; even use is no decline.
    let months = given {
      for (first, last) in [(0, 30), (31, 59), (60, 90)] {
        $0.add(
          last, Usage.reported,
          ["metric": "m", "value": .int(Int64(last - first + 1) * 10), "periodStart": .day(first), "periodEnd": .day(last)])
      }
    }
    check(.usageDecline, months, [(59, nil), (90, nil)])
  }

  @Test func `pays 15 days later than the own mean`() {
    func account(lastPaid: Int?) -> Timeline {
      given {
        $0.activate(0)
        for (place, late) in [0, 10, 20].enumerated() {
          let due = 30 * (place + 1)
          $0.add(
            due - 20, Order.invoiced, ["customer": "c", "netMinor": 100, "taxMinor": 13, "cur": "CNY", "dueOn": .day(due)])
          $0.pay(due + late, 113)
        }
        $0.add(130, Order.invoiced, ["customer": "c", "netMinor": 100, "cur": "CNY", "dueOn": .day(150)])
        if let lastPaid { $0.pay(lastPaid, 100) }
      }
    }
    check(.slowPayment, account(lastPaid: nil), [(174, nil), (175, 175), (176, 175)])
    check(.slowPayment, account(lastPaid: 174), [(174, nil), (180, nil)])
    check(.slowPayment, account(lastPaid: 175), [(175, 175), (200, 175)])
    check(.slowPayment, account(lastPaid: nil), [(200, nil)], ["slowPaymentInvoices": 4])
  }
}

@Suite struct `Churn: talk, people, contracts` {
  func given(_ record: (inout Timeline) -> Void) -> Timeline {
    var timeline = Timeline()
    timeline.activate(0)
    record(&timeline)
    return timeline
  }

  @Test func `no contact for 180 days, or as the grade says`() {
    let talked = given {
      $0.add(5, Visit.logged); $0.add(10, Visit.interactionLogged, ["kind": "call"])
    }
    check(.contactSilence, talked, [(189, nil), (190, 190), (191, 190)])
    check(.contactSilence, talked, [(69, nil), (70, 70)], ["defaultGrade": "a"])
    var graded = talked
    graded.add(20, Rule.assessmentSet, ["dimension": "grade", "value": "b", "expiresOn": .day(120)])
    check(.contactSilence, graded, [(99, nil), (100, 100), (119, 100), (120, nil)])
    check(.contactSilence, given { _ in }, [(900, nil)])
  }

  @Test func `a decider or coach who left, until another comes`() {
    let left = given {
      $0.add(1, Customer.contactAdded, ["name": "Li", "influence": "decider"])
      $0.add(10, Customer.contactUpdated, ["contact": "1", "status": "left", "influence": "decider"])
    }
    check(.keyContact, left, [(9, nil), (10, 10), (189, 10), (190, nil)])
    var replaced = left
    replaced.add(50, Customer.contactAdded, ["name": "Wu", "influence": "coach"])
    check(.keyContact, replaced, [(49, 10), (50, nil)])
    let user = given {
      $0.add(1, Customer.contactAdded, ["name": "Li", "influence": "decider"])
      $0.add(2, Customer.contactAdded, ["name": "Wu", "influence": "user"])
      $0.add(10, Customer.contactUpdated, ["contact": "2", "status": "left"])
    }
    check(.keyContact, user, [(11, nil)])
    let unstated = given {
      $0.add(1, Customer.contactAdded, ["name": "Li", "influence": "decider"])
      $0.add(10, Customer.contactUpdated, ["contact": "1", "status": "left"])
    }
    check(.keyContact, unstated, [(11, 10)])
    let row = left.conclude(Health.self, 20)
    #expect(row?.level == .orange && row?.score == 75, "at least orange, whatever the health")
    #expect(left.conclude(Health.self, 20, ["keyContactLevel": "none"])?.level == .yellow)
  }

  @Test func `two complaints in 90 days`() {
    let filed = given { for day in [10, 60, 99] { $0.add(day, Complaint.filed, ["customer": "c"]) } }
    check(.complaints, filed, [(59, nil), (60, 60), (149, 60), (150, nil)])
    check(.complaints, given { for day in [10, 100] { $0.add(day, Complaint.filed, ["customer": "c"]) } }, [(100, nil)])
  }

  @Test(arguments: [("general", nil as Int?), ("major", 18), ("urgent", 12)])
  func `one grave complaint past its time`(severity: String, since: Int?) {
    let open = given {
      $0.add(10, Complaint.filed, ["customer": "c"])
      $0.add(10, Complaint.assessed, ["severity": .string(severity)], hour: 1)
    }
    check(.complaints, open, [((since ?? 30) - 1, nil), (since ?? 30, since), (40, since)])
    var closed = open
    closed.add(30, Complaint.closed)
    check(.complaints, closed, [(29, since), (30, nil)])
  }

  @Test func `low satisfaction`() {
    check(.satisfaction, given { $0.nps(5, 7) }, [(6, nil)])
    check(.satisfaction, given { $0.nps(5, 6) }, [(4, nil), (5, 5), (369, 5), (370, nil)])
    check(
      .satisfaction,
      given {
        $0.nps(5, 3); $0.nps(9, 2); $0.nps(20, 9)
      }, [(19, 5), (20, nil)])
    check(
      .satisfaction,
      given {
        $0.csi(5, 80); $0.csi(10, 66)
      }, [(10, nil)])
    check(
      .satisfaction,
      given {
        $0.csi(5, 80); $0.csi(10, 65)
      }, [(9, nil), (10, 10)])
  }

  @Test func `the contract's end is near and nobody renews`() {
    func contract(_ record: (inout Timeline) -> Void = { _ in }) -> Timeline {
      var timeline = Timeline()
      timeline.activate(0, until: 200, notice: 30)
      record(&timeline)
      return timeline
    }
    check(.renewal, contract(), [(140, nil), (141, 141), (199, 141), (200, nil)])
    check(.renewal, contract { $0.add(150, Contract.revised, ["purpose": "renewal"]) }, [(149, 141), (150, nil)])
    check(.renewal, contract { $0.renew(150, until: 400) }, [(149, 141), (150, nil), (340, nil), (341, 341)])
    check(.renewal, contract { $0.end(120) }, [(150, nil)])
    var itself = Timeline()
    itself.activate(0, until: 200, autoRenew: true)
    check(.renewal, itself, [(190, nil)])
  }

  @Test func `delivered more than 10 days late`() {
    func delivered(_ late: Int) -> Timeline {
      given { $0.add(50, Order.delivered, ["promisedOn": .day(50 - late), "acceptedOn": .day(50)]) }
    }
    check(.lateDelivery, delivered(10), [(50, nil)])
    check(.lateDelivery, delivered(11), [(49, nil), (50, 50), (139, 50), (140, nil)])
  }

  @Test func `their business changed`() {
    check(
      .businessChange,
      given {
        $0.status(5, "suspended"); $0.status(9, "closed"); $0.status(20, "active")
      }, [(4, nil), (5, 5), (10, 5), (20, nil)])
    func assessed(_ later: Int64) -> Timeline {
      given {
        $0.add(5, Customer.assessed, ["kind": "credit", "result": "r", "score": 80])
        $0.add(6, Customer.assessed, ["kind": "esg", "result": "r", "score": 10])
        $0.add(9, Customer.assessed, ["kind": "credit", "result": "r", "score": .int(later)])
      }
    }
    check(.businessChange, assessed(61), [(9, nil)])
    check(.businessChange, assessed(60), [(8, nil), (9, 9), (373, 9), (374, nil)])
  }
}

@Suite struct `Churn: health and level` {
  @Test func `each signal costs its weight, levels begin at their limits`() {
    var timeline = Timeline()
    timeline.activate(0)
    timeline.nps(10, 2)
    timeline.add(20, Order.delivered, ["promisedOn": .day(0), "acceptedOn": .day(20)])
    timeline.status(30, "suspended")
    timeline.add(40, Complaint.filed, ["customer": "c"])
    timeline.add(41, Complaint.filed, ["customer": "c"])
    let expected: [(Int, Int, Level, Int?, String)] = [
      (9, 100, .none, nil, ""), (10, 75, .yellow, 10, "satisfaction"), (20, 60, .yellow, 10, "satisfaction,late-delivery"),
      (30, 35, .orange, 30, "satisfaction,late-delivery,business-change"),
      (41, 10, .red, 41, "complaints,satisfaction,late-delivery,business-change"),
    ]
    for (day, score, level, since, flags) in expected {
      let row = timeline.conclude(Health.self, day)
      #expect(row?.score == score && row?.level == level, "day \(day)")
      #expect(row?.since == since.map { .day($0) }, "day \(day)")
      #expect(row?.values.last == .text(flags), "day \(day)")
    }
    let row = timeline.conclude(Health.self, 41)
    #expect(row?.because == 5 && row?.topSignal == .complaints)
    #expect(timeline.conclude(Health.self, 41, ["complaintsWeight": 100])?.score == 0)
    #expect(timeline.conclude(Health.self, 41, ["satisfactionWeight": 26])?.topSignal == .satisfaction)
  }

  @Test func `only customers can leave`() {
    var lead = Timeline()
    lead.add(0, Lead.created, ["source": "web"])
    lead.add(0, Visit.logged)
    #expect(lead.conclude(Health.self, 500) == nil)
  }
}
