import Events
import Vocabulary
import Wire

// What people there allow, and what they ask of the company about themselves.

extension Life {
  mutating func care(_ step: CareStep, _ world: inout World) {
    guard standing != .gone else { return }
    switch step {
    case .consent: consent(&world)
    case .requested: request(&world)
    case .fulfilled(let request, let right): fulfil(request, right, &world)
    }
  }

  /// What a consent allows, as campaigns name it.
  static let marketing: JSON = "marketing"

  private mutating func consent(_ world: inout World) {
    let place = random.below(profile.contacts.count)
    let before = consents[place]
    let isGranted = before == nil ? random.chance(930) : !(before ?? false)
    consents[place] = isGranted
    record(
      Customer.consentRecorded,
      [
        "person": .string(profile.contacts[place].name), "purpose": Life.marketing,
        "state": isGranted ? "granted" : "withdrawn", "basis": "consent",
        "noticeVersion": world.today < world.start + 500 ? "2" : "3", "channel": random.pick(["mail", "form", "call"]),
      ], by: random.pick(world.team.service), in: &world)
    if isGranted, random.chance(110) { plan(.care(.consent), in: random.int(60...500), &world) }
  }

  /// A person asks what is held about them, for a copy, for something to be put right, or to be left alone.
  private mutating func request(_ world: inout World) {
    guard standing != .lead else { return }
    let place = random.below(profile.contacts.count)
    let rights = ["access", "copy", "correct", "delete", "restrict", "portability"]
    let right = random.pick(rights) { ["access": 30, "copy": 18, "correct": 22, "delete": 14, "restrict": 10][$0] ?? 6 }
    let position = record(
      Privacy.requested,
      [
        "right": .string(right), "person": .string(profile.contacts[place].name),
        "law": profile.region == .overseas ? "GDPR" : "PIPL", "identityProof": say(random.pick(Phrases.identityProofs)),
      ], by: random.pick(world.team.service), in: &world)
    // Fifteen working days are promised; a few take longer.
    let days = random.chance(900) ? random.int(2...18) : random.int(24...40)
    plan(.care(.fulfilled(request: position, right: right)), in: days, &world)
  }

  private mutating func fulfil(_ request: Int64, _ right: String, _ world: inout World) {
    let isHeld = dispute?.hold != nil
    let decision = right == "delete" ? (isHeld ? "refused" : "partly") : random.chance(930) ? "done" : "refused"
    if right == "restrict", decision == "done" { isRestricted = true }
    var data: JSONObject = ["request": .int(request), "decision": .string(decision)]
    if decision != "done" { data["ground"] = say(right == "delete" ? Phrases.lawKeepsIt : Phrases.notProved) }
    if ["access", "copy", "portability"].contains(right), decision == "done" { data["packageHash"] = .string(random.hash()) }
    if right == "delete" { data["keyDestroyed"] = false }
    record(
      Privacy.fulfilled, data, by: random.pick(world.team.security),
      reason: say(decision == "done" ? Phrases.asAsked : Phrases.notAsAsked), in: &world)
  }
}
