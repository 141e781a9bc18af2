import Events
import Vocabulary
import Wire

// What customers say when asked, what their machines report, what their loyalty earns.

extension Life {
  mutating func speak(_ step: VoiceStep, _ world: inout World) {
    switch step {
    case .nps: recommend(&world)
    case .csi: rate(&world)
    case .csat: answerOnComplaint(&world)
    case .usage: reportUsage(&world)
    case .points: postPoints(&world)
    case .checkUp: checkUp(&world)
    }
  }

  /// Days until the next wave in one of two months.
  mutating func untilMonth(_ first: Int, or second: Int, _ world: World, after gap: Int = 0) -> Int {
    let year = world.today.year
    let waves = [year, year + 1].flatMap { [Day(date: $0, first, 8), Day(date: $0, second, 8)] }
    let wait = waves.map { $0 - world.today }.first { $0 > gap } ?? 365
    return wait + random.below(20)
  }

  private mutating func recommend(_ world: inout World) {
    plan(.voice(.nps), in: untilMonth(4, or: 10, world, after: 60), &world)
    guard standing.isCustomer, random.chance(300) else { return }
    let score = min(max((mood + random.int(-12...14)) / 9, 0), 10)
    var data: JSONObject = [
      "kind": "nps", "score": .int(Int64(score)), "campaign": .string("\(world.today.year)-\(world.today.civil.month < 7 ? "04" : "10")-nps"),
      "channel": "mail",
    ]
    if random.chance(350) {
      data["verbatim"] = say(random.pick(score > 8 ? Phrases.praise : score > 6 ? Phrases.lukewarm : Phrases.blame))
    }
    record(Survey.answered, data, by: random.pick(world.team.marketing), channel: "api", in: &world)
    if score >= 9 { world.promoters.append(profile.id) }
  }

  private mutating func rate(_ world: inout World) {
    plan(.voice(.csi), in: untilMonth(12, or: 12, world, after: 60), &world)
    guard standing.isCustomer, random.chance(160) else { return }
    let items = [
      ("expectation", 1_500), ("quality", 2_500), ("value", 1_500), ("satisfaction", 2_500), ("complaints", 1_000),
      ("loyalty", 1_000),
    ]
    let scores = items.map { _ in min(max(mood + random.int(-12...18), 0), 100) }
    let total = zip(items, scores).reduce(0) { $0 + $1.0.1 * $1.1 } / 10_000
    let answers = zip(items, scores).map { item, score -> JSON in
      ["item": .string(item.0), "score": .int(Int64(score)), "weightBp": .int(Int64(item.1))]
    }
    record(
      Survey.answered,
      [
        "kind": "csi", "score": .int(Int64(total)), "campaign": .string("\(world.today.year)-12-csi"),
        "answers": .array(answers),
        "channel": "mail",
      ], by: random.pick(world.team.marketing), channel: "api", in: &world)
    world.books.update(credited) { $0.answers.append(total) }
  }

  private mutating func answerOnComplaint(_ world: inout World) {
    guard standing.isCustomer else { return }
    let score = min(max((mood + random.int(-15...35)) / 20 + 1, 1), 5)
    record(
      Survey.answered, ["kind": "csat", "score": .int(Int64(score)), "channel": "call"],
      by: random.pick(world.team.service), in: &world)
    world.books.update(credited) { $0.answers.append(score * 20) }
  }

  /// The yearly look at the machines, also in the years after the first.
  private mutating func checkUp(_ world: inout World) {
    guard let contract, contract.isInForce, standing.isCustomer else { return }
    check(contract, by: random.pick(world.team.service), &world)
  }

  /// Hours that their pumps ran last month. Who is about to leave runs them less, and then somebody else's.
  private mutating func reportUsage(_ world: inout World) {
    guard standing.isCustomer else { return }
    let (year, month, _) = world.today.civil
    let end = Day(date: year, month, 1) + -1
    let start = Day(date: end.civil.year, end.civil.month, 1)
    let usual = profile.volume * 6 + 280
    var hours = random.around(usual * WorkCalendar.demand(on: start + 14) / 1_000, percent: 15)
    if standing == .leaving { hours = hours * random.int(25...65) / 100 }
    var data: JSONObject = [
      "product": say(random.pick(profile.basket).title), "metric": "running-hours", "value": .int(Int64(hours)),
      "unit": "h",
      "periodStart": .day(start), "periodEnd": .day(end), "errors": .int(Int64(random.chance(250) ? random.int(1...9) : 0)),
    ]
    if let contract, contract.isInForce { data["contract"] = .string(contract.id) }
    recordOrMistype(Usage.reported, data, number: "value", by: world.team.monitor, channel: "api", in: &world)
    plan(
      .voice(.usage), in: Day(date: year, month, Day.length(ofMonth: month, in: year)) + random.int(2...5) - world.today,
      &world)
  }

  /// A point for every hundred yuan paid in the quarter; now and then some are spent.
  private mutating func postPoints(_ world: inout World) {
    guard standing != .gone, standing != .lost else { return }
    plan(.voice(.points), in: random.int(85...98), &world)
    let earned = paidSincePoints / 10_000
    paidSincePoints = 0
    if earned > 0 {
      points += earned
      record(
        Loyalty.entryPosted,
        [
          "kind": "points", "delta": .int(Int64(earned)), "expiresOn": .day(world.today.adding(years: 2)),
          "cause": "payments",
        ],
        by: world.team.loyalty, channel: "rule", in: &world)
    } else if points > 2_000, !isPooled, random.chance(350) {
      points -= 2_000
      record(
        Loyalty.entryPosted,
        [
          "kind": "points", "delta": -2_000, "cause": "redeemed", "reward": say(random.pick(Phrases.rewards)),
          "costMinor": 150_000,
          "cur": "CNY",
        ], by: seller(in: world), in: &world)
    }
  }
}
