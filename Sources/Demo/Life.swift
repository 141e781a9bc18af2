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
  /// The lead's number, until it is converted.
  var lead = ""
  /// This lead never becomes a customer.
  let isStray: Bool
  var contract: Agreement?
  /// Counts the turns of their ordering rhythm.
  var turn = 0
  /// Money paid since points were last given, in minor units.
  var paidSincePoints = 0
  var points = 0
  var lastTouch: Day
  var isSuspended = false
  var openCases = 0
  var contactsLeft = 0

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
  }

  mutating func perform(_ step: Step, in world: inout World) {
    switch step {
    case .acquire(let step): acquire(step, &world)
    case .file(let step): file(step, &world)
    case .deal(let step, let deal): advance(step, deal, &world)
    case .order(let step, let purchase): fulfil(step, purchase, &world)
    case .money(let step, let bill): settle(step, bill, &world)
    case .contract(let step): agree(step, &world)
    case .complaint(let step, let complaint): handle(step, complaint, &world)
    case .talk(let step): talk(step, &world)
    case .voice(let step): speak(step, &world)
    case .decline(let step): decline(step, &world)
    case .sellerLeaves: break
    }
  }
}

extension Life {
  var subject: Subject { .of(.customer, profile.id) }
  var reference: JSON { .string(profile.id) }
  var currency: JSON { .string(profile.country.currency) }
  var contact: Profile.Contact { profile.contacts[min(contactsLeft, profile.contacts.count - 1)] }

  /// The words in this customer's language.
  func say(_ name: Name) -> JSON { .string(name[profile.language]) }

  func seller(in world: World) -> Person { world.team.sellers[owner].person }

  mutating func plan(_ step: Step, in days: Int, _ world: inout World) {
    world.plan(step, for: index, on: world.today + days, &random)
  }

  /// Fen → the minor units in which this customer pays.
  func inTheirMoney(_ fen: Int) -> Int { fen * 100 / profile.country.rate }

  mutating func feel(_ change: Int) { mood = min(max(mood + change, 0), 96) }

  mutating func loseTrust(_ loss: Int) { trust = max(trust - loss, 15) }

  /// Records an event now.
  func record<F: Family>(
    _ type: F, _ data: JSONObject, on subject: Subject? = nil, by person: Person, reason: JSON? = nil,
    channel: String = "ui", in world: inout World
  ) {
    var event = Event(type, subject ?? self.subject, at: world.now, data)
    event.about.actor = person.id
    event.about.actorName = person.name
    event.about.role = person.role
    event.about.channel = channel
    event.about.reason = reason?.string
    world.events.append(event)
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
