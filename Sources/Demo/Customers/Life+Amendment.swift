import Events
import Vocabulary
import Wire

// Contracts that are changed or extended: proposed clause by clause, agreed to by both sides, decided about by others.

extension Life {
  mutating func proposeAmendment(_ world: inout World) {
    guard var contract, contract.isInForce, contract.proposal == nil, !contract.isStuck else { return }
    let (changes, terms, total) = contract.changed(&random, raising: random.chance(450))
    guard !changes.isEmpty else { return }
    contract.latest += 1
    let usual = random.pick(Phrases.amendments)
    let proposal = Agreement.Proposal(
      version: contract.latest, changes: changes, total: total, terms: terms,
      why: contract.isDisputed ? Phrases.settledDispute : usual)
    contract.proposal = proposal
    let side = random.chance(650) ? "them" : "us"
    var after = contract
    after.take(changes)
    // Now and then the other side does not agree, and the proposal stays one.
    contract.isStuck = random.chance(140)
    self.contract = contract
    record(
      Contract.revised,
      [
        "customer": reference, "purpose": "amendment", "version": .int(Int64(contract.latest)),
        "clauseChanges": .array(changes.map { $0.json(by: side) }), "docHash": .string(after.docHash),
      ], on: on(contract), by: counsel(contract, in: world), in: &world)
    if !contract.isStuck { plan(.contract(.amendmentAsked), in: random.int(4...20), &world) }
  }

  /// Beyond a fifth more it is decided about as a new contract would be.
  mutating func askToAmend(_ world: inout World) {
    guard let contract, contract.isInForce, let proposal = contract.proposal else { return }
    let isLarge = (proposal.total - contract.total) * 10_000 > contract.total * 2_000
    let deciders =
      isLarge
      ? chain(for: proposal.total, besides: contract.counsel, world)
      : [
        Decider(person: manager(in: world), role: "SM", limit: nil),
        Decider(person: otherCounsel(than: contract.counsel, world), role: "LG", limit: nil),
      ]
    ask(
      about: on(contract), Contract.amended.declaration.name, amount: proposal.total, of: deciders,
      by: counsel(contract, in: world), then: .contract(.amended), otherwise: .contract(.amendmentRefused), in: &world)
  }

  mutating func refuseAmendment(_ world: inout World) {
    contract?.isStuck = true
    feel(-4)
  }

  mutating func amend(_ world: inout World) {
    guard var contract, contract.isInForce, let proposal = contract.proposal else { return }
    let isAgreed = !world.plants.takes(.noAssent, on: world.today)
    let assents = (isAgreed ? ["us", "them"] : ["us"]).map { party -> JSON in
      let at = world.now - .seconds(random.int(1...4) * 86_400)
      return ["party": .string(party), "evidenceHash": .string(random.hash()), "at": .string(at.description)]
    }
    var data: JSONObject = [
      "customer": reference, "fromVersion": .int(Int64(contract.version)), "toVersion": .int(Int64(proposal.version)),
      "clauseChanges": .array(proposal.changes.map { $0.json(by: "them") }), "assent": .array(assents),
      "effectiveOn": .day(world.today), "totalMinor": .money(proposal.total), "cur": currency,
    ]
    data["approval"] = approval.map { .string($0) }
    if contract.isMaintenance { data["mrrMinor"] = .money(proposal.total / 12) }
    record(
      Contract.amended, data, on: on(contract), by: counsel(contract, in: world), reason: say(proposal.why), in: &world)
    contract.isDisputed = false
    contract.proposal = nil
    contract.isStuck = !isAgreed
    if isAgreed {
      contract.version = proposal.version
      contract.take(proposal.changes)
      contract.terms = proposal.terms
    }
    contract.total = proposal.total
    self.contract = contract
    feel(2)
  }
}

extension Life {
  /// Whether the contract goes on is decided when notice could still be given. Now and then nobody thinks of it.
  mutating func decideOnRenewal(_ world: inout World) {
    guard let contract, contract.isInForce else { return }
    let isWanted = standing == .active && random.chance(mood >= 45 ? 920 : 350)
    if contract.autoRenew && standing == .active || isWanted && random.chance(950) {
      plan(.contract(.renewalAsked), in: random.int(1...12), &world)
    } else {
      planEnd(&world)
    }
  }

  mutating func planEnd(_ world: inout World) {
    guard let contract, contract.isInForce else { return }
    plan(.contract(.ended), in: contract.endOn - world.today, &world)
  }

  mutating func askToRenew(_ world: inout World) {
    guard var contract, contract.isInForce, standing.isCustomer, !isPooled else { return }
    let price = random.int(0...6) * 100
    contract.offer = contract.total * (10_000 + price) / 10_000
    contract.priceChange = price
    self.contract = contract
    var deciders = chain(for: contract.offer, besides: contract.counsel, world)
    if contract.offer > 10_000_000, world.plants.takes(.overLimit, on: world.today) { deciders[0].limit = 10_000_000 }
    ask(
      about: on(contract), Contract.renewed.declaration.name, amount: contract.offer, of: deciders, by: seller(in: world),
      then: .contract(.renewed), otherwise: .contract(.renewalRefused), odds: Odds(rejected: 8, returned: 25), in: &world)
  }

  mutating func renew(_ world: inout World) {
    guard var contract, contract.isInForce, standing.isCustomer, !isPooled else { return }
    contract.endOn = contract.endOn.adding(years: 1)
    contract.total = contract.offer
    contract.latest += 1
    contract.version = contract.latest
    contract.proposal = nil
    self.contract = contract
    if contract.priceChange > 200 { feel(-profile.priceSense) }
    var data: JSONObject = [
      "customer": reference, "newEndOn": .day(contract.endOn), "auto": .bool(contract.autoRenew),
      "priceChangeBp": .int(Int64(contract.priceChange)), "totalMinor": .money(contract.total), "cur": currency,
      "version": .int(Int64(contract.version)),
    ]
    data["approval"] = approval.map { .string($0) }
    record(Contract.renewed, data, on: on(contract), by: seller(in: world), as: "AM", in: &world)
    if contract.isMaintenance { plan(.voice(.checkUp), in: random.int(200...300), &world) }
    planReminder(contract, &world)
  }
}
