import Answers
import Engine
import Events
import Foundation
import Log
import Projection
import Testing
import Vocabulary
import Wire

@testable import Website

/// The text of the rule form.
private func yaml(_ house: House) throws -> String {
  let html = try #require(house.get("/rules/churn/edit")).main
  let text = try #require(html.firstMatch(of: /<textarea[^>]*name="yaml"[^>]*>\n?([^<]*)<\/textarea>/)).output.1
  return String(text).replacing("&#10;", with: "\n").replacing("&quot;", with: "\"").replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&#39;", with: "'").replacing("&amp;", with: "&")
}

@Suite struct `A rule on its pages` {
  @Test func `comes into its form as a text that can be read again`() throws {
    let house = try House(company())
    let reply = try #require(house.post("/rules/churn/try", ["yaml": try yaml(house)]))
    #expect(reply.status == 200 && reply.main.contains("0 of"))
  }

  @Test func `has its faults told by line`() throws {
    let house = try House(company())
    let text = try yaml(house).replacing(/silenceDays: \d+/, with: "silenceDays: many").replacing("\n", with: "\r\n")
    let line = try #require(text.split(separator: "\r\n", omittingEmptySubsequences: false).firstIndex { $0.hasPrefix("silenceDays") }) + 1
    let reply = try #require(house.post("/rules/churn/try", ["yaml": text]))
    #expect(reply.status == 422 && reply.main.contains("class=\"fault\">Line \(line), column"), "\(reply.main)")
    #expect(reply.main.contains("silenceDays: many"))
  }

  @Test func `is tried without a trace, proposed, and put in force by another person only`() throws {
    let house = try House(company())
    let text = try yaml(house).replacing(/silenceDays: \d+/, with: "silenceDays: 20")
    let before = house.store.head.size
    let trial = try #require(house.post("/rules/churn/try", ["yaml": text]))
    #expect(trial.main.contains("would be judged otherwise") && house.store.head.size == before)
    let file = try #require(house.post("/rules/churn/people", ["yaml": text]))
    #expect(file.mediaType.hasPrefix("text/csv") && file.text.hasPrefix("subject,from,to,"))

    let proposed = try #require(house.post("/rules/churn/propose", ["yaml": text, "why": "sooner", "moved": "3", "reportHash": String(repeating: "a", count: 64)]))
    #expect(proposed.status == 303, "\(proposed.main)")
    #expect(house.store.head.size == before + 1)
    let own = try #require(house.get("/rules/churn")).main
    #expect(own.contains("Nobody approves their own rule") && !own.contains("/approve\""))
    #expect(try #require(house.post("/rules/churn/approve", ["version": "2"])).status != 303)

    #expect(try #require(house.get("/rules/churn/diff?to=2", as: .wang)).main.contains("would be judged otherwise"))
    house.clock.pass(seconds: 60)
    #expect(try #require(house.post("/rules/churn/approve", ["version": "2"], as: .wang)).status == 303)
    #expect(try house.read { try $0.ruleBook().version(2, of: "churn") }.publication?.approvedBy == "Wang Lei")
    #expect(try #require(house.get("/models/churn?as_of=2026-03-02")).main.contains("churn@2"))
  }

  @Test func `is turned down with a reason`() throws {
    let house = try House(company())
    let text = try yaml(house).replacing(/silenceDays: \d+/, with: "silenceDays: 20")
    _ = house.post("/rules/churn/propose", ["yaml": text, "why": "sooner"])
    #expect(try #require(house.post("/rules/churn/reject", ["version": "2", "why": "too many"], as: .wang)).status == 303)
    #expect(!(try #require(house.get("/rules/churn")).main.contains("waits for another person")))
    let last = try #require(try house.read { try $0.event(at: $0.size - 1) }).event
    #expect(last.type == "rule.rejected" && last.about.actor == "Wang Lei" && last.about.reason == "too many")
  }

  @Test func `is not proposed without a why`() throws {
    let house = try House(company())
    let text = try yaml(house).replacing(/silenceDays: \d+/, with: "silenceDays: 20")
    #expect(try #require(house.post("/rules/churn/propose", ["yaml": text, "why": "  "])).status == 400)
  }
}

@Suite struct `Names` {
  @Test(arguments: [
    ("云", ["customer:C1"]), ("星云科技", ["customer:C1"]), ("acme", ["customer:C2"]), ("ACME", ["customer:C2"]), ("c2", ["customer:C2"]), ("nobody", []),
    ("\t", []), ("customer:", []), ("Ünïcode", ["customer:C3"]), ("ÜNÏ", ["customer:C3"]), ("* OR a", []), ("\"", []),
  ] as [(String, [String])]) func `are found by any part, in either script`(text: String, subjects: [String]) throws {
    let house = try House([
      #"{"type":"customer.registered","subject":"customer:C1","occurredAt":"2025-01-01","data":{"name":"杭州星云科技有限公司"}}"#,
      #"{"type":"customer.registered","subject":"customer:C2","occurredAt":"2025-01-02","data":{"name":"Acme GmbH"}}"#,
      #"{"type":"customer.registered","subject":"customer:C3","occurredAt":"2025-01-03","data":{"name":"Ünïcode\tAG"}}"#,
    ])
    try house.read { try house.directory.catchUp(with: $0) }
    #expect(try house.directory.search(text).map(\.subject) == subjects)
  }

  @Test func `follow the newest change, and old ones are still found`() throws {
    let house = try House([
      #"{"type":"customer.registered","subject":"customer:C1","occurredAt":"2025-01-01","data":{"name":"Old Name"}}"#,
      #"{"type":"customer.updated","subject":"customer:C1","occurredAt":"2025-02-01","data":{"changes":[{"field":"name","before":"Old Name","after":"New Name"}]}}"#,
    ])
    try house.read { try house.directory.catchUp(with: $0) }
    #expect(house.directory.name(of: "customer:C1") == "New Name" && house.directory.name(of: "customer:C2") == nil)
    #expect(try house.directory.search("old").map(\.subject) == ["customer:C1"])
  }

  @Test func `that come back after another are the newest again`() throws {
    let change = { (before: String, after: String) in
      #"{"type":"customer.updated","subject":"customer:C1","occurredAt":"2025-02-01","data":{"changes":[{"field":"name","before":"\#(before)","after":"\#(after)"}]}}"#
    }
    let house = try House([
      #"{"type":"customer.registered","subject":"customer:C1","occurredAt":"2025-01-01","data":{"name":"First"}}"#, change("First", "Second"), change("Second", "First"),
    ])
    try house.read { try house.directory.catchUp(with: $0) }
    #expect(house.directory.name(of: "customer:C1") == "First")
  }

  @Test func `stay known to the next server, and of another log are not believed`() throws {
    let house = try House(company())
    try house.read { try house.directory.catchUp(with: $0) }
    let again = try Directory(house.store)
    #expect(again.position == house.directory.position && again.name(of: "customer:C2") == "word 2")
    let other = try House(company("other"))
    try FileManager.default.removeItem(atPath: other.store.folder.derived + "/names.sqlite")
    try FileManager.default.copyItem(atPath: house.store.folder.derived + "/names.sqlite", toPath: other.store.folder.derived + "/names.sqlite")
    let wrong = try Directory(other.store)
    #expect(wrong.position == 0 && wrong.name(of: "customer:C2") == nil)
  }

  @Test func `are given up to a bound`() throws {
    let lines = (0...Directory.hitLimit).map { number in
      #"{"type":"customer.registered","subject":"customer:N\#(number)","occurredAt":"2025-01-01","data":{"name":"Same"}}"#
    }
    let house = try House(lines)
    try house.read { try house.directory.catchUp(with: $0) }
    #expect(try house.directory.search("same").count == Directory.hitLimit)
    #expect(try #require(house.get("/search?q=same")).main.contains("There may be more"))
    #expect(try house.directory.search("same", limit: 100).count == Directory.hitLimit + 1)
  }
}

@Suite struct `A page after something was recorded` {
  private func record(_ line: String, in house: House) throws -> Int64 {
    let event = try Event(reading: Array(line.utf8).span, by: .keshi)
    return Int64(try #require(try Recorder(house.store, about: Circumstances()).record([event]).last).seq)
  }

  private let order = #"{"type":"order.placed","subject":"order:new","data":{"customer":"C1","totalMinor":77700,"cur":"CNY"},"occurredAt":"2026-02-28"}"#

  @Test func `of a customer knows it, and makes no model anew for that`() throws {
    let house = try House(company())
    _ = try house.store.rebuild([])
    _ = try record(order, in: house)
    let page = try #require(house.get("/subjects/customer:C1"))
    #expect(page.main.contains("order:new") && page.main.contains("777.00") && page.main.contains("does not know the newest events yet (1)"))
    let other = try #require(house.get("/subjects/customer:C2"))
    #expect(other.status == 200 && other.main.contains("word 2"))
    #expect(!FileManager.default.fileExists(atPath: house.folder.path + "/views"))
  }

  @Test(arguments: ["/churn", "/", "/models/worth", "/customers", "/sales"]) func `that lists says that it does not know it yet`(address: String) throws {
    let house = try House(company())
    _ = try house.store.rebuild([])
    #expect(try #require(house.get(address)).main.contains("Not in these rows yet") == false)
    let seq = try record(order, in: house)
    #expect(try #require(house.get(address)).main.contains("Not in these rows yet: the newest events, 1."), "\(address)")
    #expect(!FileManager.default.fileExists(atPath: house.folder.path + "/views"))
    // But who has recorded it is shown it.
    #expect(try #require(house.get(address + "?done=\(seq)")).main.contains("Not in these rows yet") == false, "\(address)")
  }
}

@Suite struct `Read models that need a rebuild` {
  @Test func `are those that what was recorded changes, and no others`() throws {
    let house = try House(company())
    let all = Set(try house.read { $0.projections.map(\.name) })
    func outdated() throws -> Set<String> { Set(try house.read { try house.shelf.outdated(in: $0) }) }
    #expect(try outdated() == all)
    _ = try house.store.rebuild([])
    #expect(try outdated() == [])
    let look = #"{"type":"data.accessed","subject":"access:2026-02-28-C1","actor":"li","role":"SYS","occurredAt":"2026-02-28","data":{"customer":"C1","kind":"view","maxClass":"sensitive"}}"#
    _ = try house.store.append([Event(reading: Array(look.utf8).span, by: .keshi)])
    let looked = try outdated()
    #expect(looked == ["access", "access-rights", "retention"])
    // What nothing has happened to is known to be of now; what else changes it is noticed all the same.
    let size = try house.read { $0.size }
    #expect(house.shelf.reach("worth") == size && house.shelf.reach("access") == size - 1)
    // And those that are not named are right to be left alone: made anew, not a row of them differs.
    for report in try house.store.rebuild([]) where !looked.contains(report.projection) { #expect(report.changed == 0, "\(report.projection)") }
    #expect(try outdated() == [])
    // One that happened long ago leaves the time as it is, and changes what rests on orders alone.
    let late = #"{"type":"order.placed","subject":"order:late","data":{"customer":"C1","totalMinor":500,"cur":"CNY"},"occurredAt":"2020-01-05"}"#
    _ = try house.store.append([Event(reading: Array(late.utf8).span, by: .keshi)])
    let behind = try outdated()
    #expect(behind.contains("worth") && behind.contains("loyalty") && !behind.contains("complaints") && !behind.contains("access"), "\(behind.sorted())")
    for report in try house.store.rebuild([]) where !behind.contains(report.projection) { #expect(report.changed == 0, "\(report.projection)") }
    let order = #"{"type":"order.placed","subject":"order:new","data":{"customer":"C1","totalMinor":77700,"cur":"CNY"},"occurredAt":"2026-02-28"}"#
    _ = try house.store.append([Event(reading: Array(order.utf8).span, by: .keshi)])
    #expect(try outdated() == all)
  }
}

@Suite struct `A log that is too long to fold for a page` {
  @Test func `is answered from the models in use, and what has none yet says so`() throws {
    let lines = company()
    let house = try House(lines, promptEvents: Int64(lines.count) - 1)
    let early = try #require(house.get("/subjects/customer:C1"))
    #expect(early.status == 200 && early.main.contains("Not asked") && early.main.contains("word 1"))
    let desk = try #require(house.get("/models/churn"))
    #expect(desk.status == 503 && desk.main.contains("E-NOT-READY"))
    _ = try house.store.rebuild([])
    #expect(try #require(house.get("/subjects/customer:C1")).main.contains("Not asked") == false)
    #expect(try #require(house.get("/models/churn")).status == 200)
  }

  @Test func `says how old its answers are, also where what came since happened earlier`() throws {
    let lines = company()
    let house = try House(lines, promptEvents: Int64(lines.count) - 1)
    _ = try house.store.rebuild([])
    func behind() throws -> Int64 { try house.read { try house.shelf.model("churn", view: .present, in: $0).behind } }
    #expect(try behind() == 0)
    let late = #"{"type":"order.placed","subject":"order:late","data":{"customer":"C1","totalMinor":1,"cur":"CNY"},"occurredAt":"2019-01-05"}"#
    _ = try Recorder(house.store, about: Circumstances()).record([try Event(reading: Array(late.utf8).span, by: .keshi)])
    #expect(try behind() == 1)
  }

  @Test func `is folded for a page up to its bound`() throws {
    let lines = company()
    let house = try House(lines, promptEvents: Int64(lines.count))
    #expect(try #require(house.get("/models/churn")).status == 200)
    #expect(try #require(house.get("/subjects/customer:C1")).main.contains("Not asked") == false)
  }
}

@Suite struct `An evidence package` {
  @Test func `is asked for with a reason, waited for, and fetched by who asked`() throws {
    let house = try House(company())
    let offer = try #require(house.get("/audit/evidence?subject=contract:K1&known_at=20"))
    #expect(offer.main.contains("value=\"contract:K1\"") && offer.links.contains("/audit/evidence?known_at=20"))
    let sent = try #require(house.post("/audit/evidence", ["subject": "contract:K1", "reason": "court"]))
    #expect(sent.status == 303 && sent.location == "/works/e1", "\(sent.main)")
    guard case .evidence(let request, let about) = try #require(house.bench.works.first?.kind) else {
      Issue.record("no evidence was asked for")
      return
    }
    #expect(request.subject == "contract:K1" && about.actor == "Li Na" && about.reason == "court" && about.channel == "ui")
    let done = try #require(house.get("/works/e1", in: .zh))
    #expect(done.links.contains("/works/e1/file") && done.main.contains("python3 package/verify.py --package evidence.zip --key log.vkey"))
    #expect(done.main.contains("&#39; &gt; log.vkey") || done.main.contains("' &gt; log.vkey"))
    let file = try #require(house.get("/works/e1/file"))
    #expect(file.mediaType == "application/zip" && file.fileName == "evidence.zip" && file.text == "zip of e1")
  }

  @Test func `is not another's to fetch, and not about everything`() throws {
    let house = try House(company())
    _ = house.post("/audit/evidence", ["subject": "customer:C1"])
    #expect(try #require(house.get("/works/e1", as: .wang)).links.contains("/works/e1/file") == false)
    #expect(try #require(house.get("/works/e1/file", as: .wang)).status == 404)
    for (subject, code) in [("order:O1", "E-EVIDENCE-KIND"), ("customer:C99", "E-SUBJECT"), ("", "E-SUBJECT")] {
      let refused = try #require(house.post("/audit/evidence", ["subject": subject]))
      #expect([400, 404].contains(refused.status) && refused.main.contains(code), "\(subject) \(refused.status) \(refused.main)")
    }
  }
}
