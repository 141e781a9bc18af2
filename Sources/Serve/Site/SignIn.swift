import AccessControl
import Answers
import Engine
import HTTPTypes
import Log
import Pages
import Projection
import Vault
import Vocabulary
import Wire

/// Signing in with a token, and out.
enum SignIn {
  static func routes(_ gate: Gatekeeper, _ chance: Chance) -> [Route] {
    [
      Route(.get, "/login", needs: nil, "Sign in", "登录", work: .quick) { inquiry in
        .html(Page.signIn(next: inquiry.query["next"] ?? "/", refused: false, in: inquiry.language).html)
      },
      Route(.post, "/login", needs: nil, "Sign in", "登录", work: .quick, bodyLimit: 8 << 10) { inquiry in
        let next = inquiry.form["next"] ?? "/"
        guard let text = inquiry.form["token"], let token = try gate.tokens.token(opening: text.trimmed, at: inquiry.office.now) else {
          return .html(Page.signIn(next: next, refused: true, in: inquiry.language).html, status: .unauthorized)
        }
        let cookie = gate.sessions.open(token, at: inquiry.office.now, nonce: chance.bytes(16))
        return .redirect(to: next).with(.setCookie, "\(Sessions.cookie)=\(cookie); Path=/; HttpOnly; SameSite=Strict; Max-Age=\(Sessions.length / 1_000_000)")
      },
      Route(.post, "/logout", needs: nil, "Sign out", "退出", work: .quick, bodyLimit: 8 << 10) { _ in
        .redirect(to: "/login").with(.setCookie, "\(Sessions.cookie)=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0")
      },
    ]
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()) }
}
