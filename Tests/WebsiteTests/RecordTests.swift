import Answers
import Engine
import Events
import Log
import Testing
import Vocabulary
import Wire

@testable import Website

@Suite struct `A form` {
  @Test func `records what was written in it`() throws {
    let house = try House(company())
    let before = house.store.head.size
    let reply = try #require(
      house.post(
        "/record/visit.logged",
        [
          "subject": "customer:C1", "data.purpose": "renewal", "data.durationMin": "45", "data.contacts": "Li\nWang", "data.nextOn": "2026-04-01",
          "occurredAt": "2026-02-28T10:30", "role": "SR",
        ]))
    #expect(reply.status == 303 && reply.location == "/subjects/customer:C1?done=\(before)")
    let event = try #require(try house.read { try $0.event(at: Int64(before)) }).event
    #expect(event.type == "visit.logged" && event.occurredAt == Instant("2026-02-28T10:30:00Z"))
    #expect(event.about.actor == "Li Na" && event.about.role == "SR" && event.about.channel == "ui")
    #expect(event.data["durationMin"] == 45 && event.data["contacts"] == ["Li", "Wang"] && event.data["purpose"] == "renewal")
    #expect(try #require(house.get("/subjects/customer:C1?done=\(before)")).main.contains("Recorded as event \(before)."))
  }

  @Test(arguments: [
    ("durationMin", "many", "Expected"), ("durationMin", "-1", "outside"), ("nextOn", "soon", "not"), ("durationMin", "9999999999", "outside"),
  ]) func `says beside the field what is wrong with it, and keeps what was written`(field: String, text: String, sentence: String) throws {
    let house = try House(company())
    let before = house.store.head.size
    let reply = try #require(house.post("/record/visit.logged", ["subject": "customer:C1", "data.\(field)": text, "data.purpose": "kept words", "role": "SR"]))
    #expect(reply.status == 422 && house.store.head.size == before)
    let beside = reply.main.split(separator: "id=\"frecordvisitlogged-data.\(field)\"").last?.prefix(900) ?? ""
    #expect(beside.contains("class=\"fault\"") && beside.contains(sentence), "\(beside)")
    #expect(reply.main.contains(">\nkept words<"))
    #expect(reply.main.matches(of: /aria-invalid="true"/).count == 1)
  }

  @Test func `says everything that is wrong at once`() throws {
    let house = try House(company())
    let reply = try #require(house.post("/record/payment.received", ["subject": "", "data.amountMinor": "x", "occurredAt": "noon"]))
    #expect(reply.main.matches(of: /class="fault"/).count >= 3, "\(reply.main)")
  }

  @Test func `tells a guard's refusal in plain words beside the field that it is about`() throws {
    let house = try House(company())
    let before = house.store.head.size
    let unknown = try #require(house.post("/record/visit.logged", ["subject": "customer:none", "data.purpose": "x", "role": "SR"]))
    #expect(unknown.status == 422 && unknown.main.contains("class=\"fault\"") && unknown.main.contains("E-GUARD-UNKNOWN-SUBJECT"))
    let role = try #require(house.post("/record/visit.logged", ["subject": "customer:C1", "data.purpose": "x", "role": ""]))
    #expect(role.status == 422 && role.main.split(separator: "-role\"").last?.contains("class=\"fault\"") == true)
    #expect(house.store.head.size == before)
  }

  @Test func `lets nobody act in a capacity that is not theirs`() throws {
    let house = try House(company())
    _ = house.post("/record/order.placed", ["subject": "order:O9", "data.customer": "C1", "data.totalMinor": "1", "data.cur": "CNY", "role": "FN"])
    var found: [Event] = []
    try house.read { try $0.forEachEvent(ofTypes: ["order.placed"], from: 0) { found.append($0.event) } }
    #expect(!found.contains { $0.about.role == "FN" })
  }

  @Test func `sent twice records once`() throws {
    let house = try House(company())
    let form = try #require(house.get("/record/visit.logged?subject=customer:C1")).text
    let id = String(try #require(form.firstMatch(of: /name="id" value="([^"]+)"/)).output.1)
    let fields: Parameters = ["subject": "customer:C1", "data.purpose": "once", "role": "SR", "id": id]
    let first = try #require(house.post("/record/visit.logged", fields))
    let size = house.store.head.size
    let second = try #require(house.post("/record/visit.logged", fields))
    #expect(first.status == 303, "\(first.main)")
    #expect(first.location == second.location && house.store.head.size == size)
  }

  @Test func `leads nowhere but to pages of this site`() throws {
    let house = try House(company())
    for (place, next) in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"].enumerated() {
      let reply = try #require(
        house.post("/record/visit.logged", ["subject": "customer:C1", "data.purpose": "\(place)", "role": "SR", "next": next]))
      #expect(reply.location?.hasPrefix("/subjects/customer:C1") == true, "\(next)")
    }
  }

  @Test(arguments: Language.allCases) func `there is one for every type, which asks for each of its fields`(language: Language) throws {
    let house = try House(company())
    for entry in Catalogue.keshi.entries {
      let html = try #require(house.get("/record/\(entry.declaration.name)", in: language)).main
      for field in entry.declaration.fields { #expect(html.contains("name=\"data.\(field.name)\""), "\(entry.declaration.name).\(field.name)") }
      #expect(Markup("<main" + html).tags.count > 10)
    }
  }
}

@Suite struct `What a person writes into a field` {
  @Test(arguments: [
    ("1299", 129_900), ("1,299.00", 129_900), ("¥ 12.5", nil), ("¥12.5", 1_250), ("-0.05", -5), ("-3.10", -310), ("0.005", nil), ("12.", nil), ("", nil), ("abc", nil),
    ("92233720368547758.07", Int64.max), ("92233720368547758.08", nil), ("92233720368547759", nil), ("1.-5", nil),
  ] as [(String, Int64?)]) func `is an amount in minor units, or none`(text: String, minor: Int64?) {
    #expect(FormValue.minor(text) == minor)
  }

  @Test(arguments: [
    ("2026-02-28T10:30", "2026-02-28T10:30:00Z"), ("2026-02-28T10:30:05", "2026-02-28T10:30:05Z"), ("2026-02-28", "2026-02-28T00:00:00Z"),
    ("2026-02-28T10:30:00+08:00", "2026-02-28T02:30:00Z"), ("2026-02-30T10:30", nil), ("noon", nil), ("", nil),
  ] as [(String, String?)]) func `is a time, in UTC where it names no zone`(text: String, time: String?) {
    #expect(FormValue.instant(text)?.description == time)
  }
}
