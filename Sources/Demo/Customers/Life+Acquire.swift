import Events
import Vocabulary
import Wire

// How somebody becomes a customer: known when the books begin, or by a lead.

extension Life {
  /// Plans the first step: three in eight customers are there already, the others come in the course of the years.
  mutating func enter(_ world: inout World) {
    let years = world.ending - world.start
    if !isStray, random.chance(370) {
      world.plan(.acquire(.opening), for: index, on: world.start + random.below(12), &random)
    } else {
      world.plan(.acquire(.lead), for: index, on: world.start + random.below(max(years - 20, 1)), &random)
    }
  }

  mutating func acquire(_ step: AcquireStep, _ world: inout World) {
    switch step {
    case .opening: open(&world)
    case .lead: createLead(&world)
    case .called: callLead(&world)
    case .screened(let attempt): screen(attempt, &world)
    case .converted: convert(&world)
    }
  }

  /// Brought over from the books before: registered, owned, perhaps under contract, and buying as ever.
  private mutating func open(_ world: inout World) {
    register(channel: "import", &world)
    standing = .active
    hasBought = true
    if random.chance([150, 400, 700][profile.size.rawValue]) { bringContract(&world) }
    settleIn(&world)
    if random.chance(90) {  // asleep since long
      trust = random.int(35...55)
    } else {
      planOrder(in: random.int(5...profile.gap), &world)
    }
  }

  private mutating func createLead(_ world: inout World) {
    lead = world.number(.lead)
    let sources = ["web", "call", "fair", "referral", "search"]
    var source = random.pick(sources) { ["web": 34, "call": 20, "fair": 8, "referral": 14, "search": 24][$0] ?? 0 }
    var data: JSONObject = [
      "company": .string(profile.name), "person": .string(contact.name), "email": .string(contact.mail),
      "region": .string(profile.region.text), "need": say(random.pick(Phrases.needs)),
    ]
    if random.chance(520), let campaign = world.campaign() {
      source = campaign.source
      data["campaign"] = .string(campaign.id)
    } else if source == "referral", !world.promoters.isEmpty {
      data["referrer"] = .string(random.pick(world.promoters))
    }
    data["source"] = .string(source)
    if random.chance(400) { data["employees"] = .int(Int64(profile.employees)) }
    record(Lead.created, data, on: .of(.lead, lead), by: random.pick(world.team.marketing), in: &world)
    if random.chance(550) { plan(.acquire(.called), in: random.int(0...3), &world) }
    plan(.acquire(.screened(attempt: 0)), in: random.int(2...9), &world)
  }

  private mutating func callLead(_ world: inout World) {
    guard standing == .lead else { return }
    owner = world.team.seller(for: profile.region, on: world.today, &random)
    record(
      Visit.interactionLogged,
      [
        "kind": "call", "direction": "out", "person": .string(contact.name), "durationMin": .int(Int64(random.int(4...25))),
        "summary": say(random.pick(Phrases.leadCalls)),
      ], on: .of(.lead, lead), by: seller(in: world), in: &world)
  }

  private mutating func screen(_ attempt: Int, _ world: inout World) {
    let isGood = !isStray && (attempt > 0 || random.chance(760))
    let verdict = isGood ? "qualified" : isStray && random.chance(620) ? "disqualified" : "nurture"
    var data: JSONObject = [
      "verdict": .string(verdict), "fitScore": .int(Int64(isGood ? random.int(50...95) : random.int(10...60))),
      "engagementScore": .int(Int64(isGood ? random.int(55...95) : random.int(5...55))),
    ]
    if !isGood {
      data["reasonCode"] = .string(random.pick(["no-budget", "no-need", "too-small", "competitor", "no-answer"]))
    }
    owner = world.team.seller(for: profile.region, on: world.today, &random)
    record(Lead.screened, data, on: .of(.lead, lead), by: seller(in: world), in: &world)
    if isGood {
      plan(.acquire(.converted), in: random.int(1...12), &world)
    } else if verdict == "nurture", attempt == 0, !isStray {
      plan(.acquire(.screened(attempt: 1)), in: random.int(25...90), &world)
    }
  }

  private mutating func convert(_ world: inout World) {
    register(channel: "ui", &world)
    standing = .prospect
    let deal = openDeal(isFirst: true, &world)
    record(
      Lead.converted,
      ["customer": reference, "contact": .string(contact.id), "opportunity": .string(deal)], on: .of(.lead, lead),
      by: seller(in: world), in: &world)
    settleIn(&world)
  }

  private mutating func register(channel: String, _ world: inout World) {
    owner = world.team.seller(for: profile.region, on: world.today, &random)
    world.books.own(owner, 1)
    var data: JSONObject = [
      "name": .string(profile.name), "industry": say(profile.industry.title), "region": .string(profile.region.text),
      "city": .string(profile.town), "country": .string(profile.country.code),
      "sizeBand": .string(["small", "middle", "large"][profile.size.rawValue]),
    ]
    if profile.region != .overseas { data["unifiedSocialCreditCode"] = .string(profile.creditCode()) }
    if random.chance(600) { data["employees"] = .int(Int64(profile.employees)) }
    if random.chance(450) { data["foundedYear"] = .int(Int64(profile.foundedYear)) }
    recordOrMistype(Customer.registered, data, number: "employees", by: seller(in: world), channel: channel, in: &world)
    record(
      Owner.changed,
      ["role": "owner", "to": .string(seller(in: world).id), "cause": "assign"], by: manager(in: world),
      reason: say(Phrases.assigned), channel: channel, in: &world)
  }

  /// The rounds that begin with every new customer.
  private mutating func settleIn(_ world: inout World) {
    lastTouch = world.today
    for place in profile.contacts.indices { plan(.file(.contact(place)), in: place == 0 ? 0 : random.int(0...60), &world) }
    if random.chance(450) { plan(.care(.consent), in: random.int(1...40), &world) }
    if profile.size != .small || random.chance(200) { plan(.file(.credit), in: random.int(3...25), &world) }
    if profile.region != .overseas, random.chance(260) { plan(.file(.registration), in: random.int(1...10), &world) }
    if profile.size == .large {
      if random.chance(300) { plan(.file(.sustainability), in: random.int(40...700), &world) }
      if random.chance(180) { plan(.file(.site), in: random.int(60...700), &world) }
      if random.chance(380) { plan(.file(.graded), in: random.int(20...120), &world) }
    }
    if random.chance(11) { plan(.file(.double), in: random.int(40...300), &world) }
    if random.chance(38) { plan(.care(.requested), in: random.int(60...900), &world) }
    if random.chance(14) { plan(.amiss(.misbooked), in: random.int(90...800), &world) }
    plan(.talk(.visitPlanned), in: random.int(10...[160, 90, 45][profile.size.rawValue]), &world)
    plan(.talk(.call), in: random.int(5...60), &world)
    plan(.decline(.review), in: random.int(20...45), &world)
    plan(.voice(.nps), in: untilMonth(4, or: 10, world), &world)
    plan(.voice(.csi), in: untilMonth(12, or: 12, world), &world)
    plan(.voice(.points), in: random.int(60...100), &world)
    plan(.talk(.care), in: untilFestival(world), &world)
    if profile.isMonitored { plan(.voice(.usage), in: random.int(20...60), &world) }
  }
}
