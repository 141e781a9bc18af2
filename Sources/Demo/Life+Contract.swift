import Events
import Vocabulary
import Wire

// Contracts from draft to archive.

extension Life {
  mutating func agree(_ step: ContractStep, _ world: inout World) {
    switch step {
    case .drafted: draft(&world)
    case .revised: revise(purpose: "draft", &world)
    case .signed: sign(party: "us", &world)
    case .countersigned: sign(party: "them", &world)
    case .activated: activate(channel: "ui", &world)
    case .obligation: meetObligation(&world)
    case .breached: breach(&world)
    case .amendmentDrafted: revise(purpose: "amendment", &world)
    case .amended: amend(&world)
    case .reminder: decideOnRenewal(&world)
    case .renewed: renew(&world)
    case .ended: end(cause: nil, Phrases.notRenewed, &world)
    case .archived: archive(&world)
    }
  }

  /// The terms in the words of the records.
  private func terms(_ contract: Agreement) -> JSONObject {
    var terms: JSONObject = [
      "customer": reference, "kind": say(contract.kind), "startOn": .day(contract.startOn), "endOn": .day(contract.endOn),
      "totalMinor": .money(contract.total), "cur": currency, "noticeDays": .int(Int64(contract.noticeDays)),
      "autoRenew": .bool(contract.autoRenew),
    ]
    if contract.isMaintenance { terms["mrrMinor"] = .money(contract.total / 12) }
    return terms
  }

  private func on(_ contract: Agreement) -> Subject { .of(.contract, contract.id) }

  private mutating func draft(_ world: inout World) {
    guard standing.isCustomer, contract == nil else { return }
    let new = Agreement(id: world.number(.contract), from: world.today + 30, profile, &random)
    contract = new
    var data = terms(new)
    data["number"] = .string(new.id)
    data["templateVersion"] = "2.3"
    data["clauses"] = [
      ["key": "price", "textHash": .string(random.hash())], ["key": "delivery", "value": say(Phrases.deliveryClause)],
      ["key": "payment", "value": say(Name("\(profile.term) days net", "货到 \(profile.term) 天付款"))],
    ]
    record(Contract.drafted, data, on: on(new), by: seller(in: world), in: &world)
    plan(.contract(random.chance(350) ? .revised : .signed), in: random.int(3...12), &world)
  }

  private mutating func revise(purpose: JSON, _ world: inout World) {
    guard let contract else { return }
    let change = random.pick(Phrases.clauseChanges)
    record(
      Contract.revised,
      [
        "customer": reference, "purpose": purpose, "version": .int(Int64(contract.version + (purpose == "draft" ? 0 : 1))),
        "clauseChanges": [
          ["key": .string(change.key), "before": say(change.before), "after": say(change.after), "proposedBy": "them"]
        ], "docHash": .string(random.hash()),
      ], on: on(contract), by: random.pick(world.team.legal), in: &world)
    plan(.contract(purpose == "draft" ? .signed : .amended), in: random.int(4...20), &world)
  }

  private mutating func sign(party: JSON, _ world: inout World) {
    guard let contract else { return }
    record(
      Contract.signed,
      [
        "customer": reference, "version": 1, "party": party,
        "signatory": .string(party == "them" ? contact.name : world.team.managers[profile.region.rawValue].name),
        "method": random.chance(550) ? "e-sign" : "seal", "certificateHash": .string(random.hash()),
      ], on: on(contract), by: random.pick(world.team.legal), in: &world)
    plan(.contract(party == "us" ? .countersigned : .activated), in: random.int(1...10), &world)
  }

  mutating func activate(channel: String, _ world: inout World) {
    guard var contract, standing != .gone else { return }
    contract.isInForce = true
    self.contract = contract
    var data = terms(contract)
    data["version"] = 1
    data["effectiveOn"] = .day(max(contract.startOn, world.today))
    if contract.isMaintenance {
      data["obligations"] = [
        ["id": "check-1", "who": "us", "what": say(Phrases.yearlyCheck), "dueOn": .day(contract.startOn + 180)]
      ]
      plan(.contract(.obligation), in: max(contract.startOn + random.int(150...200) - world.today, 5), &world)
    }
    record(Contract.activated, data, on: on(contract), by: random.pick(world.team.legal), channel: channel, in: &world)
    if random.chance(200) { plan(.contract(.amendmentDrafted), in: random.int(40...260), &world) }
    if random.chance(35) { plan(.contract(.breached), in: random.int(60...300), &world) }
    planReminder(contract, &world)
  }

  private mutating func planReminder(_ contract: Agreement, _ world: inout World) {
    plan(.contract(.reminder), in: contract.endOn - world.today - contract.noticeDays - random.int(0...20), &world)
  }

  private mutating func meetObligation(_ world: inout World) {
    guard let contract, contract.isInForce else { return }
    record(
      Contract.obligationMet, ["customer": reference, "obligation": "check-1", "metOn": .day(world.today)],
      on: on(contract),
      by: random.pick(world.team.service), in: &world)
    record(
      Service.performed,
      ["kind": "check-up", "contract": .string(contract.id), "result": say(random.pick(Phrases.checkUps))],
      by: random.pick(world.team.service), in: &world)
  }

  /// A dispute, which as a rule ends in other terms.
  private mutating func breach(_ world: inout World) {
    guard var contract, contract.isInForce else { return }
    contract.isDisputed = true
    self.contract = contract
    let isOurs = random.chance(600)
    feel(isOurs ? -10 : -4)
    record(
      Contract.breachRecorded,
      [
        "customer": reference, "by": isOurs ? "us" : "them", "daysLate": .int(Int64(random.int(10...60))),
        "claimMinor": .money(contract.total * random.int(2...12) / 100), "cur": currency,
      ], on: on(contract), by: random.pick(world.team.legal), reason: say(isOurs ? Phrases.ourBreach : Phrases.theirBreach),
      in: &world)
    if random.chance(650) { plan(.contract(.amendmentDrafted), in: random.int(10...40), &world) }
  }

  private mutating func amend(_ world: inout World) {
    guard var contract, contract.isInForce else { return }
    let usual = random.pick(Phrases.amendments)
    let why = contract.isDisputed ? Phrases.settledDispute : usual
    contract.isDisputed = false
    contract.version += 1
    contract.total = contract.total * random.int(85...125) / 100
    self.contract = contract
    feel(2)
    let agreed = world.now - .seconds(86_400)
    record(
      Contract.amended,
      [
        "customer": reference, "fromVersion": .int(Int64(contract.version - 1)), "toVersion": .int(Int64(contract.version)),
        "effectiveOn": .day(world.today), "totalMinor": .money(contract.total), "cur": currency,
        "assent": .array(
          ["us", "them"].map { party in
            ["party": party, "evidenceHash": .string(random.hash()), "at": .string(agreed.description)]
          }),
      ], on: on(contract), by: random.pick(world.team.legal), reason: say(why), in: &world)
  }

  /// Whether the contract goes on is decided when notice could still be given. Now and then nobody thinks of it.
  private mutating func decideOnRenewal(_ world: inout World) {
    guard let contract, contract.isInForce else { return }
    let isWanted = standing == .active && random.chance(mood >= 45 ? 920 : 350)
    if contract.autoRenew && standing == .active || isWanted && random.chance(950) {
      plan(.contract(.renewed), in: random.int(3...contract.noticeDays), &world)
    } else {
      plan(.contract(.ended), in: contract.endOn - world.today, &world)
    }
  }

  private mutating func renew(_ world: inout World) {
    guard var contract, contract.isInForce, standing.isCustomer else { return }
    let price = random.int(0...6) * 100
    contract.endOn = contract.endOn.adding(years: 1)
    contract.total = contract.total * (10_000 + price) / 10_000
    self.contract = contract
    if price > 200 { feel(-profile.priceSense) }
    record(
      Contract.renewed,
      [
        "customer": reference, "newEndOn": .day(contract.endOn), "auto": .bool(contract.autoRenew),
        "priceChangeBp": .int(Int64(price)),
        "totalMinor": .money(contract.total), "cur": currency,
      ], on: on(contract), by: seller(in: world), in: &world)
    if contract.isMaintenance { plan(.contract(.obligation), in: random.int(200...300), &world) }
    planReminder(contract, &world)
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
    }
    record(Contract.ended, data, on: on(contract), by: random.pick(world.team.legal), reason: say(why), in: &world)
    plan(.contract(.archived), in: random.int(20...60), &world)
    if standing == .active, random.chance(180) { beginLeaving(&world) }
  }

  private mutating func archive(_ world: inout World) {
    guard let contract, !contract.isInForce else { return }
    record(
      Contract.archived,
      [
        "customer": reference, "location": say(Phrases.archive), "docHashes": [.string(random.hash())],
        "retentionClass": "10y",
        "disposeAfter": .day(world.today.adding(years: 10)),
      ], on: on(contract), by: random.pick(world.team.legal), in: &world)
    self.contract = nil
  }
}
