import Events
import Facts
import Log
import Projection
import Testing
import Vocabulary
import Wire

@testable import Engine

/// A kind that lays down one number, which must be even.
private struct Even: RuleBody {
  static let fields: [Field] = [.count("many", "Many", "多", 1...1_000)]
  static func check(_ values: JSONObject) throws(RuleFault) {
    guard values.number("many") % 2 == 0 else { throw RuleFault("many", Name("must be even", "必须为偶数")) }
  }
  init(_ values: JSONObject) {}
}

private let kinds = [RuleKind("pool", Even.self, shipped: [RuleVersion(1, why: Name("first", "首版"), ["many": 2])])]

private func published(_ version: Int64, _ many: Int64, from: String, by author: String? = "ann", approved: String? = "bo", at time: String) -> Event {
  var data: JSONObject = ["kind": "pool", "version": .int(version), "body": ["many": .int(many)], "effectiveOn": .string(from)]
  data["approvedBy"] = approved.map { .string($0) }
  var event = Event(Rule.published, subject("rule:pool"), at: at(time), data)
  event.about.actor = author
  event.about.reason = "because"
  return event
}

private func book(_ events: [Event] = []) throws -> RuleBook {
  let source = MemorySource(events)
  let snapshot = Snapshot(catalogue: .keshi, projections: [], source: source, ruleKinds: kinds) { _, progress in
    try FactsStore.load(directory: "/nonexistent", plans: LinePlans(.keshi), source: source, save: false, progress: progress)
  }
  return try snapshot.ruleBook()
}

private func wish(_ many: Int64, from: String, by author: String = "ann", approved: String? = "bo") -> RuleWish {
  var wish = RuleWish(kind: "pool", body: ["many": .int(many)], effective: at(from), why: "why", author: author)
  wish.approvedBy = approved
  return wish
}

@Suite struct `A rule's versions` {
  private let story = [
    published(2, 4, from: "2026-03-01T00:00:00Z", at: "2026-02-01"), published(3, 6, from: "2026-05-01T00:00:00Z", at: "2026-02-02"),
  ]

  @Test(arguments: [("2026-02-28", 1), ("2026-03-01", 2), ("2026-04-30", 2), ("2026-05-01", 3), ("2027-01-01", 3)])
  func `follow one another in time`(day: String, version: Int) throws {
    #expect(try book(story).inForce("pool", at: at(day)).rule.version == version)
  }

  @Test(arguments: [(0, 1), (1, 2), (2, 3)] as [(Int64, Int)]) func `are known from the event on that published them`(position: Int64, version: Int) throws {
    #expect(try book(story).known(at: position).inForce("pool", at: at("2027-01-01")).rule.version == version)
  }

  @Test func `tell who, when, why and with whose approval`() throws {
    let rule = try book(story).version(2, of: "pool")
    #expect(rule.publication?.author == "ann" && rule.publication?.approvedBy == "bo" && rule.publication?.recordedAt != nil)
    #expect(rule.rule.why.en == "because" && rule.seq == 0 && rule.hash == RuleHash.of(["many": 4]))
    #expect(try book(story).end(of: rule) == at("2026-05-01") && book(story).end(of: book(story).version(3, of: "pool")) == nil)
    #expect(try book(story).version(1, of: "pool").publication == nil)
  }

  @Test func `that do not fit are never in force`() throws {
    let odd = published(4, 7, from: "2026-06-01T00:00:00Z", at: "2026-02-03")
    let book = try book(story + [odd])
    #expect(try book.inForce("pool", at: at("2027-01-01")).rule.version == 3)
    #expect { try book.version(4, of: "pool") } throws: { error in (error as? EngineError)?.message(in: .en).contains("body.many: must be even") == true }
    #expect(try book.nextNumber("pool") == 5, "its number is not used again")
  }

  @Test func `take the next number and name the one before`() throws {
    let place = try book(story).place(of: wish(8, from: "2026-05-02"))
    #expect(place.number == 4 && place.follows.rule.version == 3)
    let event = try #require(wish(8, from: "2026-05-02").published(place, at: at("2026-05-02")))
    #expect(event.data["supersedes"] == 3 && event.data["version"] == 4 && event.data["bodyHash"] == .string(RuleHash.of(["many": 8])))
    #expect(event.about.actor == "ann" && event.about.reason == "why" && event.data["approvedBy"] == "bo")
  }

  @Test(arguments: [("2026-04-30", false), ("2026-05-01", false), ("2026-05-02", true)])
  func `begin later than every one before`(from: String, isTaken: Bool) throws {
    let book = try book(story)
    guard !isTaken else {
      #expect(throws: Never.self) { try book.place(of: wish(8, from: from)) }
      return
    }
    #expect { try book.place(of: wish(8, from: from)) } throws: { error in
      if case .notLater(_, let than)? = error as? RuleRefusal { than.rule.version == 3 } else { false }
    }
  }

  @Test(arguments: [("ann", "ann"), ("ann", "Ann"), ("Li Na", " li  na ")]) func `are approved by somebody else`(author: String, approver: String) throws {
    let book = try book(story)
    #expect(throws: RuleRefusal.ownApproval(approver)) { try book.place(of: wish(8, from: "2026-06-01", by: author, approved: approver)) }
    #expect(throws: RuleRefusal.noActor) { try book.place(of: wish(8, from: "2026-06-01", by: "")) }
    #expect(throws: RuleRefusal.noActor) { try book.place(of: wish(8, from: "2026-06-01", approved: "")) }
  }

  @Test func `say something else than the one before`() throws {
    let book = try book(story)
    #expect(throws: RuleRefusal.sameBody(try book.version(3, of: "pool"), isInForce: true)) { try book.place(of: wish(6, from: "2026-06-01")) }
    #expect(throws: RuleRefusal.sameBody(try book.version(2, of: "pool"), isInForce: false)) { try book.place(of: wish(4, from: "2026-06-01")) }
    var again = wish(4, from: "2026-06-01")
    again.isReturn = true
    #expect(try book.place(of: again).number == 4)
    again.body = ["many": 6]
    #expect(throws: RuleRefusal.self) { try book.place(of: again) }
  }
}

@Suite struct `A proposed rule` {
  private func proposed(_ events: [Event] = [], many: Int64 = 4, at time: String = "2026-02-01") throws -> Event {
    let wish = wish(many, from: "2026-03-01", approved: nil)
    var event = try #require(wish.proposed(try book(events).place(of: wish), at: at(time)))
    event.id = "p\(many)"
    return event
  }

  @Test func `is in force only once another has approved it`() throws {
    let first = try proposed()
    let waiting = try book([first])
    #expect(try waiting.all("pool").count == 1 && waiting.proposals("pool").map(\.draft.rule.version) == [2])
    let proposal = try #require(try waiting.proposals("pool").first)
    #expect(throws: RuleRefusal.ownApproval("Ann")) { try proposal.approved(by: "Ann", in: waiting, why: nil, at: at("2026-02-02")) }
    let approved = try #require(try proposal.approved(by: "bo", in: waiting, why: nil, at: at("2026-02-02")))
    #expect(approved.about.causedBy == "p4" && approved.about.actor == "bo" && approved.about.reason == "why")
    let done = try book([first, approved])
    #expect(try done.proposals("pool").isEmpty && done.inForce("pool", at: at("2026-03-01")).rule.version == 2)
    let rule = try done.version(2, of: "pool")
    #expect(rule.publication?.author == "ann" && rule.publication?.approvedBy == "bo" && rule.seq == 1)
    #expect(try done.known(at: 1).proposals("pool").count == 1, "known then, it still waited")
  }

  @Test func `that was rejected waits no more, and keeps its number`() throws {
    let first = try proposed()
    let proposal = try #require(try book([first]).proposals("pool").first)
    let rejected = try #require(proposal.rejected(by: "bo", why: "no", at: at("2026-02-02")))
    let book = try book([first, rejected])
    #expect(try book.proposals("pool").isEmpty && book.nextNumber("pool") == 3 && book.all("pool").count == 1)
    #expect(try book.known(at: 1).proposals("pool").count == 1)
  }

  @Test func `that was overtaken must be proposed again`() throws {
    let first = try proposed()
    let other = published(3, 6, from: "2026-02-15T00:00:00Z", at: "2026-02-02")
    let book = try book([first, other])
    let proposal = try #require(try book.proposals("pool").first)
    #expect { try proposal.approved(by: "bo", in: book, why: nil, at: at("2026-02-03")) } throws: { error in
      if case .overtaken? = error as? RuleRefusal { true } else { false }
    }
  }
}

@Suite struct `The log takes of rules` {
  private func store(_ folder: TemporaryFolder) throws -> Store {
    var random = SystemRandomNumberGenerator()
    try Store.create(at: folder.path, origin: "test", clock: FixedClock(), random: &random)
    return try Store.open(at: folder.path, .write, catalogue: .keshi, projections: [], ruleKinds: kinds, clock: FixedClock())
  }

  @Test(arguments: [
    (published(2, 4, from: "2026-01-01T00:00:00Z", at: "2026-01-01"), nil), (published(2, 1_002, from: "2026-01-01T00:00:00Z", at: "2026-01-01"), "data.body.many"),
    (published(2, 5, from: "2026-01-01T00:00:00Z", at: "2026-01-01"), "data.body.many"),
    (published(2, 4, from: "2026-01-01T00:00:00Z", by: "ann", approved: "ANN", at: "2026-01-01"), "data.approvedBy"),
  ] as [(Event, String?)]) func `only what fits, and nobody's own approval`(event: Event, path: String?) throws {
    let folder = TemporaryFolder()
    let store = try store(folder)
    if let path {
      #expect { try store.append([event]) } throws: { ($0 as? AppendError)?.reason.path == path }
    } else {
      _ = try store.append([event])
    }
    #expect(store.head.size == (path == nil ? 1 : 0))
    try store.close()
  }

  @Test func `no body under another's hash`() throws {
    let folder = TemporaryFolder()
    let store = try store(folder)
    var event = published(2, 4, from: "2026-01-01T00:00:00Z", at: "2026-01-01")
    event.data["bodyHash"] = .string(RuleHash.of(["many": 6]))
    #expect { try store.append([event]) } throws: { ($0 as? AppendError)?.reason.path == "data.bodyHash" }
    try store.close()
  }
}
