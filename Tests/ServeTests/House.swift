import AccessControl
import Answers
import Engine
import Events
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Log
import Logging
import NIOCore
import Synchronization
import Testing
import Vocabulary
import Wire

@testable import Serve

/// A clock that stands still until it is moved.
final class Hands: LogClock {
  private let time = Mutex<Int64>(1_800_000_000_000_000)
  func now() -> Int64 { time.withLock { $0 } }
  func move(seconds: Double) { time.withLock { $0 += Int64(seconds * 1_000_000) } }
}

/// A company with a server before it, as long as a test lives; a token for each role.
final class House: Sendable {
  let path = NSTemporaryDirectory() + "keshi-serve-" + UUID().uuidString
  let clock = Hands()
  let server: Server
  let tokens: [AccessRole: String]

  static let lines = [
    #"{"type":"customer.registered","subject":"customer:1","data":{"name":"南通泰源机械有限公司"},"occurredAt":"2026-01-02"}"#,
    #"{"type":"customer.registered","subject":"customer:2","data":{"name":"Acme Pumps Ltd"},"occurredAt":"2026-01-02"}"#,
    #"{"type":"contact.added","subject":"customer:1","data":{"contact":"k1","name":"李娜","title":"采购经理","channels":["138-0000"]},"occurredAt":"2026-01-03"}"#,
    #"{"type":"order.placed","subject":"order:1","data":{"customer":"1","totalMinor":129900,"cur":"CNY"},"occurredAt":"2026-01-05"}"#,
    #"{"type":"visit.logged","subject":"customer:1","data":{"purpose":"renewal","minutes":"他们不满意交期"},"occurredAt":"2026-01-06","role":"SR"}"#,
    #"{"type":"order.placed","subject":"order:2","data":{"customer":"2","totalMinor":5000,"cur":"USD"},"occurredAt":"2026-01-07"}"#,
  ]

  init(_ lines: [String] = House.lines, limits: Rates.Limits = Rates.Limits()) async throws {
    let folder = DataFolder(path: path)
    var random = SystemRandomNumberGenerator()
    try Store.create(at: path, origin: "test/serve", clock: clock, random: &random)
    let store = try folder.open(.write, clock: clock, about: Circumstances(), tell: { _ in })
    let now = Instant(microseconds: clock.now())
    var about = Circumstances()
    about.actor = "test"
    let events = try lines.map { try Event(reading: Array($0.utf8).span, by: .keshi, defaultTime: now) }
    if !events.isEmpty { _ = try Recorder(store, about: about).record(events) }
    try store.close()
    var tokens: [AccessRole: String] = [:]
    for (number, role) in AccessRole.allCases.enumerated() {
      let (token, text) = try AccessToken.make(
        name: "\(role)", roles: [role], capacities: role == .writer || role == .manager || role == .admin ? ["SR", "SM"] : [], from: now,
        until: now.adding(days: 30), secret: [UInt8](repeating: UInt8(number + 1), count: 32))
      try TokenFile(folder: folder.keysPath).add(token)
      tokens[role] = text
    }
    self.tokens = tokens
    server = try await Server(folder, options: ServeOptions(), clock: clock, limits: limits, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Runs `body` with a client of the whole server but its sockets, and closes the store in order.
  func run<R: Sendable>(_ body: @Sendable @escaping (Client) async throws -> R) async throws -> R {
    let application = Application(responder: server.door.responder(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let result = try await application.test(.router) { client in try await body(Client(client: client, house: self)) }
    try await server.office.close()
    return result
  }
}

/// Asks, and reads answers as JSON.
struct Client: Sendable {
  let client: any TestClientProtocol
  let house: House

  struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String
    var json: JSONObject { (try? JSON(parsing: text).object) ?? [:] }
    var code: String? { json["code"]?.string }
    func list(_ name: String) -> [JSONObject] { json[name]?.array?.compactMap(\.object) ?? [] }
  }

  func ask(
    _ method: HTTPRequest.Method = .get, _ target: String, as role: AccessRole? = .admin, _ headers: HTTPFields = [:], body: String? = nil
  ) async throws -> Answer {
    var headers = headers
    if let role, let token = house.tokens[role] { headers[.authorization] = "Bearer " + token }
    return try await client.execute(uri: target, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }) { response in
      Answer(status: response.status.code, headers: response.headers, text: String(buffer: response.body))
    }
  }

  /// The job at a place when it is over. Time passes between two questions: a standing clock refills no allowance.
  func end(of place: String, as role: AccessRole) async throws -> Answer {
    while true {
      let job = try await ask(.get, place, as: role)
      if job.json["ended"] != .null { return job }
      house.clock.move(seconds: 1)
      await _Concurrency.Task.yield()
    }
  }

  func send(
    _ body: String, to target: String = "/api/v1/events", as role: AccessRole = .writer, type: String = "application/json", _ headers: HTTPFields = [:]
  ) async throws -> Answer {
    var headers = headers
    headers[.contentType] = type
    return try await ask(.post, target, as: role, headers, body: body)
  }
}

extension HTTPField.Name {
  static func of(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .accept }
}
