import AccessControl
import Answers
import Engine
import HTTPTypes
import Hummingbird
import Log
import Projection
import Vocabulary
import Wire

/// Makes sure who asks: by a bearer token, by a token of the identity provider, or by a browser's session.
struct Gatekeeper: Sendable {
  let tokens: TokenFile
  let sessions: Sessions
  let provider: IdentityProvider?
  let clock: any LogClock

  /// Who came in, and by which session.
  struct Entrance: Sendable {
    let principal: Principal
    let session: Sessions.Session?

    static let nobody = Entrance(principal: .nobody, session: nil)
  }

  private var now: Instant { Instant(microseconds: clock.now()) }

  /// Who asks. A header that is there and does not hold is refused; it is not taken for nobody's.
  func admit(_ request: Request) async throws -> Entrance {
    if let header = request.headers[.authorization] {
      guard header.lowercased().hasPrefix("bearer ") else { throw Trouble.signIn }
      let text = String(header.dropFirst(7).drop { $0 == " " })
      if let token = try tokens.token(opening: text, at: now) { return Entrance(principal: token.principal, session: nil) }
      if let principal = await provider?.principal(text, at: now) { return Entrance(principal: principal, session: nil) }
      throw Trouble.signIn
    }
    guard let cookie = request.headers.cookie(Sessions.cookie), let session = sessions.read(cookie, at: now),
      let token = try tokens.token(id: session.tokenID, at: now)
    else { return .nobody }
    let known = token.principal
    let principal = Principal(name: known.name, roles: known.roles, capacities: known.capacities, proof: .session(session.id))
    return Entrance(principal: principal, session: session)
  }

  /// Whether who came in would still be let in by the same token or session: for answers that go on for long. What an
  /// identity provider has said is believed as long as the answer goes on.
  func isGood(_ entrance: Entrance) -> Bool {
    let id: String
    switch entrance.principal.proof {
    case .none, .identity: return true
    case .token(let token): id = token
    case .session:
      guard let session = entrance.session, now < session.expires else { return false }
      id = session.tokenID
    }
    guard let token = try? tokens.token(id: id, at: now) else { return false }
    return token.roles == entrance.principal.roles
  }

  /// Whether they may: the one place where a route's need is held against a role.
  func check(_ entrance: Entrance, for route: Route) throws {
    guard let need = route.needs else { return }
    guard entrance.principal.isKnown else { throw Trouble.signIn }
    guard entrance.principal.may(need) else { throw Trouble.forbidden(need.title) }
  }

  /// The fields of a form. Whatever changes something and comes by a browser's cookie must carry the session's form token:
  /// another site can make a browser send the cookie, but does not know the token.
  func form(_ body: [UInt8], of request: Request, _ entrance: Entrance, _ route: Route) throws -> Fields {
    let isForm = request.headers[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") ?? false
    var fields = Fields()
    if isForm, !route.isForPrograms {
      guard let text = String(validating: body, as: UTF8.self), let read = Fields(encoded: text) else { throw Trouble.unreadableRequest }
      fields = read
    }
    let changes = route.method != .get && route.method != .head
    if changes, let session = entrance.session {
      let shown = fields["csrf"] ?? request.headers[.formToken] ?? ""
      guard sessions.accepts(shown, for: session) else { throw Trouble.foreignForm }
    }
    return fields
  }
}

extension HTTPField.Name {
  /// Where a script of our pages puts the form token.
  static let formToken = HTTPField.Name.known("X-CSRF-Token")
}
