import Answers
import Engine
import Foundation
import Log
import ReadModels
import TestSupport
import Testing
import Vocabulary
import Wire

@testable import Website

/// Every page that can be looked at, with what there is to look at.
private let addresses = [
  "/", "/customers", "/churn", "/contracts", "/contracts/K1", "/contracts/K1?from=1&to=2", "/contracts/K1/print?from=1&to=2", "/complaints", "/sales", "/team",
  "/procedures", "/record", "/record/visit.logged?subject=customer:C1", "/record/payment.received", "/record/complaint.filed", "/rules", "/rules/churn",
  "/rules/churn/edit", "/rules/sla", "/rebuild", "/audit", "/audit/access", "/search", "/search?q=wor", "/models", "/models/churn?sort=-score",
  "/models/contracts?as_of=2025-05-31", "/models/lifecycle?known_at=3", "/subjects/customer:C1", "/subjects/contract:K1", "/subjects/customer:C1?as_of=2025-02-28",
  "/events/0", "/why/churn/customer:C1", "/why/churn/customer:C1?field=score", "/why/lifecycle/customer:C2", "/audit/evidence?subject=customer:C1",
]

@Suite struct `Every page` {
  @Test(arguments: Language.allCases) func `answers in the reader's language, whole and marked up soundly`(language: Language) throws {
    let house = try House(company())
    for address in addresses {
      let reply = try #require(house.get(address, in: language), "\(address) is no page")
      #expect(reply.status == 200, "\(address): \(reply.main.prefix(600))")
      let html = reply.text
      #expect(html.contains("<html lang=\"\(language == .zh ? "zh-CN" : "en")\">"), "\(address)")
      #expect(Markup(html).fault == nil, "\(address): \(Markup(html).fault ?? "")")
      #expect(!html.contains("{{") && !html.contains("style=\"") && !html.contains("onclick"), "\(address)")
      let ids = html.matches(of: /\sid="([^"]*)"/).map { String($0.output.1) }
      #expect(Set(ids).count == ids.count, "\(address): an id twice")
    }
  }

  /// `tools/pages` looks at each in a browser, in both languages and sizes.
  @Test func `has its picture taken`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let tool = try String(contentsOf: root.appending(path: "tools/pages"), encoding: .utf8)
    let files: Set = ["/audit/proof", "/works/{id}/file"]
    for route in Website.routes where route.method == .get && !files.contains(route.path) {
      // What is made on the way through a first day has no address of its own before.
      let isOnTheWay = route.path == "/works/{id}" && tool.contains("\"evidence-made\"")
      #expect(isOnTheWay || tool.contains("(\"\(route.path)\", "), "\(route.path)")
    }
  }

  @Test func `speaks Chinese where a Chinese reader reads`() throws {
    let house = try House(company())
    for address in addresses where !address.hasPrefix("/events") {
      let html = try #require(house.get(address, in: .zh)).main
      for tag in ["h1", "h2", "h3", "dt", "caption", "label", "button"] {
        for match in html.matches(of: try Regex("<\(tag)[^>]*>([^<]+)", as: (Substring, Substring).self)) {
          let text = String(match.output.1)
          let isName = text.contains("word") || text.contains("_") || !text.contains(" ")
          #expect(text.isChinese || !text.contains { $0.isLetter } || isName, "\(address): <\(tag)>\(text)")
        }
      }
    }
  }

  @Test func `links to pages that there are`() throws {
    let house = try House(company())
    var waiting = ["/"]
    var seen: Set<String> = ["/"]
    var visited = 0
    while let address = waiting.popLast(), visited < 400 {
      visited += 1
      let reply = try #require(house.get(address), "\(address) is linked and is no page")
      #expect(reply.status < 400, "\(address): \(reply.main.prefix(500))")
      for link in reply.links where link.hasPrefix("/") && !link.hasPrefix("/assets/") && link != "/logout" {
        let plain = String(link.split(separator: "#")[0])
        // A page of each kind, not each of the same kind.
        let kind = plain.split(separator: "?")[0].replacing(/C\d|O\d/, with: "X").replacing(/events\/\d+/, with: "events/N")
        if Website.routes.contains(where: { $0.method == .post && $0.match(String(plain.split(separator: "?")[0])) != nil }) { continue }
        if seen.insert(String(kind) + "?" + (plain.contains("as_of") ? "past" : "")).inserted { waiting.append(plain) }
      }
    }
    #expect(visited > 40)
  }

  @Test func `shows what people wrote as text, whatever it is`() throws {
    for word in ["<script>alert(1)</script>", "\" onclick=\"alert(1)", "\u{600}<img src=x>", "</main></body>", "{{token}}"] {
      let house = try House(company(word), isSigned: false)
      let plain = try House(company(), isSigned: false)
      for address in addresses where !address.contains("q=") {
        let html = try #require(house.get(address)).text
        #expect(Markup(html).tags == Markup(try #require(plain.get(address)).text).tags, "\(address) with \(word)")
        #expect(!html.contains("onclick=\""), "\(address)")
      }
    }
  }

  @Test func `sends forms that carry the session's token`() throws {
    let house = try House(company())
    for address in addresses {
      let html = try #require(house.get(address)).text
      let posts = html.matches(of: /<form[^>]*method="post"/).count
      #expect(html.matches(of: /name="csrf" value="token-of-the-session"/).count == posts, "\(address)")
    }
  }

  @Test func `keeps from where the reader looks, wherever they go on`() throws {
    let house = try House(company())
    for address in ["/?as_of=2025-05-31&known_at=9", "/subjects/customer:C1?as_of=2025-05-31&known_at=9", "/models/churn?as_of=2025-05-31&known_at=9"] {
      let reply = try #require(house.get(address))
      #expect(reply.text.contains("You do not look at the present"))
      let inner = reply.main.replacing(/class="alert-link" href="[^"]*"/, with: "").matches(of: /href="(\/(?:subjects|why|models|events)[^"]*)"/).map { String($0.output.1) }
      #expect(!inner.isEmpty && inner.allSatisfy { $0.contains("as_of=2025-05-31") && $0.contains("known_at=9") }, "\(address)")
    }
  }

  @Test func `says what is wrong with a question, and what to do`() throws {
    let house = try House(company())
    for (address, status) in [
      ("/models/nope", 404), ("/subjects/customer:none", 404), ("/events/999999", 404), ("/events/x", 404), ("/why/churn/customer:none", 404),
      ("/models/churn?as_of=yesterday", 400), ("/models/churn?is.score=many", 400), ("/rules/nope", 404), ("/record/nope.done", 422),
      ("/contracts/none", 404), ("/contracts/K1?from=1&to=9", 404), ("/works/77", 404),
    ] {
      let reply = try #require(house.get(address), "\(address)")
      #expect(reply.status == status, "\(address) is \(reply.status)")
      #expect(reply.text.contains("role=\"alert\"") && reply.text.contains("E-"), "\(address)")
    }
  }

  @Test func `offers nothing that a reader may not do`() throws {
    let house = try House(company())
    let page = try #require(house.get("/subjects/customer:C1", as: .viewer)).text
    #expect(house.get("/record", as: .viewer)?.status == 403 && house.get("/audit", as: .viewer)?.status == 403)
    #expect(!page.contains("/record/") && !page.contains("href=\"/audit"))
    #expect(!page.contains("Minutes: word") && page.contains("Minutes: ["))
    let own = try #require(house.get("/subjects/customer:C1")).text
    #expect(own.contains("/record/visit.logged") && own.contains("Minutes: word"))
  }

  @Test(arguments: [true, false]) func `shows of a line what its reader may see`(isSealed: Bool) throws {
    let visit = #"{"type":"visit.logged","subject":"customer:C1","data":{"purpose":"renewal","minutes":"they whisper"},"occurredAt":"2025-03-01","role":"SR"}"#
    let lines = company() + [visit]
    let house = try House(lines, isSealed: isSealed)
    let seq = lines.count - 1
    let own = try #require(house.get("/events/\(seq)")).main
    #expect(own.contains("they whisper") && own.contains("These bytes are the evidence"))
    let other = try #require(house.get("/events/\(seq)", as: .viewer)).main
    #expect(!other.contains("whisper") && other.contains("Minutes") && other.contains("renewal"))
    #expect(other.contains("These bytes are the evidence") == isSealed, "\(other)")
  }

  @Test func `shows long work, and asks for it anew until it is over`() throws {
    let house = try House(company())
    let started = try #require(house.post("/rebuild", [:]))
    #expect(started.status == 303 && started.location == "/works/1")
    let page = try #require(house.get("/works/1")).text
    #expect(page.contains("http-equiv=\"refresh\"") && page.contains("<progress max=\"10\" value=\"3\"") && page.contains("data-poll=\"/works/1\""))
    let second = try #require(house.post("/audit/verify", [:]))
    let over = try #require(house.get(second.location ?? "")).text
    #expect(!over.contains("http-equiv=\"refresh\"") && over.contains("Finished."))
  }
}

@Suite struct `A table of a read model` {
  @Test(arguments: ["", "sort=score", "sort=-score", "sort=since", "sort=flags"]) func `shows every row once, page by page`(sort: String) throws {
    let house = try House(company(customers: 9))
    let query = try house.read { snapshot in
      let asking = Asking(user: .li, language: .en, path: "/models/churn", query: Parameters(encoded: sort), premises: house)
      let desk = Desk(asking: asking, view: .present, snapshot: snapshot)
      var seen: [String] = []
      var query = try desk.query(of: snapshot.projection("churn"), rows: 2)
      while true {
        let page = try ModelPage("churn", query, view: .present, on: house.shelf, in: snapshot)
        seen += page.lines.map(\.subject)
        guard let next = page.next else { return seen }
        query.after = next
      }
    }
    #expect(query.sorted() == (1...9).map { "customer:C\($0)" }, "\(sort)")
  }

  @Test func `is made once for each view`() throws {
    let house = try House(company())
    let view = try #require(TimePoint("2025-02-28")).instant
    var past = View()
    past.asOf = view
    let first = try house.read { try house.shelf.model("lifecycle", view: past, in: $0) }
    let second = try house.read { try house.shelf.model("lifecycle", view: past, in: $0) }
    #expect(first.model === second.model && first.model.provenance.asOf == view && !first.isInUse)
    let present = try house.read { try house.shelf.model("lifecycle", view: .present, in: $0) }
    #expect(present.model !== first.model && present.behind == 0)
  }

  @Test func `knows what was recorded a moment ago`() throws {
    let house = try House(company())
    let before = try #require(house.get("/models/activity") ?? house.get("/models/worth")).status
    #expect(before == 200)
    _ = house.post("/record/order.placed", ["subject": "order:O77", "data.customer": "C1", "data.totalMinor": "12.50", "data.cur": "CNY", "role": "SR"])
    #expect(try #require(house.get("/subjects/customer:C1")).main.contains("order:O77"))
    #expect(try #require(house.get("/models/worth")).text.contains("Newest event: \(house.store.head.size - 1)"))
  }
}
