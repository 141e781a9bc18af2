import AccessControl
import Answers
import Engine
import HTTPTypes
import Hummingbird
import Log
import Logging
import NIOCore
import Pages
import Projection
import Vocabulary
import Wire

/// Answers every request: finds the route, makes sure who asks and that they may, reads the body within its bounds, runs
/// the handler where it may wait, and sends what came of it.
struct Door: Sendable {
  let routes: [Route]
  let office: Office
  let gate: Gatekeeper
  let isSecure: Bool

  /// Seconds within which a body must have come.
  static let bodySeconds: Int64 = 20

  /// Answers, and counts how long that took.
  func respond(to request: Request, by route: Route, parameters: [String: String]) async -> Reply {
    let start = ContinuousClock.now
    let reply = await answer(request, by: route, parameters: parameters)
    let took = ContinuousClock.now - start
    office.metrics.note(request.method, route.path, reply.status, took: took)
    if reply.status.code >= 500 {
      // Neither query nor headers: names and secrets may stand in them.
      office.logger.error("answer", metadata: ["route": "\(route.path)", "status": "\(reply.status.code)", "ms": "\(Int(Metrics.seconds(took) * 1_000))"])
    }
    return reply
  }

  private func answer(_ request: Request, by route: Route, parameters: [String: String]) async -> Reply {
    let language = Language(of: request)
    let target = request.uri.string
    do {
      let entrance = try await admit(request)
      try gate.check(entrance, for: route)
      try office.rates.take(entrance.principal)
      let body = try await body(of: request, limit: route.bodyLimit)
      guard let query = Fields(encoded: request.uri.query ?? "") else { throw Trouble.unreadableRequest }
      let form = try gate.form(body, of: request, entrance, route)
      let inquiry = Inquiry(
        principal: entrance.principal, language: language, parameters: parameters, query: query, form: form, headers: request.headers,
        body: body, target: target, formToken: entrance.session.map(gate.sessions.formToken) ?? "",
        isStillGood: { [gate] in gate.isGood(entrance) }, office: office)
      return try await office.workers.run(route.work) { try route.answer(inquiry) }
    } catch {
      return tell(Trouble(explaining: error), to: request, route: route, language)
    }
  }

  /// Who asks. A token that is none costs a request of those whom nobody knows: tokens are tried no faster than that.
  private func admit(_ request: Request) async throws -> Gatekeeper.Entrance {
    do { return try await gate.admit(request) } catch {
      try office.rates.take(.nobody)
      throw error
    }
  }

  /// A trouble for a program, or as a page for a person.
  func tell(_ trouble: Trouble, to request: Request, route: Route?, _ language: Language) -> Reply {
    let target = request.uri.string
    office.metrics.count(refusal: trouble.code)
    if trouble.kind == .failed { office.logger.error("a mistake of the program", metadata: ["what": "\(trouble.what.en)", "route": "\(route?.path ?? "-")"]) }
    let forPrograms = route?.isForPrograms ?? request.uri.path.hasPrefix("/api/")
    guard !forPrograms, request.headers[.accept]?.contains("text/html") ?? false else {
      return trouble.problem(in: language, at: target)
    }
    if trouble.httpStatus == .unauthorized, request.method == .get {
      return .redirect(to: "/login?next=" + target.escapedForQuery)
    }
    return .html(Page.problem(trouble, in: language).html, status: trouble.httpStatus)
  }

  private func body(of request: Request, limit: Int) async throws -> [UInt8] {
    guard limit > 0 else { return [] }
    let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
    guard announced <= limit else { throw Trouble.bodyTooLarge(limit) }
    return try await withThrowingTaskGroup(of: [UInt8].self) { group in
      group.addTask {
        do {
          var body = try await request.body.collect(upTo: limit)
          return body.readBytes(length: body.readableBytes) ?? []
        } catch is NIOTooManyBytesError {
          throw Trouble.bodyTooLarge(limit)
        }
      }
      group.addTask {
        try await Task.sleep(for: .seconds(Door.bodySeconds))
        throw Trouble.bodyLate
      }
      defer { group.cancelAll() }
      return try await group.next() ?? []
    }
  }
}

extension Language {
  /// The language that a request asks for: `?lang=`, the cookie, then what the browser prefers.
  init(of request: Request) {
    if let asked = request.uri.queryParameters["lang"].flatMap({ Language(rawValue: String($0)) }) {
      self = asked
    } else if let kept = request.headers.cookie("keshi_lang").flatMap({ Language(rawValue: $0) }) {
      self = kept
    } else {
      self = Language(accepting: request.headers[.acceptLanguage] ?? "") ?? .en
    }
  }

  /// The first language of `Accept-Language` by weight that Keshi speaks.
  init?(accepting header: String) {
    let wishes = header.split(separator: ",").prefix(20).enumerated().compactMap { place, wish -> (Double, Int, Language)? in
      let parts = wish.split(separator: ";").map { $0.trimmingPrefix { $0 == " " } }
      guard let word = parts.first, let language = Language(locale: String(word)) else { return nil }
      let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
      return weight > 0 ? (-weight, place, language) : nil
    }
    guard let best = wishes.min(by: { ($0.0, $0.1) < ($1.0, $1.1) }) else { return nil }
    self = best.2
  }
}

extension HTTPFields {
  /// The value of a cookie.
  func cookie(_ name: String) -> String? {
    for header in self[values: .cookie] {
      for pair in header.split(separator: ";") {
        let halves = pair.trimmingPrefix { $0 == " " }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if halves.count == 2, halves[0] == name { return String(halves[1]) }
      }
    }
    return nil
  }
}

extension String {
  /// As a value in a query.
  var escapedForQuery: String {
    var text = ""
    for byte in utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return text
  }
}
