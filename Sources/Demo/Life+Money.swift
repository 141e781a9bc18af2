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
    case .refunded: refund(bill, &world)
    case .writtenOff: writeOff(bill, &world)
    }
  }

  private mutating func invoice(_ bill: Bill, _ world: inout World) {
    var bill = bill
    bill.invoice = world.number(.invoice)
    bill.dueOn = world.today + profile.term
    let tax = profile.region == .overseas ? 0 : bill.net * 13 / 100
    bill.amount = bill.net + tax
    record(
      Order.invoiced,
      [
        "customer": reference, "order": .string(bill.order), "netMinor": .money(bill.net), "taxMinor": .money(tax),
        "cur": currency,
        "dueOn": .day(bill.dueOn), "terms": say(Name("\(profile.term) days net", "货到 \(profile.term) 天")),
      ], on: .of(.invoice, bill.invoice), by: random.pick(world.team.finance), in: &world)
    guard bill.amount > 0 else { return }
    if random.chance(standing == .leaving ? 30 : 3) {
      planDemands(bill, until: 230, &world)
      plan(.money(.writtenOff, bill), in: profile.term + 240, &world)
    } else if random.chance(100) {
      var first = bill
      first.amount = bill.amount * 6 / 10
      planPayment(first, &world)
      bill.amount -= first.amount
      planPayment(bill, &world)
    } else {
      planPayment(bill, &world)
    }
  }

  /// Who is content pays by habit. Who is about to leave, or quarrels, lets the company wait.
  private mutating func planPayment(_ bill: Bill, _ world: inout World) {
    var late = random.int(-6...4) + random.around(profile.lateness, percent: 60)
    if standing == .leaving { late += random.int(15...50) } else if mood < 45 { late += random.int(4...18) }
    if openCases > 0 { late += random.int(5...30) }
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

  private mutating func bounce(_ bill: Bill, _ world: inout World) {
    record(
      Payment.failed,
      [
        "invoices": [.string(bill.invoice)], "amountMinor": .money(bill.amount), "cur": currency,
        "method": "acceptance-bill",
        "failure": "refused", "retry": true,
      ], by: random.pick(world.team.finance), in: &world)
  }

  private mutating func pay(_ bill: Bill, _ world: inout World) {
    let number = world.number(.payment)
    record(
      Payment.received,
      [
        "payment": .string(number), "invoices": [.string(bill.invoice)], "amountMinor": .money(bill.amount),
        "cur": currency,
        "method": random.chance(820) ? "transfer" : "acceptance-bill", "receivedOn": .day(world.today),
      ], by: random.pick(world.team.finance), in: &world)
    paidSincePoints += bill.amount * profile.country.rate / 100
    guard isSuspended, standing.isCustomer else { return }
    isSuspended = false
    changeStatus(from: "suspended", to: "active", Phrases.paidUp, &world)
    planNextOrder(&world)
  }

  private mutating func demand(_ bill: Bill, _ level: Int, _ world: inout World) {
    record(
      Payment.demanded,
      [
        "invoices": [.string(bill.invoice)], "amountMinor": .money(bill.amount), "cur": currency,
        "method": ["call", "letter", "lawyer"][level], "deliveredOn": .day(world.today),
      ], by: level == 0 ? seller(in: world) : random.pick(world.team.finance), in: &world)
    feel(-1)
    guard level == 2, standing.isCustomer, !isSuspended else { return }
    isSuspended = true
    changeStatus(from: "active", to: "suspended", Phrases.overdue, &world)
  }

  private mutating func refund(_ bill: Bill, _ world: inout World) {
    record(
      Payment.refunded,
      [
        "payment": .string(world.number(.payment)), "amountMinor": .money(bill.amount), "cur": currency,
        "method": "transfer",
        "refundedOn": .day(world.today),
      ], by: random.pick(world.team.finance), in: &world)
  }

  private mutating func writeOff(_ bill: Bill, _ world: inout World) {
    record(
      Payment.adjusted,
      ["invoices": [.string(bill.invoice)], "amountMinor": .money(bill.amount), "cur": currency, "kind": "write-off"],
      by: random.pick(world.team.finance), reason: say(Phrases.uncollectable), in: &world)
    guard standing != .gone else { return }
    changeStatus(from: nil, to: "blacklisted", Phrases.uncollectable, &world)
    standing = .gone
  }

  mutating func changeStatus(from: JSON?, to: JSON, _ why: Name, _ world: inout World) {
    var data: JSONObject = ["to": to, "effectiveOn": .day(world.today)]
    data["from"] = from
    record(Customer.statusChanged, data, by: seller(in: world), reason: say(why), in: &world)
  }
}
