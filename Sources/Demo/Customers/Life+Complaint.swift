import Events
import Vocabulary
import Wire

// Complaints: most are put right within days; some are left lying, and customers are lost over them.

extension Life {
  mutating func handle(_ step: ComplaintStep, _ complaint: Case, _ world: inout World) {
    guard standing != .gone else { return }
    var complaint = complaint
    switch step {
    case .filed: fileComplaint(&complaint, &world)
    case .acknowledged: acknowledge(complaint, &world)
    case .assessed: assess(complaint, &world)
    case .paused: ask(complaint, &world)
    case .resumed: resume(complaint, &world)
    case .escalated: escalate(complaint, &world)
    case .responded: respond(complaint, &world)
    case .closed: closeComplaint(complaint, &world)
    case .reopened: reopen(&complaint, &world)
    }
  }

  /// Something went wrong with an order; within days they say so.
  mutating func complain(of purchase: Purchase, isLate: Bool, _ world: inout World) {
    var complaint = Case(matter: random.pick(isLate ? Matter.late : Matter.defect))
    complaint.severity = min(1 + (purchase.daysLate > 14 ? 1 : 0) + (purchase.defects > 2 ? 1 : 0) + random.below(2), 4)
    complaint.isNeglected = random.chance(oddsOfNeglect(world))
    plan(.complaint(.filed, complaint), in: random.int(0...6), &world)
  }

  /// Something else annoyed them.
  mutating func grumble(_ world: inout World) {
    var complaint = Case(matter: random.pick(Matter.other))
    complaint.severity = random.int(1...2)
    complaint.isNeglected = random.chance(oddsOfNeglect(world))
    plan(.complaint(.filed, complaint), in: random.int(0...10), &world)
  }

  /// In thousandths. Where everything goes wrong at once, the service drowns too.
  private func oddsOfNeglect(_ world: World) -> Int {
    world.isTroubled(profile.region, on: world.today, aftermath: 60) ? 620 : 110
  }

  private func on(_ complaint: Case) -> Subject { .of(.complaint, complaint.id) }

  private mutating func fileComplaint(_ complaint: inout Case, _ world: inout World) {
    complaint.id = world.number(.complaint)
    complaint.filedAt = world.now
    openCases += 1
    feel(-3 * complaint.severity)
    record(
      Complaint.filed,
      [
        "customer": reference, "person": .string(contact.name),
        "channel": random.pick(["call", "mail", "portal", "visit"]),
        "product": say(random.pick(profile.basket).title), "category": .string(complaint.matter.category),
        "text": say(complaint.matter.text),
        "severity": .int(Int64(complaint.severity)), "remedySought": say(random.pick(Phrases.remediesSought)),
        "occurredOn": .day(world.today + -random.int(0...5)),
      ], on: on(complaint), by: random.pick(world.team.service), in: &world)
    let slow = complaint.isNeglected
    if !slow || random.chance(500) {
      plan(.complaint(.acknowledged, complaint), in: slow ? random.int(3...8) : random.int(0...1), &world)
    }
    plan(.complaint(.assessed, complaint), in: slow ? random.int(4...9) : random.int(0...2), &world)
    if slow { plan(.complaint(.escalated, complaint), in: random.int(9...15), &world) }
  }

  private mutating func acknowledge(_ complaint: Case, _ world: inout World) {
    record(
      Complaint.acknowledged,
      ["customer": reference, "channel": "call", "promisedBy": .string(world.now.adding(days: 3).description)],
      on: on(complaint),
      by: random.pick(world.team.service), in: &world)
  }

  private mutating func assess(_ complaint: Case, _ world: inout World) {
    var data: JSONObject = [
      "customer": reference, "severity": ["general", "general", "major", "urgent"][complaint.severity - 1],
      "category": .string(complaint.matter.category),
    ]
    if complaint.severity > 2 {
      data["impact"] = say(Phrases.lineStands)
      data["immediateAction"] = say(random.pick(Phrases.firstAid))
    }
    record(Complaint.assessed, data, on: on(complaint), by: random.pick(world.team.service), in: &world)
    if complaint.isNeglected {
      plan(.complaint(.responded, complaint), in: random.int(12...23), &world)
    } else if complaint.severity < 4, random.chance(240) {
      plan(.complaint(.paused, complaint), in: random.int(0...1), &world)
    } else {
      plan(.complaint(.responded, complaint), in: random.pick([0, 1, 1, 2]), &world)
    }
  }

  /// Nothing can be said before the customer has sent something.
  private mutating func ask(_ complaint: Case, _ world: inout World) {
    record(
      Complaint.paused,
      ["customer": reference, "asked": say(random.pick(Phrases.asked)), "channel": "mail"], on: on(complaint),
      by: random.pick(world.team.service), in: &world)
    plan(.complaint(.resumed, complaint), in: random.int(1...8), &world)
  }

  private mutating func resume(_ complaint: Case, _ world: inout World) {
    record(
      Complaint.resumed, ["customer": reference, "note": say(Phrases.sent)], on: on(complaint),
      by: random.pick(world.team.service), in: &world)
    plan(.complaint(.responded, complaint), in: random.int(0...2), &world)
  }

  private mutating func escalate(_ complaint: Case, _ world: inout World) {
    feel(-6)
    record(
      Complaint.escalated,
      [
        "customer": reference, "fromLevel": 1, "toLevel": 2, "to": .string(manager(in: world).id),
        "cause": random.chance(600) ? "sla" : "customer",
      ], on: on(complaint), by: random.pick(world.team.service), in: &world)
  }

  private mutating func respond(_ complaint: Case, _ world: inout World) {
    if complaint.reopenings == 0, world.plants.takes(.unanswered, on: world.today) {
      return plan(.complaint(.closed, complaint), in: 2, &world)
    }
    var data: JSONObject = [
      "customer": reference, "rootCause": say(complaint.matter.cause), "remedy": say(complaint.matter.remedy),
      "acceptedByCustomer": .bool(random.chance(complaint.isNeglected ? 350 : 850)),
    ]
    if complaint.severity > 2 || random.chance(200) {
      data["compensationMinor"] = .money(inTheirMoney(profile.volume * random.int(200...2_000)))
      data["cur"] = currency
    }
    record(Complaint.responded, data, on: on(complaint), by: random.pick(world.team.service), in: &world)
    plan(.complaint(.closed, complaint), in: complaint.isNeglected ? random.int(6...20) : random.pick([0, 0, 1, 1, 2, 3]), &world)
  }

  private mutating func closeComplaint(_ complaint: Case, _ world: inout World) {
    openCases -= 1
    let isSour = complaint.isNeglected || complaint.reopenings > 0
    feel(isSour ? -12 : 4)
    if isSour { loseTrust(8) }
    let hours = (world.now.microseconds - complaint.filedAt.microseconds) / 3_600_000_000
    record(
      Complaint.closed,
      [
        "customer": reference,
        "outcome": .string(random.pick(["upheld", "upheld", "partly", "partly", "rejected", "withdrawn"])),
        "satisfaction": .int(Int64(isSour ? random.int(1...5) : random.int(6...10))), "hours": .int(hours),
        "followUpOn": .day(world.today + 14),
      ], on: on(complaint), by: random.pick(world.team.service), in: &world)
    if random.chance(420) { plan(.voice(.csat), in: random.int(2...10), &world) }
    if complaint.reopenings == 0, random.chance(complaint.isNeglected ? 380 : 40) {
      plan(.complaint(.reopened, complaint), in: random.int(5...25), &world)
    }
  }

  private mutating func reopen(_ complaint: inout Case, _ world: inout World) {
    complaint.reopenings += 1
    openCases += 1
    feel(-8)
    record(
      Complaint.reopened,
      ["customer": reference, "why": say(Phrases.notFixed), "newDueAt": .string(world.now.adding(days: 7).description)],
      on: on(complaint), by: random.pick(world.team.service), reason: say(Phrases.notFixed), in: &world)
    plan(.complaint(.responded, complaint), in: random.int(4...18), &world)
  }
}
