import AccessControl
import Answers
import Crypto
import Foundation
import Vocabulary
import Wire

/// Where events are sent as they are recorded, after Standard Webhooks 1.0.
public struct Webhook: Hashable, Sendable {
  public let id: String
  public let url: String
  /// `whsec_` and the key in base64.
  public let secret: String
  /// Types of events that are sent; none: all.
  public let types: [String]
  /// The first event that is sent.
  public let first: Int64
  /// Whether it may lead to this machine or into a private network.
  public let mayBePrivate: Bool

  public static let secretBytes = 32
  public static let urlLimit = 2_000
  /// Hooks that a data folder may have.
  public static let most = 50

  /// - Parameter key: 32 random bytes.
  public init(id: String, url: String, key: [UInt8], types: [String], from first: Int64, mayBePrivate: Bool) {
    (self.id, self.url, self.types, self.first, self.mayBePrivate) = (id, url, types, first, mayBePrivate)
    secret = "whsec_" + Data(key).base64EncodedString()
  }

  /// `webhook-signature`: HMAC-SHA256 over `id.timestamp.body`.
  public func signature(id: String, timestamp: Int64, body: String) -> String {
    let key = SymmetricKey(data: Data(base64Encoded: String(secret.dropFirst(6))) ?? Data())
    let code = HMAC<SHA256>.authenticationCode(for: Data("\(id).\(timestamp).\(body)".utf8), using: key)
    return "v1," + Data(code).base64EncodedString()
  }

  func wants(_ type: String) -> Bool { types.isEmpty || types.contains(type) }
}

extension Webhook {
  var json: JSON {
    [
      "id": .string(id), "url": .string(url), "secret": .string(secret), "types": .array(types.map { .string($0) }), "first": .int(first),
      "mayBePrivate": .bool(mayBePrivate),
    ]
  }

  init?(_ json: JSON) {
    guard let object = json.object, let id = object["id"]?.string, let url = object["url"]?.string, let secret = object["secret"]?.string,
      secret.hasPrefix("whsec_"), let key = Data(base64Encoded: String(secret.dropFirst(6))), let first = object["first"]?.int
    else { return nil }
    self.init(
      id: id, url: url, key: Array(key), types: object["types"]?.array?.compactMap(\.string) ?? [], from: first,
      mayBePrivate: object["mayBePrivate"]?.bool ?? false)
  }
}

/// The webhooks of a data folder: `webhooks.ndjson` beside the keys, for its owner alone, because it holds secrets. It is
/// written whole beside the old one and renamed; who changes it holds a lock on `webhooks.lock`.
public struct WebhookFile: Sendable {
  public static let sizeLimit = 1 << 20
  public let path: String
  private let lockPath: String

  public init(folder: String) { (path, lockPath) = (folder + "/webhooks.ndjson", folder + "/webhooks.lock") }

  /// - Throws: `E-WEBHOOK-FILE` for a line that is no webhook, `E-KEY-MODE` for a file that others may read.
  public func all() throws -> [Webhook] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0o777
    guard mode & 0o077 == 0 else { throw AccessError.openFile(path: path) }
    let bytes = try PrivateFile.read(path, limit: WebhookFile.sizeLimit)
    return try bytes.split(separator: 0x0A).enumerated().map { number, line in
      guard let json = try? JSON(parsing: Array(line)), let hook = Webhook(json) else { throw Trouble.noWebhook(at: "\(path):\(number + 1)") }
      return hook
    }
  }

  /// - Throws: `E-USAGE` where there are `Webhook.most` already.
  public func add(_ hook: Webhook) throws {
    try change { hooks in
      guard hooks.count < Webhook.most else { throw Trouble.tooManyWebhooks }
      hooks.append(hook)
    }
  }

  /// - Returns: what was removed.
  /// - Throws: `E-WEBHOOK` where there is none of that id.
  @discardableResult public func remove(_ id: String) throws -> Webhook {
    try change { hooks in
      guard let place = hooks.firstIndex(where: { $0.id == id }) else { throw Trouble.noWebhook(id) }
      return hooks.remove(at: place)
    }
  }

  /// Reads, changes and puts the file there, whole or not at all, while nobody else does.
  private func change<R>(_ body: (inout [Webhook]) throws -> R) throws -> R {
    let lock = try FileLock(lockPath)
    defer { lock.release() }
    var hooks = try all()
    let result = try body(&hooks)
    try PrivateFile.write(Array(hooks.map { $0.json.canonical + "\n" }.joined().utf8), to: path)
    return result
  }
}

extension Trouble {
  fileprivate static func noWebhook(at place: String) -> Trouble {
    Trouble(
      .configuration, "E-WEBHOOK-FILE", Name("a line is no webhook, so no event is sent to anybody", "其中一行不是网络钩子，因此不发送任何事件"),
      at: Name(same: place), unharmed: Unharmed.everything,
      remedy: Name("restore the file, or take the line out and add that webhook anew", "请恢复该文件，或删去该行后重新添加该网络钩子"))
  }

  static func noWebhook(_ id: String) -> Trouble {
    Trouble(
      .absent, "E-WEBHOOK", Name("there is no webhook \(id)", "没有网络钩子 \(id)"), unharmed: Unharmed.everything,
      remedy: Name("`keshi webhook list` and /api/v1/webhooks show them", "用 `keshi webhook list` 或 /api/v1/webhooks 查看"))
  }

  fileprivate static let tooManyWebhooks = Trouble.usage(
    Name("there are \(Webhook.most) webhooks already", "已有 \(Webhook.most) 个网络钩子"), remedy: Name("remove one first", "请先移除一个"))
}
