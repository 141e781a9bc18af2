public import CompanyRules
import Events
import Matters
public import Projection
public import Vocabulary
public import Wire

/// What did each person at a customer allow, what did they ask of us and by when must we answer, and what of them is
/// restricted, held or gone?
///
/// A row for the customer, about what names no contact, and one for each contact that has a number:
/// `customer:4/contact/K-2`. Who stands behind a contact is said by no row: names are personal values, and facts hold
/// none.
public enum PersonalData: Register {
  public typealias Source = PersonBook
  public typealias Rules = TimeLimitRules
  public static let name = "privacy"
  public static let shape = 1
  public static let title = Name("Personal data", "个人信息")
  public static let ruleKind: String? = "sla"
  public static let shippedRules = TimeLimitRules.shipped

  public static func conclude(
    _ facts: PersonBook.Facts, _ series: borrowing SeriesStore, of account: Int, by rule: Ruled<TimeLimitRules>,
    asOf now: Instant, trace: inout some CensusTrace
  ) -> [CensusRow<PersonRow>] {
    guard !facts.people.isEmpty || !facts.matters.isEmpty else { return [] }
    let people = facts.people.all(in: series, asOf: now)
    let matters = PersonalMatters(facts.matters.all(in: series, asOf: now))
    let named = people.compactMap { $0.number(Customer.Fact.contact) } + matters.requests.compactMap(\.contact)
    let contacts = named.reduce(into: [Int64?]()) { if !$0.contains($1) { $0.append($1) } }
    return ([nil] + contacts).compactMap { contact in
      let person = Person(contact, people, matters, names: rule.names)
      let subject = CensusSubject(
        .key(account), part: contact.map { "contact/\(rule.names.text($0) ?? "?")" })
      guard let row = PersonRow(person, by: rule.body, asOf: now) else { return nil }
      person.note(subject, by: rule.body, asOf: now, in: &trace)
      return CensusRow(subject, row)
    }
  }
}

/// One contact of a customer, or what names none.
struct Person {
  struct Consent {
    let purpose: String
    let isGiven: Bool
    let moment: Moment
  }
  let contact: Int64?
  let added: Moment?
  let status: Customer.ContactStatus?
  /// The last word on each purpose, by the purpose.
  let consents: [Consent]
  let requests: [PersonRequest]
  let restriction: PersonRequest?
  let erasures: [PersonalMatters.Erasure]
  let holds: [PersonalMatters.Hold]

  init(_ contact: Int64?, _ people: [Note], _ matters: PersonalMatters, names: any Names) {
    typealias Fact = Customer.Fact
    self.contact = contact
    let own = people.filter { $0.number(Fact.contact) == contact }
    added = own.first?.moment
    status = own.last { $0.number(Fact.contactStatus) != nil }?.code(Fact.contactStatus, of: Customer.ContactStatus.self)
    var last: [Consent] = []
    for note in own where note.type(in: Customer.self) == .consentRecorded {
      let purpose = note.number(Fact.purpose).flatMap { names.text($0) } ?? "?"
      let isGiven = note.code(Fact.consent, of: Customer.Consent.self) == .granted
      last.removeAll { $0.purpose == purpose }
      last.append(Consent(purpose: purpose, isGiven: isGiven, moment: note.moment))
    }
    consents = last.sorted { $0.purpose.utf8.lexicographicallyPrecedes($1.purpose.utf8) }
    requests = matters.requests.filter { $0.contact == contact }
    restriction = requests.last { $0.isRestriction }
    // Keys and holds are of the customer's records, and so concern everybody there.
    (erasures, holds) = (matters.erasures, matters.openHolds)
  }

  func note(_ subject: CensusSubject, by rule: TimeLimitRules, asOf now: Instant, in trace: inout some CensusTrace) {
    for consent in consents {
      trace.note(
        subject,
        Finding(
          "consent", Name("Consent to \(consent.purpose)", "对“\(consent.purpose)”的同意"),
          value: consent.isGiven ? "granted" : "withdrawn", threshold: "granted", holds: consent.isGiven,
          evidence: [consent.moment.seq]))
    }
    for request in requests {
      let clock = request.clock(by: rule)
      trace.note(
        subject, clock.finding("request", request.title, clock.reading(asOf: now, in: rule.calendar)))
    }
    for hold in holds {
      trace.note(
        subject,
        Finding(
          "hold", Name("Under a legal hold", "法律保全"), value: "yes", threshold: "no", holds: true,
          evidence: [hold.placed.seq]))
    }
    for erasure in erasures {
      trace.note(
        subject,
        Finding(
          "erasure", Name("Erased", "已擦除"), value: erasure.level?.word.text ?? "?", threshold: "–", holds: true,
          evidence: [erasure.moment.seq]))
    }
  }
}

extension PersonRequest {
  var isRestriction: Bool {
    guard case .right(.restrict) = kind, let decision = decision?.decision else { return false }
    return decision != .refused
  }
  var title: Name {
    switch kind {
    case .right(let right): right.word.title
    case .erasure: Name("Erasure", "擦除")
    }
  }
}

public struct PersonRow: NamingRow {
  public let requests: ClockState?
  let contact: Int64?
  public let status: Customer.ContactStatus?
  let allowed: String?
  let withdrawn: String?
  public let openRequests: Int
  public let nextDueAt: Instant?
  public let lateRequests: Int
  public let isRestricted: Bool
  public let erasures: Int
  public let erasedAt: Instant?
  public let holds: Int
  public let since: Instant?
  public let because: Int64?

  /// `nil` where nothing is known: of a customer of whom everything names a contact.
  init?(_ person: Person, by rule: TimeLimitRules, asOf now: Instant) {
    let readings = person.requests.map { $0.clock(by: rule).reading(asOf: now, in: rule.calendar) }
    let isEmpty = person.contact == nil && person.consents.isEmpty && person.requests.isEmpty
    if isEmpty, person.added == nil, person.erasures.isEmpty, person.holds.isEmpty { return nil }
    let open = readings.filter(\.state.isOpen).sorted { ($0.dueAt ?? .distantFuture) < ($1.dueAt ?? .distantFuture) }
    requests = open.first?.state ?? readings.last?.state
    (contact, status) = (person.contact, person.status)
    func list(_ given: Bool) -> String? {
      let purposes = person.consents.filter { $0.isGiven == given }.map(\.purpose)
      return purposes.isEmpty ? nil : purposes.joined(separator: ", ")
    }
    (allowed, withdrawn) = (list(true), list(false))
    (openRequests, nextDueAt) = (open.count, open.first?.dueAt)
    lateRequests = readings.count(where: \.state.isBreach)
    isRestricted = person.restriction != nil
    (erasures, erasedAt) = (person.erasures.count, person.erasures.last?.moment.at)
    holds = person.holds.count
    let last = [person.added, person.consents.map(\.moment).max(), person.requests.last?.moment].compactMap { $0 }.max()
    (since, because) = (last?.at, last?.seq)
  }

  public static let columns: [Column] = [
    .code("requests", ClockState.self, "Requests", "行权申请"),
    Column("contact", .text, "Contact", "联系人编号"),
    .code("status", Customer.ContactStatus.self, "Status", "状态"),
    Column("allowed", .text, "Consent in force to", "同意有效的用途"),
    Column("withdrawn", .text, "Consent taken back for", "已撤回同意的用途"),
    Column("openRequests", .integer, "Requests open", "未办结申请"),
    Column("nextDueAt", .instant, "Next due at", "最近时限"),
    Column("lateRequests", .integer, "Requests late", "逾期申请"),
    Column("restricted", .flag, "Use restricted", "限制处理"),
    Column("erasures", .integer, "Erasures", "擦除次数"),
    Column("erasedAt", .instant, "Last erased at", "最近擦除时间"),
    Column("holds", .integer, "Legal holds", "法律保全数"),
  ]
  public func values(_ names: any Names) -> [Value] {
    [
      requests.map { Value($0) } ?? .null, Value(name: contact, names), status.map { Value($0) } ?? .null,
      allowed.map { .text($0) } ?? .null, withdrawn.map { .text($0) } ?? .null, Value(openRequests), Value(nextDueAt),
      Value(lateRequests), .flag(isRestricted), Value(erasures), Value(erasedAt), Value(holds),
    ]
  }
  public var outcome: Int? { requests.map { Int($0.rawValue) - 1 } }
}
