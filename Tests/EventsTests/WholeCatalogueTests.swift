import Events
import Testing
import Vocabulary
import Wire

/// Every type, whatever it is: recorded in good order, and refused for each reason that it declares.
@Suite struct WholeCatalogueTests {
  static let types = Catalogue.keshi.entries
  /// The families of others, whose demands stand beside them.
  private static let elsewhere = ["event.", "privacy.", "erasure.", "hold.", "log.", "report."]

  /// A wish that its past lets pass: the sample of the type, and what must have happened before it.
  static func goodOrder(_ entry: Catalogue.Entry) throws -> (past: Story, wish: Event) {
    var wish = try Sampler.event(of: entry)
    (wish.seq, wish.recordedAt) = (nil, nil)
    wish.about.role = entry.declaration.recorders.first?.word
    wish.about.reason = "按约定办理"
    adapt(&wish)
    var past = references(of: wish, entry.declaration)
    past = openings(of: wish, entry, past)
    past = steps(before: wish, past)
    if entry.declaration.needsSecondPerson {
      let decider = entry.declaration.approvers.first?.word ?? "PO"
      past = past.then("approval.requested", "approval:OK", [
        "about": .string(wish.subject.description), "eventType": .string(wish.type),
      ]).then("approval.decided", "approval:OK", by: "bo", as: decider, ["verdict": "approve"])
      if entry.declaration.field(named: "approval") != nil { wish.data["approval"] = "OK" } else { wish.about.causedBy = "ok" }
    }
    return (past, wish)
  }

  /// What a sample cannot know: values that hang together.
  private static func adapt(_ wish: inout Event) {
    switch wish.type {
    case "contract.amended":
      wish.data["clauseChanges"] = [["key": "price", "before": "1", "after": "2"]]
      wish.data["assent"] = [["party": "us", "evidenceHash": hash("c")], ["party": "them", "evidenceHash": hash("d")]]
    case "contract.signed": (wish.data["party"], wish.data["docHash"]) = ("us", hash("a"))
    case "payment.received": wish.data["advance"] = true
    case "interaction.logged": wish.data["campaign"] = nil
    case "approval.decided": (wish.data["step"], wish.data["delegatedFrom"]) = (nil, nil)
    case "rule.published": wish.about.causedBy = "ok"
    default: break
    }
  }

  /// Everything that the wish names is known.
  private static func references(of wish: Event, _ declaration: Declaration) -> Story {
    var story = Story().then("customer.registered", "customer:CUSTOMER-1", ["name": "Acme"])
    for kind in Set(named(declaration.fields)) {
      let opener = Catalogue.keshi.entries.first { $0.declaration.opensSubject && $0.declaration.subjects[0] == kind }
      guard let opener, kind != .customer else { continue }
      story = story.then(
        opener.declaration.name, kind.word + ":" + kind.word.uppercased() + "-1",
        Sampler.object(opener.declaration.fields.filter(\.isRequired)))
    }
    if !story.knows(Subject("contract:CONTRACT-1")!) {
      story = story.then("contract.drafted", "contract:CONTRACT-1", ["customer": "CUSTOMER-1"])
    }
    return story
  }

  private static func named(_ fields: [Field]) -> [EntityKind] {
    fields.flatMap { field -> [EntityKind] in
      switch field.kind {
      case .reference(let kind): [kind]
      case .list(.reference(let kind), _): [kind]
      case .list(.record(let fields), _), .record(let fields): named(fields)
      default: []
      }
    }
  }

  /// The subject is open, unless the wish opens it.
  private static func openings(of wish: Event, _ entry: Catalogue.Entry, _ past: Story) -> Story {
    let opener = Catalogue.keshi.entries.first {
      $0.declaration.opensSubject && $0.declaration.subjects[0].word == wish.subject.kind
    }
    guard let opener, !entry.declaration.opensSubject else { return past }
    return past.then(
      opener.declaration.name, wish.subject.description, Sampler.object(opener.declaration.fields.filter(\.isRequired)))
  }

  /// Steps that a guard asks for.
  private static func steps(before wish: Event, _ past: Story) -> Story {
    let subject = wish.subject.description
    let frozen = { past.then("contract.text_frozen", subject, ["version": 1, "docHash": hash("a")]) }
    switch wish.type {
    case "contract.signed": return frozen()
    case "contract.activated":
      return frozen().then("contract.signed", subject, ["party": "us", "docHash": hash("a")])
        .then("contract.signed", subject, ["party": "them", "docHash": hash("a")])
    case "complaint.closed":
      return past.then("complaint.assessed", subject, ["severity": "major"]).then("complaint.responded", subject)
    case "complaint.reopened": return past.then("complaint.closed", subject)
    case "complaint.resumed": return past.then("complaint.paused", subject, ["asked": "photos"])
    case "receivable.adjusted":
      return past.then("invoice.issued", "invoice:INVOICE-1", [
        "customer": "CUSTOMER-1", "netMinor": 100, "cur": "CNY", "dueOn": "2026-04-01",
      ])
    default: return past
    }
  }

  private func refusal(_ past: Story, _ wish: Event) throws -> Refusal? { try past.refusal(wish, now: "03-03") }

  @Test(arguments: types) func isRecordedInGoodOrder(_ entry: Catalogue.Entry) throws {
    guard !WholeCatalogueTests.elsewhere.contains(where: { entry.declaration.name.hasPrefix($0) }) else { return }
    var (past, wish) = try WholeCatalogueTests.goodOrder(entry)
    if wish.about.causedBy == "ok" { past = past.naming("ok") }
    try wish.check(against: entry.declaration)
    expect(try refusal(past, wish), nil)
    for consequence in try past.consequences(wish, now: "03-03") {
      try consequence.check(against: try #require(Catalogue.keshi.entry(named: consequence.type)).declaration)
    }
  }

  @Test(arguments: types) func isRefusedForEachReasonThatItDeclares(_ entry: Catalogue.Entry) throws {
    guard !WholeCatalogueTests.elsewhere.contains(where: { entry.declaration.name.hasPrefix($0) }) else { return }
    var (past, wish) = try WholeCatalogueTests.goodOrder(entry)
    if wish.about.causedBy == "ok" { past = past.naming("ok") }
    let declaration = entry.declaration
    var other = wish
    if !declaration.recorders.isEmpty {
      other.about.role = "XX"
      expect(try refusal(past, other), "role")
    }
    if declaration.needsSecondPerson {
      other = wish
      (other.data["approval"], other.about.causedBy) = (nil, nil)
      expect(try refusal(past, other), "four-eyes")
    }
    if declaration.opensSubject {
      expect(try refusal(past.having(wish), wish), "id-reused", because: [Int64(past.events.count)])
    }
    other = wish
    other.occurredAt = Story.at("03-04")
    expect(try refusal(past, other), "late-entry")
    for (change, code) in declared(declaration) {
      other = wish
      change(&other)
      let error = #expect(throws: EventError.self) { try other.check(against: declaration) }
      #expect(error?.code == code)
      #expect(error?.message(in: .zh).unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } == true)
    }
  }

  /// What the declaration itself refuses.
  private func declared(_ declaration: Declaration) -> [((inout Event) -> Void, String)] {
    var list: [((inout Event) -> Void, String)] = [({ $0.data["surprise"] = 1 }, "E-EVENT-UNKNOWN-FIELD")]
    if declaration.needsReason { list.append(({ $0.about.reason = nil }, "E-EVENT-REASON")) }
    list += declaration.fields.filter(\.isRequired).map { field in ({ $0.data[field.name] = nil }, "E-EVENT-MISSING") }
    return list
  }
}

extension Story {
  /// The same past whose last event has an id of its own.
  func naming(_ id: String) -> Story {
    guard let last = events.last else { return self }
    return Story(events.dropLast() + [{ var event = last; event.id = id; return event }()])
  }

  /// The same past with a wish that was granted.
  func having(_ wish: Event) -> Story {
    var event = wish
    event.seq = Int64(events.count)
    return Story(events + [event])
  }
}
