import Events
import Vocabulary
import Wire

// What is owed under a contract, what is not kept, and how it ends.

extension Life {
  /// One of the duties is done, now and then only in part.
  mutating func meet(_ place: Int, _ world: inout World) {
    guard let contract, contract.isInForce, contract.obligations.indices.contains(place) else { return }
    let duty = contract.obligations[place]
    var data: JSONObject = ["customer": reference, "obligation": .string(duty.id), "metOn": .day(world.today)]
    if random.chance(800) { data["proofHash"] = .string(random.hash()) }
    if random.chance(45) { data["shortfall"] = say(Phrases.shortfall) }
    let person = duty.who == "them" ? random.pick(world.team.finance) : random.pick(world.team.service)
    record(Contract.obligationMet, data, on: on(contract), by: person, in: &world)
    if duty.id.hasPrefix("check") { check(contract, by: person, &world) }
  }

  mutating func check(_ contract: Agreement, by person: Person, _ world: inout World) {
    record(
      Service.performed,
      ["kind": "check-up", "contract": .string(contract.id), "result": say(random.pick(Phrases.checkUps))],
      by: person, in: &world)
  }

  /// Somebody did not do what was agreed. As a rule it ends in other terms, now and then in a dispute.
  mutating func breach(_ world: inout World) {
    guard var contract, contract.isInForce else { return }
    contract.isDisputed = true
    self.contract = contract
    let isOurs = random.chance(600)
    feel(isOurs ? -10 : -4)
    let claim = contract.total * random.int(2...12) / 100
    record(
      Contract.breachRecorded,
      [
        "customer": reference, "obligation": isOurs ? "delivery" : "volume-1", "by": isOurs ? "us" : "them",
        "daysLate": .int(Int64(random.int(10...60))), "claimMinor": .money(claim), "cur": currency,
        "noticeHash": .string(random.hash()),
      ], on: on(contract), by: random.pick(world.team.legal), reason: say(isOurs ? Phrases.ourBreach : Phrases.theirBreach),
      in: &world)
    if random.chance(560) {
      dispute = Quarrel(id: world.number(.dispute), contract: contract.id, claim: claim, isOurs: !isOurs)
      plan(.dispute(.opened), in: random.int(10...40), &world)
    } else if random.chance(800) {
      plan(.contract(.amendmentDrafted), in: random.int(10...40), &world)
    }
  }

  mutating func end(cause: JSON?, _ why: Name, _ world: inout World) {
    guard var contract, contract.isInForce else { return }
    contract.isInForce = false
    self.contract = contract
    feel(-4)
    var data: JSONObject = ["customer": reference, "cause": cause ?? "expired", "endedOn": .day(world.today)]
    if cause == "terminated" {
      data["settlementMinor"] = .money(contract.total * random.int(0...20) / 100)
      data["cur"] = currency
      data["legalGround"] = say(Phrases.groundOfTermination)
    }
    record(Contract.ended, data, on: on(contract), by: counsel(contract, in: world), reason: say(why), in: &world)
    plan(.contract(.archived), in: random.int(20...60), &world)
    if standing == .active, random.chance(180) { beginLeaving(&world) }
  }

  mutating func archive(_ world: inout World) {
    guard let contract, !contract.isInForce else { return }
    record(
      Contract.archived,
      [
        "customer": reference, "location": say(Phrases.archive), "docHashes": [.string(contract.docHash)],
        "retentionClass": "contracts", "disposeAfter": .day(world.today.adding(years: 10)),
      ], on: on(contract), by: counsel(contract, in: world), in: &world)
    self.contract = nil
  }
}
