import Crypto
import Glibc
import Wire

/// Sessions of browsers: a cookie that names a token by its public id, signed, so that no state is kept. What the session
/// may do is looked up at each request by the token, so revoking the token ends it.
public struct Sessions: Sendable {
  public static let cookie = "keshi_session"
  /// How long a session lasts at most: a working day.
  public static let length: Int64 = 12 * 3_600_000_000
  public static let keyBytes = 32
  private static let textLimit = 200

  private let key: SymmetricKey

  public init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

  /// A session as its cookie tells it.
  public struct Session: Hashable, Sendable {
    public let id: String
    public let tokenID: String
    public let expires: Instant
  }

  /// The cookie's value for whoever has shown a token.
  /// - Parameter nonce: 16 random bytes.
  public func open(_ token: AccessToken, at now: Instant, nonce: [UInt8]) -> String {
    let end = min(now.microseconds + Sessions.length, token.expires.microseconds)
    let text = "\(token.id).\(end).\(AccessToken.hex(nonce))"
    return text + "." + sign("session " + text)
  }

  /// The session that a cookie tells; `nil` where it is not ours or is over.
  public func read(_ cookie: String, at now: Instant) -> Session? {
    guard cookie.utf8.count <= Sessions.textLimit, let dot = cookie.lastIndex(of: ".") else { return nil }
    let text = String(cookie[..<dot])
    guard isSame(String(cookie[cookie.index(after: dot)...]), sign("session " + text)) else { return nil }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let end = Int64(parts[1]), now.microseconds < end else { return nil }
    return Session(id: String(parts[2]), tokenID: String(parts[0]), expires: Instant(microseconds: end))
  }

  /// What a form of this session must carry, so that no other site can make a browser send one.
  public func formToken(_ session: Session) -> String { sign("form " + session.id) }

  public func accepts(_ formToken: String, for session: Session) -> Bool { isSame(formToken, self.formToken(session)) }

  private func sign(_ text: String) -> String {
    AccessToken.hex(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
  }

  /// Without telling by its time where two texts differ.
  private func isSame(_ a: String, _ b: String) -> Bool {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    guard a.count == b.count else { return false }
    return zip(a, b).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

extension Sessions {
  /// The sessions of a data folder, by the key in `sessions.key` beside the other keys, which is made where there is none.
  /// - Parameter random: 32 random bytes.
  public static func inFolder(_ folder: String, random: () -> [UInt8]) throws(AccessError) -> Sessions {
    let path = folder + "/sessions.key"
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & 0o077 == 0 else { throw .openFile(path: path) }
      let key = try PrivateFile.read(path, limit: keyBytes)
      if key.count == keyBytes { return Sessions(key: key) }
    } else if errno != ENOENT {
      throw .file(path: path, errno: errno)
    }
    let key = random()
    try PrivateFile.write(key, to: path)
    return Sessions(key: key)
  }
}
