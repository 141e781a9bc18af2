import Events
import Testing
import Vocabulary
import Wire

private let known = Story().then("customer.registered", "customer:4", ["name": "Acme"])
  .then("campaign.launched", "campaign:spring", ["kind": "marketing", "title": "Spring", "startOn": "2026-03-01"])

/// An event whose personal values cannot be read: the key is elsewhere, or destroyed.
private func unreadable(_ type: String, _ data: JSONObject) -> Event {
  var event = Event(type, Subject("customer:4")!, at: Story.at("03-01"), data)
  event.sealed = ["person": .string(String(repeating: "x", count: 43))]
  return event
}

private func consent(_ state: String, _ person: String, _ purpose: String = "marketing") -> Event {
  Story.event("consent.recorded", "customer:4", ["person": .string(person), "purpose": .string(purpose), "state": .string(state)])
}

private func mail(to person: String?) -> Event {
  var data: JSONObject = ["kind": "mail", "direction": "out", "campaign": "spring"]
  data["person"] = person.map { .string($0) }
  return Story.event("interaction.logged", "customer:4", data)
}

@Suite struct `Who took their consent back` {
  @Test(arguments: [("Li", "restricted-person" as String?), (" li ", "restricted-person"), ("Wu", nil)])
  func `is known whatever the spelling`(person: String, rule: String?) throws {
    expect(try known.having(consent("withdrawn", "Li")).refusal(mail(to: person)), rule, because: rule == nil ? [] : [2])
  }

  @Test func `may give it again, for that purpose or for all`() throws {
    let withdrawn = known.having(consent("withdrawn", "Li"))
    expect(try withdrawn.having(consent("granted", "Li")).refusal(mail(to: "Li")), nil)
    expect(try withdrawn.having(consent("granted", "Li", "*")).refusal(mail(to: "Li")), nil)
    expect(try withdrawn.having(consent("granted", "Li", "surveys")).refusal(mail(to: "Li")), "restricted-person", because: [2])
    expect(try withdrawn.having(consent("granted", "Wu")).refusal(mail(to: "Li")), "restricted-person", because: [2])
  }

  /// Nobody can say that they are not the same.
  @Test func `and cannot be read may be whoever is addressed`() throws {
    let gone = known.having(unreadable("consent.recorded", ["purpose": "marketing", "state": "withdrawn"]))
    let refusal = try gone.refusal(mail(to: "Li"))
    expect(refusal, "restricted-person", because: [2])
    #expect(refusal?.why.en.contains("cannot be told from them") == true)
    expect(try gone.having(consent("granted", "Li")).refusal(mail(to: "Li")), nil)
    let other = unreadable("consent.recorded", ["purpose": "marketing", "state": "granted"])
    expect(try known.having(consent("withdrawn", "Li")).having(other).refusal(mail(to: "Li")), "restricted-person", because: [2])
  }

  @Test func `may be addressed by a mail that names nobody`() throws {
    expect(try known.refusal(mail(to: nil)), nil)
    expect(try known.having(consent("withdrawn", "Li")).refusal(mail(to: nil)), "restricted-person", because: [2])
  }

  @Test func `and whose restriction cannot be read is left alone`() throws {
    let asked = known.having(unreadable("privacy.requested", ["right": "restrict"]))
      .then("privacy.fulfilled", "customer:4", ["request": 2, "decision": "done"])
    expect(try asked.refusal(mail(to: "Li")), "restricted-person", because: [2])
  }
}

@Suite struct `A hold on a customer` {
  @Test func `covers what belongs to them`() throws {
    let held = known.then("contract.drafted", "contract:K", ["customer": "4"]).then("contract.drafted", "contract:L", ["customer": "5"])
      .then("hold.placed", "customer:4")
    for (subject, rule) in [("contract:K", "hold"), ("contract:L", "four-eyes"), ("customer:4", "hold")] {
      let dispose = Story.event("retention.disposed", "archive:2016", [
        "class": "c", "subjects": [.string(subject)], "method": "key-destroy", "listHash": hash("a"),
      ])
      expect(try held.refusal(dispose), rule, because: rule == "hold" ? [4] : [])
    }
  }
}

@Suite struct `The same company or person` {
  private func register(_ id: String, _ code: String?) -> Event {
    var data: JSONObject = ["name": "Acme"]
    data["unifiedSocialCreditCode"] = code.map { .string($0) }
    return Story.event("customer.registered", "customer:" + id, data)
  }
  private func contact(_ name: String, _ ways: [JSON] = [], number: String? = nil) -> Event {
    var data: JSONObject = ["name": .string(name)]
    if !ways.isEmpty { data["channels"] = .array(ways) }
    data["contact"] = number.map { .string($0) }
    return Story.event("contact.added", "customer:4", data)
  }

  @Test func `is not registered under two ids`() throws {
    let story = known.having(register("5", "91310000MA1K"))
    expect(try story.refusal(register("6", "91310000MA1K")), "duplicate", because: [2])
    expect(try story.refusal(register("6", "91310000MA1L")), nil)
    expect(try story.refusal(register("6", nil)), nil)
    let retracted = story.then("event.corrected", "customer:5", because: "twice", ["seq": 2, "kind": "retract"])
    expect(try retracted.refusal(register("6", "91310000MA1K")), nil)
  }

  @Test func `is not a contact twice`() throws {
    let story = known.having(contact("Li Na", ["a@x.cn", "138"])).having(contact("Wu Bo")).having(contact("Xu", number: "c1"))
    expect(try story.refusal(contact("li na", ["138"])), "duplicate", because: [2])
    expect(try story.refusal(contact("Li Na", ["b@x.cn"])), nil)
    expect(try story.refusal(contact("Li Na")), nil)
    expect(try story.refusal(contact("Wu Bo")), "duplicate", because: [3])
    expect(try story.refusal(contact("Wu Bo", ["139"])), nil)
    expect(try story.refusal(contact("Somebody", number: "c1")), "duplicate", because: [4])
    expect(try story.refusal(contact("Xu", number: "c2")), nil)
  }
}
