import Events
import LoyaltyProjection
import Projection
import TestSupport
import Testing
import Vocabulary
import Wire

typealias LoyaltyStatus = LoyaltyProjection.Loyalty

extension Timeline {
  mutating func post(_ day: Int, _ points: Int64, expires: Int? = nil, kind: String = "points") {
    var data: JSONObject = ["kind": .string(kind), "delta": .int(points)]
    if let expires { data["expiresOn"] = .day(expires) }
    add(day, Events.Loyalty.entryPosted, data)
  }
}

@Suite struct `Loyalty: tiers` {
  /// Small thresholds, so that the tables can be read.
  let rule: JSONObject = ["silverMinor": 100, "goldMinor": 500, "platinumMinor": 1_000]

  func check(_ timeline: Timeline, _ expected: [(day: Int, tier: Tier, since: Int, grace: Bool)]) {
    for (day, tier, since, grace) in expected {
      let row = timeline.conclude(LoyaltyStatus.self, day, rule)
      #expect(row?.tier == tier, "day \(day)")
      #expect(row?.since == .day(since), "day \(day)")
      #expect(row?.inGrace == grace, "day \(day)")
    }
  }

  @Test(arguments: [
    (99 as Int64, Tier.base), (100, .silver), (499, .silver), (500, .gold), (999, .gold), (1_000, .platinum),
  ])
  func `the threshold itself earns the tier`(amount: Int64, tier: Tier) {
    var timeline = Timeline()
    timeline.pay(5, amount)
    #expect(timeline.conclude(LoyaltyStatus.self, 5, rule)?.tier == tier)
  }

  @Test func `up at once`() {
    var timeline = Timeline()
    timeline.pay(0, 60)
    timeline.pay(50, 40)
    timeline.pay(80, 400)
    check(timeline, [(49, .base, 0, false), (50, .silver, 50, false), (79, .silver, 50, false), (80, .gold, 80, false)])
    #expect(timeline.conclude(LoyaltyStatus.self, 80, rule)?.because == 2)
  }

  @Test func `down when period and grace have passed`() {
    var timeline = Timeline()
    timeline.pay(0, 500)
    check(timeline, [(364, .gold, 0, false), (365, .gold, 0, true), (424, .gold, 0, true), (425, .base, 425, false)])
    timeline.pay(200, 150)
    check(
      timeline,
      [(425, .silver, 425, false), (789, .silver, 425, false), (790, .silver, 425, true), (850, .base, 850, false)])
    #expect(timeline.conclude(LoyaltyStatus.self, 425, rule)?.reviewOn == Day.of(790))
  }

  @Test func `kept when the period's end finds it earned, or the grace earns it anew`() {
    var kept = Timeline()
    kept.pay(0, 500)
    kept.pay(300, 500)
    check(kept, [(300, .platinum, 300, false)])
    var renewed = Timeline()
    renewed.pay(0, 100)
    renewed.pay(300, 100)
    check(renewed, [(365, .silver, 0, false), (729, .silver, 0, false), (730, .silver, 0, true), (790, .base, 790, false)])
    var late = Timeline()
    late.pay(0, 100)
    late.pay(400, 100)
    check(late, [(399, .silver, 0, true), (400, .silver, 0, false), (764, .silver, 0, false), (765, .silver, 0, true)])
  }

  @Test func `a returned purchase re-checks, an old one does not`() {
    var returned = Timeline()
    returned.order(0, 500)
    returned.order(10, 100)
    returned.change(20, "return", -450)
    check(returned, [(19, .gold, 0, false), (20, .silver, 20, false)])
    #expect(returned.conclude(LoyaltyStatus.self, 20, rule)?.because == 2)
    var refunded = Timeline()
    refunded.pay(0, 100)
    refunded.refund(9, 1)
    check(refunded, [(8, .silver, 0, false), (9, .base, 9, false)])
    var aged = Timeline()
    aged.pay(0, 100)
    aged.pay(10, 400)
    aged.pay(370, 50)
    aged.refund(372, 50)
    check(aged, [(372, .gold, 10, false)])
  }

  @Test func `what is missing to the next tier, and to keep this one`() {
    var timeline = Timeline()
    timeline.pay(0, 80)
    timeline.pay(100, 50)
    let row = timeline.conclude(LoyaltyStatus.self, 110, rule)
    #expect(row?.tier == .silver && row?.toNextMinor == 370)
    #expect(row?.reviewOn == Day.of(465) && row?.toKeepMinor == 100, "at the review both payments are too old")
    timeline.pay(101, 70)
    #expect(timeline.conclude(LoyaltyStatus.self, 110, rule)?.toKeepMinor == 30, "day 101 is still in that window")
    timeline.pay(110, 800)
    #expect(timeline.conclude(LoyaltyStatus.self, 110, rule)?.toNextMinor == nil)
  }

  @Test func `by orders or by payments`() {
    var timeline = Timeline()
    timeline.order(0, 1_000)
    timeline.pay(10, 100)
    #expect(timeline.conclude(LoyaltyStatus.self, 20, rule)?.tier == .silver)
    let orders: JSONObject = ["silverMinor": 100, "goldMinor": 500, "platinumMinor": 1_000, "basis": "orders"]
    #expect(timeline.conclude(LoyaltyStatus.self, 20, orders)?.tier == .platinum)
    #expect(timeline.conclude(LoyaltyStatus.self, 20, rule)?.purchases == 1, "an order that was paid is one purchase")
  }

  @Test func `other currencies are counted, not added`() {
    var timeline = Timeline()
    timeline.pay(0, 300)
    timeline.pay(1, 10_000, cur: "USD")
    timeline.pay(2, 20)
    let row = timeline.conclude(LoyaltyStatus.self, 5, rule)
    #expect(row?.revenueMinor == 320 && row?.purchases == 2 && row?.otherPurchases == 1)
    #expect(row?.currency?.description == "CNY" && row?.tier == .silver)
    var dollars = rule
    dollars["cur"] = "USD"
    let abroad = timeline.conclude(LoyaltyStatus.self, 5, dollars)
    #expect(abroad?.revenueMinor == 10_000 && abroad?.purchases == 1 && abroad?.otherPurchases == 2)
    #expect(abroad?.tier == .platinum)
  }
}

@Suite struct `Loyalty: points and attitude` {
  func points(_ day: Int, _ record: (inout Timeline) -> Void) -> Int64? {
    var timeline = Timeline()
    record(&timeline)
    return timeline.conclude(LoyaltyStatus.self, day)?.points
  }

  @Test func `points expire on their day, spent ones from the first to expire`() {
    let record: (inout Timeline) -> Void = {
      $0.post(0, 100, expires: 50)
      $0.post(1, 30)
      $0.post(10, -60)
      $0.post(11, 7, kind: "benefit")
    }
    #expect(points(9, record) == 130)
    #expect(points(10, record) == 70)
    #expect(points(49, record) == 70)
    #expect(points(50, record) == 30)
  }

  @Test func `more spent than there was is owed`() {
    #expect(
      points(5) {
        $0.post(0, 10); $0.post(1, -25)
      } == -15)
    #expect(
      points(5) {
        $0.post(0, 10); $0.post(1, -25); $0.post(2, 20)
      } == 5)
    #expect(
      points(5) {
        $0.post(0, 10, expires: 1); $0.post(1, -4)
      } == -4, "expired points cannot be spent")
    let owing: (inout Timeline) -> Void = { $0.post(0, 10); $0.post(1, -25); $0.post(2, 20, expires: 4) }
    #expect(points(3, owing) == 5)
    #expect(points(4, owing) == 0, "what was owed is paid, the rest expired")
  }

  @Test func `earned in twelve months counts spent and expired ones too`() {
    var timeline = Timeline()
    timeline.post(0, 100, expires: 20)
    timeline.post(100, 50)
    timeline.post(120, -10)
    #expect(timeline.conclude(LoyaltyStatus.self, 364)?.points12m == 150)
    #expect(timeline.conclude(LoyaltyStatus.self, 365)?.points12m == 50)
  }

  @Test(arguments: [
    (9 as Int64, 2, Attitude.trueLoyalty), (9, 1, .latent), (8, 2, .spurious), (8, 1, Attitude.none),
  ])
  func `attitude against repetition`(score: Int64, purchases: Int, attitude: Attitude) {
    var timeline = Timeline()
    for day in 0..<purchases { timeline.pay(day) }
    #expect(timeline.conclude(LoyaltyStatus.self, 10)?.attitude == nil, "nobody asked")
    timeline.nps(4, 1)
    timeline.nps(5, score)
    #expect(timeline.conclude(LoyaltyStatus.self, 10)?.attitude == attitude)
    #expect(timeline.conclude(LoyaltyStatus.self, 10)?.nps == Int(score))
  }

  @Test func `no row for who bought nothing, earned nothing and said nothing`() {
    var timeline = Timeline()
    timeline.add(0, Customer.registered, ["name": "Hua"])
    #expect(timeline.conclude(LoyaltyStatus.self, 5) == nil)
  }
}

@Suite struct `Loyalty against counting by hand` {
  @Test(arguments: UInt64(1)...40) func `sums, counts and the balance`(seed: UInt64) {
    var dice = Dice(seed)
    var timeline = Timeline()
    var paid: [(day: Int, amount: Int64)] = []
    var posted: [(day: Int, delta: Int64)] = []
    for _ in 0..<Int.random(in: 1...40, using: &dice) {
      let day = Int.random(in: 0...900, using: &dice)
      let amount = Int64.random(in: 0...5_000, using: &dice)
      timeline.pay(day, amount)
      paid.append((day, amount))
      let delta = Int64.random(in: -50...100, using: &dice)
      timeline.post(day, delta)
      posted.append((day, delta))
    }
    for day in stride(from: 0, through: 1_300, by: 97) {
      let row = timeline.conclude(LoyaltyStatus.self, day)
      let until = paid.filter { $0.day <= day }
      #expect((row?.purchases ?? 0) == until.count, "seed \(seed) day \(day)")
      #expect((row?.revenueMinor ?? 0) == until.reduce(0) { $0 + $1.amount }, "seed \(seed) day \(day)")
      let rolling = until.filter { day - $0.day < 365 }.reduce(0) { $0 + $1.amount }
      #expect((row?.revenue12mMinor ?? 0) == rolling, "seed \(seed) day \(day)")
      let balance = posted.filter { $0.day <= day }.reduce(0) { $0 + $1.delta }
      #expect((row?.points ?? 0) == balance, "seed \(seed) day \(day)")
    }
  }

  /// The tier played through day by day, as a clerk with a calendar would.
  @Test(arguments: UInt64(1)...30) func `tiers`(seed: UInt64) {
    var dice = Dice(seed)
    var timeline = Timeline()
    var paid: [Int: Int64] = [:]
    for _ in 0..<Int.random(in: 1...25, using: &dice) {
      let day = Int.random(in: 0...1_500, using: &dice)
      guard paid[day] == nil else { continue }
      let amount = Int64.random(in: 1...400, using: &dice)
      paid[day] = amount
      timeline.pay(day, amount)
    }
    let steps: [(Tier, Int64)] = [(.platinum, 1_000), (.gold, 500), (.silver, 100)]
    func earned(_ day: Int) -> Tier {
      let sum = paid.filter { $0.key <= day && day - $0.key < 365 }.reduce(0) { $0 + $1.value }
      return steps.first { sum >= $0.1 }?.0 ?? .base
    }
    var tier = Tier.base
    var (end, grace): (Int?, Int?) = (nil, nil)
    for day in 0...2_400 {
      if let stop = grace ?? end, stop == day {
        // The day's own payment comes after the deadline of its midnight.
        let own = paid[day] ?? 0
        let sum = paid.filter { $0.key <= day && day - $0.key < 365 }.reduce(0) { $0 + $1.value } - own
        let reached = steps.first { sum >= $0.1 }?.0 ?? .base
        if reached >= tier {
          (end, grace) = (day + 365, nil)
        } else if grace == nil {
          grace = day + 60
        } else {
          tier = reached; (end, grace) = (tier == .base ? nil : day + 365, nil)
        }
      }
      if paid[day] != nil {
        if earned(day) > tier {
          tier = earned(day); (end, grace) = (day + 365, nil)
        } else if grace != nil, earned(day) == tier {
          (end, grace) = (day + 365, nil)
        }
      }
      guard day % 13 == 0 else { continue }
      let row = timeline.conclude(LoyaltyStatus.self, day, ["silverMinor": 100, "goldMinor": 500, "platinumMinor": 1_000])
      #expect((row?.tier ?? .base) == tier, "seed \(seed) day \(day)")
    }
  }
}
