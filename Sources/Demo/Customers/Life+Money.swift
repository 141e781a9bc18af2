import Events
import Vocabulary
import Wire

// Invoices, and the money that comes, comes late, or does not come.

extension Life {
  mutating func settle(_ step: MoneyStep, _ bill: Bill, _ world: inout World) {
    switch step {
    case .invoiced: invoice(bill, &world)
    case .bounced: bounce(bill, &world)
    case .paid: pay(bill, &world)
    case .demanded(let level): demand(bill, level, &world)
    case .creditAsked: askForCredit(bill, &world)
    case .credited: credit(bill, &world)
    case .writeOffAsked: askForWriteOff(bill, &world)
    case .writtenOff: writeOff(bill, &world)
    }
  }

  private mutating func invoice(_ bill: Bill, _ world: inout World) {
    var bill = bill
    bill.invoice = world.number(.invoice)
    bill.dueOn = world.today + profile.term
    let tax = profile.region == .overseas ? 0 : bill.net * 13 / 100
    bill.amount = bill.net + tax
    var data: JSONObject = [
      "customer": reference, "order": .string(bill.order), "netMinor": .money(bill.net), "taxMinor": .money(tax),
      "cur": currency, "dueOn": .day(bill.dueOn), "terms": say(Name("\(profile.term) days net", "货到 \(profile.term) 天")),
    ]
    data["contract"] = bill.contract.map { .string($0) }
    record(Order.invoiced, data, on: .of(.invoice, bill.invoice), by: random.pick(world.team.finance), in: &world)
    guard bill.amount > 0 else { return }
    bills.append(OpenBill(invoice: bill.invoice, order: bill.order, amount: bill.amount))
    if random.chance(standing == .leaving ? 30 : 3) {
      planDemands(bill, until: 230, &world)
      plan(.money(.writeOffAsked, bill), in: profile.term + 240, &world)
    } else if random.chance(100) {
      var first = bill
      first.tenths = 6
      planPayment(first, &world)
      planPayment(bill, atLeast: 20, &world)
    } else {
      planPayment(bill, &world)
    }
  }

  /// Who is content pays by habit. Who is about to leave, or quarrels, lets the company wait.
  private mutating func planPayment(_ bill: Bill, atLeast least: Int = -10, _ world: inout World) {
    var late = random.int(-6...4) + random.around(profile.lateness, percent: 60)
    if standing == .leaving { late += random.int(15...50) } else if mood < 45 { late += random.int(4...18) }
    if openCases > 0 { late += random.int(5...30) }
    late = max(late, least)
    if random.chance(9) {
      plan(.money(.bounced, bill), in: profile.term, &world)
      late = max(late, 6)
    }
    planDemands(bill, until: late, &world)
    plan(.money(.paid, bill), in: profile.term + late, &world)
  }

  /// Reminders for as long as the money is late.
  private mutating func planDemands(_ bill: Bill, until late: Int, _ world: inout World) {
    for (level, days) in [18, 42, 80].enumerated() where late > days {
      plan(.money(.demanded(level), bill), in: profile.term + days, &world)
    }
  }

  private func place(of bill: Bill) -> Int? {
    bills.firstIndex { bill.invoice.isEmpty ? $0.order == bill.order : $0.invoice == bill.invoice }
  }

  private mutating func bounce(_ bill: Bill, _ world: inout World) {
    guard let place = place(of: bill), bills[place].open > 0 else { return }
    record(
      Payment.failed,
      [
        "invoices": [.string(bill.invoice)], "amountMinor": .money(bills[place].open), "cur": currency,
        "method": "acceptance-bill",
        "failure": "refused", "retry": true,
      ], by: random.pick(world.team.finance), in: &world)
  }

  private mutating func pay(_ bill: Bill, _ world: inout World) {
    guard let place = place(of: bill), bills[place].open > 0 else { return }
    let amount = bill.tenths == 10 ? bills[place].open : min(bill.amount * bill.tenths / 10, bills[place].open)
    guard amount > 0 else { return }
    let number = world.number(.payment)
    let position = record(
      Payment.received,
      [
        "payment": .string(number), "invoices": [.string(bill.invoice)], "amountMinor": .money(amount),
        "cur": currency,
        "method": random.chance(820) ? "transfer" : "acceptance-bill", "receivedOn": .day(world.today),
      ], by: random.pick(world.team.finance), in: &world)
    let (atOnce, later) = world.books.collect(amount, money, by: credited, in: world.today.year, at: position)
    bills[place].paid += amount
    bills[place].parts.append(
      OpenBill.Part(seller: credited, amount: amount, atOnce: atOnce, later: later, position: position))
    complete(place, &world)
    paidSincePoints += amount * profile.country.rate / 100
    if isSuspended, standing.isCustomer { resume(&world) }
  }

  private mutating func resume(_ world: inout World) {
    isSuspended = false
    changeStatus(from: "suspended", to: "active", Phrases.paidUp, &world)
    planNextOrder(&world)
    treatRisk(action: "reduce", closed: true, Phrases.paidUp, &world)
  }

  private mutating func demand(_ bill: Bill, _ level: Int, _ world: inout World) {
    guard let place = place(of: bill), bills[place].open > 0 else { return }
    var data: JSONObject = [
      "invoices": [.string(bill.invoice)], "amountMinor": .money(bills[place].open), "cur": currency,
      "method": ["call", "letter", "lawyer"][level], "deliveredOn": .day(world.today),
    ]
    if level > 0 { data["proofHash"] = .string(random.hash()) }
    let isSellers = level == 0 && !isPooled && standing.isCustomer
    let person = level == 2 ? random.pick(world.team.legal) : random.pick(world.team.finance)
    record(Payment.demanded, data, by: isSellers ? seller(in: world) : person, in: &world)
    feel(-1)
    guard level == 2, standing.isCustomer, !isSuspended else { return }
    isSuspended = true
    changeStatus(from: "active", to: "suspended", Phrases.overdue, &world)
    identifyRisk(bills[place].open, &world)
  }
}

// What is taken off an invoice, under four eyes.
extension Life {
  /// Goods came back: their price is credited, and given back where it was paid.
  mutating func askForCredit(_ bill: Bill, _ world: inout World) {
    var bill = bill
    guard let place = place(of: bill) else {
      if bill.tries < 4 {
        bill.tries += 1
        plan(.money(.creditAsked, bill), in: 5, &world)
      }
      return
    }
    bill.invoice = bills[place].invoice
    bill.amount = min(profile.region == .overseas ? bill.net : bill.net * 113 / 100, bills[place].amount - bills[place].credited)
    guard bill.amount > 0 else { return }
    askForAdjustment(&bill, then: .credited, &world)
  }

  private mutating func askForWriteOff(_ bill: Bill, _ world: inout World) {
    var bill = bill
    guard let place = place(of: bill), bills[place].open > 0 else { return }
    bill.amount = bills[place].open
    askForAdjustment(&bill, then: .writtenOff, &world)
  }

  /// By the approval rule finance decides alone up to ten thousand, and sales with it beyond.
  private mutating func askForAdjustment(_ bill: inout Bill, then step: MoneyStep, _ world: inout World) {
    let clerk = random.below(world.team.finance.count)
    bill.clerk = clerk
    let person = world.team.finance[clerk]
    let isLarge = bill.amount > 1_000_000
    let other = (clerk + 1 + random.below(world.team.finance.count - 1)) % world.team.finance.count
    var deciders = [Decider(person: world.team.finance[other], role: "FN", limit: isLarge ? nil : 1_000_000)]
    if isLarge { deciders.append(Decider(person: manager(in: world), role: "SM", limit: nil)) }
    if step == .credited, world.plants.takes(.ownDecision, on: world.today) {
      deciders = [Decider(person: person, role: "FN", limit: nil)]
    }
    ask(
      about: subject, Payment.adjusted.declaration.name, amount: bill.amount, of: deciders, by: person,
      then: .money(step, bill), odds: .routine, in: &world)
  }

  private mutating func credit(_ bill: Bill, _ world: inout World) {
    guard let place = place(of: bill) else { return }
    let clerk = world.team.finance[bill.clerk]
    let amount = min(bill.amount, bills[place].amount - bills[place].credited)
    guard amount > 0 else { return }
    if amount > bills[place].open { refund(amount - bills[place].open, place, by: clerk, &world) }
    adjust(amount, place, kind: "credit-note", Phrases.goodsCameBack, by: clerk, &world)
    bills[place].credited += amount
    complete(place, &world)
  }

  private mutating func refund(_ amount: Int, _ place: Int, by clerk: Person, _ world: inout World) {
    let position = record(
      Payment.refunded,
      [
        "payment": .string(world.number(.payment)), "invoices": [.string(bills[place].invoice)],
        "amountMinor": .money(amount), "cur": currency, "method": "transfer", "refundedOn": .day(world.today),
      ], by: clerk, in: &world)
    bills[place].paid -= amount
    var rest = amount
    for number in bills[place].parts.indices.reversed() where rest > 0 {
      var part = bills[place].parts[number]
      let given = min(rest, part.amount - part.given)
      let earned = part.atOnce + (bills[place].isFull ? part.later : 0)
      let before = earned * part.given / part.amount
      part.given += given
      rest -= given
      let taken = earned * part.given / part.amount - before
      world.books.note(
        Books.Line(currency: money, amount: -taken, basis: [part.position, position]), for: part.seller)
      bills[place].parts[number] = part
    }
  }

  private func adjust(_ amount: Int, _ place: Int, kind: JSON, _ why: Name, by clerk: Person, _ world: inout World) {
    var data: JSONObject = [
      "invoices": [.string(bills[place].invoice)], "amountMinor": .money(amount), "cur": currency, "kind": kind,
      "account": kind == "write-off" ? "6702" : "1122",
    ]
    data["approval"] = approval.map { .string($0) }
    record(Payment.adjusted, data, by: clerk, reason: say(why), in: &world)
  }

  private mutating func writeOff(_ bill: Bill, _ world: inout World) {
    guard let place = place(of: bill), bills[place].open > 0 else { return }
    let amount = min(bill.amount, bills[place].open)
    adjust(amount, place, kind: "write-off", Phrases.uncollectable, by: world.team.finance[bill.clerk], &world)
    bills[place].credited += amount
    guard standing != .gone else { return }
    treatRisk(action: "accept", closed: true, Phrases.uncollectable, &world)
    changeStatus(from: nil, to: "blacklisted", Phrases.uncollectable, &world)
    standing = .gone
    world.books.own(credited, -1)
  }

  /// The rest of the commission is earned when an invoice is paid in full.
  private mutating func complete(_ place: Int, _ world: inout World) {
    guard bills[place].open == 0, !bills[place].isFull else { return }
    bills[place].isFull = true
    for part in bills[place].parts where part.given < part.amount {
      let earned = part.later - part.later * part.given / part.amount
      world.books.note(Books.Line(currency: money, amount: earned, basis: [part.position]), for: part.seller)
    }
    let settled = bills.indices.dropLast(12).filter { bills[$0].isFull }
    for old in settled.reversed() { bills.remove(at: old) }
  }

  mutating func changeStatus(from: JSON?, to: JSON, _ why: Name, _ world: inout World) {
    var data: JSONObject = ["to": to, "effectiveOn": .day(world.today)]
    data["from"] = from
    let isWrong = world.plants.takes(.wrongRole, on: world.today)
    let person = isPooled ? manager(in: world) : seller(in: world)
    record(
      Customer.statusChanged, data, by: isWrong ? seller(in: world) : person, as: isWrong ? "SR" : nil, reason: say(why),
      in: &world)
  }
}

// Money that may not come is a risk, with somebody who does something about it.
extension Life {
  private mutating func identifyRisk(_ exposure: Int, _ world: inout World) {
    guard risk == nil else { return }
    let id = world.number(.risk)
    risk = id
    record(
      Risk.identified,
      [
        "customer": reference, "kind": "credit", "about": .string(subject.description), "what": say(Phrases.overdue),
        "exposureMinor": .money(exposure), "cur": currency, "likelihood": .int(Int64(random.int(2...4))),
        "impact": .int(Int64(1 + profile.size.rawValue + random.below(2))),
      ], on: .of(.risk, id), by: random.pick(world.team.finance), in: &world)
  }

  mutating func treatRisk(action: JSON, closed: Bool, _ why: Name, _ world: inout World) {
    guard let id = risk else { return }
    if closed { risk = nil }
    record(
      Risk.treated,
      [
        "customer": reference, "action": action, "closed": .bool(closed), "what": say(why), "likelihood": closed ? 1 : 2,
        "impact": .int(Int64(1 + random.below(3))),
      ], on: .of(.risk, id), by: random.pick(world.team.finance), reason: say(why), in: &world)
  }
}
