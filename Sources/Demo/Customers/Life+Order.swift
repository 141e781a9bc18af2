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
    let lines = purchase.deal?.lines ?? offer(percent: standing == .leaving ? 55 : 100, world)
    purchase.total = lines.reduce(0) { $0 + $1.total }
    purchase.hasPump = lines.contains { $0.article.kind == .pump }
    var data: JSONObject = [
      "customer": reference, "cur": currency, "promisedOn": .day(purchase.promisedOn), "lines": .array(lines.map(\.json)),
      "totalMinor": .money(purchase.total),
    ]
    if let deal = purchase.deal, !deal.quote.isEmpty { data["quote"] = .string(deal.quote) }
    if let contract, contract.isInForce { data["contract"] = .string(contract.id) }
    data["salesChannel"] = .string(isPooled ? "portal" : random.pick(["sales", "portal", "mail"]))
    let taker = isPooled ? random.pick(world.team.service) : seller(in: world)
    record(Order.placed, data, on: .of(.order, purchase.id), by: taker, in: &world)
    noteLapse(lines, in: purchase, by: taker, &world)
    book(purchase, &world)
    if random.chance(70) {
      plan(.order(.changed, purchase), in: random.int(1...6), &world)
    } else {
      planDelivery(purchase, &world)
    }
  }

  /// What an order does to the books and to where they stand.
  private mutating func book(_ purchase: Purchase, _ world: inout World) {
    lastTouch = world.today
    let (money, total, isNew) = (money, purchase.total, !hasBought)
    world.books.update(credited) {
      $0.ordered[money] += total
      if isNew { $0.newCustomers += 1 }
    }
    hasBought = true
    if standing == .prospect {
      standing = .active
      planNextOrder(&world)
    }
    if purchase.deal != nil, purchase.hasPump, !isPooled, random.chance(620) {
      plan(.handoff(.given, Handoff(kind: .order, about: purchase.id, to: nil)), in: random.int(0...2), &world)
    }
  }

  /// A sale of what the seller is not certified for is taken, and stands beside a deviation.
  private mutating func noteLapse(
    _ lines: [Purchase.Line], in purchase: Purchase, by taker: Person, _ world: inout World
  ) {
    let missing = lines.map(\.article).filter { world.books.isLapsed(taker, for: $0, on: world.today) }.map(\.sku)
    guard !missing.isEmpty else { return }
    record(
      Process.deviationRecorded,
      [
        "customer": reference, "step": "sale", "about": .string("order:" + purchase.id),
        "cause": .string(Set(missing).sorted().joined(separator: ", ")),
      ], on: .of(.process, "sales-certificate"), by: world.team.certificates,
      reason: "no valid certificate · 无有效认证", channel: "rule", in: &world)
  }

  /// Some articles of their basket, together so many hundredths of what a usual order comes to.
  mutating func offer(percent: Int, _ world: World) -> [Purchase.Line] {
    let articles = profile.basket.prefix(random.int(1...profile.basket.count))
    let each = basketTotal(world) * percent / 100 / articles.count
    return articles.map { article in
      let fen = article.price * (100 + 4 * (world.today - world.start) / 365) / 100
      let discount = [random.int(0...2) * 100, random.int(0...6) * 100, random.int(4...12) * 100][profile.size.rawValue]
      return Purchase.Line(
        article: article, quantity: max(random.around(each, percent: 40) / fen, 1), price: inTheirMoney(fen),
        discountBp: discount)
    }
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
      on: .of(.order, purchase.id), by: isPooled ? random.pick(world.team.service) : seller(in: world),
      reason: say(random.pick(isCancelled ? Phrases.cancels : Phrases.changes)),
      in: &world)
    let money = money
    world.books.update(credited) { $0.ordered[money] += delta }
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
    if let contract, contract.isInForce { bill.contract = contract.id }
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
    guard delta > 0 else { return }
    record(
      Order.changed,
      ["customer": reference, "kind": "return", "deltaMinor": .money(-delta), "cur": currency],
      on: .of(.order, purchase.id),
      by: random.pick(world.team.service), reason: say(Phrases.returned), in: &world)
    var bill = Bill()
    bill.order = purchase.id
    bill.net = delta
    askForCredit(bill, &world)
  }
}
