import JWTKit
import Vocabulary
import Wire

/// Tokens of an identity provider (OpenID Connect): who issued them, for whom, signed by a key of its published set.
public struct IdentityProvider: Sendable {
  public struct Settings: Sendable {
    public var issuer: String
    public var audience: String
    /// The provider's keys, a JSON Web Key Set (RFC 7517) in a file.
    public var keysPath: String
    /// The claim that lists the roles here.
    public var rolesClaim = "roles"

    public init(issuer: String, audience: String, keysPath: String) {
      (self.issuer, self.audience, self.keysPath) = (issuer, audience, keysPath)
    }
  }

  public static let keysLimit = 1 << 20
  /// Bytes of a token. Larger ones are not looked at.
  public static let tokenLimit = 8 << 10

  private let settings: Settings
  private let keys: JWTKeyCollection

  /// Reads the keys. Keys that are shared secrets are refused: whoever checks a token could then make one.
  public init(_ settings: Settings) async throws(AccessError) {
    self.settings = settings
    let bytes = try PrivateFile.read(settings.keysPath, limit: IdentityProvider.keysLimit)
    guard let set = (try? JSON(parsing: bytes))?.object?["keys"]?.array, !set.isEmpty else {
      throw .badKeys(path: settings.keysPath, what: "no \"keys\"")
    }
    guard !set.contains(where: { $0.object?["kty"]?.string == "oct" }) else {
      throw .badKeys(path: settings.keysPath, what: "a shared secret (kty oct)")
    }
    keys = JWTKeyCollection()
    do { try await keys.add(jwksJSON: String(decoding: bytes, as: UTF8.self)) } catch {
      throw .badKeys(path: settings.keysPath, what: "\(error)")
    }
  }

  /// Who a token says its bearer is; `nil` where it does not hold: signature, issuer, audience or time.
  public func principal(_ token: String, at now: Instant) async -> Principal? {
    guard token.utf8.count <= IdentityProvider.tokenLimit, let claims = try? await keys.verify(token, as: Claims.self),
      claims.iss == settings.issuer, claims.audiences.contains(settings.audience)
    else { return nil }
    let seconds = Double(now.microseconds) / 1_000_000
    guard claims.exp > seconds, claims.nbf.map({ $0 <= seconds }) ?? true else { return nil }
    let roles = claims.lists[settings.rolesClaim, default: []].compactMap { AccessRole(rawValue: $0) }
    guard !claims.sub.isEmpty, claims.sub.utf8.count <= AccessToken.nameLimit else { return nil }
    return Principal(
      name: claims.sub, roles: Set(roles), capacities: claims.lists["keshi_capacities", default: []], proof: .identity(issuer: claims.iss))
  }
}

/// The claims that are looked at. Times are checked by the clock that is handed in, not by the library's.
private struct Claims: JWTPayload {
  let iss: String
  let sub: String
  let exp: Double
  let nbf: Double?
  let audiences: [String]
  /// Every claim that is a list of texts, or a text, by its name.
  let lists: [String: [String]]

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    iss = try values.decode(String.self, forKey: Key(stringValue: "iss"))
    sub = try values.decode(String.self, forKey: Key(stringValue: "sub"))
    exp = try values.decode(Double.self, forKey: Key(stringValue: "exp"))
    nbf = try values.decodeIfPresent(Double.self, forKey: Key(stringValue: "nbf"))
    var lists: [String: [String]] = [:]
    for key in values.allKeys {
      if let list = try? values.decode([String].self, forKey: key) { lists[key.stringValue] = list }
      else if let text = try? values.decode(String.self, forKey: key) { lists[key.stringValue] = [text] }
    }
    self.lists = lists
    audiences = lists["aud", default: []]
  }

  func encode(to encoder: any Encoder) throws {}
  func verify(using algorithm: some JWTAlgorithm) throws {}
}
