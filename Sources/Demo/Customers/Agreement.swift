import Vocabulary
import Wire

/// A contract as a life remembers it.
struct Agreement: Sendable {
  /// What both sides bargain about.
  struct Terms: Sendable {
    var deliveryDays = 28
    var paymentDays = 30
    var warrantyMonths = 12
    /// A week of delay, in thousandths of the price of what is late; and at most so many hundredths.
    var penalty = 5
    var penaltyMost = 5
    var responseHours = 24
    var checks = 2
    /// Months after which prices are looked at again.
    var reviewMonths = 12
  }

  struct Clause: Sendable {
    let key: String
    var text: String
  }

  struct Obligation: Sendable {
    let id: String
    /// `us` or `them`.
    let who: String
    let what: Name
    let dueOn: Day
    var amount: Int?
  }

  struct Change: Sendable {
    let key: String
    let before: String
    let after: String

    func json(by party: String) -> JSON {
      ["key": .string(key), "before": .string(before), "after": .string(after), "proposedBy": .string(party)]
    }
  }

  /// A change that waits for the other side and for those who decide.
  struct Proposal: Sendable {
    let version: Int
    let changes: [Change]
    let total: Int
    let terms: Terms
    let why: Name
  }

  let id: String
  let isMaintenance: Bool
  let language: Language
  let currency: String
  /// The version in force, and the highest number that was given.
  var version = 1
  var latest = 1
  var startOn: Day
  var endOn: Day
  /// Minor units of the customer's money.
  var total: Int
  let noticeDays: Int
  let autoRenew: Bool
  let template: String
  var terms: Terms
  var clauses: [Clause] = []
  var obligations: [Obligation] = []
  var proposal: Proposal?
  var isInForce = false
  /// A breach stands between the parties; the next amendment settles it.
  var isDisputed = false
  /// A change was proposed that took no effect; until that is settled nobody proposes another.
  var isStuck = false
  /// What the next year shall cost, and the change in ten thousandths.
  var offer = 0
  var priceChange = 0
  /// Who in legal has it in hand: a place in the team.
  let counsel: Int
  /// What is put to the parties.
  var docHash = ""
}

extension Agreement {
  /// A year from `day` on, sized after the customer.
  init(id: String, from day: Day, _ profile: Profile, counsel: Int, _ handbook: Handbook, _ random: inout SplitMix64) {
    let isMaintenance = profile.isMonitored || random.chance(300)
    let fen = profile.volume * (isMaintenance ? 45_000 : 260_000)
    let model = isMaintenance ? "maintenance-yearly" : "supply-framework"
    let number = handbook.document(model)?.version(on: day)?.number ?? (isMaintenance ? 2 : 3)
    self.init(
      id: id, isMaintenance: isMaintenance, language: profile.language, currency: profile.country.currency, startOn: day,
      endOn: day.adding(years: 1) + -1,
      total: random.around(fen, percent: 25) * 100 / profile.country.rate / 10_000 * 10_000,
      noticeDays: random.pick([30, 60, 90]), autoRenew: random.chance(280), template: "\(model) v\(number)",
      terms: Terms(
        deliveryDays: random.pick([21, 28, 28, 35]), paymentDays: profile.term, warrantyMonths: random.pick([12, 12, 18, 24]),
        penalty: random.pick([3, 5, 5]), penaltyMost: random.pick([5, 10]), responseHours: random.pick([12, 24, 24, 48]),
        checks: random.pick([2, 2, 4]), reviewMonths: random.pick([6, 12, 12])),
      counsel: counsel)
    clauses = keys(number).map { Clause(key: $0, text: ClauseTexts.text($0, self, terms, total)) }
    hash()
  }

  private func keys(_ template: Int) -> [String] {
    isMaintenance
      ? ["scope", "fee", "payment", "response", "parts", "liability"] + (template > 2 ? ["data"] : []) + ["term", "disputes"]
      : ["price", "delivery", "payment", "warranty", "liability"] + (template > 3 ? ["confidentiality"] : []) + ["term", "disputes"]
  }

  mutating func hash() {
    docHash = Digest.of(id + "\n" + clauses.map { $0.key + "\n" + $0.text }.joined(separator: "\n"))
  }

  var kind: Name {
    isMaintenance ? Name("Yearly maintenance", "年度维保合同") : Name("Framework supply", "供货框架合同")
  }

  /// What both sides owe in the year, beside what is ordered.
  func duties() -> [Obligation] {
    guard isMaintenance else {
      return [
        Obligation(id: "plan-1", who: "us", what: Name("Delivery plan for the year", "提交年度供货计划"), dueOn: startOn + 20),
        Obligation(id: "training-1", who: "us", what: Name("Train the operators on site", "现场操作培训"), dueOn: startOn + 90),
        Obligation(
          id: "volume-1", who: "them", what: Name("Take the agreed volume", "完成约定采购量"), dueOn: endOn, amount: total),
      ]
    }
    return [
      Obligation(id: "fee-1", who: "them", what: Name("Half of the yearly fee", "支付半年维保费"), dueOn: startOn + 30, amount: total / 2),
      Obligation(id: "check-1", who: "us", what: Phrases.yearlyCheck, dueOn: startOn + 120),
      Obligation(id: "check-2", who: "us", what: Phrases.yearlyCheck, dueOn: startOn + 300),
    ]
  }

  /// Changes one clause, or the price with it, as somebody might want it.
  func changed(_ random: inout SplitMix64, raising: Bool) -> (changes: [Change], terms: Terms, total: Int) {
    var new = terms
    var sum = total
    let key = random.pick(isMaintenance ? ["fee", "payment", "response"] : ["price", "delivery", "payment", "liability", "warranty"])
    switch key {
    case "delivery": new.deliveryDays = max(terms.deliveryDays - 7, 14)
    case "payment": new.paymentDays = terms.paymentDays + random.pick([-15, 15, 30])
    case "liability": new.penalty = terms.penalty == 3 ? 5 : 3
    case "warranty": new.warrantyMonths = terms.warrantyMonths + 6
    case "response": new.responseHours = max(terms.responseHours / 2, 4)
    default: new.reviewMonths = terms.reviewMonths == 6 ? 12 : 6
    }
    if raising || ["fee", "price"].contains(key) { sum = sum * random.int(86...126) / 100 / 10_000 * 10_000 }
    let named = sum == total ? [key] : [key, isMaintenance ? "fee" : "price"]
    let changes = clauses.filter { named.contains($0.key) }.compactMap { clause -> Change? in
      let after = ClauseTexts.text(clause.key, self, new, sum)
      return after == clause.text ? nil : Change(key: clause.key, before: clause.text, after: after)
    }
    return (changes, new, sum)
  }

  /// The text as it reads with these changes.
  mutating func take(_ changes: [Change]) {
    for change in changes {
      if let place = clauses.firstIndex(where: { $0.key == change.key }) { clauses[place].text = change.after }
    }
    hash()
  }
}
