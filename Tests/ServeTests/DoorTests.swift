import AccessControl
import Answers
import Dispatch
import Engine
import HTTPTypes
import Hummingbird
import Testing
import Vocabulary
import Wire

@testable import Serve

@Suite struct `A browser` {
  private func signIn(_ client: Client, _ role: AccessRole, next: String = "/") async throws -> Client.Answer {
    let token = try #require(client.house.tokens[role])
    return try await client.ask(
      .post, "/login", as: nil, [.contentType: "application/x-www-form-urlencoded"], body: "token=%20\(token)%0A&next=\(next.escapedForQuery)")
  }

  @Test func `gets a session for a token, in a cookie that no script reads and no other site sends`() async throws {
    let house = try await House()
    try await house.run { client in
      let answer = try await signIn(client, .manager, next: "/customers/4?as_of=2026")
      #expect(answer.status == 303 && answer.headers[.location] == "/customers/4?as_of=2026")
      let cookie = try #require(answer.headers[.setCookie])
      #expect(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Strict") && cookie.contains("; Path=/"))
      #expect(!cookie.contains(try #require(house.tokens[.manager])))
      let value = String(cookie.prefix { $0 != ";" })
      let me = try await client.ask(.get, "/api/v1/me", as: nil, [.cookie: "a=b; \(value); c=d"])
      #expect(me.json["name"]?.string == "manager")
      try TokenFile(folder: house.server.office.folder.keysPath).revoke(me.json["id"]?.string ?? tokenID(house, .manager), at: house.server.office.now)
      #expect(try await client.ask(.get, "/api/v1/me", as: nil, [.cookie: value]).status == 401)
    }
  }

  private func tokenID(_ house: House, _ role: AccessRole) throws -> String {
    try #require(try TokenFile(folder: house.server.office.folder.keysPath).all().first { $0.name == "\(role)" }).id
  }

  @Test func `with a wrong token stays outside`() async throws {
    let house = try await House()
    try await house.run { client in
      for body in ["token=keshi_00", "token=", "", "next=/"] {
        let answer = try await client.ask(.post, "/login", as: nil, [.contentType: "application/x-www-form-urlencoded"], body: body)
        #expect(answer.status == 401 && answer.headers[.setCookie] == nil, "\(body)")
      }
    }
  }

  @Test(arguments: ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nSet-Cookie: x=y", ""])
  func `is never sent to another site`(next: String) async throws {
    let house = try await House()
    try await house.run { client in
      let answer = try await signIn(client, .viewer, next: next)
      #expect(answer.status == 303 && answer.headers[.location] == "/")
    }
  }

  @Test func `page shows where to go next without reading it as markup`() async throws {
    let house = try await House()
    try await house.run { client in
      let next = "\"><script>alert(1)</script>"
      let page = try await client.ask(.get, "/login?next=\(next.escapedForQuery)", as: nil, [.accept: "text/html"])
      #expect(page.status == 200 && !page.text.contains("<script>alert") && !page.text.contains("\"><script"))
    }
  }

  @Test func `changes nothing without the form token of its session`() async throws {
    let house = try await House()
    try await house.run { client in
      let cookie = String(try #require(try await signIn(client, .writer).headers[.setCookie]).prefix { $0 != ";" })
      let sessions = house.server.door.gate.sessions
      let session = try #require(sessions.read(String(cookie.dropFirst(Sessions.cookie.count + 1)), at: house.server.office.now))
      let body = #"{"type":"order.placed","subject":"order:b1","data":{"customer":"1","totalMinor":1,"cur":"CNY"}}"#
      for token in [nil, "", "0", sessions.formToken(session).uppercased() + "0"] {
        var headers: HTTPFields = [.cookie: cookie, .contentType: "application/json"]
        if let token { headers[.formToken] = token }
        let answer = try await client.ask(.post, "/api/v1/events", as: nil, headers, body: body)
        #expect(answer.status == 403 && answer.code == "E-FORM-TOKEN")
      }
      let headers: HTTPFields = [.cookie: cookie, .contentType: "application/json", .formToken: sessions.formToken(session)]
      #expect(try await client.ask(.post, "/api/v1/events", as: nil, headers, body: body).status == 201)
    }
  }

  @Test func `session is over after its time`() async throws {
    let house = try await House()
    try await house.run { client in
      let cookie = String(try #require(try await signIn(client, .viewer).headers[.setCookie]).prefix { $0 != ";" })
      house.clock.move(seconds: Double(Sessions.length) / 1_000_000 - 1)
      #expect(try await client.ask(.get, "/api/v1/models", as: nil, [.cookie: cookie]).status == 200)
      house.clock.move(seconds: 1)
      #expect(try await client.ask(.get, "/api/v1/models", as: nil, [.cookie: cookie]).status == 401)
    }
  }
}

@Suite struct `A token` {
  @Test func `that is none is tried no faster than strangers may ask, and slows nobody else down`() async throws {
    var limits = Rates.Limits()
    (limits.strangersPerSecond, limits.strangersBurst) = (1, 3)
    let house = try await House(limits: limits)
    try await house.run { client in
      func tried() async throws -> Int {
        try await client.ask(.get, "/api/v1/models", as: nil, [.authorization: "Bearer keshi_00"]).status
      }
      for number in 0..<3 {
        let status = try await tried()
        #expect(status == 401, "\(number)")
      }
      let (refused, known) = (try await tried(), try await client.ask(.get, "/api/v1/models", as: .viewer).status)
      #expect(refused == 429 && known == 200)
      house.clock.move(seconds: 1)
      let again = try await tried()
      #expect(again == 401)
    }
  }

  /// What a stream asks each second.
  @Test func `that was revoked ends what it has begun, its sessions too`() async throws {
    let house = try await House()
    let (gate, file) = (house.server.door.gate, TokenFile(folder: house.server.office.folder.keysPath))
    let token = try #require(try file.all().first { $0.name == "viewer" })
    let session = try #require(gate.sessions.read(gate.sessions.open(token, at: token.created, nonce: [UInt8](repeating: 1, count: 16)), at: token.created))
    let own = token.principal
    let browser = Principal(name: own.name, roles: own.roles, capacities: own.capacities, proof: .session(session.id))
    let entrances = [Gatekeeper.Entrance(principal: own, session: nil), Gatekeeper.Entrance(principal: browser, session: session)]
    for entrance in entrances { #expect(gate.isGood(entrance)) }
    try file.revoke(token.id, at: token.created)
    for entrance in entrances { #expect(!gate.isGood(entrance)) }
    try await house.server.office.close()
  }

  @Test func `of a session is believed as long as the session lasts`() async throws {
    let house = try await House()
    let gate = house.server.door.gate
    let token = try #require(try TokenFile(folder: house.server.office.folder.keysPath).all().first { $0.name == "viewer" })
    let session = try #require(gate.sessions.read(gate.sessions.open(token, at: token.created, nonce: [UInt8](repeating: 1, count: 16)), at: token.created))
    let entrance = Gatekeeper.Entrance(
      principal: Principal(name: token.name, roles: token.roles, capacities: token.capacities, proof: .session(session.id)), session: session)
    house.clock.move(seconds: Double(Sessions.length / 1_000_000) - 1)
    #expect(gate.isGood(entrance))
    house.clock.move(seconds: 1)
    #expect(!gate.isGood(entrance))
    try await house.server.office.close()
  }
}

@Suite struct `A crowd` {
  @Test func `of one asker is slowed down, and nobody else is`() async throws {
    var limits = Rates.Limits()
    (limits.perSecond, limits.burst) = (10, 20)
    let house = try await House(limits: limits)
    try await house.run { client in
      for number in 0..<20 { #expect(try await client.ask(.get, "/livez", as: .viewer).status == 200, "\(number)") }
      let refused = try await client.ask(.get, "/api/v1/models", as: .viewer)
      #expect(refused.status == 429 && refused.code == "E-RATE" && refused.headers[.retryAfter] == "1")
      #expect(try await client.ask(.get, "/livez", as: .writer).status == 200)
      house.clock.move(seconds: 0.1)
      #expect(try await client.ask(.get, "/livez", as: .viewer).status == 200)
      #expect(try await client.ask(.get, "/livez", as: .viewer).status == 429)
      house.clock.move(seconds: 3_600)
      for _ in 0..<20 { #expect(try await client.ask(.get, "/livez", as: .viewer).status == 200) }
      #expect(try await client.ask(.get, "/livez", as: .viewer).status == 429)
    }
  }

  @Test func `beyond what may wait is refused at once`() async throws {
    var limits = Workers.Limits()
    (limits.reading, limits.reads) = (1, 2)
    let workers = Workers(limits)
    let results = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<6 {
        group.addTask {
          do {
            try await workers.run(.reading) { usleepBriefly() }
            return true
          } catch { return false }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.count { $0 } >= 2 && results.count { !$0 } >= 1)
    try await workers.run(.reading) {}  // when they are through, the next is let in
    await workers.shutDown()
  }
}

/// A reader that takes long enough for the others to come.
private func usleepBriefly() {
  let end = ContinuousClock.now + .milliseconds(200)
  while ContinuousClock.now < end {}
}

@Suite struct `A job` {
  @Test func `goes on behind the answer, tells how far it is, and what came of it`() async throws {
    let house = try await House()
    try await house.run { client in
      let started = try await client.ask(.post, "/api/v1/rebuilds", as: .operator, [.contentType: "application/json"], body: #"{"models":["churn","worth"]}"#)
      #expect(started.status == 202)
      let place = try #require(started.headers[.location])
      let job = try await client.end(of: place, as: .operator)
      #expect(job.json["state"]?.string == "done", "\(job.text)")
      #expect(job.json["result"]?.array?.compactMap { $0.object?["projection"]?.string } == ["churn", "worth"])
      #expect(try await client.ask(.post, "/api/v1/rebuilds", as: .operator, body: #"{"models":["nothing"]}"#).status == 404)
    }
  }

  @Test func `folds all models together, of a large log a few at a time`() {
    let names = (1...9).map { "m\($0)" }
    #expect(Jobs.turns(names, events: Jobs.togetherMax) == [names])
    #expect(Jobs.turns(names, events: Jobs.togetherMax + 1).map(\.count) == [4, 4, 1])
    #expect(Jobs.turns(names, events: Jobs.togetherMax + 1).flatMap { $0 } == names)
  }

  @Test func `that is cancelled leaves the models in use`() async throws {
    let house = try await House()
    try await house.run { client in
      let jobs = house.server.office.jobs
      // Nothing is begun before the word to cancel has come.
      let gate = jobs.held
      defer { gate.signal() }
      let ids = try (0..<Jobs.waitingMax).map { _ in try jobs.start(.rebuild([], fromLog: false), by: "x").id }
      #expect(throws: Trouble.overloaded) { try jobs.start(.verify, by: "x") }
      let last = try #require(ids.last)
      #expect(try await client.ask(.delete, "/api/v1/rebuilds/\(last)", as: .operator).status == 202)
      gate.signal()
      while try !jobs.job(last, "rebuild").isOver { await Task.yield() }
      #expect(try jobs.job(last, "rebuild").state == .cancelled)
    }
  }

  @Test func `of another kind is no rebuild that could be cancelled`() async throws {
    let house = try await House()
    try await house.run { client in
      let jobs = house.server.office.jobs
      let gate = jobs.held
      defer { gate.signal() }
      let id = try jobs.start(.verify, by: "x").id
      #expect(try await client.ask(.delete, "/api/v1/rebuilds/\(id)", as: .operator).status == 404)
      #expect(try !jobs.job(id, "verification").isCancelled)
    }
  }

  @Test func `of somebody is remembered longer than those that the server starts by itself`() async throws {
    let house = try await House()
    let jobs = house.server.office.jobs
    func run(by actor: String) async throws -> String {
      let job = try jobs.start(.verify, by: actor)
      while try !jobs.job(job.id, "verification").isOver { await _Concurrency.Task.yield() }
      return job.id
    }
    let own = try await run(by: "x")
    for _ in 0..<Jobs.keptMax { _ = try await run(by: Jobs.ownName) }
    #expect(jobs.all().count == Jobs.keptMax && (try? jobs.job(own, "verification")) != nil)
    try await house.server.office.close()
  }

  @Test func `verifies, and says so in the metrics`() async throws {
    let house = try await House()
    try await house.run { client in
      let before = try await client.ask(.get, "/metrics", as: .operator)
      #expect(before.text.contains("\nkeshi_verify_clean -1\n") && before.text.contains("\nkeshi_log_events 6\n"))
      let started = try await client.ask(.post, "/api/v1/verifications", as: .auditor)
      let place = try #require(started.headers[.location])
      let job = try await client.end(of: place, as: .auditor)
      #expect(job.json["result"]?.object?["verdict"]?.string == "clean", "\(job.text)")
      #expect(try await client.ask(.get, "/metrics", as: .operator).text.contains("\nkeshi_verify_clean 1\n"))
    }
  }
}

extension Jobs {
  /// Keeps whatever is started from beginning until it is told.
  fileprivate var held: DispatchSemaphore {
    let gate = DispatchSemaphore(value: 0)
    thread.add { gate.wait() }
    return gate
  }
}
