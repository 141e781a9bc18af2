import Events
import Vocabulary
import Wire

// Quarrels about a contract: talked over, mediated, and now and then carried to an arbitrator or a court.

extension Life {
  mutating func contest(_ step: DisputeStep, _ world: inout World) {
    guard let dispute else { return }
    switch step {
    case .opened: open(dispute, &world)
    case .stepped: takeStep(dispute, &world)
    case .resolved: resolve(dispute, &world)
    case .released: release(dispute, &world)
    }
  }

  private func on(_ dispute: Quarrel) -> Subject { .of(.dispute, dispute.id) }

  /// The limitation period ends three years after the breach became known (Civil Code, article 188); for goods sold
  /// abroad four (article 594).
  private mutating func open(_ quarrel: Quarrel, _ world: inout World) {
    var quarrel = quarrel
    let lawyer = random.pick(world.team.legal)
    record(
      Dispute.opened,
      [
        "customer": reference, "contract": .string(quarrel.contract), "claimMinor": .money(quarrel.claim), "cur": currency,
        "side": quarrel.isOurs ? "us" : "them", "ground": say(quarrel.isOurs ? Phrases.theirBreach : Phrases.ourBreach),
        "limitationOn": .day(world.today.adding(years: profile.region == .overseas ? 4 : 3)),
      ], on: on(quarrel), by: lawyer, in: &world)
    quarrel.hold = record(
      Privacy.holdPlaced,
      ["matter": .string(quarrel.id), "basis": say(Phrases.basisOfHold)], by: lawyer, reason: say(Phrases.keepEvidence),
      in: &world)
    dispute = quarrel
    plan(.dispute(.stepped), in: random.int(3...15), &world)
  }

  private static let forums: [Name] = [
    Name("between the managers", "双方负责人"), Name("Chamber of commerce, mediation centre", "市商会调解中心"),
    Name("Arbitration commission", "仲裁委员会"), Name("District court", "区人民法院"), Name("Court of enforcement", "人民法院执行局"),
  ]

  /// Talks settle half of what is left, mediation half of the rest; then somebody else decides.
  private mutating func takeStep(_ quarrel: Quarrel, _ world: inout World) {
    var quarrel = quarrel
    let words = ["negotiate", "mediate", "arbitrate", "litigate", "enforce"]
    let stage = quarrel.stage == 2 && profile.region != .overseas && random.chance(500) ? 3 : quarrel.stage
    var data: JSONObject = [
      "customer": reference, "step": .string(words[stage]), "on": .day(world.today),
      "forum": say(Life.forums[stage]), "docHash": .string(random.hash()),
    ]
    if random.chance(400) { data["note"] = say(random.pick(Phrases.disputeNotes)) }
    record(Dispute.stepTaken, data, on: on(quarrel), by: random.pick(world.team.legal), in: &world)
    quarrel.stage = max(stage, quarrel.stage) + 1
    if stage < 2 {
      quarrel.outcome = "settled"
      let isSettled = random.chance(stage == 0 ? 420 : 450)
      plan(.dispute(isSettled ? .resolved : .stepped), in: random.int(15...60), &world)
      if stage == 1, quarrel.isOurs, !isSettled { planLetter(&world) }
    } else {
      quarrel.outcome = random.pick(["won", "partly", "partly", "lost", "dropped"])
      plan(.dispute(.resolved), in: random.int(90...240), &world)
    }
    dispute = quarrel
  }

  /// A lawyer's letter interrupts the limitation.
  private mutating func planLetter(_ world: inout World) {
    guard let bill = bills.last(where: { $0.open > 0 }) else { return }
    var demand = Bill()
    demand.invoice = bill.invoice
    demand.order = bill.order
    plan(.money(.demanded(2), demand), in: random.int(3...14), &world)
  }

  private mutating func resolve(_ quarrel: Quarrel, _ world: inout World) {
    let share = ["settled": random.int(20...60), "partly": random.int(35...70), "won": 100][quarrel.outcome] ?? 0
    let isForUs = quarrel.isOurs
    let amount: Int
    switch quarrel.outcome {
    case "lost": amount = isForUs ? 0 : quarrel.claim
    case "won": amount = isForUs ? quarrel.claim : 0
    default: amount = quarrel.claim * share / 100
    }
    record(
      Dispute.resolved,
      [
        "customer": reference, "outcome": .string(quarrel.outcome), "paidMinor": .money(isForUs ? 0 : amount),
        "receivedMinor": .money(isForUs ? amount : 0), "cur": currency, "instrumentHash": .string(random.hash()),
        "lessons": say(random.pick(Phrases.lessons)),
      ], on: on(quarrel), by: random.pick(world.team.legal), reason: say(Phrases.quarrelOver), in: &world)
    plan(.dispute(.released), in: random.int(5...30), &world)
    if contract?.id == quarrel.contract, random.chance(500) { plan(.contract(.amendmentDrafted), in: random.int(5...30), &world) }
  }

  private mutating func release(_ quarrel: Quarrel, _ world: inout World) {
    dispute = nil
    guard let hold = quarrel.hold else { return }
    record(
      Privacy.holdReleased, ["hold": .int(hold)], by: random.pick(world.team.legal), reason: say(Phrases.quarrelOver), in: &world)
  }
}
