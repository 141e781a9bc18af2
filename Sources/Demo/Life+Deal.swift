import Events
import Vocabulary
import Wire

// Opportunities and quotes, won or lost.

extension Life {
  /// Stage names and probabilities in the order in which deals pass them.
  private static let stages: [(title: Name, probability: Int)] = [
    (Name("Needs confirmed", "需求确认"), 2_000), (Name("Proposal", "方案设计"), 4_000), (Name("Quotation", "报价"), 6_000),
    (Name("Negotiation", "商务谈判"), 8_000),
  ]

  mutating func advance(_ step: DealStep, _ deal: Deal, _ world: inout World) {
    guard standing != .gone, standing != .lost else { return }
    var deal = deal
    switch step {
    case .opened: open(&deal, &world)
    case .moved: move(&deal, &world)
    case .quoted: quote(&deal, &world)
    case .closed: close(deal, &world)
    }
  }

  private mutating func open(_ deal: inout Deal, _ world: inout World) {
    if deal.id.isEmpty { deal.id = world.number(.opportunity) }
    deal.amount = inTheirMoney(basketTotal(world) * random.int(120...320) / 100)
    var data = prospects(deal, world)
    data["need"] = say(random.pick(Phrases.needs))
    data["stage"] = say(Life.stages[0].title)
    if random.chance(350) { data["competitors"] = [say(random.pick(Phrases.competitors))] }
    record(Opportunity.opened, data, on: .of(.opportunity, deal.id), by: seller(in: world), in: &world)
    plan(.deal(.moved, deal), in: random.int(4...25), &world)
  }

  private mutating func move(_ deal: inout Deal, _ world: inout World) {
    let from = deal.stage
    deal.stage = min(deal.stage + 1, 3)
    if random.chance(300) { deal.amount = random.around(deal.amount, percent: 20) }
    var data = prospects(deal, world)
    data["fromStage"] = say(Life.stages[from].title)
    data["toStage"] = say(Life.stages[deal.stage].title)
    data["category"] = ["pipeline", "pipeline", "best", "commit"][deal.stage]
    record(Opportunity.progressed, data, on: .of(.opportunity, deal.id), by: seller(in: world), in: &world)
    if random.chance(120) {
      plan(.deal(.closed, deal), in: random.int(5...40), &world)
    } else if deal.stage == 3 {
      plan(.deal(.closed, deal), in: random.int(4...35), &world)
    } else {
      plan(.deal(deal.stage == 1 ? .quoted : .moved, deal), in: random.int(3...25), &world)
    }
  }

  private mutating func quote(_ deal: inout Deal, _ world: inout World) {
    let before = deal.quote
    deal.quote = world.number(.quote)
    var data: JSONObject = [
      "customer": reference, "opportunity": .string(deal.id), "revision": before.isEmpty ? 1 : 2,
      "totalMinor": .money(deal.amount),
      "cur": currency, "validUntil": .day(world.today + 30),
    ]
    if !before.isEmpty { data["supersedes"] = .string(before) }
    record(Opportunity.quoteIssued, data, on: .of(.quote, deal.quote), by: seller(in: world), in: &world)
    if before.isEmpty, random.chance(180) {
      deal.amount = deal.amount * random.int(88...97) / 100
      plan(.deal(.quoted, deal), in: random.int(4...15), &world)
    } else {
      plan(.deal(.moved, deal), in: random.int(3...20), &world)
    }
  }

  private mutating func close(_ deal: Deal, _ world: inout World) {
    let odds = deal.stage < 3 ? 40 : deal.isFirst ? 780 : 250 + mood * 4
    let isWon = random.chance(odds)
    let outcome = isWon ? "won" : random.chance(780) ? "lost" : "abandoned"
    let why = random.pick(isWon ? Phrases.wins : Phrases.losses)
    var data: JSONObject = [
      "customer": reference, "outcome": .string(outcome), "reasonCodes": [.string(why.code)],
      "stage": say(Life.stages[deal.stage].title), "cur": currency,
    ]
    if isWon { data["finalMinor"] = .money(deal.amount) } else { data["amountMinor"] = .money(deal.amount) }
    if outcome == "lost" { data["winner"] = say(random.pick(Phrases.competitors)) }
    record(
      Opportunity.closed, data, on: .of(.opportunity, deal.id), by: seller(in: world), reason: say(why.text), in: &world)
    if isWon {
      plan(.order(.placed, Purchase(deal: deal)), in: random.int(1...8), &world)
      if contract == nil, random.chance(deal.isFirst ? 330 : 150) {
        plan(.contract(.drafted), in: random.int(5...40), &world)
      }
    } else if deal.isFirst, random.chance(650) {
      plan(.deal(.opened, Deal(isFirst: true)), in: random.int(90...300), &world)
    }
  }

  /// Size, chance and date, as every step of an opportunity tells them.
  private mutating func prospects(_ deal: Deal, _ world: World) -> JSONObject {
    [
      "customer": reference, "amountMinor": .money(deal.amount), "cur": currency,
      "probabilityBp": .int(Int64(Life.stages[deal.stage].probability)),
      "closeOn": .day(world.today + random.int(15...40) + (3 - deal.stage) * 15),
      "product": say(random.pick(profile.basket).title),
    ]
  }
}
