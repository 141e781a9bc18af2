import AccessControl
import Answers
import Engine
import HTTPTypes
import Hummingbird
import Testing
import Vocabulary
import Wire

@testable import Serve

@Suite struct `Personal values` {
  private static let seen: [AccessRole: (name: Bool, words: Bool)] = [
    .viewer: (false, false), .writer: (true, false), .manager: (true, false), .compliance: (true, true), .auditor: (true, true), .admin: (true, true),
  ]

  /// Every way by which an event comes out, for every role that reads.
  @Test(arguments: ["/api/v1/subjects/customer:1/history", "/api/v1/events?limit=10", "/api/v1/events/2", "/api/v1/events/4"])
  func `above an asker's grade are withheld`(target: String) async throws {
    let house = try await House()
    try await house.run { client in
      for (role, sees) in Self.seen {
        let answer = try await client.ask(.get, target, as: role)
        #expect(answer.status == 200)
        let (name, words) = (answer.text.contains("李娜") || answer.text.contains("138-0000"), answer.text.contains("交期"))
        #expect(name == (sees.name && target != "/api/v1/events/4"), "\(role) \(target)")
        #expect(words == (sees.words && target != "/api/v1/events/2"), "\(role) \(target)")
        if !sees.words, target != "/api/v1/events/2" { #expect(answer.text.contains("\"why\":\"not-cleared\""), "\(role)") }
      }
    }
  }

  @Test func `that were shown are recorded, together and by who, and cost a read nothing`() async throws {
    let house = try await House()
    try await house.run { client in
      for _ in 0..<5 { _ = try await client.ask(.get, "/api/v1/subjects/customer:1/history", as: .compliance) }
      _ = try await client.ask(.get, "/api/v1/subjects/customer:1/history", as: .viewer)
      _ = try await client.ask(.get, "/api/v1/subjects/customer:2/history", as: .compliance)
      #expect(house.server.office.head == 6)
      let looks = try await client.ask(.get, "/api/v1/access?customer=1", as: .auditor).list("looks")
      #expect(looks.count == 1 && house.server.office.head == 7)
      let (event, data) = (try #require(looks.first), looks.first?["data"]?.object)
      #expect(event["actor"]?.string == "compliance" && data?["rows"]?.int == 5 && data?["customer"]?.string == "1")
      #expect(data?["maxClass"]?.string == "highly-sensitive" && data?["query"]?.string == "/api/v1/subjects/customer:1/history")
    }
  }

  /// However the path names the customer, and whatever of theirs it names; each look in its own customer's account.
  @Test(arguments: [("customer:2", "2"), ("2", "2"), ("order:2", "2"), ("1", "1")])
  func `that were shown are a look at the customer whose they are`(asked: String, customer: String) async throws {
    let words = #"{"type":"visit.logged","subject":"customer:2","data":{"purpose":"renewal","minutes":"words"},"occurredAt":"2026-01-08","role":"SR"}"#
    let house = try await House(House.lines + [words])
    try await house.run { client in
      _ = try await client.ask(.get, "/api/v1/subjects/1/history", as: .compliance)
      try house.server.office.ledger.flush()
      #expect(try await client.ask(.get, "/api/v1/subjects/\(asked)/history", as: .compliance).status == 200)
      try house.server.office.ledger.flush()
      for other in ["1", "2"] {
        let history = try await client.ask(.get, "/api/v1/subjects/\(other)/history").list("events").filter { $0["type"]?.string == "data.accessed" }
        #expect(history.allSatisfy { $0["data"]?.object?["customer"]?.string == other }, "\(asked), \(other)")
        if other == customer, asked != "order:2" { #expect(!history.isEmpty, "\(asked)") }
      }
    }
  }

  @Test func `a look moves neither anybody's time nor a conclusion`() async throws {
    let house = try await House()
    try await house.run { client in
      let before = try await client.ask(.get, "/api/v1/models/lifecycle/customer:1").json
      _ = try await client.ask(.get, "/api/v1/subjects/customer:1/history", as: .compliance)
      try house.server.office.ledger.flush()
      let after = try await client.ask(.get, "/api/v1/models/lifecycle/customer:1").json
      #expect(before["asOf"] == after["asOf"] && before["stage"] == after["stage"] && after["position"]?.int == 6)
    }
  }
}

@Suite struct `Read models by HTTP` {
  @Test func `come by pages that miss nobody and name nobody twice`() async throws {
    let customers = (1...25).map { number in
      #"{"type":"order.placed","subject":"order:\#(number)","data":{"customer":"\#(number)","totalMinor":1,"cur":"CNY"},"occurredAt":"2026-01-05"}"#
    }
    let house = try await House(customers)
    try await house.run { client in
      for isBuilt in [false, true] {
        if isBuilt { _ = try house.server.office.store.rebuild([]) }
        for limit in [1, 7, 24, 25, 26, 1_000] {
          var (seen, target): ([String], String?) = ([], "/api/v1/models/lifecycle?limit=\(limit)")
          while let next = target {
            let page = try await client.ask(.get, next, as: .viewer)
            let rows = page.list("rows").compactMap { $0["subject"]?.string }
            #expect(rows.count <= limit)
            seen += rows
            target = page.json["next"]?.string.map { "/api/v1/models/lifecycle?limit=\(limit)&after=\($0)" }
            #expect((target != nil) == (page.headers[.of("Link")] != nil))
          }
          #expect(seen == seen.sorted() && seen.count == 25, "limit \(limit), built \(isBuilt)")
        }
      }
    }
  }

  @Test func `say how far they lag, and do not where the asker has seen more`() async throws {
    let house = try await House()
    try await house.run { client in
      _ = try house.server.office.store.rebuild([])
      #expect(try await client.send(#"{"type":"order.placed","subject":"order:9","data":{"customer":"2","totalMinor":1,"cur":"USD"}}"#).status == 201)
      let lagging = try await client.ask(.get, "/api/v1/models/worth")
      #expect(lagging.json["position"]?.int == 5 && lagging.json["lag"]?.int == 1)
      let fresh = try await client.ask(.get, "/api/v1/models/worth?min_position=6")
      #expect(fresh.json["position"]?.int == 6 && fresh.json["lag"]?.int == 0)
      let one = try await client.ask(.get, "/api/v1/models/worth/2")
      #expect(one.json["position"]?.int == 6 && one.json["revenue12mMinor"]?.int == 1)
    }
  }

  @Test func `that rest on everybody come from the model in use, and say how much it knows`() async throws {
    let house = try await House()
    try await house.run { client in
      _ = try house.server.office.store.rebuild([])
      #expect(try await client.send(#"{"type":"order.placed","subject":"order:9","data":{"customer":"2","totalMinor":1,"cur":"USD"}}"#).status == 201)
      for name in ["customer:2", "2"] {
        let known = try await client.ask(.get, "/api/v1/models/segments/\(name)")
        #expect(known.json["position"]?.int == 5 && known.headers[.position] == "5", "\(known.text)")
        let fresh = try await client.ask(.get, "/api/v1/models/segments/\(name)?min_position=6")
        #expect(fresh.json["position"]?.int == 6, "\(fresh.text)")
      }
    }
  }

  @Test(arguments: [
    ("limit=0", 400), ("limit=1001", 400), ("limit=1000", 200), ("limit=x", 400), ("as_of=yesterday", 400), ("as_of=2026-01-06", 200),
    ("known_at=3", 200), ("known_at=2026-01-05", 200), ("known_at=x", 400), ("rule=churn", 400), ("rule=lifecycle=9", 404), ("min_position=-1", 400),
    ("min_position=99", 412),
  ])
  func `take a view, or say what cannot be read`(query: String, status: Int) async throws {
    let house = try await House()
    try await house.run { client in
      let answer = try await client.ask(.get, "/api/v1/models/lifecycle?\(query)")
      #expect(answer.status == status, "\(answer.text)")
    }
  }

  @Test func `explain a row, as it was too`() async throws {
    let house = try await House()
    try await house.run { client in
      let now = try await client.ask(.get, "/api/v1/models/churn/1/explanation")
      #expect(now.status == 200 && !now.list("findings").isEmpty && now.json["position"]?.int == 5)
      let then = try await client.ask(.get, "/api/v1/models/lifecycle/1?as_of=2026-01-04")
      #expect(then.json["asOf"]?.string == "2026-01-04T23:59:59.999999Z")
      #expect(try await client.ask(.get, "/api/v1/models/churn/nobody/explanation").status == 404)
      #expect(try await client.ask(.get, "/api/v1/models/nothing/1").status == 404)
    }
  }
}

@Suite struct `Names` {
  @Test(arguments: [
    ("泰源", ["customer:1"]), ("泰", ["customer:1"]), ("司", ["customer:1"]), ("南通泰源机械有限公司", ["customer:1"]), ("pump", ["customer:2"]),
    ("PUMPS LTD", ["customer:2"]), ("d", ["customer:2"]), ("源泰", []), ("zzz", []), ("1", ["customer:1"]), ("\"", []), ("* OR a", []),
  ])
  func `are found by any part of them`(words: String, subjects: [String]) async throws {
    let house = try await House()
    try await house.run { client in
      let answer = try await client.ask(.get, "/api/v1/search?q=\(words.escapedForQuery)", as: .viewer)
      #expect(answer.list("found").compactMap { $0["subject"]?.string } == subjects, "\(words) \(answer.text)")
    }
  }

  @Test func `are found as soon as they are recorded, and under every name that somebody had`() async throws {
    let house = try await House()
    try await house.run { client in
      let change = #"{"type":"customer.updated","subject":"customer:2","data":{"changes":[{"field":"name","before":"Acme Pumps Ltd","after":"Zenith 水泵"}]}}"#
      let recorded = try await client.send(change)
      #expect(recorded.status == 201, "\(recorded.text)")
      for words in ["zenith", "水泵", "acme"] {
        let found = try await client.ask(.get, "/api/v1/search?q=\(words.escapedForQuery)").list("found")
        #expect(found.first?["subject"]?.string == "customer:2", "\(words)")
      }
    }
  }
}

@Suite struct `Rules by HTTP` {
  @Test func `are proposed by one, approved by another, and never by oneself`() async throws {
    let house = try await House()
    try await house.run { client in
      var body = try #require(try await client.ask(.get, "/api/v1/rules/churn/1").json["body"]?.object)
      body["silenceDays"] = 91
      let rule = JSON.object(body).canonical
      let trial = try await client.send(rule, to: "/api/v1/rules/churn/what-if", as: .manager)
      #expect(trial.status == 200 && trial.json["kind"]?.string == "churn" && trial.json["changesLeftOut"]?.int == 0, "\(trial.text)")
      #expect(try await client.send(rule, to: "/api/v1/rules/churn/proposals", as: .manager).status == 400)
      let proposed = try await client.send(rule, to: "/api/v1/rules/churn/proposals?why=later", as: .manager)
      #expect(proposed.status == 201 && proposed.json["version"]?.int == 2, "\(proposed.text)")
      let own = try await client.ask(.post, "/api/v1/rules/churn/proposals/2/approval", as: .manager)
      #expect(own.status == 403, "\(own.text)")
      #expect(try await client.ask(.post, "/api/v1/rules/churn/proposals/2/approval", as: .writer).status == 403)
      let approved = try await client.ask(.post, "/api/v1/rules/churn/proposals/2/approval", as: .compliance)
      #expect(approved.status == 201, "\(approved.text)")
      let list = try await client.ask(.get, "/api/v1/rules?kind=churn", as: .viewer).list("rules")
      #expect(list.last?["version"]?.int == 2 && list.last?["approvedBy"]?.string == "compliance" && list.last?["author"]?.string == "manager")
      #expect(try await client.ask(.get, "/api/v1/rules/churn/diff?from=1&to=2", as: .auditor).status == 200)
    }
  }
}
