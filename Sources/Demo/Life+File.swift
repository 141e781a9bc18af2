import Events
import Vocabulary
import Wire

// What is kept about a customer: contacts, consent, credit, details, and who answers for them.

extension Life {
  mutating func file(_ step: FileStep, _ world: inout World) {
    switch step {
    case .contact(let place): addContact(profile.contacts[place], &world)
    case .consent: consent(&world)
    case .credit: assessCredit(&world)
    case .details: changeDetails(&world)
    case .contactLeaves: loseContact(&world)
    case .handover: changeOwner(cause: "handover", Phrases.sellerLeft, &world)
    case .reassigned: changeOwner(cause: "assign", Phrases.territoryChanged, &world)
    case .double: registerDouble(&world)
    case .merged(let double): merge(double, &world)
    }
  }

  private mutating func addContact(_ contact: Profile.Contact, _ world: inout World) {
    record(
      Customer.contactAdded,
      [
        "contact": .string(contact.id), "name": .string(contact.name), "title": say(contact.title),
        "influence": .string(contact.influence), "status": "active", "channels": [.string(contact.mail)],
      ], by: seller(in: world), in: &world)
  }

  private mutating func consent(_ world: inout World) {
    record(
      Customer.consentRecorded,
      [
        "person": .string(contact.name), "purpose": say(Phrases.newsletter),
        "state": random.chance(940) ? "granted" : "withdrawn",
        "basis": "consent", "noticeVersion": "2", "channel": "mail",
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

  private mutating func changeDetails(_ world: inout World) {
    let change = random.pick(Phrases.details)
    record(
      Customer.updated, ["changes": [["field": .string(change.field), "after": say(change.after)]]], by: seller(in: world),
      in: &world)
  }

  /// The person whom everybody knew goes; somebody new must be won.
  private mutating func loseContact(_ world: inout World) {
    guard standing.isCustomer, contactsLeft < profile.contacts.count else { return }
    let gone = contact
    contactsLeft += 1
    feel(gone.influence == "decider" || gone.influence == "coach" ? -12 : -5)
    record(
      Customer.contactUpdated,
      ["contact": .string(gone.id), "status": "left", "influence": .string(gone.influence)], by: seller(in: world),
      in: &world)
  }

  /// The seller goes soon; within days somebody else takes over.
  mutating func expectHandover(_ world: inout World) {
    guard standing != .lead, standing != .gone else { return }
    plan(.file(.handover), in: random.int(1...9), &world)
  }

  private mutating func changeOwner(cause: JSON, _ why: Name, _ world: inout World) {
    guard standing != .gone else { return }
    let old = seller(in: world)
    let new = world.team.seller(for: profile.region, on: world.today, &random)
    guard new != owner else { return }
    owner = new
    feel(-3)
    record(
      Owner.changed,
      ["role": "owner", "from": .string(old.id), "to": .string(seller(in: world).id), "cause": cause],
      by: world.team.managers[profile.region.rawValue], reason: say(why), in: &world)
    guard standing.isCustomer, cause == "handover" else { return }
    let task = world.number(.task)
    record(
      Task.assigned,
      [
        "customer": reference, "kind": "handoff", "title": say(Phrases.handover), "to": .string(seller(in: world).id),
        "dueOn": .day(world.today + 14),
      ], on: .of(.task, task), by: old, in: &world)
    plan(.talk(.visit(task: task)), in: random.int(4...25), &world)
  }

  /// Somebody registers the customer once more under a shorter name.
  private mutating func registerDouble(_ world: inout World) {
    world.doubles += 1
    let double = "D" + String(10_000 + world.doubles).dropFirst()
    record(
      Customer.registered, ["name": .string(String(profile.name.prefix(8))), "region": .string(profile.region.text)],
      on: .of(.customer, double), by: seller(in: world), in: &world)
    plan(.file(.merged(double)), in: random.int(20...90), &world)
  }

  private mutating func merge(_ double: String, _ world: inout World) {
    record(
      Customer.merged, ["absorbed": .string(double)], by: seller(in: world), reason: say(Phrases.sameCustomer), in: &world)
  }
}
