public import Vocabulary
import Wire

/// The approval rule: how late an entry may come without a reason, and whose decisions a type needs.
///
/// Versions are published as rules of the kind `approval`; the one in force at an event's business time counts.
public struct Policy: Hashable, Sendable {
  /// A decision that a type needs from a role, always or above an amount.
  public struct Requirement: Hashable, Sendable {
    public let type: String
    public let role: String
    /// Minor units; `nil` for any amount.
    public let over: Int64?
  }

  /// 0 is the version that ships.
  public let version: Int
  public let lateDays: Int
  public let requirements: [Requirement]

  /// What holds before the company publishes a version of its own: a week for late entries, and for each type that
  /// waits for a second person one decision by any of the roles that its declaration names.
  public static let shipped = Policy(version: 0, lateDays: 7, requirements: [])

  /// The fields of a body of this rule.
  public static let fields: [Field] = [
    .count("lateDays", "Days that an entry may be late", "允许补录天数", 0...3_650, .days),
    .list(
      "requirements",
      of: .record([
        .text("type", "Event type", "事件类型", limit: 100), .text("role", "Role that decides", "审批角色", limit: 50),
        .money("overMinor", "Above", "超过金额").optional,
      ]), "Decisions needed", "所需审批", limit: 500
    ).optional,
  ]

  /// `nil` where the body does not have the rule's fields.
  init?(version: Int, body: JSONObject) {
    guard (try? Field.check(body, against: Policy.fields, at: "body")) != nil else { return nil }
    let requirements = (body["requirements"]?.array ?? []).compactMap(\.object).map {
      Requirement(type: $0["type"]?.string ?? "", role: $0["role"]?.string ?? "", over: $0["overMinor"]?.int)
    }
    self.init(version: version, lateDays: Int(body["lateDays"]?.int ?? 0), requirements: requirements)
  }

  private init(version: Int, lateDays: Int, requirements: [Requirement]) {
    (self.version, self.lateDays, self.requirements) = (version, lateDays, requirements)
  }

  /// The version in force at an instant.
  static func inForce(at instant: Instant, given past: some Past) throws -> Policy {
    guard let rule = Subject(kind: .rule, id: "approval") else { return shipped }
    var found: (effective: Instant, policy: Policy)?
    for event in try past.events(about: rule) where event.type == "rule.published" && event.text("kind") == "approval" {
      let effective = Instant(event.text("effectiveOn")) ?? event.occurredAt
      guard effective <= instant, let body = event.data["body"]?.object, let version = event.data["version"]?.int,
        let policy = Policy(version: Int(version), body: body)
      else { continue }
      if let found, (found.effective, found.policy.version) >= (effective, policy.version) { continue }
      found = (effective, policy)
    }
    return found?.policy ?? shipped
  }

  /// The roles of which each must have decided; empty where any one of the declaration's approvers is enough.
  func roles(for type: String, amount: Int64) -> [String] {
    requirements.filter { $0.type == type && $0.over.map { amount > $0 } ?? true }.map(\.role)
  }

  /// `approval@3`.
  var label: String { "approval@\(version)" }
}
