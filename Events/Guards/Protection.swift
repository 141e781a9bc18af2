public import Vocabulary
import Wire

/// What a legal hold covers is not disposed of.
public enum NotHeld: Guard {
  public static let id = "hold"
  public static let title = Name("What a legal hold covers is neither disposed of nor erased.", "受法律保全的记录不得处置或销毁。")

  public static func concerns(_ declaration: Declaration) -> Bool {
    ["retention.disposed", "erasure.executed"].contains(declaration.name)
  }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    let event = wish.event
    let listed = (event.data["subjects"]?.array ?? []).compactMap(\.string)
    var touched = [event.subject] + listed.compactMap { Subject($0) }
    // Whoever holds a customer holds what belongs to them.
    if let customer = event.reference("customer", to: .customer) { touched.append(customer) }
    let released = Set(try past.events(ofRareType: "hold.released").compactMap { $0.data["hold"]?.int })
    for hold in try past.events(ofRareType: "hold.placed") where hold.seq.map({ !released.contains($0) }) ?? true {
      guard let covered = touched.first(where: { $0 == hold.subject }) else { continue }
      throw refusal(
        "\(covered) is under a legal hold", "\(covered) 受法律保全", because: [hold],
        remedy: Name("wait until the hold is released", "请待保全解除"))
    }
    return []
  }
}

/// Who took their consent back is not written to for that purpose.
public enum NotRestricted: Guard {
  public static let id = "restricted-person"
  public static let title = Name(
    "Nobody is approached for a campaign after they took back their consent to its purpose, or had its use restricted.",
    "个人撤回同意或限制使用后，不得再为该用途的活动联系其本人。")

  /// The purpose where a campaign names none.
  static let marketing = "marketing"

  public static func concerns(_ declaration: Declaration) -> Bool { declaration.name == "interaction.logged" }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    let event = wish.event
    guard let campaign = event.reference("campaign", to: .campaign), event.text("direction") == "out",
      let person = event.data["person"]
    else { return [] }
    let launch = try past.events(about: campaign).first { $0.type == "campaign.launched" }
    if launch.map({ $0.text("kind") != "marketing" }) ?? false { return [] }
    let purpose = launch?.data["purpose"]?.string ?? marketing
    let customer = event.reference("customer", to: .customer) ?? event.subject
    let file = try past.standing(about: customer)
    // A person who cannot be read any more may be this one.
    let concerns: (Event) -> Bool = { $0.data["person"] == person || $0.data["person"] == nil }
    let remedy = Name("leave them out of the campaign", "请将其移出该活动")
    let consent = file.of("consent.recorded").last { concerns($0) && [purpose, "*"].contains($0.text("purpose")) }
    if let consent, consent.text("state") == "withdrawn" {
      throw refusal(
        "they took back their consent to \(purpose)", "其本人已撤回对“\(purpose)”的同意", because: [consent], remedy: remedy)
    }
    if let restriction = file.last(where: { concerns($0) && isRestriction($0, file) }) {
      throw refusal("the use of their data is restricted", "其个人信息已被限制处理", because: [restriction], remedy: remedy)
    }
    return []
  }

  /// A request to restrict that was granted.
  private static func isRestriction(_ event: Event, _ file: [Event]) -> Bool {
    guard event.type == "privacy.requested", event.text("right") == "restrict", let seq = event.seq
    else { return false }
    return file.contains {
      $0.type == "privacy.fulfilled" && $0.data["request"]?.int == seq && $0.text("decision") != "refused"
    }
  }
}

/// A sale by somebody without a valid certificate is taken, and the deviation is recorded with it.
public enum Certified: Guard {
  public static let id = "certificate"
  public static let title = Name(
    "A sale by an employee who has no valid certificate for an article is taken, and recorded as a deviation.",
    "无有效认证的员工成交某货号时照常入账，同时记录流程偏差。")

  public static func concerns(_ declaration: Declaration) -> Bool { declaration.name == "order.placed" }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    let event = wish.event
    guard let actor = event.about.actor, let employee = Subject(kind: .employee, id: actor) else { return [] }
    let file = try past.standing(about: employee)
    guard !file.of("employee.joined").isEmpty else { return [] }
    let certificates = file.of("training.completed").filter {
      $0.text("kind") == "certificate" && $0.data["passed"] == true
        && $0.day("validUntil").map { $0 >= event.occurredAt.day } ?? true
    }.map { $0.text("item") }
    let sold = (event.data["lines"]?.array ?? []).compactMap { $0.object?["sku"]?.string }
    let missing = Set(sold.filter { !certificates.contains($0) && !certificates.contains("*") }).sorted()
    guard !missing.isEmpty, let process = Subject(kind: .process, id: "sales-certificate") else { return [] }
    let articles = String(missing.joined(separator: ", ").prefix(500))
    var deviation = Event(
      Process.deviationRecorded, process, at: event.occurredAt,
      ["step": "sale", "about": .string(event.subject.description), "cause": .string(articles)])
    deviation.about.reason = "no valid certificate · 无有效认证"
    deviation.about.role = Role.system.word
    deviation.about.channel = "rule"
    deviation.about.actor = "guard:" + id
    return [deviation]
  }
}
