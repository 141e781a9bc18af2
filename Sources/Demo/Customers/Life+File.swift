import Events
import Vocabulary
import Wire

// What is kept about a customer: contacts, assessments, details, and who answers for them.

extension Life {
  mutating func file(_ step: FileStep, _ world: inout World) {
    switch step {
    case .contact(let place): addContact(profile.contacts[place], &world)
    case .credit: assessCredit(&world)
    case .registration: checkRegistration(&world)
    case .site: visitSite(&world)
    case .sustainability: askSustainability(&world)
    case .graded: grade(&world)
    case .details: changeDetails(&world)
    case .contactLeaves: loseContact(&world)
    case .handover: changeOwner(cause: "handover", Phrases.sellerLeft, &world)
    case .reassigned: changeOwner(cause: "assign", Phrases.territoryChanged, &world)
    case .double: registerDouble(&world)
    case .merged(let double): merge(double, &world)
    }
  }

  private mutating func addContact(_ contact: Profile.Contact, _ world: inout World) {
    guard !isPooled else { return }
    record(
      Customer.contactAdded,
      [
        "contact": .string(contact.id), "name": .string(contact.name), "title": say(contact.title),
        "influence": .string(contact.influence), "status": "active", "channels": [.string(contact.mail)],
      ], by: seller(in: world), in: &world)
  }

  private mutating func assessCredit(_ world: inout World) {
    guard standing != .gone, standing != .lost else { return }
    let score = min(max(random.int(55...95) - profile.lateness, 5), 98)
    let limit = inTheirMoney(profile.volume * 600_000) / 100_000 * 100_000
    record(
      Customer.assessed,
      [
        "kind": "credit", "result": say(score >= 60 ? Phrases.creditGood : Phrases.creditPoor), "score": .int(Int64(score)),
        "creditLimitMinor": .money(limit), "cur": currency, "termDays": .int(Int64(profile.term)),
        "validUntil": .day(world.today + 365),
      ], by: random.pick(world.team.finance), in: &world)
    if profile.size == .large || random.chance(400) { plan(.file(.credit), in: random.int(350...390), &world) }
  }

  private mutating func checkRegistration(_ world: inout World) {
    record(
      Customer.assessed,
      [
        "kind": "registration", "result": say(Phrases.registered), "score": 100, "validUntil": .day(world.today + 730),
        "evidence": say(Phrases.publicRegister),
      ], by: random.pick(world.team.legal), in: &world)
  }

  private mutating func visitSite(_ world: inout World) {
    guard standing.isCustomer, !isPooled else { return }
    let score = random.int(58...96)
    record(
      Customer.assessed,
      [
        "kind": "site", "result": say(score >= 70 ? Phrases.siteGood : Phrases.sitePoor), "score": .int(Int64(score)),
        "validUntil": .day(world.today + 730),
      ], by: seller(in: world), in: &world)
  }

  /// Large customers are asked how they treat people, water and waste before they are offered more.
  private mutating func askSustainability(_ world: inout World) {
    guard standing.isCustomer, !isPooled else { return }
    let score = random.int(42...94)
    record(
      Customer.assessed,
      [
        "kind": "esg", "result": say(score >= 60 ? Phrases.esgGood : Phrases.esgPoor), "score": .int(Int64(score)),
        "validUntil": .day(world.today + 365), "evidence": say(Phrases.questionnaire),
      ], by: seller(in: world), in: &world)
    plan(.file(.sustainability), in: random.int(350...390), &world)
  }

  /// A person grades a customer otherwise than the figures would, for half a year or a whole one.
  private mutating func grade(_ world: inout World) {
    guard standing.isCustomer, !isPooled else { return }
    let why = random.pick(Phrases.gradings)
    let lasts = random.pick([182, 365])
    record(
      Rule.assessmentSet,
      [
        "dimension": "grade", "value": .string(why.value), "computedValue": .string(why.value == "a" ? "b" : "a"),
        "ruleVersion": 1, "expiresOn": .day(world.today + lasts),
      ], by: random.chance(350) ? manager(in: world) : seller(in: world), reason: say(why.reason), in: &world)
    if random.chance(550) { plan(.file(.graded), in: lasts + random.int(1...30), &world) }
  }

  private mutating func changeDetails(_ world: inout World) {
    guard !isPooled else { return }
    let change = random.pick(Phrases.details)
    record(
      Customer.updated,
      ["changes": [["field": .string(change.field), "before": say(change.before), "after": say(change.after)]]],
      by: seller(in: world), in: &world)
  }

  /// The person whom everybody knew goes; somebody new must be won.
  private mutating func loseContact(_ world: inout World) {
    guard standing.isCustomer, !isPooled, contactsLeft < profile.contacts.count else { return }
    let gone = contact
    contactsLeft += 1
    feel(gone.influence == "decider" || gone.influence == "coach" ? -12 : -5)
    record(
      Customer.contactUpdated,
      ["contact": .string(gone.id), "status": "left", "influence": .string(gone.influence)], by: seller(in: world),
      in: &world)
  }
}

// Who answers for them.
extension Life {
  /// The seller goes soon; within days somebody else takes over.
  mutating func expectHandover(_ world: inout World) {
    guard standing != .lead, standing != .gone, !isPooled else { return }
    plan(.file(.handover), in: random.int(1...12), &world)
  }

  /// From now on they are this seller's, with everything that is in the making.
  mutating func belong(to seller: Int, _ world: inout World) {
    world.books.own(credited, -1)
    owner = seller
    isPooled = false
    world.books.own(owner, 1)
    for place in prospects { world.books.hand(prospect: place, to: seller) }
  }

  private mutating func changeOwner(cause: JSON, _ why: Name, _ world: inout World) {
    guard standing != .gone, !isPooled else { return }
    let old = seller(in: world)
    let new = world.team.seller(for: profile.region, on: world.today, &random)
    guard new != owner else { return }
    belong(to: new, &world)
    feel(-3)
    record(
      Owner.changed,
      ["role": "owner", "from": .string(old.id), "to": .string(seller(in: world).id), "cause": cause],
      by: manager(in: world), reason: say(why), in: &world)
    guard standing.isCustomer, cause == "handover" else { return }
    give(Handoff(kind: .account, about: profile.id, to: seller(in: world)), by: old, &world)
  }

  /// Somebody registers the customer once more under a shorter name.
  private mutating func registerDouble(_ world: inout World) {
    guard standing != .gone, !isPooled else { return }
    world.doubles += 1
    let double = "D" + String(10_000 + world.doubles).dropFirst()
    let person = world.team.seller(for: profile.region, on: world.today, &random)
    record(
      Customer.registered, ["name": .string(String(profile.name.prefix(8))), "region": .string(profile.region.text)],
      on: .of(.customer, double), by: world.team.sellers[person].person, in: &world)
    plan(.file(.merged(double)), in: random.int(20...90), &world)
  }

  private mutating func merge(_ double: String, _ world: inout World) {
    guard !isPooled else { return }
    record(
      Customer.merged,
      [
        "absorbed": .string(double),
        "fieldChoices": [
          ["field": "name", "before": .string(String(profile.name.prefix(8))), "after": .string(profile.name)]
        ],
      ], by: seller(in: world), reason: say(Phrases.sameCustomer), in: &world)
  }
}
