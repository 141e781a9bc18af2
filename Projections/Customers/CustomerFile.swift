import AccountHistory
import Events
import Projection
import Vocabulary
import Wire

/// Everything that a customer's row says, with the events behind it.
struct CustomerFile {
  let today: Day
  let standing: StandingReading
  let leading: Holding?
  private(set) var dealings: [Dealings] = []
  let complaints: [(since: Moment, severity: Complaint.Severity?)]
  let lastContact: Moment?
  private(set) var lastPurchase: Moment?
  /// By what the sums rest on.
  private(set) var contracts: [Moment] = []
  private(set) var orders: [Moment] = []
  private(set) var invoices: [Ledger.Item] = []
  private(set) var opportunities: [Moment] = []
  private var latestMoney: Moment?

  init(_ facts: Dossier.Facts, _ series: borrowing SeriesStore, asOf now: Instant, _ names: any Names) {
    today = now.day
    standing = facts.standing.reading(in: series, asOf: now, names)
    leading = facts.holdings.all(in: series, asOf: now).leading
    complaints = facts.complaints.open(in: series, asOf: now)
    lastContact = facts.lastContact
    add(facts.contracts.contracts(in: series, asOf: now))
    add(facts.orders.all(in: series, asOf: now))
    add(facts.bills.ledgers(in: series, asOf: now))
    add(facts.opportunities.opportunities(in: series, asOf: now))
    dealings.sort { $0.currency.number < $1.currency.number }
  }

  private mutating func add(_ contracts: [ContractReading]) {
    for contract in contracts {
      guard let state = contract.state(on: today) else { continue }
      let moment = contract.activated ?? contract.signed ?? contract.drafted
      dealings.update(contract.currency) { dealings in
        dealings.count(moment)
        guard state.state == .inForce else { return }
        dealings.contractMinor = dealings.contractMinor.plusMoney(contract.total ?? 0)
      }
      if state.state == .inForce, let moment { self.contracts.append(moment) }
    }
  }

  private mutating func add(_ orders: [OrderReading]) {
    for order in orders {
      dealings.update(order.currency) { dealings in
        dealings.count(order.placed)
        guard order.isOpen else { return }
        dealings.orderMinor = dealings.orderMinor.plusMoney(order.amount)
      }
      guard let placed = order.placed, order.cancelled == nil else { continue }
      lastPurchase.advance(to: placed)
      if order.isOpen { self.orders.append(placed) }
    }
  }

  private mutating func add(_ ledgers: [Ledger]) {
    var lastMoney: Moment?
    for ledger in ledgers {
      let advances = ledger.bills.isEmpty ? ledger.advances.filter(\.isDeclared) : ledger.advances
      dealings.update(ledger.currency) { dealings in
        for bill in ledger.bills { dealings.count(bill.moment) }
        for settlement in ledger.settlements { dealings.count(settlement.moment) }
        dealings.receivableMinor = ledger.open
        dealings.overdueMinor = ledger.overdue(on: today).lazy.map(\.open).moneySum
        dealings.advanceMinor = advances.lazy.map(\.rest).moneySum
      }
      invoices += ledger.items.filter(\.isOpen)
      for settlement in ledger.settlements where settlement.kind == .received { lastMoney.advance(to: settlement.moment) }
      for moment in ledger.bills.map(\.moment) + ledger.settlements.map(\.moment) { latestMoney.advance(to: moment) }
    }
    // Who has no order buys by paying.
    if lastPurchase == nil { lastPurchase = lastMoney }
  }

  private mutating func add(_ opportunities: [OpportunityReading]) {
    for opportunity in opportunities {
      dealings.update(opportunity.currency) { dealings in
        dealings.count(opportunity.first)
        guard opportunity.closed == nil else { return }
        dealings.opportunityMinor = dealings.opportunityMinor.plusMoney(opportunity.amount ?? 0)
        dealings.weightedMinor = dealings.weightedMinor.plusMoney(opportunity.weighted ?? 0)
      }
      if opportunity.closed == nil, let first = opportunity.first { self.opportunities.append(first) }
    }
  }

  /// The latest event that the row rests on; `nil` where nothing is known yet.
  var latest: Moment? {
    let rare = [
      standing.status?.moment, standing.limit?.moment, standing.warning?.moment, leading?.since, lastContact, lastPurchase,
      latestMoney, complaints.map(\.since).max(), contracts.max(), opportunities.max(),
    ]
    return (rare + FileDetail.allCases.map { standing.details.moment(of: $0) } + [standing.known]).compactMap(\.self).max()
  }

  var gravest: Complaint.Severity? { complaints.compactMap(\.severity).max { $0.rawValue < $1.rawValue } }
}

// MARK: Why

extension CustomerFile {
  private static let evidenceLimit = 10

  /// Notes each part with the events behind it.
  func note(in trace: inout some Trace, _ names: any Names) {
    func note(_ id: String, _ title: Name, _ value: String, _ threshold: String, _ holds: Bool, _ evidence: [Int64?]) {
      trace.note(
        Finding(id, title, value: value, threshold: threshold, holds: holds, evidence: Array(evidence.prefix(Self.evidenceLimit))))
    }
    let overdue = invoices.filter { $0.due < today }
    note("contracts", Name("Contracts in force", "在履合同"), "\(contracts.count)", "0", !contracts.isEmpty, contracts.map(\.seq))
    note("orders", Name("Orders placed, not delivered", "未交付订单"), "\(orders.count)", "0", !orders.isEmpty, orders.map(\.seq))
    note("receivable", Name("Open invoices", "未结清发票"), "\(invoices.count)", "0", !invoices.isEmpty, invoices.map(\.moment.seq))
    note("overdue", Name("Invoices past due", "逾期发票"), "\(overdue.count)", "0", !overdue.isEmpty, overdue.map(\.moment.seq))
    note(
      "opportunities", Name("Open opportunities", "进行中商机"), "\(opportunities.count)", "0", !opportunities.isEmpty,
      opportunities.map(\.seq))
    note(
      "complaints", Name("Open complaints", "未结投诉"), "\(complaints.count)", "0", !complaints.isEmpty,
      complaints.map(\.since.seq))
    note(
      "warning", Name("Warning that is open", "未处置的流失预警"), standing.warning?.level.word.text ?? "–", "–",
      standing.warning != nil, [standing.warning?.moment.seq])
    note(
      "status", Name("Standing that people decided on", "由人决定的客户状态"), standing.status?.status.word.text ?? "–", "–",
      standing.status != nil, [standing.status?.moment.seq])
    note("owner", Name("Owner", "负责人"), leading?.holder.flatMap { names.text($0) } ?? "–", "–", leading?.holder != nil, [leading?.since.seq])
    note("contact", Name("Last contact", "最近联络"), lastContact.map { "\($0.at.day)" } ?? "–", "–", lastContact != nil, [lastContact?.seq])
    note("purchase", Name("Last purchase", "最近购买"), lastPurchase.map { "\($0.at.day)" } ?? "–", "–", lastPurchase != nil, [lastPurchase?.seq])
    noteDetails(in: &trace)
  }

  /// Notes for each detail whether it is on file.
  private func noteDetails(in trace: inout some Trace) {
    for detail in FileDetail.allCases {
      let moment = standing.details.moment(of: detail)
      trace.note(
        Finding(
          "file." + detail.word.text, Name("On file: \(detail.word.title.en)", "档案：\(detail.word.title.zh)"),
          value: moment == nil ? "–" : "✓", threshold: "✓", holds: moment != nil, evidence: [moment?.seq]))
    }
  }
}
