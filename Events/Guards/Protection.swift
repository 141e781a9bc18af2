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
    let named = [event.subject] + listed.compactMap { Subject($0) }
    var touched = named
    // Whoever holds a customer holds what belongs to them.
    touched += try touched.compactMap { try customer(of: $0, given: past) }
    if let customer = event.reference("customer", to: .customer) { touched.append(customer) }
    let released = Set(try past.events(ofRareType: "hold.released").compactMap { $0.data["hold"]?.int })
    for hold in try past.events(ofRareType: "hold.placed") where hold.seq.map({ !released.contains($0) }) ?? true {
      // … and whoever disposes of a customer disposes of it, too.
      let owner = try customer(of: hold.subject, given: past)
      guard touched.contains(hold.subject) || owner.map(named.contains) ?? false else { continue }
      throw refusal(
        "\(hold.subject) is under a legal hold", "\(hold.subject) 受法律保全", because: [hold],
        remedy: Name("wait until the hold is released", "请待保全解除"))
    }
    return []
  }

  /// To whom a contract, an order or the like belongs.
  private static func customer(of subject: Subject, given past: some Past) throws -> Subject? {
    if subject.kind == EntityKind.customer.word { return nil }
    return try past.events(about: subject).lazy.compactMap { $0.reference("customer", to: .customer) }.first
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
    guard let campaign = event.reference("campaign", to: .campaign), event.text("direction") == "out" else { return [] }
    let launch = try past.standing(about: campaign).first { $0.type == "campaign.launched" }
    if launch.map({ $0.text("kind") != "marketing" }) ?? false { return [] }
    let purpose = launch?.data["purpose"]?.string ?? marketing
    let customer = event.reference("customer", to: .customer) ?? event.subject
    let file = try past.standing(about: customer)
    if let withdrawal = withdrawal(from: purpose, by: event, in: file) {
      throw refusal(because: withdrawal, to: event) {
        Name("\($0.en) took back their consent to \(purpose)", "\($0.zh)已撤回对“\(purpose)”的同意")
      }
    }
    let restriction = file.last { mayConcern($0, event) && isRestriction($0, file) }
    if let restriction {
      throw refusal(because: restriction, to: event) {
        Name("\($0.en) had the use of their data restricted", "\($0.zh)的个人信息已被限制处理")
      }
    }
    return []
  }

  /// The withdrawal that stands against whom the event addresses. Only a consent that is certainly theirs lifts one; one
  /// of somebody who cannot be read stands, because they may be the same.
  private static func withdrawal(from purpose: String, by event: Event, in file: [Event]) -> Event? {
    let said = file.of("consent.recorded").filter { [purpose, "*"].contains($0.text("purpose")) }
    let granted = said.lastIndex { $0.text("state") == "granted" && isSame($0, event) }
    return said[(granted.map { $0 + 1 } ?? 0)...].last { $0.text("state") == "withdrawn" && mayConcern($0, event) }
  }

  /// Whether both name the same person, in readable letters.
  private static func isSame(_ a: Event, _ b: Event) -> Bool {
    guard let a = a.data["person"]?.string, let b = b.data["person"]?.string else { return false }
    return PersonName.same(a, b)
  }

  /// Whether what was recorded may be about whom the event addresses: one of the two names nobody, or cannot be read.
  private static func mayConcern(_ recorded: Event, _ event: Event) -> Bool {
    recorded.data["person"] == nil || event.data["person"] == nil || isSame(recorded, event)
  }

  private static func refusal(because cause: Event, to event: Event, _ what: (Name) -> Name) -> Refusal {
    let isKnown = isSame(cause, event)
    let why = what(isKnown ? Name("they", "其本人") : Name("somebody who cannot be told from them", "无法与其本人区分之人"))
    return refusal(
      why.en, why.zh, because: [cause],
      remedy: isKnown
        ? Name("leave them out of the campaign", "请将其移出该活动")
        : Name(
          "name them with --person, with the keys at hand; else record their consent anew, or leave them out",
          "请在密钥可用时用 --person 指明其人；否则请重新取得其同意，或将其移出该活动"))
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
