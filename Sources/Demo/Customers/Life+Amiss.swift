import Events
import Vocabulary
import Wire

/// An event that says something wrong, with what it should have said.
struct Mistake: Sendable {
  let position: Int64
  let subject: Subject
  /// `nil`: it never happened.
  let right: JSONObject?
  let author: Person
}

// What is entered wrongly or late. Both lines stay; who made the mistake puts it right, or their manager where they left.

extension Life {
  mutating func amiss(_ step: AmissStep, _ world: inout World) {
    switch step {
    case .seen(let place): correct(mistakes[place], &world)
    case .misbooked: misbook(&world)
    }
  }

  /// Records an event; rarely with a number that has a digit too many, which is seen within weeks.
  @discardableResult
  mutating func recordOrMistype<F: Family>(
    _ type: F, _ data: JSONObject, number field: String, on subject: Subject? = nil, by person: Person,
    channel: String = "ui", in world: inout World
  ) -> Int64 {
    guard random.chance(2), let value = data[field]?.int, value > 0 else {
      return record(type, data, on: subject, by: person, channel: channel, in: &world)
    }
    var wrong = data
    wrong[field] = .int(value * 10)
    let position = record(type, wrong, on: subject, by: person, channel: channel, in: &world)
    note(Mistake(position: position, subject: subject ?? self.subject, right: data, author: person), within: 20, &world)
    return position
  }

  private mutating func note(_ mistake: Mistake, within days: Int, _ world: inout World) {
    mistakes.append(mistake)
    plan(.amiss(.seen(mistakes.count - 1)), in: random.int(1...days), &world)
  }

  private func correct(_ mistake: Mistake, _ world: inout World) {
    let left = world.team.employees.contains { $0.person == mistake.author && !$0.works(on: world.today) }
    var data: JSONObject = ["seq": .int(mistake.position), "kind": mistake.right == nil ? "retract" : "replace"]
    data["data"] = mistake.right.map { .object($0) }
    world.record(
      Correction.corrected, data, on: mistake.subject, by: left ? manager(in: world) : mistake.author,
      reason: (mistake.right == nil ? Phrases.neverHappened : Phrases.digitTooMany)[profile.language])
  }

  /// Money of somebody else is booked to this customer, and taken off again.
  private mutating func misbook(_ world: inout World) {
    guard standing != .gone else { return }
    let accountant = random.pick(world.team.finance)
    let amount = inTheirMoney(random.int(20...900) * 100_000)
    let position = record(
      Payment.received,
      [
        "payment": .string(world.number(.payment)), "amountMinor": .money(amount), "cur": currency, "method": "transfer",
        "receivedOn": .day(world.today), "bankRef": .string("BK" + String(random.int(10_000_000...99_999_999))),
      ], by: accountant, in: &world)
    note(Mistake(position: position, subject: subject, right: nil, author: accountant), within: 9, &world)
  }

  /// When something happened that is entered now: as a rule just now; sometimes days ago, rarely weeks, and then with
  /// the reason why.
  mutating func entry(_ world: inout World) -> (happened: Instant?, reason: JSON?) {
    let late = random.below(1_000)
    guard late < 55 else { return (nil, nil) }
    let days = late < 6 ? random.int(9...24) : random.int(1...6)
    let day = WorkCalendar.workday(onOrAfter: world.today + -days)
    guard day < world.today, day > lastTouch else { return (nil, nil) }
    let moment = WorkCalendar.officeMoment(on: day, &random)
    return (moment, world.today - day > 7 ? say(random.pick(Phrases.enteredLate)) : nil)
  }
}
