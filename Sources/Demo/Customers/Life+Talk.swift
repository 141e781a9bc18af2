import Events
import Vocabulary
import Wire

// Visits, calls, care: as often as the seller is diligent and the customer is large.

extension Life {
  mutating func talk(_ step: TalkStep, _ world: inout World) {
    guard standing != .gone, standing != .lost, standing != .lead else { return }
    switch step {
    case .visitPlanned where isPooled, .call where isPooled: plan(.talk(step), in: random.int(20...40), &world)
    case .visitPlanned: planVisit(&world)
    case .visit(let task): if !isPooled { visit(task, &world) }
    case .postponed(let task): postpone(task, &world)
    case .call: call(&world)
    case .care: greet(&world)
    }
  }

  /// `usual` days, more for a lazy seller, a prospect, or a customer who has turned away.
  private mutating func pause(_ usual: Int, _ world: World) -> Int {
    let slow = standing == .prospect || standing == .leaving ? 160 : 100
    return random.around(usual * slow / world.team.sellers[owner].diligence, percent: 40)
  }

  /// Some visits are planned by the manager. Who is lazy makes fewer of them, and says so even less often.
  private mutating func planVisit(_ world: inout World) {
    plan(.talk(.visitPlanned), in: pause([320, 170, 90][profile.size.rawValue], world), &world)
    guard random.chance(280) else { return plan(.talk(.visit(task: nil)), in: random.int(0...3), &world) }
    let task = world.number(.task)
    let day = WorkCalendar.workday(onOrAfter: world.today + random.int(2...10))
    record(
      Task.assigned,
      [
        "customer": reference, "kind": "visit", "title": say(Phrases.visitPlan), "to": .string(seller(in: world).id),
        "dueOn": .day(day), "place": .string(profile.town), "purpose": say(random.pick(Phrases.purposes)),
      ], on: .of(.task, task), by: manager(in: world), in: &world)
    world.books.update(credited) { $0.planned += 1 }
    if random.chance(max(175 - world.team.sellers[owner].diligence, 30)) {
      if random.chance(300) { plan(.talk(.postponed(task: task)), in: day - world.today + random.int(0...2), &world) }
    } else {
      plan(.talk(.visit(task: task)), in: day - world.today + random.int(0...3), &world)
    }
  }

  private mutating func postpone(_ task: String, _ world: inout World) {
    record(
      Task.completed, ["customer": reference, "result": "rejected", "note": say(Phrases.postponed)], on: .of(.task, task),
      by: seller(in: world), in: &world)
  }

  private mutating func visit(_ task: String?, _ world: inout World) {
    let minutes = random.pick(mood < 45 || standing == .leaving ? Phrases.sourMinutes : Phrases.minutes)
    var data: JSONObject = [
      "contacts": [.string(contact.name)], "durationMin": .int(Int64(random.int(3...18) * 10)),
      "place": .string(profile.town),
      "purpose": say(random.pick(Phrases.purposes)), "minutes": say(minutes.text), "outcome": .string(minutes.outcome),
      "nextStep": say(random.pick(Phrases.nextSteps)), "nextOn": .day(world.today + random.int(7...60)),
    ]
    if random.chance(240) { data["position"] = position() }
    let entry = amissEntry(&world)
    record(
      Visit.logged, data, by: entry.person, reason: entry.reason, happened: entry.happened, in: &world)
    if entry.happened.map({ $0.day.civil.month == world.today.civil.month }) ?? true {
      world.books.update(credited) { $0.visits += 1 }
    }
    feel(mood < 70 ? 2 : 1)
    lastTouch = world.today
    if let task {
      record(
        Task.completed, ["customer": reference, "result": "done"], on: .of(.task, task), by: seller(in: world), in: &world)
    }
    if standing == .active, random.chance(90) {
      plan(.deal(.opened, Deal()), in: random.int(2...25), &world)
    }
  }

  /// When a visit was, and who says so: as a rule the seller, and in time.
  private mutating func amissEntry(_ world: inout World) -> (person: Person, happened: Instant?, reason: JSON?) {
    let gone = world.team.sellers.first { $0.region == profile.region && $0.leaves.map { $0 + 5 < world.today } ?? false }
    if let gone, world.plants.takes(.ghost, on: world.today) { return (gone.person, nil, nil) }
    if world.plants.takes(.lateWithoutReason, on: world.today) {
      let day = WorkCalendar.workday(onOrAfter: world.today + -20)
      return (seller(in: world), WorkCalendar.officeMoment(on: day, &random), nil)
    }
    let (happened, reason) = entry(&world)
    return (seller(in: world), happened, reason)
  }

  /// Where the seller's telephone was: somewhere in the region.
  private mutating func position() -> JSON {
    let (latitude, longitude) = profile.region.center
    return [
      "latitudeE6": .int(Int64(latitude * 10_000 + random.int(-600_000...600_000))),
      "longitudeE6": .int(Int64(longitude * 10_000 + random.int(-600_000...600_000))),
    ]
  }

  private mutating func call(_ world: inout World) {
    plan(.talk(.call), in: pause([180, 120, 85][profile.size.rawValue], world), &world)
    if addressAnyway(&world) { return }
    let kind = random.pick(["call", "mail", "im", "meeting"]) { ["call": 45, "mail": 25, "im": 24, "meeting": 6][$0] ?? 0 }
    var data: JSONObject = [
      "kind": .string(kind), "direction": random.chance(620) ? "out" : "in", "person": .string(contact.name),
      "summary": say(random.pick(mood < 45 ? Phrases.sourCalls : Phrases.calls)),
    ]
    if kind == "call" || kind == "meeting" {
      data["durationMin"] = .int(Int64(kind == "call" ? random.int(2...20) : random.int(20...90)))
    } else if kind == "mail", maySend, random.chance(550), let campaign = world.campaign() {
      (data["direction"], data["campaign"], data["summary"]) = ("out", .string(campaign.id), say(campaign.title))
    }
    let late = entry(&world)
    record(Visit.interactionLogged, data, by: seller(in: world), reason: late.reason, happened: late.happened, in: &world)
    lastTouch = world.today
  }

  /// Nobody there has said no, and somebody has said yes.
  private var maySend: Bool { consents.contains(true) && !consents.contains(false) && !isRestricted }

  /// News for somebody who took back their consent: once, for the auditors to find.
  private mutating func addressAnyway(_ world: inout World) -> Bool {
    guard let place = consents.firstIndex(of: false), let campaign = world.campaign(),
      world.plants.takes(.unwanted, on: world.today)
    else { return false }
    record(
      Visit.interactionLogged,
      [
        "kind": "mail", "direction": "out", "person": .string(profile.contacts[place].name),
        "campaign": .string(campaign.id), "summary": say(campaign.title),
      ], by: seller(in: world), in: &world)
    return true
  }

  /// Greetings before the Spring Festival; to large customers a small present, whose value is on record.
  private mutating func greet(_ world: inout World) {
    plan(.talk(.care), in: untilFestival(world, after: 60), &world)
    guard standing.isCustomer, !isPooled, profile.size != .small || random.chance(300) else { return }
    let isGift = profile.size == .large && random.chance(500)
    var data: JSONObject = [
      "kind": isGift ? "gift" : "care", "direction": "out", "person": .string(contact.name),
      "summary": say(Phrases.greeting),
    ]
    if isGift {
      data["valueMinor"] = .money(inTheirMoney(random.int(8...20) * 1_000))
      data["cur"] = currency
    }
    record(Visit.interactionLogged, data, by: seller(in: world), in: &world)
  }

  /// Days until shortly before the next Spring Festival that is further off than `gap` days.
  mutating func untilFestival(_ world: World, after gap: Int = 5) -> Int {
    let year = world.today.year
    let days = [year, year + 1, year + 2].map { WorkCalendar.lunarNewYear(in: $0) + -random.int(3...12) - world.today }
    return days.first { $0 > gap } ?? 365
  }
}
