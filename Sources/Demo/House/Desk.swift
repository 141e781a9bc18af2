import Events
import Vocabulary
import Wire

/// Somebody who decides, in the capacity that the step asks for, up to an amount.
struct Decider: Sendable {
  let person: Person
  let role: String
  var limit: Int?
}

/// How requests fare, in thousandths.
struct Odds: Sendable {
  var rejected = 0
  /// Sent back for rework: the same is asked for again, under a new number.
  var returned = 0

  static let routine = Odds(rejected: 0, returned: 12)
  static let usual = Odds(rejected: 15, returned: 35)
}

/// A request for a decision, on its way from one desk to the next.
struct Petition: Sendable {
  /// What happens when all have approved, or one has not.
  enum Outcome: Sendable {
    /// One of the acts that wait.
    case act(Int)
    /// A step that is told the number of the approval.
    case step(Step, life: Int?)
    case nothing
  }

  var id = ""
  let about: Subject
  let type: String
  var customer: String?
  var amount: Int?
  var currency: String?
  var beneficiary: String?
  var contentHash: String?
  let requester: Person
  let deciders: [Decider]
  var odds = Odds.usual
  let then: Outcome
  var otherwise = Outcome.nothing
  /// The desk on which it lies.
  fileprivate(set) var desk = 0
}

/// An event that waits for a second person, all of it but the approval.
struct Act: Sendable {
  let type: Declared
  let subject: Subject
  var data: JSONObject
  let person: Person
  var role: String?
  var reason: String?
  /// Not before this day, when it has been approved earlier.
  var notBefore: Day?
  /// What follows when it is done.
  var then: Step?
}

/// Requests that wait for decisions, and what they are about.
struct Desk: Sendable {
  fileprivate var petitions: [Petition] = []
  fileprivate var acts: [Act] = []
  fileprivate var random: SplitMix64

  init(_ random: SplitMix64) { self.random = random }
}

enum DeskStep: Sendable {
  case decide(Int)
  case again(Int)
  case act(Int, approval: String)
}

extension World {
  /// Asks for a decision now. Returns the number of the approval.
  @discardableResult
  mutating func ask(_ petition: Petition) -> String {
    var petition = petition
    petition.id = number(.approval)
    var data: JSONObject = ["about": .string(petition.about.description), "eventType": .string(petition.type)]
    data["customer"] = petition.customer.map { .string($0) }
    data["contentHash"] = petition.contentHash.map { .string($0) }
    data["beneficiary"] = petition.beneficiary.map { .string($0) }
    data["amountMinor"] = petition.amount.map { .money($0) }
    data["cur"] = petition.currency.map { .string($0) }
    data["policyVersion"] = 1
    data["steps"] = .array(
      petition.deciders.map { decider in
        var step: JSONObject = ["role": .string(decider.role)]
        step["limitMinor"] = decider.limit.map { .money($0) }
        return .object(step)
      })
    record(Approval.requested, data, on: .of(.approval, petition.id), by: petition.requester)
    desk.petitions.append(petition)
    planDecision(desk.petitions.count - 1)
    return petition.id
  }

  /// Asks for a decision about an event that is recorded when it is there.
  mutating func propose(
    _ act: Act, to deciders: [Decider], by requester: Person, amount: Int? = nil, currency: String? = nil,
    beneficiary: String? = nil, odds: Odds = .routine
  ) {
    desk.acts.append(act)
    ask(
      Petition(
        about: act.subject, type: act.type.name, customer: act.data["customer"]?.string, amount: amount, currency: currency,
        beneficiary: beneficiary, contentHash: Digest.of(JSON.object(act.data).canonical), requester: requester,
        deciders: deciders, odds: odds, then: .act(desk.acts.count - 1)))
  }

  mutating func handle(_ step: DeskStep) {
    switch step {
    case .decide(let place): decide(place)
    case .again(let place): ask(desk.petitions[place])
    case .act(let place, let approval): perform(place, approval)
    }
  }

  /// Most decisions take hours, some days, and a few more than the rule allows.
  private mutating func planDecision(_ place: Int) {
    let waits = [0, 0, 1, 1, 2, 4]
    let day = today + desk.random.pick(waits) { [0: 34, 1: 12, 2: 5][$0] ?? 2 }
    var random = desk.random
    guard let moment = moment(on: day, &random) else { return }
    desk.random = random
    agenda.add(.desk(.decide(place)), for: nil, at: moment)
  }

  private mutating func decide(_ place: Int) {
    let petition = desk.petitions[place]
    let decider = petition.deciders[petition.desk]
    let draw = desk.random.below(1_000)
    let verdict =
      draw < petition.odds.rejected ? "reject" : draw < petition.odds.rejected + petition.odds.returned ? "return" : "approve"
    var data: JSONObject = ["step": .int(Int64(petition.desk + 1)), "verdict": .string(verdict)]
    data["customer"] = petition.customer.map { .string($0) }
    if verdict != "approve" || desk.random.chance(160) {
      data["opinion"] = .string(desk.random.pick(Phrases.opinions[verdict] ?? []).zh)
    }
    record(Approval.decided, data, on: .of(.approval, petition.id), by: decider.person, as: decider.role)
    switch verdict {
    case "approve" where petition.desk + 1 < petition.deciders.count:
      desk.petitions[place].desk += 1
      planDecision(place)
    case "approve": follow(petition.then, petition.id)
    case "return":
      desk.petitions[place].desk = 0
      desk.petitions[place].odds = Odds()
      agendaSoon(.desk(.again(place)), for: nil, within: 2)
    default: follow(petition.otherwise, petition.id)
    }
  }

  private mutating func follow(_ outcome: Petition.Outcome, _ approval: String) {
    switch outcome {
    case .act(let place): agendaSoon(.desk(.act(place, approval: approval)), for: nil, within: 0, desk.acts[place].notBefore)
    case .step(let step, let life): agendaSoon(step.naming(approval), for: life, within: 1)
    case .nothing: break
    }
  }

  private mutating func agendaSoon(_ step: Step, for life: Int?, within days: Int, _ notBefore: Day? = nil) {
    var random = desk.random
    let day = max(today + random.below(days + 1), notBefore ?? today)
    plan(step, for: life, on: day, &random)
    desk.random = random
  }

  private mutating func perform(_ place: Int, _ approval: String) {
    let act = desk.acts[place]
    var data = act.data
    data["approval"] = .string(approval)
    record(act.type, data, on: act.subject, by: act.person, as: act.role, reason: act.reason)
    if let then = act.then { agendaSoon(then, for: nil, within: 0) }
  }
}
