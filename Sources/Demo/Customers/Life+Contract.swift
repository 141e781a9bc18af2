import Events
import Vocabulary
import Wire

// Contracts from draft to force.

extension Life {
  mutating func agree(_ step: ContractStep, _ world: inout World) {
    switch step {
    case .drafted: draft(&world)
    case .revised: reviseDraft(&world)
    case .checked: checkCompliance(&world)
    case .asked: askToSign(&world)
    case .frozen: freeze(&world)
    case .signed: sign(party: "us", &world)
    case .countersigned: sign(party: "them", &world)
    case .activated: activate(&world)
    case .obligation(let place): meet(place, &world)
    case .breached: breach(&world)
    case .amendmentDrafted: proposeAmendment(&world)
    case .amendmentAsked: askToAmend(&world)
    case .amended: amend(&world)
    case .amendmentRefused: refuseAmendment(&world)
    case .reminder: decideOnRenewal(&world)
    case .renewalAsked: askToRenew(&world)
    case .renewalRefused: planEnd(&world)
    case .renewed: renew(&world)
    case .ended: end(cause: nil, Phrases.notRenewed, &world)
    case .archived: archive(&world)
    }
  }

  func on(_ contract: Agreement) -> Subject { .of(.contract, contract.id) }
  func counsel(_ contract: Agreement, in world: World) -> Person { world.team.legal[contract.counsel] }

  /// The terms in the words of the records.
  func terms(_ contract: Agreement) -> JSONObject {
    var terms: JSONObject = [
      "customer": reference, "kind": say(contract.kind), "startOn": .day(contract.startOn), "endOn": .day(contract.endOn),
      "totalMinor": .money(contract.total), "cur": currency, "noticeDays": .int(Int64(contract.noticeDays)),
      "autoRenew": .bool(contract.autoRenew),
    ]
    if contract.isMaintenance { terms["mrrMinor"] = .money(contract.total / 12) }
    return terms
  }

  /// Who decides about a new contract of this size: the chain of the approval rule, lowest desk first.
  func chain(for total: Int, besides counsel: Int, _ world: World) -> [Decider] {
    let limit: Int? = total <= 10_000_000 ? 10_000_000 : total <= 100_000_000 ? 100_000_000 : nil
    var deciders = [Decider(person: manager(in: world), role: "SM", limit: limit)]
    if total > 10_000_000 {
      deciders.append(Decider(person: otherCounsel(than: counsel, world), role: "LG", limit: limit))
    }
    if total > 100_000_000 {
      deciders.append(Decider(person: world.team.finance[index % world.team.finance.count], role: "FN", limit: nil))
    }
    return deciders
  }

  func otherCounsel(than counsel: Int, _ world: World) -> Person {
    world.team.legal[(counsel + 1 + index % (world.team.legal.count - 1)) % world.team.legal.count]
  }

  private mutating func newAgreement(from day: Day, _ world: inout World) -> Agreement {
    Agreement(
      id: world.number(.contract), from: day, profile, counsel: random.below(world.team.legal.count), world.handbook, &random)
  }

  private mutating func draft(_ world: inout World) {
    guard standing.isCustomer, !isPooled, contract == nil else { return }
    let new = newAgreement(from: world.today + 30, &world)
    contract = new
    record(Contract.drafted, paper(new), on: on(new), by: seller(in: world), in: &world)
    plan(.contract(random.chance(350) ? .revised : next(new, world)), in: random.int(3...12), &world)
  }

  /// The draft with every clause in its words and their hash.
  private func paper(_ contract: Agreement) -> JSONObject {
    var data = terms(contract)
    data["number"] = .string(contract.id)
    data["templateVersion"] = .string(contract.template)
    data["clauses"] = .array(
      contract.clauses.map {
        ["key": .string($0.key), "textHash": .string(Digest.of($0.text)), "value": .string($0.text)]
      })
    return data
  }

  /// Since the second version of the procedure, large contracts are checked before they are decided about.
  private func next(_ contract: Agreement, _ world: World) -> ContractStep {
    let isSecond = (world.handbook.document("contract-signing")?.version(on: world.today)?.number ?? 0) > 1
    return isSecond && contract.total * profile.country.rate / 100 >= 100_000_000 ? .checked : .asked
  }

  private mutating func reviseDraft(_ world: inout World) {
    guard var contract, !contract.isInForce, standing.isCustomer else { return abandon(&world) }
    let (changes, terms, total) = contract.changed(&random, raising: false)
    if !changes.isEmpty {
      contract.take(changes)
      (contract.terms, contract.total) = (terms, total)
      self.contract = contract
      record(
        Contract.revised,
        [
          "customer": reference, "purpose": "draft", "version": 1,
          "clauseChanges": .array(changes.map { $0.json(by: random.chance(700) ? "them" : "us") }),
          "docHash": .string(contract.docHash),
        ], on: on(contract), by: counsel(contract, in: world), in: &world)
    }
    plan(.contract(random.chance(180) ? .revised : next(contract, world)), in: random.int(3...12), &world)
  }

  private mutating func checkCompliance(_ world: inout World) {
    guard let contract, standing.isCustomer else { return abandon(&world) }
    let items = Phrases.checklist.map { item in (item, random.chance(item.oddsOfFailing)) }
    let failed = items.filter(\.1)
    let result = failed.isEmpty ? "passed" : failed.contains { $0.0.isGrave } ? "failed" : "conditional"
    record(
      Risk.complianceChecked,
      [
        "customer": reference, "about": .string("contract:" + contract.id), "checklistVersion": "2024-1",
        "items": .array(
          items.map { item, hasFailed in
            var entry: JSONObject = ["id": .string(item.id), "pass": .bool(!hasFailed)]
            if hasFailed { entry["note"] = say(item.note) }
            return .object(entry)
          }), "result": .string(result),
      ], on: .of(.compliance, world.number(.compliance)), by: counsel(contract, in: world), in: &world)
    if result == "failed" { return abandon(&world) }
    plan(.contract(.asked), in: random.int(1...4), &world)
  }

  private mutating func askToSign(_ world: inout World) {
    guard let contract, standing.isCustomer, !isPooled else { return abandon(&world) }
    ask(
      about: on(contract), Contract.signed.declaration.name, amount: contract.total,
      of: chain(for: contract.total, besides: contract.counsel, world), by: seller(in: world), then: .contract(.frozen),
      otherwise: .contract(.revised), in: &world)
  }

  private mutating func freeze(_ world: inout World) {
    guard let contract, standing.isCustomer else { return abandon(&world) }
    record(
      Contract.textFrozen,
      ["customer": reference, "version": 1, "docHash": .string(contract.docHash), "parties": ["us", "them"]],
      on: on(contract), by: counsel(contract, in: world), in: &world)
    plan(.contract(.signed), in: random.int(1...5), &world)
  }

  private mutating func sign(party: JSON, _ world: inout World) {
    guard let contract else { return }
    record(
      Contract.signed, signature(party, contract, &world), on: on(contract), by: counsel(contract, in: world), in: &world)
    plan(.contract(party == "us" ? .countersigned : .activated), in: random.int(1...10), &world)
  }

  private mutating func signature(_ party: JSON, _ contract: Agreement, _ world: inout World) -> JSONObject {
    let isTheirs = party == "them"
    let isOther = isTheirs && world.plants.takes(.otherText, on: world.today)
    let isSeal = profile.region != .overseas && random.chance(450)
    var data: JSONObject = [
      "customer": reference, "version": 1, "party": party,
      "signatory": .string(isTheirs ? contact.name : manager(in: world).name), "method": isSeal ? "seal" : "e-sign",
      "certificateHash": .string(random.hash()), "docHash": .string(isOther ? random.hash() : contract.docHash),
      "authorityRef": say(isTheirs ? Phrases.theirAuthority : Phrases.ourAuthority),
    ]
    if isSeal, !isTheirs { data["sealRegisterNo"] = .string(world.number(.seal)) }
    return data
  }

  private mutating func activate(_ world: inout World) {
    guard var contract, standing != .gone else { return }
    contract.isInForce = true
    contract.obligations = contract.duties()
    self.contract = contract
    record(
      Contract.activated, force(contract, on: max(contract.startOn, world.today)), on: on(contract),
      by: counsel(contract, in: world), in: &world)
    planYear(contract, &world)
    guard contract.isMaintenance, !isPooled else { return }
    plan(.handoff(.given, Handoff(kind: .maintenance, about: contract.id, to: nil)), in: random.int(0...3), &world)
  }

  private func force(_ contract: Agreement, on day: Day) -> JSONObject {
    var data = terms(contract)
    data["version"] = 1
    data["effectiveOn"] = .day(day)
    data["conditionsMet"] = [say(Phrases.bothSigned)]
    data["obligations"] = .array(
      contract.obligations.map { duty in
        var entry: JSONObject = [
          "id": .string(duty.id), "who": .string(duty.who), "what": say(duty.what), "dueOn": .day(duty.dueOn),
        ]
        entry["amountMinor"] = duty.amount.map { .money($0) }
        return .object(entry)
      })
    return data
  }

  /// What the year under a contract brings.
  func planDuty(_ place: Int, _ contract: Agreement, _ world: inout World, _ random: inout SplitMix64) {
    let due = contract.obligations[place].dueOn
    let late = random.chance(690) ? -random.int(0...12) : random.chance(850) ? random.int(1...26) : random.int(27...120)
    world.plan(.contract(.obligation(place)), for: index, on: max(due + late, world.today + 1), &random)
  }

  private mutating func planYear(_ contract: Agreement, _ world: inout World) {
    var random = random
    for place in contract.obligations.indices { planDuty(place, contract, &world, &random) }
    self.random = random
    if self.random.chance(230) { plan(.contract(.amendmentDrafted), in: self.random.int(40...260), &world) }
    if self.random.chance(75) { plan(.contract(.breached), in: self.random.int(60...300), &world) }
    planReminder(contract, &world)
  }

  mutating func planReminder(_ contract: Agreement, _ world: inout World) {
    plan(.contract(.reminder), in: contract.endOn - world.today - contract.noticeDays - random.int(0...20), &world)
  }
}

// What was agreed before the books began, or is given up before it is.
extension Life {
  /// Papers of the time before are entered on the first days as what they are: late, and with the reason.
  mutating func bringContract(_ world: inout World) {
    let began = WorkCalendar.workday(onOrAfter: world.today + -random.int(30...330))
    var new = newAgreement(from: began, &world)
    new.isInForce = true
    // What was due before the books began was done, or not, under the old ones.
    new.obligations = new.duties().filter { $0.dueOn > world.today }
    contract = new
    let lawyer = counsel(new, in: world)
    let papers: [(Contract, JSONObject, Int)] = [
      (.drafted, paper(new), 34),
      (.textFrozen, ["customer": reference, "version": 1, "docHash": .string(new.docHash)], 20),
      (.signed, signature("us", new, &world), 14), (.signed, signature("them", new, &world), 8),
      (.activated, force(new, on: began), 0),
    ]
    for (type, data, before) in papers {
      let day = WorkCalendar.workday(onOrAfter: began + -before)
      record(
        type, data, on: on(new), by: lawyer, reason: say(Phrases.takenOver), channel: "import",
        happened: WorkCalendar.officeMoment(on: min(day, world.today + -1), &random), in: &world)
    }
    planYear(new, &world)
  }

  /// A contract that is not to be.
  private mutating func abandon(_ world: inout World) {
    guard let contract, !contract.isInForce else { return }
    self.contract = nil
    record(
      Contract.ended, ["customer": reference, "cause": "cancelled", "endedOn": .day(world.today)], on: on(contract),
      by: counsel(contract, in: world), reason: say(Phrases.notConcluded), in: &world)
  }
}
