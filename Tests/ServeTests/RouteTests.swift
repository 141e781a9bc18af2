import AccessControl
import Answers
import HTTPTypes
import Hummingbird
import Testing
import Vocabulary
import Wire

@testable import Serve

/// A target that fits a route: its parts in braces filled in.
private func target(_ route: Route) -> String {
  let samples = [
    "model": "churn", "subject": "customer:1", "seq": "0", "kind": "churn", "version": "1", "contract": "K", "type": "order.placed",
    "command": "visit.log", "id": "none", "customer": "1",
  ]
  return route.path.split(separator: "/", omittingEmptySubsequences: false).map { part in
    part.hasPrefix("{") ? samples[String(part.dropFirst().dropLast())] ?? "x" : String(part)
  }.joined(separator: "/")
}

@Suite struct `Every route` {
  @Test func `for every role: 401 for nobody, 403 for who may not, neither for who may`() async throws {
    let house = try await House()
    try await house.run { client in
      let routes = house.server.door.routes
      #expect(routes.count > 40)
      for route in routes where route.operation?.replyType != "text/event-stream" {
        for role in [nil] + AccessRole.allCases.map(Optional.some) {
          let may = route.needs.map { need in role.map { Permissions.capabilities(of: $0).contains(need) } ?? false } ?? true
          let answer = try await client.ask(route.method, target(route), as: role, [.contentType: "application/json"], body: route.bodyLimit > 0 ? "{}" : nil)
          let what: Comment = "\(route.method) \(route.path) as \(role.map { "\($0)" } ?? "nobody"): \(answer.status) \(answer.text.prefix(200))"
          if role == nil, route.needs != nil {
            #expect(answer.status == 401 && answer.code == "E-SIGN-IN", what)
          } else if !may {
            #expect(answer.status == 403 && answer.code == "E-FORBIDDEN", what)
          } else if route.path != "/api/v1/me", route.path != "/login" {
            #expect(answer.status != 401 && answer.status != 403, what)
          }
          #expect(answer.status < 500, what)
        }
      }
    }
  }

  /// Streams never end by themselves, so only the gate is asked.
  @Test(arguments: AccessRole.allCases) func `that streams is gated like the others`(role: AccessRole) async throws {
    let house = try await House()
    let gate = house.server.door.gate
    let entrance = Gatekeeper.Entrance(principal: Principal(name: "x", roles: [role], proof: .token("t")), session: nil)
    for route in house.server.door.routes where route.operation?.replyType == "text/event-stream" {
      let need = try #require(route.needs)
      #expect(throws: Trouble.signIn) { try gate.check(.nobody, for: route) }
      if Permissions.capabilities(of: role).contains(need) {
        try gate.check(entrance, for: route)
      } else {
        #expect(throws: Trouble.forbidden(need.title)) { try gate.check(entrance, for: route) }
      }
    }
    try await house.server.office.close()
  }

  @Test func `that streams refuses a place behind which there is none, and sends no body to who wants the head`() async throws {
    let house = try await House()
    try await house.run { client in
      for after in ["9223372036854775807", "-2", "x", "99999999999999999999"] {
        #expect(try await client.ask(.get, "/api/v1/events/stream?after=\(after)").status == 400, "\(after)")
      }
      let seats = house.server.office.streams
      let head = try await client.ask(.head, "/api/v1/events/stream")
      #expect(head.status == 200 && head.text.isEmpty && seats.now == 0)
    }
  }

  /// The same for a browser's session, whose token it is that ends.
  @Test(.timeLimit(.minutes(1)), arguments: [false, true]) func `that streams ends for whom the token was revoked, and for nobody else`(bySession: Bool) async throws {
    let house = try await House()
    try await house.run { client in
      let office = house.server.office
      let file = TokenFile(folder: office.folder.keysPath)
      let token = try #require(try file.all().first { $0.name == "viewer" })
      let sessions = house.server.door.gate.sessions
      let cookie = "\(Sessions.cookie)=\(sessions.open(token, at: token.created, nonce: [UInt8](repeating: 1, count: 16)))"
      async let ended = client.ask(.get, "/api/v1/events/stream?after=2", as: bySession ? nil : .viewer, bySession ? [.cookie: cookie] : [:])
      async let other = client.ask(.get, "/api/v1/events/stream?after=2", as: .writer)
      while office.streams.now < 2 { try await _Concurrency.Task.sleep(for: .milliseconds(5)) }
      try file.revoke(token.id, at: office.now)
      let first = try await ended
      #expect(first.status == 200 && first.text.contains("id: 3\n") && first.text.contains("id: 5\n"), "\(first.text)")
      try await _Concurrency.Task.sleep(for: .seconds(StreamRoutes.trustSeconds * 1.5))
      #expect(office.streams.now == 1, "who may still read is still there")
      office.beginStopping()
      #expect(try await other.status == 200)
    }
  }

  @Test func `that changes something needs a capability that writes`() async throws {
    let house = try await House()
    // What these start or sign changes no event and no right; that evidence is taken is recorded as a look is.
    let harmless = [
      "/login", "/logout", "/api/v1/rules/{kind}/what-if", "/api/v1/checkpoints", "/api/v1/verifications", "/api/v1/evidence", "/api/v1/rebuilds", "/api/v1/rebuilds/{id}",
      "/rules/{kind}/try", "/rules/{kind}/people", "/audit/checkpoint", "/audit/verify", "/audit/evidence", "/rebuild", "/works/{id}/cancel",
    ]
    for route in house.server.door.routes where route.method != .get && !harmless.contains(route.path) {
      #expect(route.needs.map(Permissions.writing.contains) == true, "\(route.method) \(route.path)")
    }
    try await house.server.office.close()
  }

  @Test func `of the API is in the document, and nothing else is`() async throws {
    let house = try await House()
    try await house.run { client in
      let answer = try await client.ask(.get, Document.path, as: nil)
      #expect(answer.status == 200 && answer.json["openapi"]?.string == "3.1.0")
      var told: Set<String> = []
      var ids: [String] = []
      for path in answer.json["paths"]?.object?.members ?? [] {
        for operation in path.value.object?.members ?? [] {
          told.insert(operation.name.uppercased() + " " + path.name)
          ids.append(operation.value.object?["operationId"]?.string ?? "")
          #expect(operation.value.object?["summary"]?.string?.contains(" · ") == true)
        }
      }
      let routes = house.server.door.routes.filter { $0.isForPrograms || $0.operation != nil }
      #expect(told == Set(routes.map { "\($0.method) \($0.path)" }))
      #expect(Set(ids).count == ids.count && !ids.contains(""))
    }
  }

  @Test func `carries the headers that keep browsers safe, whatever it answers`() async throws {
    let house = try await House()
    try await house.run { client in
      for (method, path) in [(HTTPRequest.Method.get, "/login"), (.get, "/nothing"), (.put, "/login"), (.get, "/api/v1/models"), (.get, "/livez")] {
        let headers = try await client.ask(method, path).headers
        let policy = try #require(headers[.contentSecurityPolicy])
        #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"))
        #expect(headers[.xContentTypeOptions] == "nosniff" && headers[.strictTransportSecurity] == nil)
        #expect(headers[.of("Referrer-Policy")] == "same-origin")
      }
    }
  }

  @Test func `says what a path takes, and answers HEAD without a body`() async throws {
    let house = try await House()
    try await house.run { client in
      let refused = try await client.ask(.put, "/api/v1/models")
      #expect(refused.status == 405 && refused.headers[.allow] == "GET, HEAD" && refused.code == "E-METHOD")
      let head = try await client.ask(.head, "/api/v1/models")
      #expect(head.status == 200 && head.text.isEmpty)
      for path in ["/api/v1/nothing", "/api/v1/subjects/%FF/history", "/api/v1/models/churn?limit=%G1", "/%00"] {
        let answer = try await client.ask(.get, path)
        #expect([400, 404].contains(answer.status) && answer.headers[.contentType] == "application/problem+json", "\(path) \(answer.text)")
      }
    }
  }
}

@Suite struct `A trouble` {
  @Test(arguments: [("en", "your role may not record events"), ("zh-CN,zh;q=0.9,en;q=0.5", "您的角色无权登记事件"), ("fr", "your role may not record events"), ("fr, zh;q=0.3", "您的角色无权登记事件"), ("zh;q=0, en", "your role may not record events")])
  func `is told in the language that was asked for`(accept: String, title: String) async throws {
    let house = try await House()
    try await house.run { client in
      let answer = try await client.ask(.post, "/api/v1/events", as: .viewer, [.acceptLanguage: accept, .contentType: "application/json"], body: "{}")
      #expect(answer.status == 403 && answer.json["title"]?.string == title)
      #expect(answer.json["type"]?.string == "urn:keshi:problem:E-FORBIDDEN" && answer.json["status"]?.int == 403)
    }
  }

  @Test func `is a page for a person, and leads who is unknown to the sign-in`() async throws {
    let house = try await House()
    try await house.run { client in
      let page = try await client.ask(.get, "/nothing", as: nil, [.accept: "text/html"])
      #expect(page.status == 404 && page.text.contains("<h1>") && page.headers[.contentType]?.hasPrefix("text/html") == true)
    }
  }

  /// Each kind has a status of its own choice; a new kind must be placed.
  @Test(arguments: Trouble.Kind.allCases) func `of each kind has a status that says whose fault it is`(kind: Trouble.Kind) {
    let trouble = Trouble(kind, "E-X", Name("a", "甲"), unharmed: Name("a", "甲"), remedy: Name("a", "甲"))
    let code = trouble.httpStatus.code
    switch kind {
    case .failed, .inputOutput: #expect(code == 500)
    case .busy, .unavailable: #expect(code == 503 && trouble.problem(in: .en, at: "/").headers[.retryAfter] != nil)
    default: #expect((400..<500).contains(code))
    }
  }
}
