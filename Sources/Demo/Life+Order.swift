import Events
import Vocabulary
import Wire

// Orders in the customer's own rhythm, and how well they are delivered.

extension Life {
  mutating func fulfil(_ step: OrderStep, _ purchase: Purchase, _ world: inout World) {
    switch step {
    case .due: if purchase.turn == turn { orderAgain(&world) }
    case .placed: place(purchase, &world)
    case .changed: change(purchase, &world)
    case .delivered: accept(purchase, &world)
    case .installed: install(purchase, &world)
    case .returned: giveBack(purchase, &world)
    }
  }

  /// What a usual order comes to, in fen at today's prices.
  func basketTotal(_ world: World) -> Int { profile.volume * 60_000 * (100 + 4 * (world.today - world.start) / 365) / 100 }

  private mutating func orderAgain(_ world: inout World) {
    guard standing.isCustomer, !isSuspended else { return }
    place(Purchase(), &world)
    planNextOrder(&world)
  }

  mutating func planNextOrder(_ world: inout World) {
    let pace = standing == .leaving ? 190 : mood > 78 ? 90 : mood < 50 ? 120 : 100
    let gap = max(random.around(profile.gap * pace / 100, percent: 35), 6)
    planOrder(in: WorkCalendar.day(after: gap, from: world.today) - world.today, &world)
  }

  /// The next turn of their rhythm comes then, and no other.
  mutating func planOrder(in days: Int, _ world: inout World) {
    turn += 1
    plan(.order(.due, Purchase(turn: turn)), in: days, &world)
  }

  private mutating func place(_ purchase: Purchase, _ world: inout World) {
    guard standing != .gone else { return }
    var purchase = purchase
    purchase.id = world.number(.order)
    purchase.promisedOn = WorkCalendar.workday(onOrAfter: world.today + random.int(8...32))
    var data: JSONObject = ["customer": reference, "cur": currency, "promisedOn": .day(purchase.promisedOn)]
    if let deal = purchase.deal {
      purchase.total = deal.amount
      purchase.hasPump = true
      if !deal.quote.isEmpty { data["quote"] = .string(deal.quote) }
    } else {
      data["lines"] = fill(&purchase, world)
    }
    data["totalMinor"] = .money(purchase.total)
    if let contract, contract.isInForce { data["contract"] = .string(contract.id) }
    data["salesChannel"] = random.pick(["sales", "portal", "mail"])
    record(Order.placed, data, on: .of(.order, purchase.id), by: seller(in: world), in: &world)
    lastTouch = world.today
    if standing == .prospect {
      standing = .active
      planNextOrder(&world)
    }
    if random.chance(70) {
      plan(.order(.changed, purchase), in: random.int(1...6), &world)
    } else {
      planDelivery(purchase, &world)
    }
  }

  /// One line for each of some articles of their basket.
  private mutating func fill(_ purchase: inout Purchase, _ world: World) -> JSON {
    let articles = profile.basket.prefix(random.int(1...profile.basket.count))
    let each = basketTotal(world) * (standing == .leaving ? 55 : 100) / 100 / articles.count
    var lines: [JSON] = []
    for article in articles {
      let fen = article.price * (100 + 4 * (world.today - world.start) / 365) / 100
      let price = inTheirMoney(fen)
      let quantity = max(random.around(each, percent: 40) / fen, 1)
      let discount = [random.int(0...2) * 100, random.int(0...6) * 100, random.int(4...12) * 100][profile.size.rawValue]
      purchase.total += price * quantity * (10_000 - discount) / 10_000
      purchase.hasPump = purchase.hasPump || article.kind == .pump
      lines.append([
        "sku": .string(article.sku), "qty": .string(String(quantity)), "unitMinor": .money(price),
        "discountBp": .int(Int64(discount)),
      ])
    }
    return .array(lines)
  }

  /// Good quarters deliver on time as a rule; in the bad one most of it comes weeks too late.
  private mutating func planDelivery(_ purchase: Purchase, _ world: inout World) {
    var purchase = purchase
    let isTroubled = world.isTroubled(profile.region, on: purchase.promisedOn)
    if isTroubled, random.chance(780) {
      purchase.daysLate = random.int(10...38)
    } else if random.chance(230) {
      purchase.daysLate = random.chance(780) ? random.int(1...6) : random.int(7...18)
    }
    if random.chance(isTroubled ? 160 : 35) { purchase.defects = random.int(1...4) }
    let day = purchase.promisedOn + (purchase.daysLate > 0 ? purchase.daysLate : -random.int(0...3))
    plan(.order(.delivered, purchase), in: day - world.today, &world)
  }

  private mutating func change(_ purchase: Purchase, _ world: inout World) {
    var purchase = purchase
    let isCancelled = random.chance(220)
    let delta = isCancelled ? -purchase.total : purchase.total * random.int(-25...30) / 100
    record(
      Order.changed,
      ["customer": reference, "kind": isCancelled ? "cancel" : "change", "deltaMinor": .money(delta), "cur": currency],
      on: .of(.order, purchase.id), by: seller(in: world),
      reason: say(random.pick(isCancelled ? Phrases.cancels : Phrases.changes)),
      in: &world)
    guard !isCancelled else { return }
    purchase.total += delta
    planDelivery(purchase, &world)
  }

  private mutating func accept(_ purchase: Purchase, _ world: inout World) {
    var data: JSONObject = [
      "customer": reference, "promisedOn": .day(purchase.promisedOn), "deliveredOn": .day(world.today),
      "acceptedOn": .day(world.today),
    ]
    if purchase.defects > 0 { data["defects"] = .int(Int64(purchase.defects)) }
    record(Order.delivered, data, on: .of(.order, purchase.id), by: random.pick(world.team.service), in: &world)
    var bill = Bill()
    bill.order = purchase.id
    bill.net = purchase.total
    plan(.money(.invoiced, bill), in: random.int(0...4), &world)
    if purchase.hasPump, random.chance(320) { plan(.order(.installed, purchase), in: random.int(3...15), &world) }
    remember(purchase)
    if purchase.daysLate > 6, random.chance(purchase.daysLate > 14 ? 480 : 300) {
      complain(of: purchase, isLate: true, &world)
    }
    if purchase.defects > 0, random.chance(480) { complain(of: purchase, isLate: false, &world) }
    if purchase.defects > 0, random.chance(200) { plan(.order(.returned, purchase), in: random.int(4...20), &world) }
  }

  /// What a delivery does to their mood, and a bad one to their trust.
  private mutating func remember(_ purchase: Purchase) {
    if purchase.daysLate > 12 {
      feel(-12)
      loseTrust(5)
    } else if purchase.daysLate > 6 {
      feel(-6)
      loseTrust(1)
    } else if purchase.daysLate == 0 {
      feel(1)
    }
    if purchase.defects > 0 { feel(-5) }
  }

  private mutating func install(_ purchase: Purchase, _ world: inout World) {
    let request = world.now - .seconds(random.int(2...9) * 86_400)
    record(
      Service.performed,
      [
        "kind": "install", "order": .string(purchase.id), "requestAt": .string(request.description),
        "endAt": .string(world.now.description), "result": say(Phrases.installed),
      ], by: random.pick(world.team.service), in: &world)
  }

  private mutating func giveBack(_ purchase: Purchase, _ world: inout World) {
    let delta = purchase.total * random.int(5...30) / 100
    record(
      Order.changed,
      ["customer": reference, "kind": "return", "deltaMinor": .money(-delta), "cur": currency],
      on: .of(.order, purchase.id),
      by: random.pick(world.team.service), reason: say(Phrases.returned), in: &world)
    var bill = Bill()
    bill.order = purchase.id
    bill.amount = delta
    plan(.money(.refunded, bill), in: random.int(5...25), &world)
  }
}
