import Events
import Vocabulary
import Wire

/// One customer's life: where they stand, how they feel about the company, and what they will do next.
///
/// Nothing here is written down as a conclusion: mood and standing only decide which events happen.
struct Life {
  enum Standing {
    case lead, prospect, active, leaving, lost, gone

    /// Buys, or may buy again without being won back.
    var isCustomer: Bool { self == .active || self == .leaving }
  }

  let index: Int
  let profile: Profile
  var random: SplitMix64
  var standing = Standing.lead
  /// 0, done with us, to 100, a friend.
  var mood: Int
  /// The mood to which they return when nothing happens. Broken trust does not heal by itself.
  var trust: Int
  /// The place of their seller in the team.
  var owner = 0
  /// Nobody's: whoever wants to may claim them.
  var isPooled = false
  /// The lead's number, until it is converted.
  var lead = ""
  /// This lead never becomes a customer.
  let isStray: Bool
  var contract: Agreement?
  var dispute: Quarrel?
  /// Places of their open opportunities in the books.
  var prospects: [Int] = []
  /// Counts the turns of their ordering rhythm.
  var turn = 0
  var hasBought = false
  var bills: [OpenBill] = []
  /// Money paid since points were last given, in minor units.
  var paidSincePoints = 0
  var points = 0
  var lastTouch: Day
  var isSuspended = false
  /// The risk that was identified when they were suspended.
  var risk: String?
  var openCases = 0
  var contactsLeft = 0
  /// What each contact said to news and offers; those who were not asked said nothing.
  var consents: [Bool?] = []
  /// Somebody there had the use of their data restricted.
  var isRestricted = false
  /// What was entered wrongly and is not yet put right.
  var mistakes: [Mistake] = []
  /// The approval by which the step under way was decided.
  var approval: String?

  init(index: Int, profile: Profile, isStray: Bool, from start: Day, _ random: SplitMix64) {
    self.index = index
    self.profile = profile
    self.isStray = isStray
    self.random = random
    lastTouch = start
    trust = 0
    mood = 0
    trust = self.random.int(50...82)
    mood = min(trust + self.random.int(0...12), 88)
    consents = [Bool?](repeating: nil, count: profile.contacts.count)
  }

  mutating func perform(_ step: Step, in world: inout World) {
    switch step {
    case .approved(let step, by: let approval):
      self.approval = approval
      return perform(step, in: &world)
    case .acquire(let step): acquire(step, &world)
    case .file(let step): file(step, &world)
    case .deal(let step, let deal): advance(step, deal, &world)
    case .order(let step, let purchase): fulfil(step, purchase, &world)
    case .money(let step, let bill): settle(step, bill, &world)
    case .contract(let step): agree(step, &world)
    case .dispute(let step): contest(step, &world)
    case .complaint(let step, let complaint): handle(step, complaint, &world)
    case .talk(let step): talk(step, &world)
    case .voice(let step): speak(step, &world)
    case .decline(let step): decline(step, &world)
    case .care(let step): care(step, &world)
    case .handoff(let step, let handoff): hand(step, handoff, &world)
    case .amiss(let step): amiss(step, &world)
    case .house, .desk: break
    }
    approval = nil
  }
}

extension Life {
  var subject: Subject { .of(.customer, profile.id) }
  var reference: JSON { .string(profile.id) }
  var currency: JSON { .string(profile.country.currency) }
  var money: Int { Books.place(of: profile.country.currency) }
  var contact: Profile.Contact { profile.contacts[min(contactsLeft, profile.contacts.count - 1)] }
  /// Who is credited with what they pay: their seller, or nobody.
  var credited: Int? { isPooled ? nil : owner }

  /// The words in this customer's language.
  func say(_ name: Name) -> JSON { .string(name[profile.language]) }

  func seller(in world: World) -> Person { world.team.sellers[owner].person }
  func manager(in world: World) -> Person { world.team.managers[profile.region.rawValue] }

  mutating func plan(_ step: Step, in days: Int, _ world: inout World) {
    world.plan(step, for: index, on: world.today + days, &random)
  }

  /// Fen → the minor units in which this customer pays.
  func inTheirMoney(_ fen: Int) -> Int { fen * 100 / profile.country.rate }

  mutating func feel(_ change: Int) { mood = min(max(mood + change, 0), 96) }

  mutating func loseTrust(_ loss: Int) { trust = max(trust - loss, 15) }

  /// Records an event now, or as one that happened before. Returns its position.
  @discardableResult
  func record<F: Family>(
    _ type: F, _ data: JSONObject, on subject: Subject? = nil, by person: Person, as role: String? = nil,
    reason: JSON? = nil, channel: String = "ui", happened: Instant? = nil, in world: inout World
  ) -> Int64 {
    world.record(
      type, data, on: subject ?? self.subject, by: person, as: role, reason: reason?.string, channel: channel,
      happened: happened)
  }

  /// Asks for a decision about something of this customer's; the step follows when all have approved.
  mutating func ask(
    about subject: Subject, _ type: String, amount: Int?, of deciders: [Decider], by person: Person, then step: Step,
    otherwise: Step? = nil, odds: Odds = .usual, in world: inout World
  ) {
    world.ask(
      Petition(
        about: subject, type: type, customer: profile.id, amount: amount, currency: profile.country.currency,
        requester: person, deciders: deciders, odds: odds, then: .step(step, life: index),
        otherwise: otherwise.map { .step($0, life: index) } ?? .nothing))
  }
}

extension Subject {
  static func of(_ kind: EntityKind, _ id: String) -> Subject {
    guard let subject = Subject(kind: kind, id: id) else { preconditionFailure("no id: \(id)") }
    return subject
  }
}

extension JSON {
  static func day(_ day: Day) -> JSON { .string(day.description) }
  static func money(_ amount: Int) -> JSON { .int(Int64(amount)) }
}
