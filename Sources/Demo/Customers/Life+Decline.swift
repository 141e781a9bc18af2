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
    case .released: release(cause: "release", &world)
    case .claimed: claim(&world)
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
    releaseByRule(&world)
    guard standing == .active, !isPooled else { return }
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
    guard standing.isCustomer, !isPooled else { return }
    let score = standing == .leaving ? min(mood, 48) : mood
    let signal: (id: JSON, threshold: Int) = standing == .leaving ? ("order-gap", profile.gap * 3 / 2) : ("contact-silence", 90)
    record(
      Churn.warningRaised,
      [
        "level": score < 30 ? "red" : score <= 50 ? "orange" : "yellow", "score": .int(Int64(score)),
        "signals": [
          [
            "id": signal.id, "value": .int(Int64(max(world.today - lastTouch, signal.threshold + 3))),
            "threshold": .int(Int64(signal.threshold)),
          ]
        ], "ruleVersion": .int(Int64(world.companyRules.version(of: "churn", on: world.today))),
      ], by: seller(in: world), in: &world)
    plan(.decline(.triaged), in: random.int(1...9), &world)
  }

  private mutating func triage(_ world: inout World) {
    guard standing.isCustomer, !isPooled else { return }
    let isReal = standing == .leaving
    let verdict = random.chance(isReal ? 680 : 150) ? "intervene" : random.chance(600) ? "watch" : "dismiss"
    var data: JSONObject = ["verdict": .string(verdict), "owner": .string(seller(in: world).id)]
    if verdict == "intervene" {
      data["play"] = say(Phrases.play)
      data["dueOn"] = .day(world.today + 45)
    }
    record(
      Churn.warningTriaged, data, by: manager(in: world),
      reason: say(verdict == "dismiss" ? Phrases.seasonal : Phrases.serious), in: &world)
    guard verdict == "intervene" else { return }
    plan(.talk(.visit(task: nil)), in: random.int(3...12), &world)
    let outcome = !isReal || random.chance(400) ? "recovered" : random.chance(700) ? "no-effect" : "lost"
    plan(.decline(.playClosed(outcome)), in: random.int(25...70), &world)
  }

  private mutating func closePlay(_ outcome: String, _ world: inout World) {
    guard standing != .gone else { return }
    // Whoever has left meanwhile was not kept.
    let outcome = standing.isCustomer && !isPooled ? outcome : "lost"
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
    world.books.update(credited) { $0.lost += 1 }
    let why =
      mood < 40
      ? Phrases.lostOverService : random.pick([Phrases.lostOverPrice, Phrases.lostOverService, Phrases.lostOverProject])
    changeStatus(from: "active", to: "lost", why, &world)
    if random.chance(400) { end(cause: "terminated", why, &world) }
    if random.chance(550) { plan(.decline(.released), in: random.int(20...90), &world) }
    if random.chance(200) { plan(.decline(.wonBack), in: random.int(150...420), &world) }
  }

  private mutating func winBack(_ world: inout World) {
    guard standing == .lost else { return }
    if isPooled { takeUp(&world) }
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
    world.books.own(credited, -1)
  }
}

// The public pool: what nobody cares for is everybody's.
extension Life {
  /// Days without a word after which the company's pool rule takes a customer from their seller, unless a contract
  /// binds both.
  static let quietDays = 150

  private mutating func releaseByRule(_ world: inout World) {
    guard standing == .active, !isPooled, !isSuspended, !(contract?.isInForce ?? false), prospects.isEmpty,
      world.today - lastTouch > Life.quietDays
    else { return }
    release(cause: "rule", &world)
    plan(.decline(.claimed), in: random.int(4...45), &world)
  }

  private mutating func release(cause: JSON, _ world: inout World) {
    guard standing == .lost || cause == "rule", !isPooled, !(contract?.isInForce ?? false) else { return }
    record(
      Owner.changed,
      ["role": "owner", "from": .string(seller(in: world).id), "to": "pool", "toPool": true, "cause": cause],
      by: cause == "rule" ? world.team.pool : manager(in: world), reason: say(Phrases.noFollowUp),
      channel: cause == "rule" ? "rule" : "ui", in: &world)
    world.books.own(credited, -1)
    isPooled = true
  }

  private mutating func claim(_ world: inout World) {
    guard standing.isCustomer, isPooled else { return }
    takeUp(&world)
    plan(.talk(.call), in: random.int(0...4), &world)
  }

  /// Somebody else than before takes them out of the pool.
  private mutating func takeUp(_ world: inout World) {
    belong(to: world.team.seller(for: profile.region, on: world.today, &random), &world)
    record(
      Owner.changed, ["role": "owner", "to": .string(seller(in: world).id), "cause": "claim"], by: seller(in: world),
      reason: say(Phrases.claimed), in: &world)
  }
}
