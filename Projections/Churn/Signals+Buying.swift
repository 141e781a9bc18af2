import AccountHistory
import Projection
import Wire

// The signals that lie in what a customer buys, uses and pays.

extension Account {
  /// Bought less in the last days than in as many days before.
  ///
  /// By amounts, with changes and returns, in the currency of the latest purchase. Not judged where the days before saw
  /// too few purchases: who bought once has no level from which to decline.
  var orderDecline: Measured? {
    let purchases = purchases
    guard let last = purchases.last else { return nil }
    let money = history.movements.only { $0.currency == last.currency && $0.moment.at.day <= today }
    let window = rules.declineWindowDays
    func sum(_ end: Day) -> Int64 {
      money.reduce(0) { $1.moment.at.day > end + -window && $1.moment.at.day <= end ? $0 + $1.amount : $0 }
    }
    /// The amount of the window before, where it can be compared with.
    func before(_ end: Day) -> Int128? {
      let amount = sum(end + -window)
      let count = purchases.count {
        $0.currency == last.currency && $0.moment.at.day > end + -2 * window && $0.moment.at.day <= end + -window
      }
      return amount > 0 && count >= rules.declinePurchases ? Int128(amount) : nil
    }
    func declines(_ end: Day) -> Bool {
      before(end).map { Int128(sum(end)) * 100 < $0 * Int128(rules.declinePercent) } ?? false
    }
    guard let before = before(today) else { return nil }
    // Rounded up, so that a value below the threshold is a decline.
    let percent = Int(clamping: (Int128(sum(today)) * 100 + before - 1) / before)
    guard declines(today) else { return measured(.orderDecline, percent, against: rules.declinePercent, began: nil) }
    var day = today
    while declines(day + -1) { day = day + -1 }
    let cause = money.last { $0.moment.at.day <= day }?.moment.seq ?? -1
    return measured(
      .orderDecline, percent, against: rules.declinePercent, began: Moment(at: day.start, seq: cause),
      evidence: money.filter { $0.moment.at.day > today + -2 * window }.suffix(10).map(\.moment.seq))
  }

  /// Silent for longer than the own usual gap allows. Value and threshold in days.
  var orderGap: Measured? {
    let purchases = purchases
    var rhythm = PurchaseRhythm()
    for purchase in purchases { rhythm.take(purchase.moment.at.day) }
    guard let last = purchases.last?.moment, rhythm.count >= rules.gapCount, let median = rhythm.doubledMedian else {
      return nil
    }
    let limit = median * rules.gapFactorPercent / 200  // whole days; the day after is the first beyond the exact limit
    return beyond(.orderGap, limit, since: last)
  }

  /// No purchase for more than so many days.
  var silence: Measured? { purchases.last.flatMap { beyond(.silence, rules.silenceDays, since: $0.moment) } }

  /// More than `limit` days since an event.
  private func beyond(_ signal: Signal, _ limit: Int, since last: Moment) -> Measured {
    let days = today - last.at.day
    let began = Moment(at: (last.at.day + limit + 1).start, seq: last.seq)
    return measured(signal, days, against: limit, began: days > limit ? began : nil, evidence: [last.seq])
  }

  /// Used less in the last days that were reported than in as many days before, or not reported any more.
  ///
  /// A report's value is spread evenly over its period. All metrics of a customer are added, as facts do not tell them
  /// apart: report one metric, or always the same set. Value: percent less.
  var usageDecline: Measured? {
    guard let latest = reports.last(where: { $0.last <= today }) else { return nil }
    let quiet = today - latest.last
    if quiet > rules.usageStoppedDays {
      let began = Moment(at: (latest.last + rules.usageStoppedDays + 1).start, seq: latest.moment.seq)
      return measured(.usageDecline, 100, against: rules.usageDropPercent, began: began, evidence: [latest.moment.seq])
    }
    guard let drop = usageDrop(latest.last) else { return nil }
    var began: Moment?
    if drop >= rules.usageDropPercent {
      // Back over the reports, as long as each of them showed the decline.
      began = latest.moment
      for report in reports.reversed() where report.last <= today {
        guard let drop = usageDrop(report.last), drop >= rules.usageDropPercent else { break }
        began = report.moment
      }
    }
    return measured(
      .usageDecline, drop, against: rules.usageDropPercent, began: began, evidence: reports.suffix(10).map(\.moment.seq))
  }

  /// Percent less use in the window that ends with `end` than in the one before; `nil` where there was none.
  private func usageDrop(_ end: Day) -> Int? {
    let window = rules.usageWindowDays
    let last = used(from: end + (1 - window), to: end)
    let before = used(from: end + (1 - 2 * window), to: end + -window)
    return before > 0 ? Int(clamping: (before - last) * 100 / before) : nil
  }

  /// Use in a span of days, in thousandths.
  func used(from: Day, to: Day) -> Int128 {
    reports.reduce(0) { sum, report in
      let common = min(report.last, to) - max(report.first, from) + 1
      return common > 0 ? sum + Int128(report.value) * 1_000 * Int128(common) / Int128(report.last - report.first + 1) : sum
    }
  }

  /// Pays so many days later than the own mean of the twelve months before.
  ///
  /// Facts do not say which invoice a payment is for: money settles the invoice that is due first, with tax, in the
  /// currency of the latest invoice. Judged is the oldest unpaid invoice while it is overdue, else the one settled last;
  /// the mean is over those settled in the year before. Paid early counts as paid on the day.
  var slowPayment: Measured? {
    guard let currency = bills.last?.currency else { return nil }
    let own = bills.only { $0.currency == currency && $0.moment.at.day <= today }
    var settled: [(bill: Bill, on: Day, late: Int)] = []
    var open: Bill?
    var owed: Int64 = 0
    var money: Int64 = 0
    var rest = paid.only { $0.currency == currency }[...]
    settled.reserveCapacity(own.count)
    for bill in own {
      owed += bill.amount
      var on = bill.moment.at.day
      if let last = settled.last?.on, last > on { on = last }
      while money < owed, let payment = rest.popFirst() {
        money += payment.amount
        if payment.moment.at.day > on { on = payment.moment.at.day }
      }
      guard money >= owed else {
        open = bill
        break
      }
      settled.append((bill, on, max(0, on - bill.due)))
    }
    return slowPayment(settled, open)
  }

  private func slowPayment(_ settled: [(bill: Bill, on: Day, late: Int)], _ open: Bill?) -> Measured? {
    var before = settled[...]
    let bill: Bill
    let late: Int
    if let open, today > open.due {
      (bill, late) = (open, today - open.due)
    } else if let last = before.popLast() {
      (bill, late) = (last.bill, last.late)
    } else {
      return nil
    }
    let year = before.filter { $0.on > bill.due + -365 }
    guard year.count >= rules.slowPaymentInvoices else { return nil }
    let total = year.reduce(0) { $0 + $1.late }
    let holds = (late - rules.slowPaymentDays) * year.count >= total
    let mean = (total + year.count - 1) / year.count
    let began = Moment(at: (bill.due + mean + rules.slowPaymentDays).start, seq: bill.moment.seq)
    return measured(
      .slowPayment, late, against: mean + rules.slowPaymentDays, began: holds ? began : nil,
      evidence: [bill.moment.seq] + year.suffix(9).map(\.bill.moment.seq))
  }
}

extension Array {
  /// As `filter`, without a new list where all are wanted, as they nearly always are here.
  fileprivate func only(_ isWanted: (Element) -> Bool) -> [Element] { allSatisfy(isWanted) ? self : filter(isWanted) }
}
