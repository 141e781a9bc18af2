import Vocabulary
import Wire

/// The approval rule, as guards read it: how late an entry may come without a reason, and who decides about what.
///
/// Versions are published as rules of the kind `approval`; the one in force at an event's business time counts.
public struct Policy: Hashable, Sendable {
  /// The chain of roles for a matter up to an amount.
  struct Band: Hashable, Sendable {
    let matter: String
    /// Minor units; `nil` for whatever is above the bands before.
    let upTo: Int64?
    let roles: [String]
  }

  /// 0 where no version is known.
  public let version: Int
  public let lateDays: Int
  let bands: [Band]
  /// An amendment beyond either of these takes the chain of a new contract.
  let valueRiseBp: Int64
  let extensionMonths: Int64

  /// What holds where no version is known: a week for late entries, and for each type that waits for a second person
  /// one decision by any of the roles that its declaration names.
  public static let none = Policy(version: 0, lateDays: 7, bands: [], valueRiseBp: .max, extensionMonths: .max)

  /// `nil` where the body is none of an approval rule.
  init?(version: Int, body: JSONObject) {
    guard let bands = body["bands"]?.array?.compactMap(\.object) else { return nil }
    self.init(
      version: version, lateDays: body["lateDays"]?.int.map { Int($0) } ?? Policy.none.lateDays,
      bands: bands.map { band in
        let roles = (band["roles"]?.array ?? []).compactMap(\.string).map { Role.word(for: $0) }
        return Band(matter: band["about"]?.string ?? "", upTo: band["upToMinor"]?.int, roles: roles)
      },
      valueRiseBp: body["valueRiseBp"]?.int ?? .max, extensionMonths: body["extensionMonths"]?.int ?? .max)
  }

  private init(version: Int, lateDays: Int, bands: [Band], valueRiseBp: Int64, extensionMonths: Int64) {
    (self.version, self.lateDays, self.bands) = (version, lateDays, bands)
    (self.valueRiseBp, self.extensionMonths) = (valueRiseBp, extensionMonths)
  }

  /// The version in force at an instant: the newest that was published and had taken effect, else what ships.
  static func inForce(at instant: Instant, given past: some Past) throws -> Policy {
    guard let rule = Subject(kind: .rule, id: "approval") else { return none }
    var found: (effective: Instant, policy: Policy)?
    for event in try past.events(about: rule) where event.type == "rule.published" && event.text("kind") == "approval" {
      let effective = Instant(event.text("effectiveOn")) ?? event.occurredAt
      guard effective <= instant, let body = event.data["body"]?.object, let version = event.data["version"]?.int,
        let policy = Policy(version: Int(version), body: body)
      else { continue }
      if let found, (found.effective, found.policy.version) >= (effective, policy.version) { continue }
      found = (effective, policy)
    }
    if let found { return found.policy }
    return try past.shippedRule("approval").flatMap { Policy(version: $0.version, body: $0.body) } ?? none
  }

  /// The roles of which each must have decided; empty where any one of the declaration's approvers is enough.
  func roles(for matter: String?, amount: Int64) -> [String] {
    bands.first { $0.matter == matter && $0.upTo.map { amount <= $0 } ?? true }?.roles ?? []
  }

  /// `approval@3`.
  var label: String { "approval@\(version)" }
}

extension Policy {
  /// What a wish is decided as; `nil` where the rule has no chain for its type. An amendment that raises the value or
  /// extends the term beyond the rule's limits is decided like a new contract.
  func matter(of event: Event, given past: some Past) throws -> String? {
    switch event.type {
    case "contract.renewed": return "contract"
    case "receivable.adjusted": return "write-off"
    case "rule.published": return "rule"
    case "commission.posted": return "payout"
    case "contract.amended":
      let before = try past.standing(about: event.subject)
      return isLarge(event, before) ? "contract" : "amendment"
    default: return nil
    }
  }

  private func isLarge(_ event: Event, _ before: [Event]) -> Bool {
    let total = before.last { $0.data["totalMinor"] != nil }?.data["totalMinor"]?.int
    if let total, let new = event.data["totalMinor"]?.int, total > 0, valueRiseBp != .max {
      if Double(new - total) / Double(total) * 10_000 > Double(valueRiseBp) { return true }
    }
    let end = before.last { $0.data["endOn"] != nil || $0.data["newEndOn"] != nil }
    guard let old = end?.day("newEndOn") ?? end?.day("endOn"), let new = event.day("endOn"), extensionMonths != .max
    else { return false }
    let (a, b) = (old.civil, new.civil)
    let months = (b.year - a.year) * 12 + b.month - a.month
    return months > extensionMonths || months == extensionMonths && b.day > a.day
  }
}

extension Role {
  /// The word of the role that a rule names by its word or by its name in either language.
  public static func word(for text: String) -> String {
    let named = all.first { $0.word == text || $0.title.zh == text || $0.title.en.lowercased() == text.lowercased() }
    return named?.word ?? text
  }
}
