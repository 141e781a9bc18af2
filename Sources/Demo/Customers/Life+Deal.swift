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
  /// One name for a stage, whatever language a customer speaks: a funnel counts by it.
  static func stageName(_ place: Int) -> JSON { .string(stages[place].title.zh + " " + stages[place].title.en) }
  /// A discount above this is a manager's to grant, in ten thousandths.
  private static let discountLimitBp = 1_200

  mutating func advance(_ step: DealStep, _ deal: Deal, _ world: inout World) {
    guard standing != .gone, standing != .lost, !isPooled else { return drop(deal, &world) }
    var deal = deal
    switch step {
    case .opened: openDeal(&deal, &world)
    case .moved: move(&deal, &world)
    case .quoted: quote(&deal, &world)
    case .quoteApproved: issue(&deal, &world)
    case .closed: close(deal, &world)
    }
  }

  /// Opens an opportunity now. Returns its number.
  mutating func openDeal(isFirst: Bool, _ world: inout World) -> String {
    var deal = Deal(isFirst: isFirst)
    openDeal(&deal, &world)
    return deal.id
  }

  private mutating func openDeal(_ deal: inout Deal, _ world: inout World) {
    deal.id = world.number(.opportunity)
    deal.lines = offer(percent: random.int(120...320), world)
    deal.amount = deal.lines.reduce(0) { $0 + $1.total }
    var data = prospects(&deal, &world)
    data["need"] = say(random.pick(Phrases.needs))
    data["stage"] = Life.stageName(0)
    if random.chance(350) { data["competitors"] = [say(random.pick(Phrases.competitors))] }
    record(Opportunity.opened, data, on: .of(.opportunity, deal.id), by: seller(in: world), in: &world)
    plan(.deal(.moved, deal), in: random.int(4...25), &world)
  }

  private mutating func move(_ deal: inout Deal, _ world: inout World) {
    let from = deal.stage
    deal.stage = min(deal.stage + 1, 3)
    if deal.quote.isEmpty, random.chance(300) {
      deal.lines = offer(percent: random.int(120...320), world)
      deal.amount = deal.lines.reduce(0) { $0 + $1.total }
    }
    var data = prospects(&deal, &world)
    data["fromStage"] = Life.stageName(from)
    data["toStage"] = Life.stageName(deal.stage)
    data["category"] = ["pipeline", "pipeline", "best", "commit"][deal.stage]
    if random.chance(400) { data["exitCriteriaMet"] = [say(Phrases.exitCriteria[from])] }
    recordOrMistype(
      Opportunity.progressed, data, number: "amountMinor", on: .of(.opportunity, deal.id), by: seller(in: world), in: &world)
    if random.chance(120) {
      plan(.deal(.closed, deal), in: random.int(5...40), &world)
    } else if deal.stage == 3 {
      plan(.deal(.closed, deal), in: random.int(4...35), &world)
    } else {
      plan(.deal(deal.stage == 1 ? .quoted : .moved, deal), in: random.int(3...25), &world)
    }
  }

  /// A price in writing; beyond the seller's discount a manager decides first.
  private mutating func quote(_ deal: inout Deal, _ world: inout World) {
    deal.revision += 1
    let before = deal.quote
    deal.quote = world.number(.quote)
    let discount = [0, 200, 400][profile.size.rawValue] + random.int(0...9) * 100 + (before.isEmpty ? 0 : random.int(2...7) * 100)
    deal.lines = deal.lines.map {
      Purchase.Line(article: $0.article, quantity: $0.quantity, price: $0.price, discountBp: discount)
    }
    deal.amount = deal.lines.reduce(0) { $0 + $1.total }
    guard discount > Life.discountLimitBp else { return issue(&deal, &world) }
    let stays = deal
    ask(
      about: .of(.quote, deal.quote), Opportunity.quoteIssued.declaration.name, amount: deal.amount,
      of: [Decider(person: manager(in: world), role: "SM", limit: nil)], by: seller(in: world),
      then: .deal(.quoteApproved, stays), otherwise: .deal(.closed, stays), in: &world)
  }

  private mutating func issue(_ deal: inout Deal, _ world: inout World) {
    var data: JSONObject = [
      "customer": reference, "opportunity": .string(deal.id), "revision": .int(Int64(deal.revision)),
      "lines": .array(deal.lines.map(\.json)), "totalMinor": .money(deal.amount), "cur": currency,
      "validUntil": .day(world.today + 30),
    ]
    if let earlier = deal.earlierQuote { data["supersedes"] = .string(earlier) }
    record(Opportunity.quoteIssued, data, on: .of(.quote, deal.quote), by: seller(in: world), in: &world)
    deal.earlierQuote = deal.quote
    if deal.revision == 1, random.chance(180) {
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
      "stage": Life.stageName(deal.stage), "cur": currency,
    ]
    if isWon { data["finalMinor"] = .money(deal.amount) } else { data["amountMinor"] = .money(deal.amount) }
    if outcome == "lost" { data["winner"] = say(random.pick(Phrases.competitors)) }
    record(
      Opportunity.closed, data, on: .of(.opportunity, deal.id), by: seller(in: world), reason: say(why.text), in: &world)
    drop(deal, &world)
    if isWon {
      var deal = deal
      if deal.quote != deal.earlierQuote { deal.quote = "" }
      plan(.order(.placed, Purchase(deal: deal)), in: random.int(1...8), &world)
      if contract == nil, random.chance(deal.isFirst ? 330 : 150) {
        plan(.contract(.drafted), in: random.int(5...40), &world)
      }
    } else if deal.isFirst, random.chance(650) {
      plan(.deal(.opened, Deal(isFirst: true)), in: random.int(90...300), &world)
    }
  }

  /// What is in the making no more is no prospect.
  private mutating func drop(_ deal: Deal, _ world: inout World) {
    world.books.update(prospect: deal.place) { $0.isOpen = false }
    prospects.removeAll { $0 == deal.place }
  }

  /// Size, chance and date, as every step of an opportunity tells them; the books take them down.
  private mutating func prospects(_ deal: inout Deal, _ world: inout World) -> JSONObject {
    let closeOn = world.today + random.int(15...40) + (3 - deal.stage) * 15
    if deal.place < 0 {
      deal.place = world.books.open(
        Books.Prospect(seller: owner, currency: money, amount: deal.amount, stage: deal.stage, closeOn: closeOn))
      prospects.append(deal.place)
    }
    let (amount, stage) = (deal.amount, deal.stage)
    world.books.update(prospect: deal.place) { ($0.amount, $0.stage, $0.closeOn) = (amount, stage, closeOn) }
    return [
      "customer": reference, "amountMinor": .money(deal.amount), "cur": currency,
      "probabilityBp": .int(Int64(Life.stages[deal.stage].probability)), "closeOn": .day(closeOn),
      "product": say((deal.lines.first?.article ?? random.pick(profile.basket)).title),
    ]
  }
}
