public import Vocabulary
import Wire

/// A correction names a wrong event of its own subject, and what it should have said; and that could have been recorded.
public enum Correcting: Guard {
  public static let id = "correction"
  public static let title = Name(
    "A correction names an event of the same subject, comes from who recorded it or a sales manager, and says the whole "
      + "of what could have been recorded instead.",
    "更正须指明同一主体的事件，由原入账人或销售经理作出，并给出本可入账的完整内容。")

  public static func concerns(_ declaration: Declaration) -> Bool { declaration.name == "event.corrected" }

  public static func decide(_ wish: Wish, given past: some Past) throws -> [Event] {
    let event = wish.event
    guard let seq = event.data["seq"]?.int else { return [] }
    guard let wrong = try wrongEvent(of: event, given: past) else {
      throw refusal(
        "\(event.subject) has no event \(seq)", "\(event.subject) 没有事件 \(seq)",
        remedy: Name("`keshi history \(event.subject)` shows the numbers", "用 `keshi history \(event.subject)` 查看序号"))
    }
    guard wrong.type != event.type else {
      throw refusal(
        "event \(seq) is itself a correction", "事件 \(seq) 本身是更正", because: [wrong],
        remedy: Name("correct the event that it corrects once more", "请再次更正其所更正的事件"))
    }
    try checkAuthor(event, of: wrong)
    guard event.text("kind") == "replace" else { return [] }
    guard let data = event.data["data"]?.object, let entry = wish.catalogue.entry(named: wrong.type) else {
      throw refusal(
        "what it should have said is missing", "缺少更正后的内容", because: [wrong],
        remedy: Name("give the whole data, or retract the event", "请给出完整内容，或撤销该事件"))
    }
    try Field.check(data, against: entry.declaration.fields, at: "data.data")
    var right = wrong
    right.data = data
    let corrected = Wish(right, entry.declaration, of: wish.catalogue, now: wish.now)
    return try PastWithout.decide(corrected, instead: wrong, given: past)
  }

  /// The event that a correction names, as it was recorded.
  static func wrongEvent(of correction: Event, given past: some Past) throws -> Event? {
    try past.events(about: correction.subject).first { $0.seq == correction.data["seq"]?.int }
  }

  private static func checkAuthor(_ correction: Event, of wrong: Event) throws {
    guard let author = wrong.about.actor else { return }
    if PersonName.same(author, correction.about.actor ?? "") || correction.about.role == Role.salesManager.word { return }
    throw refusal(
      "\(author) recorded it; only they or a sales manager correct it", "该事件由 \(author) 入账，只有本人或销售经理可以更正",
      because: [wrong],
      remedy: Name("let them correct it, or act as --role SM", "请由本人更正，或以 --role SM 操作"))
  }
}

/// The past of an event that is said anew: without the wrong one, and, for guards that follow the order of things, without
/// what came after it.
struct PastWithout<Whole: Past>: Past {
  let whole: Whole
  let wrong: Event
  let endsThere: Bool

  private func left(_ events: [Event]) -> [Event] {
    events.filter { event in
      guard let seq = event.seq, let wrongSeq = wrong.seq else { return true }
      return endsThere ? seq < wrongSeq : seq != wrongSeq
    }
  }

  func events(about subject: Subject) throws -> [Event] { left(try whole.events(about: subject)) }
  func events(ofRareType type: String) throws -> [Event] { left(try whole.events(ofRareType: type)) }
  func events(ofType type: String, where field: String, is text: String) throws -> [Event] {
    left(try whole.events(ofType: type, where: field, is: text))
  }
  func event(withID id: String) throws -> Event? { try whole.event(withID: id).flatMap { left([$0]).first } }
  func knows(_ subject: Subject) throws -> Bool { try whole.knows(subject) }
  func shippedRule(_ kind: String) throws -> (version: Int, body: JSONObject)? { try whole.shippedRule(kind) }
  func digest(of text: String) -> String { whole.digest(of: text) }
}

extension PastWithout {
  /// Guards over what an event says, as it would have had to say it in its place.
  private static var inOrder: [any Guard.Type] {
    [Known.self, FrozenText.self, SignedByAll.self, Assent.self, ComplaintSteps.self, Impartial.self, LockedScore.self]
  }

  /// Guards over sums, which what came later is part of.
  private static var inAll: [any Guard.Type] { [Balance.self] }

  /// Puts what a correction says in the place of `wrong` before the guards that the event itself would meet.
  static func decide(_ wish: Wish, instead wrong: Event, given past: Whole) throws -> [Event] {
    for (guards, endsThere) in [(inOrder, true), (inAll, false)] {
      let past = PastWithout(whole: past, wrong: wrong, endsThere: endsThere)
      for guarding in guards where guarding.concerns(wish.declaration) { _ = try guarding.decide(wish, given: past) }
    }
    return []
  }
}
