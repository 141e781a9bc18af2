import Events
import Vocabulary
import Wire

// How customers are lost: slowly, with signs, and not always for good.

extension Life {
  mutating func decline(_ step: DeclineStep, _ world: inout World) {
    switch step {
    case .review: review(&world)
    case .warned: warn(&world)
    case .triaged: triage(&world)
    case .playClosed(let outcome): closePlay(outcome, &world)
    case .lost: lose(&world)
    case .released: release(&world)
    case .wonBack: winBack(&world)
    case .closedDown: closeDown(&world)
    }
  }

  /// A month has passed: moods settle, silence hurts, life goes on, and some decide to leave.
  private mutating func review(_ world: inout World) {
    guard standing != .gone, standing != .lost else { return }
    plan(.decline(.review), in: random.int(27...33), &world)
    feel(mood < trust - 8 ? 2 : mood < trust ? 1 : mood > trust + 4 ? -1 : 0)
    if world.today - lastTouch > 120 { feel(-2) }
    if world.today.civil.month == 2 { feel(-profile.priceSense / 3) }
    if random.chance(5) { plan(.file(.details), in: random.int(1...20), &world) }
    if random.chance(7) { plan(.file(.contactLeaves), in: random.int(1...20), &world) }
    if random.chance(2) { plan(.file(.reassigned), in: random.int(1...20), &world) }
    guard standing == .active else { return }
    if random.chance(5) { grumble(&world) }
    if random.chance(1), random.chance(600) { plan(.decline(.closedDown), in: random.int(1...20), &world) }
    let hazard = mood < 30 ? 300 : mood < 42 ? 130 : mood < 52 ? 40 : mood < 60 ? 14 : 5
    if random.chance(hazard) {
      beginLeaving(&world)
    } else if mood < 58, random.chance(25) {
      plan(.decline(.warned), in: random.int(1...10), &world)
    }
  }

  mutating func beginLeaving(_ world: inout World) {
    standing = .leaving
    plan(.decline(.lost), in: random.int(120...260), &world)
    if random.chance(620) { plan(.decline(.warned), in: random.int(20...70), &world) }
  }

  private mutating func warn(_ world: inout World) {
    guard standing.isCustomer else { return }
    let score = standing == .leaving ? min(mood, 48) : mood
    record(
      Churn.warningRaised,
      [
        "level": score < 30 ? "red" : score <= 50 ? "orange" : "yellow", "score": .int(Int64(score)),
        "signals": [
          ["id": standing == .leaving ? "order-gap" : "contact-silence", "value": .int(Int64(world.today - lastTouch))]
        ],
      ], by: seller(in: world), in: &world)
    plan(.decline(.triaged), in: random.int(1...9), &world)
  }

  private mutating func triage(_ world: inout World) {
    guard standing.isCustomer else { return }
    let isReal = standing == .leaving
    let verdict = random.chance(isReal ? 680 : 150) ? "intervene" : random.chance(600) ? "watch" : "dismiss"
    var data: JSONObject = ["verdict": .string(verdict), "owner": .string(seller(in: world).id)]
    if verdict == "intervene" {
      data["play"] = say(Phrases.play)
      data["dueOn"] = .day(world.today + 45)
    }
    record(
      Churn.warningTriaged, data, by: world.team.managers[profile.region.rawValue],
      reason: say(verdict == "dismiss" ? Phrases.seasonal : Phrases.serious), in: &world)
    guard verdict == "intervene" else { return }
    plan(.talk(.visit(task: nil)), in: random.int(3...12), &world)
    let outcome = !isReal || random.chance(400) ? "recovered" : random.chance(700) ? "no-effect" : "lost"
    plan(.decline(.playClosed(outcome)), in: random.int(25...70), &world)
  }

  private mutating func closePlay(_ outcome: String, _ world: inout World) {
    guard standing.isCustomer else { return }
    var data: JSONObject = [
      "play": say(Phrases.play), "outcome": .string(outcome),
      "spendMinor": .money(inTheirMoney(random.int(2...40) * 10_000)),
      "cur": currency,
    ]
    if outcome == "recovered" {
      data["savedMinor"] = .money(inTheirMoney(basketTotal(world) * 365 / profile.gap))
      standing = .active
      mood = max(mood, 57)
      trust = max(trust, 54)
    }
    record(
      Churn.playClosed, data, by: seller(in: world),
      reason: say(outcome == "recovered" ? Phrases.recovered : Phrases.notRecovered),
      in: &world)
  }

  private mutating func lose(_ world: inout World) {
    guard standing == .leaving else { return }
    standing = .lost
    let why =
      mood < 40
      ? Phrases.lostOverService : random.pick([Phrases.lostOverPrice, Phrases.lostOverService, Phrases.lostOverProject])
    changeStatus(from: "active", to: "lost", why, &world)
    if random.chance(400) { end(cause: "terminated", why, &world) }
    if random.chance(550) { plan(.decline(.released), in: random.int(20...90), &world) }
    if random.chance(200) { plan(.decline(.wonBack), in: random.int(150...420), &world) }
  }

  /// Nobody's any more: whoever wants to try may claim them.
  private mutating func release(_ world: inout World) {
    guard standing == .lost else { return }
    record(
      Owner.changed,
      ["role": "owner", "from": .string(seller(in: world).id), "to": "pool", "toPool": true, "cause": "release"],
      by: world.team.managers[profile.region.rawValue], reason: say(Phrases.noFollowUp), in: &world)
  }

  private mutating func winBack(_ world: inout World) {
    guard standing == .lost else { return }
    owner = world.team.seller(for: profile.region, on: world.today, &random)
    record(
      Owner.changed, ["role": "owner", "to": .string(seller(in: world).id), "cause": "claim"], by: seller(in: world),
      reason: say(Phrases.claimed), in: &world)
    standing = .active
    mood = random.int(55...68)
    trust = max(trust, 56)
    isSuspended = false
    changeStatus(from: "lost", to: "won-back", Phrases.cameBack, &world)
    planOrder(in: random.int(2...20), &world)
    plan(.talk(.visitPlanned), in: random.int(3...20), &world)
    plan(.talk(.call), in: random.int(3...30), &world)
    plan(.decline(.review), in: random.int(25...40), &world)
  }

  private mutating func closeDown(_ world: inout World) {
    guard standing.isCustomer else { return }
    changeStatus(from: "active", to: "closed", Phrases.deregistered, &world)
    end(cause: "rescinded", Phrases.deregistered, &world)
    standing = .gone
  }
}
