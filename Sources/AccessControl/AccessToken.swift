import Crypto
import Vocabulary
import Wire

/// A bearer token as the server keeps it: everything but the secret, of which only the SHA-256 is known.
public struct AccessToken: Hashable, Sendable {
  /// Public: names the token in lists, logs and events.
  public let id: String
  public let sha256: String
  /// Who acts with it: the `actor` of events.
  public let name: String
  public let roles: Set<AccessRole>
  /// Words of handbook roles in which its owner may act.
  public let capacities: [String]
  public let created: Instant
  public let expires: Instant
  public var revoked: Instant?

  /// Bytes of randomness in a secret.
  public static let secretBytes = 32
  static let prefix = "keshi_"
  /// Characters of a secret as it is handed out.
  static let secretLength = prefix.count + 2 * secretBytes
  public static let nameLimit = 200
  public static let longest: Int64 = 366 * Instant.microsecondsPerDay

  public init(
    id: String, sha256: String, name: String, roles: Set<AccessRole>, capacities: [String], created: Instant, expires: Instant
  ) {
    (self.id, self.sha256, self.name, self.roles, self.capacities) = (id, sha256, name, roles, capacities)
    (self.created, self.expires) = (created, expires)
  }

  /// - Parameter secret: 32 random bytes.
  /// - Returns: the token, and the text that its owner is given once and nobody keeps.
  public static func make(
    name: String, roles: Set<AccessRole>, capacities: [String], from now: Instant, until expires: Instant, secret: [UInt8]
  ) throws(AccessError) -> (token: AccessToken, text: String) {
    guard secret.count == secretBytes else { throw .weakSecret }
    guard !name.isEmpty, name.utf8.count <= nameLimit, !name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    else { throw .badName(name) }
    guard !roles.isEmpty else { throw .noRole }
    guard expires > now, expires.microseconds - now.microseconds <= longest else { throw .badExpiry }
    let text = prefix + hex(secret)
    let hash = digest(text)
    let token = AccessToken(
      id: String(hash.prefix(12)), sha256: hash, name: name, roles: roles, capacities: capacities, created: now, expires: expires)
    return (token, text)
  }

  public func isGood(at now: Instant) -> Bool { revoked == nil && now < expires }

  public var principal: Principal { Principal(name: name, roles: roles, capacities: capacities, proof: .token(id)) }

  static func digest(_ text: String) -> String { hex(SHA256.hash(data: Array(text.utf8))) }

  static func hex(_ bytes: some Sequence<UInt8>) -> String {
    var text = Text()
    for byte in bytes { text.append(hex: byte) }
    return text.string
  }
}

// As a line of the file.
extension AccessToken {
  var json: JSON {
    var object: JSONObject = [
      "id": .string(id), "sha256": .string(sha256), "name": .string(name),
      "roles": .array(roles.map(\.rawValue).sorted().map { .string($0) }), "capacities": .array(capacities.map { .string($0) }),
      "created": .string(created.description), "expires": .string(expires.description),
    ]
    if let revoked { object["revoked"] = .string(revoked.description) }
    return .object(object)
  }

  /// `nil` for a line that is not of this form: it lets nobody in.
  init?(_ json: JSON) {
    guard let object = json.object, let id = object["id"]?.string, let sha256 = object["sha256"]?.string, sha256.count == 64,
      let name = object["name"]?.string, let words = object["roles"]?.array,
      let created = object["created"]?.string.flatMap({ Instant($0) }), let expires = object["expires"]?.string.flatMap({ Instant($0) })
    else { return nil }
    let roles = words.map { $0.string.flatMap { AccessRole(rawValue: $0) } }
    guard !roles.contains(nil) else { return nil }
    self.init(
      id: id, sha256: sha256, name: name, roles: Set(roles.compactMap { $0 }),
      capacities: object["capacities"]?.array?.compactMap(\.string) ?? [], created: created, expires: expires)
    if let text = object["revoked"] {
      guard let instant = text.string.flatMap({ Instant($0) }) else { return nil }
      revoked = instant
    }
  }
}
