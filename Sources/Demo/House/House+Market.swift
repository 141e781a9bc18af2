import Events
import Vocabulary
import Wire

// What is learnt of the market, launched, laid down and decided.

extension House {
  mutating func planMarket(_ world: inout World) {
    for place in world.campaigns.indices { plan(.market(.campaign(place)), on: world.campaigns[place].startOn, &world) }
    plan(.market(.insight), in: random.int(6...20), &world)
    for (number, year) in (world.start.year...world.ending.year).enumerated() {
      plan(.market(.strategy(year: year, version: number + 1)), on: max(world.start + 5, Day(date: year, 1, 12)), &world)
      plan(.market(.care(year: year)), on: max(world.start + 9, Day(date: year, 1, 6)), &world)
      for (month, id, title) in [
        (4, "04-nps", Name("Would you recommend us?", "推荐意愿调查")), (10, "10-nps", Name("Would you recommend us?", "推荐意愿调查")),
        (12, "12-csi", Name("Satisfaction of the year", "年度满意度调查")),
      ] {
        let day = Day(date: year, month, 7)
        if day >= world.start { plan(.market(.wave(id: "\(year)-\(id)", title: title)), on: day, &world) }
      }
    }
    plan(.market(.decision(0)), in: 70, &world)
  }

  mutating func look(_ step: MarketStep, _ world: inout World) {
    switch step {
    case .insight: learn(&world)
    case .campaign(let place): launch(world.campaigns[place], &world)
    case .wave(let id, let title): launch(id, "survey", title, days: 25, &world)
    case .care(let year): launch("\(year)-care", "care", Phrases.greeting, days: 20, &world)
    case .strategy(let year, let version): publish(year, version, &world)
    case .decision(let number): decide(number, &world)
    case .review(let number): lookAgain(number, &world)
    }
  }

  private mutating func learn(_ world: inout World) {
    plan(.market(.insight), in: random.int(16...40), &world)
    let insight = random.pick(Phrases.insights)
    var data: JSONObject = [
      "kind": .string(insight.kind), "topic": say(insight.topic), "summary": say(insight.summary), "source": random.pick(["fair", "customer", "web"]),
      "validUntil": .day(world.today + 180),
    ]
    if insight.kind == "competitor" { data["competitor"] = say(random.pick(Phrases.competitors)) }
    world.record(Market.insightRecorded, data, on: .of(.market, world.number(.insight)), by: random.pick(world.team.marketing))
  }

  private func launch(_ campaign: Campaign, _ world: inout World) {
    world.record(
      Market.campaignLaunched,
      [
        "kind": "marketing", "title": say(campaign.title), "channel": .string(campaign.source), "budgetMinor": .money(campaign.budget), "cur": "CNY",
        "startOn": .day(campaign.startOn), "endOn": .day(campaign.startOn + campaign.days), "purpose": "marketing",
      ], on: .of(.campaign, campaign.id), by: world.team.marketing[0])
  }

  private func launch(_ id: String, _ kind: String, _ title: Name, days: Int, _ world: inout World) {
    world.record(
      Market.campaignLaunched,
      ["kind": .string(kind), "title": say(title), "channel": "mail", "startOn": .day(world.today), "endOn": .day(world.today + days)],
      on: .of(.campaign, id), by: world.team.marketing[0])
  }

  /// A document of the year, decided by the second director.
  private mutating func publish(_ year: Int, _ version: Int, _ world: inout World) {
    var data: JSONObject = [
      "version": .int(Int64(version)), "period": .string("\(year)"), "segments": ["A", "B"], "priorities": .array(Phrases.priorities.map { say($0) }),
      "docHash": .string(Digest.of("strategy \(year)")),
    ]
    if version > 1 { data["supersedes"] = .int(Int64(version - 1)) }
    let person = world.team.directors[director]
    let act = Act(type: Declared(Market.strategyPublished), subject: .of(.strategy, "growth"), data: data, person: person)
    world.propose(act, to: [decider(world.team.directors, "SM", besides: person)], by: person)
  }

  /// A question of the quarter; half a year later it is looked at again.
  private mutating func decide(_ number: Int, _ world: inout World) {
    plan(.market(.decision(number + 1)), in: random.int(75...110), &world)
    let decision = Phrases.decisions[number % Phrases.decisions.count]
    let id = world.number(.decision)
    open["decision-\(number)"] = id
    record(decision, chosen: decision.options[0], reason: decision.reason, id, reviewOf: nil, &world)
    plan(.market(.review(number)), in: 180, &world)
  }

  private func lookAgain(_ number: Int, _ world: inout World) {
    let decision = Phrases.decisions[number % Phrases.decisions.count]
    record(decision, chosen: decision.options[0], reason: Phrases.afterwards, world.number(.decision), reviewOf: open["decision-\(number)"], &world)
  }

  private func record(
    _ decision: (question: Name, options: [Name], reason: Name), chosen: Name, reason: Name, _ id: String, reviewOf: String?, _ world: inout World
  ) {
    var data: JSONObject = [
      "question": say(decision.question), "options": .array(decision.options.map { say($0) }), "chosen": say(chosen),
      "evidence": .array([.string("report:sales-\(Period(.quarter, of: world.today).advanced(by: -1))")]),
    ]
    if let reviewOf { data["reviewOf"] = .string(reviewOf) } else { data["reviewOn"] = .day(world.today + 180) }
    world.record(Decision.recorded, data, on: .of(.decision, id), by: world.team.directors[director], reason: say(reason).string)
  }
}
