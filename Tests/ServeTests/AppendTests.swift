import AccessControl
import Answers
import Engine
import HTTPTypes
import Hummingbird
import Log
import Testing
import Vocabulary
import Wire

@testable import Serve

private func order(_ number: Int, customer: String = "1", total: Int = 100) -> String {
  #"{"type":"order.placed","subject":"order:n\#(number)","data":{"customer":"\#(customer)","totalMinor":\#(total),"cur":"CNY"}}"#
}

private func cloud(_ number: Int, type: String = "keshi.order.placed.v1") -> String {
  #"{"specversion":"1.0","id":"e\#(number)","source":"https://shop.example","type":"\#(type)","subject":"order:c\#(number)","time":"2026-01-05T08:00:00Z","reason":"from the shop's books","data":{"customer":"1","totalMinor":1,"cur":"CNY"}}"#
}

@Suite struct `Events by HTTP` {
  @Test func `are durable when they are acknowledged, and seen at once`() async throws {
    let house = try await House()
    try await house.run { client in
      let answer = try await client.send(order(1))
      #expect(answer.status == 201)
      let receipt = try #require(answer.list("receipts").first)
      #expect(receipt["seq"]?.int == 6 && receipt["size"]?.int == 7 && answer.headers[.of("Keshi-Position")] == "6")
      let seen = try await client.ask(.get, "/api/v1/events/6?min_position=6")
      #expect(seen.json["subject"]?.string == "order:n1" && seen.json["actor"]?.string == "writer" && seen.json["channel"]?.string == "api")
      let history = try await client.ask(.get, "/api/v1/subjects/customer:1/history")
      #expect(history.list("events").last?["seq"]?.int == 6)
      #expect(try await client.ask(.get, "/api/v1/events/6?min_position=7").code == "E-POSITION")
    }
    // A second process sees them too.
    let store = try DataFolder(path: house.path).open(.read, about: Circumstances(), tell: { _ in })
    #expect(store.head.size == 8)  // and the look at a name, which was recorded at the end
  }

  @Test func `come as CloudEvents, one or a batch`() async throws {
    let house = try await House()
    try await house.run { client in
      #expect(try await client.send(cloud(1), type: "application/cloudevents+json; charset=utf-8").status == 201)
      let batch = try await client.send("[\(cloud(2)),\(cloud(3))]", type: "application/cloudevents-batch+json")
      #expect(batch.status == 201 && batch.list("receipts").count == 2)
      let again = try await client.send("[\(cloud(2)),\(cloud(3))]", type: "application/cloudevents-batch+json")
      #expect(again.status == 200 && again.list("receipts").allSatisfy { $0["duplicate"]?.bool == true })
      #expect(try await client.send(cloud(4), type: "application/cloudevents-batch+json").status == 422)
      #expect(try await client.send("[]", type: "application/cloudevents-batch+json").status == 422)
    }
  }

  @Test func `are recorded all or none`() async throws {
    let house = try await House()
    try await house.run { client in
      let bad = #"{"type":"order.placed","subject":"order:z","data":{"customer":"1"}}"#
      let answer = try await client.send("[\(order(1)),\(bad),\(order(2))]")
      #expect(answer.status == 422 && answer.code == "E-EVENT-MISSING")
      #expect(house.server.office.head == 6)
    }
  }

  @Test func `are refused where the version is not the expected one`() async throws {
    let house = try await House()
    try await house.run { client in
      let target = "/api/v1/subjects/order:n1/events"
      let body = #"[{"type":"order.placed","data":{"customer":"1","totalMinor":1,"cur":"CNY"}}]"#
      #expect(try await client.send(body, to: target, [.ifMatch: "\"1\""]).status == 412)
      #expect(try await client.send(body, to: target, [.ifNoneMatch: "*"]).status == 201)
      #expect(try await client.send(body, to: target, [.ifNoneMatch: "*"]).status == 412)
      let subject = try await client.ask(.get, "/api/v1/subjects/order:n1")
      #expect(subject.headers[.eTag] == "\"1\"")
      #expect(try await client.send(order(2), to: "/api/v1/events?expect=order:n1=2").status == 412)
      #expect(try await client.send(order(2), to: "/api/v1/events?expect=order:n1=1").status == 201)
      #expect(try await client.send(body, to: target, [.ifMatch: "one"]).status == 400)
      #expect(try await client.send(order(3), to: target).status == 422)
    }
  }

  @Test func `with the same key again are answered the same, with another body refused, by another asker new`() async throws {
    let house = try await House()
    try await house.run { client in
      let key: HTTPFields = [.of("Idempotency-Key"): "a-b-c"]
      let first = try await client.send(order(1), key)
      #expect(first.status == 201)
      let again = try await client.send(order(1), key)
      #expect(again.status == 200 && again.list("receipts").first?["duplicate"]?.bool == true)
      let other = try await client.send(order(1, total: 7), key)
      #expect(other.status == 409 && other.code == "E-GUARD-ID-REUSED", "\(other.text)")
      #expect(try await client.send(order(5), as: .manager, key).status == 201)
      #expect(house.server.office.head == 8)
    }
  }

  @Test func `say who recorded them by the token, whatever they say themselves`() async throws {
    let house = try await House()
    try await house.run { client in
      let claim = order(1).replacing("{\"type\"", with: "{\"actor\":\"boss\",\"channel\":\"ui\",\"type\"")
      let seq = try await client.send(claim).list("receipts").first?["seq"]?.int ?? -1
      let event = try await client.ask(.get, "/api/v1/events/\(seq)").json
      #expect(event["actor"]?.string == "writer" && event["channel"]?.string == "api" && event["role"]?.string == "SR")
      let asOther = order(2).replacing("{\"type\"", with: "{\"role\":\"LG\",\"type\"")
      #expect(try await client.send(asOther).status == 403)
    }
  }

  @Test(arguments: [
    #"{"type":"rule.rejected","subject":"rule:churn","reason":"x","data":{"kind":"churn","version":2,"bodyHash":"00"}}"#,
    #"{"type":"access.changed","subject":"access:1","reason":"x","data":{"employee":"e1","role":"SM","grant":true}}"#,
    #"{"type":"approval.decided","subject":"approval:1","data":{}}"#,
    #"{"type":"data.accessed","subject":"access:1","data":{"kind":"api","maxClass":"sensitive"}}"#,
  ])
  func `that govern the house are not for a writer`(line: String) async throws {
    let house = try await House()
    try await house.run { client in
      let answer = try await client.send(line)
      // Where the body would not do either, nothing of it is told: who may not is told that first or not at all.
      #expect(answer.status == 403 || answer.status == 422, "\(answer.text)")
      #expect(house.server.office.head == 6)
    }
  }

  @Test func `are put before the guards, but for who may bring history`() async throws {
    let house = try await House()
    try await house.run { client in
      let amend = #"{"type":"order.placed","subject":"order:1","data":{"customer":"1","totalMinor":1,"cur":"CNY"}}"#
      let strict = try await client.send(amend)
      #expect(strict.status == 409)
      #expect(try await client.send(amend, to: "/api/v1/events?guards=record").status == 403)
      #expect(try await client.send(amend, to: "/api/v1/events?guards=record", as: .admin).status == 201)
    }
  }

  @Test(arguments: [
    ("", "application/json", 422), ("{", "application/json", 422), ("[]", "application/json", 422), ("[[]]", "application/json", 422),
    ("{}", "text/plain", 415), ("{}", "", 415), (#"{"specversion":"1.0"}"#, "application/cloudevents+json", 422),
    (#"{"specversion":"0.3","id":"1","source":"a","type":"b"}"#, "application/cloudevents+json", 422),
    (String(repeating: "[", count: 5_000), "application/json", 422), (order(1).replacing("100", with: "1e2"), "application/json", 422),
    (order(1).replacing("100", with: "99999999999999999999"), "application/json", 422),
  ])
  func `that are none are refused, and nothing is written`(body: String, type: String, status: Int) async throws {
    let house = try await House()
    try await house.run { client in
      let answer = try await client.send(body, type: type)
      #expect(answer.status == status && answer.headers[.contentType] == "application/problem+json", "\(answer.status) \(answer.text)")
      #expect(house.server.office.head == 6)
    }
  }

  @Test func `may be as large as the bound, and not a byte more`() async throws {
    let house = try await House()
    try await house.run { client in
      let body = "[" + order(1) + "]"
      let blanks = String(repeating: " ", count: EventRoutes.bodyBytes - body.utf8.count)
      #expect(try await client.send(body + blanks).status == 201)
      let larger = try await client.send(body + blanks + " ")
      #expect(larger.status == 413 && larger.code == "E-BODY-SIZE")
    }
  }
}

@Suite struct `A command by HTTP` {
  private static let visit = #"{"subject":"customer:1","data":{"purpose":"renewal"}}"#

  @Test func `is decided as on the command line, and recorded or rehearsed`() async throws {
    let house = try await House()
    try await house.run { client in
      let rehearsal = try await client.send(Self.visit, to: "/api/v1/commands/visit.log?dry_run=true")
      #expect(rehearsal.status == 200 && rehearsal.list("events").first?["type"]?.string == "visit.logged", "\(rehearsal.text)")
      #expect(house.server.office.head == 6)
      let key: HTTPFields = [.of("Idempotency-Key"): "v1"]
      #expect(try await client.send(Self.visit, to: "/api/v1/commands/visit.log", key).status == 201)
      #expect(try await client.send(Self.visit, to: "/api/v1/commands/visit.log", key).status == 200)
      #expect(house.server.office.head == 7)
      #expect(try await client.send(Self.visit, to: "/api/v1/commands/visit.dance").status == 404)
      #expect(try await client.send(#"{"data":{}}"#, to: "/api/v1/commands/visit.log").status == 422)
    }
  }

  @Test func `fails where what it rests on has changed`() async throws {
    let house = try await House()
    try await house.run { client in
      func visit(_ more: String) -> String { Self.visit.dropLast() + "," + more + "}" }
      let target = "/api/v1/commands/visit.log"
      let stale = try await client.send(visit(#""expect":{"customer:1":2}"#), to: target)
      #expect(stale.status == 412)
      #expect(try await client.send(visit(#""expect":{"customer:1":3}"#), to: target).status == 201)
      let unless = #""unless":[{"types":["visit.logged"],"subjects":["customer:1"],"after":\#(5)}]"#
      #expect(try await client.send(visit(unless), to: target).status == 412)
      #expect(try await client.send(visit(unless.replacing("\"after\":5", with: "\"after\":6")), to: target).status == 201)
    }
  }
}
