import Events
import Vocabulary
import Wire

// Visits, calls, care: as often as the seller is diligent and the customer is large.

extension Life {
  mutating func talk(_ step: TalkStep, _ world: inout World) {
    guard standing != .gone, standing != .lost, standing != .lead else { return }
    switch step {
    case .visitPlanned: planVisit(&world)
    case .visit(let task): visit(task, &world)
    case .call: call(&world)
    case .care: care(&world)
    }
  }

  /// `usual` days, more for a lazy seller, a prospect, or a customer who has turned away.
  private mutating func pause(_ usual: Int, _ world: World) -> Int {
    let slow = standing == .prospect || standing == .leaving ? 160 : 100
    return random.around(usual * slow / world.team.sellers[owner].diligence, percent: 40)
  }

  private mutating func planVisit(_ world: inout World) {
    if random.chance(280) {
      let task = world.number(.task)
      let day = WorkCalendar.workday(onOrAfter: world.today + random.int(2...10))
      record(
        Task.assigned,
        [
          "customer": reference, "kind": "visit", "title": say(Phrases.visitPlan), "to": .string(seller(in: world).id),
          "dueOn": .day(day), "place": .string(profile.town), "purpose": say(random.pick(Phrases.purposes)),
        ], on: .of(.task, task), by: world.team.managers[profile.region.rawValue], in: &world)
      plan(.talk(.visit(task: task)), in: day - world.today + random.int(0...3), &world)
    } else {
      plan(.talk(.visit(task: nil)), in: random.int(0...3), &world)
    }
    plan(.talk(.visitPlanned), in: pause([320, 170, 90][profile.size.rawValue], world), &world)
  }

  private mutating func visit(_ task: String?, _ world: inout World) {
    let minutes = random.pick(mood < 45 || standing == .leaving ? Phrases.sourMinutes : Phrases.minutes)
    record(
      Visit.logged,
      [
        "contacts": [.string(contact.name)], "durationMin": .int(Int64(random.int(3...18) * 10)),
        "place": .string(profile.town),
        "purpose": say(random.pick(Phrases.purposes)), "minutes": say(minutes.text), "outcome": .string(minutes.outcome),
        "nextStep": say(random.pick(Phrases.nextSteps)), "nextOn": .day(world.today + random.int(7...60)),
      ], by: seller(in: world), in: &world)
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

  private mutating func call(_ world: inout World) {
    let kind = random.pick(["call", "mail", "im", "meeting"]) { ["call": 45, "mail": 25, "im": 24, "meeting": 6][$0] ?? 0 }
    var data: JSONObject = [
      "kind": .string(kind), "direction": random.chance(620) ? "out" : "in", "person": .string(contact.name),
      "summary": say(random.pick(mood < 45 ? Phrases.sourCalls : Phrases.calls)),
    ]
    if kind == "call" || kind == "meeting" {
      data["durationMin"] = .int(Int64(kind == "call" ? random.int(2...20) : random.int(20...90)))
    }
    record(Visit.interactionLogged, data, by: seller(in: world), in: &world)
    lastTouch = world.today
    plan(.talk(.call), in: pause([180, 120, 85][profile.size.rawValue], world), &world)
  }

  /// Greetings before the Spring Festival; to large customers a small present, whose value is on record.
  private mutating func care(_ world: inout World) {
    plan(.talk(.care), in: untilFestival(world, after: 60), &world)
    guard standing.isCustomer, profile.size != .small || random.chance(300) else { return }
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
