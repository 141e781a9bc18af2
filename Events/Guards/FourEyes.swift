public import Vocabulary
import Wire

/// What waits for a second person takes effect only with a decision under the approval rule in force; and what took
/// effect by one is corrected by one only.
public enum FourEyes: Guard {
  public static let id = "four-eyes"
  public static let title = Name(
    "It takes effect, and is corrected, only by another person's decision, under the approval rule in force then; each is "
      + "used once, and nobody asks for what benefits them.",
    "须经第二人依业务时间有效的审批规则作出决定方可生效，更正亦然；每项决定只用一次，受益人不得自行申请。")

  public static func concerns(_ declaration: Declaration) -> Bool {
    declaration.needsSecondPerson || declaration.name == "event.corrected"
  }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    guard let matter = try Matter(wish, given: past) else { return [] }
    let event = wish.event
    if event.type == "rule.published", try isAdopted(event, given: past) { return [] }
    let file = try file(of: event, approvers: matter.approvers, given: past)
    try checkContent(event, file, past)
    try checkInterest(event, file, of: matter)
    if let refused = file.refused ?? file.withdrawal {
      throw refusal(
        "\(file.subject) was refused or withdrawn", "\(file.subject) 已被驳回、退回或撤回", because: [refused],
        remedy: Name("ask again under a new number", "请以新编号重新提交"))
    }
    if let used = try past.standing(about: event.subject).first(where: { isUse($0, of: file, like: event) }) {
      throw refusal(
        "\(file.subject) was used already", "\(file.subject) 已被使用", because: [used],
        remedy: Name("ask for another decision", "请另行申请"))
    }
    try checkDecisions(event, matter, file, past)
    return []
  }

  /// What a second person decides about: the event itself, or what a correction makes of one that took two.
  private struct Matter {
    let event: Event
    /// The roles of which one must decide, where the approval rule says nothing else.
    let approvers: [String]

    /// `nil` where no second person is needed.
    init?(_ wish: Wish, given past: some Past) throws {
      var (event, declaration) = (wish.event, wish.declaration)
      if event.type == "event.corrected" {
        guard let wrong = try Correcting.wrongEvent(of: event, given: past),
          let entry = wish.catalogue.entry(named: wrong.type)
        else { return nil }
        declaration = entry.declaration
        event = wrong
        event.data = wish.event.data["data"]?.object ?? wrong.data
      }
      guard declaration.needsSecondPerson else { return nil }
      self.event = event
      approvers = declaration.approvers.map(\.word)
    }
  }

  /// Whether a rule was proposed word by word by somebody else, and not rejected since: its proposal is the request.
  private static func isAdopted(_ event: Event, given past: some Past) throws -> Bool {
    let same = try past.events(about: event.subject).filter {
      $0.data["version"] == event.data["version"] && $0.data["bodyHash"] == event.data["bodyHash"]
        && event.data["bodyHash"] != nil
    }.of("rule.proposed", "rule.rejected")
    guard let proposal = same.last, proposal.type == "rule.proposed", let author = proposal.about.actor,
      let approver = event.data["approvedBy"]?.string ?? event.about.actor
    else { return false }
    return !PersonName.same(author, approver)
  }

  /// The request that the event names, by its field or as its cause.
  private static func file(of event: Event, approvers: [String], given past: some Past) throws -> ApprovalFile {
    var subject = event.data["approval"]?.string.flatMap { Subject(kind: .approval, id: $0) }
    if subject == nil, let cause = try event.about.causedBy.flatMap({ try past.event(withID: $0) }),
      cause.subject.kind == EntityKind.approval.word
    {
      subject = cause.subject
    }
    let roles = approvers.joined(separator: ", ")
    let remedy = Name(
      "ask with approval.requested (about \(event.subject), eventType \(event.type)) and name it with --approval",
      "请先以 approval.requested 申请（about \(event.subject)，eventType \(event.type)），再用 --approval 引用")
    guard let subject else {
      throw refusal(
        "it waits for a second person" + (roles.isEmpty ? "" : " (\(roles))") + ", and names no decision",
        "须经第二人审批" + (roles.isEmpty ? "" : "（\(roles)）") + "，但未引用任何决定", remedy: remedy)
    }
    guard let file = try ApprovalFile(subject, given: past) else {
      throw refusal("nothing was asked for under \(subject)", "\(subject) 下没有申请", remedy: remedy)
    }
    return file
  }

  /// The decision is about this and nothing else.
  private static func checkContent(_ event: Event, _ file: ApprovalFile, _ past: some Past) throws {
    let request = file.request
    let asked = "\(request.text("about")) \(request.text("eventType"))"
    guard request.text("about") == event.subject.description, request.text("eventType") == event.type else {
      throw refusal(
        "\(file.subject) is about \(asked)", "\(file.subject) 针对的是 \(asked)", because: [request],
        remedy: Name("ask for a decision about this", "请就此另行申请"))
    }
    guard let hash = request.data["contentHash"]?.string else { return }
    guard hash == FourEyes.contentHash(of: event, given: past) else {
      throw refusal(
        "\(file.subject) is about other content (\(hash.prefix(12))…)", "\(file.subject) 批准的是其他内容（\(hash.prefix(12))…）",
        because: [request], remedy: Name("record what was approved, or ask again", "请按批准的内容入账，或重新申请"))
    }
  }

  /// Who benefits neither asks for it nor records it.
  private static func checkInterest(_ event: Event, _ file: ApprovalFile, of matter: Matter) throws {
    let gaining = file.beneficiaries(of: matter.event)
    let asking = [file.request.about.actor, file.request.about.onBehalfOf, event.about.actor, event.about.onBehalfOf]
    guard let who = asking.compactMap({ $0 }).first(where: { one in gaining.contains { PersonName.same($0, one) } })
    else { return }
    throw refusal(
      "\(who) benefits from it, and neither asks for it nor records it", "\(who) 是受益人，不得自行申请或入账",
      because: [file.request], remedy: Name("let somebody else ask for it and record it", "请由他人申请并入账"))
  }

  /// SHA-256 of the canonical data without the approval that it names: what `contentHash` of a request holds.
  public static func contentHash(of event: Event, given past: some Past) -> String {
    var data = event.data
    data["approval"] = nil
    return past.digest(of: JSON.object(data).canonical)
  }

  private static func isUse(_ earlier: Event, of file: ApprovalFile, like event: Event) -> Bool {
    guard earlier.type == event.type else { return false }
    if let named = earlier.data["approval"]?.string { return named == file.subject.id }
    return earlier.about.causedBy != nil && earlier.about.causedBy == event.about.causedBy
  }

  /// Enough people decided, none of them concerned, before it took effect.
  private static func checkDecisions(
    _ event: Event, _ matter: Matter, _ file: ApprovalFile, _ past: some Past
  ) throws {
    var barred = Set(file.parties.map { PersonName.plain($0.who) })
    let recorders = [event.about.actor, event.about.onBehalfOf].compactMap { $0 }
    barred.formUnion((recorders + file.beneficiaries(of: matter.event)).map(PersonName.plain))
    let counted = file.approvals.filter { decision in
      let deciders = [decision.about.actor, decision.data["delegatedFrom"]?.string].compactMap { $0.map(PersonName.plain) }
      return !deciders.isEmpty && barred.isDisjoint(with: deciders) && decision.occurredAt.day <= event.occurredAt.day
    }
    let policy = try Policy.inForce(at: event.occurredAt, given: past)
    let amount = ["totalMinor", "amountMinor"].compactMap { matter.event.data[$0]?.int }.first
    let needed = policy.roles(
      for: try policy.matter(of: matter.event, given: past), amount: abs(amount ?? file.request.data["amountMinor"]?.int ?? 0))
    let missing = needed.filter { role in !counted.contains { $0.about.role == role } }
    let anyOf = matter.approvers
    let anybody = counted.contains { anyOf.isEmpty || anyOf.contains($0.about.role ?? "") }
    let enough = needed.isEmpty ? anybody : missing.isEmpty
    guard !enough else { return }
    let list = (needed.isEmpty ? anyOf : missing).joined(separator: ", ")
    throw refusal(
      "by \(policy.label) it takes a decision by \(list.isEmpty ? "another person" : list), made no later than it "
        + "took effect, by nobody who asked, benefits or records it",
      "依 \(policy.label)，须由 \(list.isEmpty ? "他人" : list) 在生效之前决定，且不得是申请人、受益人或入账人",
      because: [file.request] + file.approvals, remedy: Name(
        "let them decide with approval.decided",
        "请其以 approval.decided 作出决定"))
  }
}
