import AccessControl
import Answers
import AsyncHTTPClient
import Engine
import Events
import Foundation
import HTTPTypes
import Hummingbird
import Synchronization
import Testing
import Vocabulary
import Wire

@testable import Serve

@Suite struct `A webhook` {
  /// The example of the specification (Standard Webhooks 1.0, Verifying signatures).
  @Test func `is signed as the specification's example`() throws {
    let key = try #require(Data(base64Encoded: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    let hook = Webhook(id: "h", url: "https://x.example", key: Array(key), types: [], from: 0, mayBePrivate: false)
    #expect(hook.secret == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    let signature = hook.signature(id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: #"{"test": 2432232314}"#)
    #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
  }

  @Test(arguments: [
    ("http://127.0.0.1/x", true), ("http://localhost:80", true), ("http://10.1.2.3", true), ("http://172.16.0.1", true), ("http://172.32.0.1", false),
    ("http://192.168.1.1", true), ("http://169.254.169.254/latest", true), ("http://100.64.0.1", true), ("http://[::1]:8", true), ("http://[fd00::1]", true),
    ("http://[fe80::1]", true), ("http://[::ffff:127.0.0.1]", true), ("http://8.8.8.8", false), ("http://[2001:4860::8888]", false), ("ftp://8.8.8.8", true), ("", true),
  ])
  func `leads to no private address unless it may`(url: String, isPrivate: Bool) {
    #expect(AddressCheck.isPrivate(url) == isPrivate)
  }

  @Test func `gets every event it wants, in order, without personal values, and one it never takes becomes a dead letter`() async throws {
    let house = try await House()
    let office = house.server.office
    let taken = Mutex<[(id: String, body: String)]>([])
    let router = Router()
    router.post("hook") { request, _ in
      var buffer = try await request.body.collect(upTo: 1 << 20)
      let body = buffer.readString(length: buffer.readableBytes) ?? ""
      if body.contains("order:2") { return HTTPResponse.Status.internalServerError }
      taken.withLock { $0.append((request.headers[.of("webhook-id")] ?? "", body)) }
      return .noContent
    }
    let port = Mutex(0)
    let receiver = Application(
      router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in port.withLock { $0 = channel.localAddress?.port ?? 0 } })
    let serving = _Concurrency.Task { try await receiver.run() }
    while port.withLock({ $0 }) == 0 { try await _Concurrency.Task.sleep(for: .milliseconds(10)) }
    let address = "http://127.0.0.1:\(port.withLock { $0 })/hook"
    let closed = Webhook(id: "b", url: address, key: [1], types: [], from: 0, mayBePrivate: false)
    let hook = Webhook(id: "a", url: address, key: [1], types: ["order.placed", "contact.added"], from: 0, mayBePrivate: true)
    for each in [hook, closed] { try WebhookFile(folder: office.folder.keysPath).add(each) }
    let client = HTTPClient()
    let deliveries = Deliveries(office: office, pauses: [0.01, 0.01])
    await deliveries.follow(hook, client)
    #expect(office.deliveries.next(hook) == 6)
    let got = taken.withLock { $0 }
    #expect(got.map(\.id) == ["a-2", "a-3"] && !got.contains { $0.body.contains("李娜") || $0.body.contains("138-0000") })
    let dead = office.deliveries.deadLetters("a").compactMap(\.object)
    #expect(dead.count == 1 && dead.first?["seq"]?.int == 5 && dead.first?["attempts"]?.int == 3 && dead.first?["why"]?.string == "status 500")
    try office.deliveries.go(to: 3, "a")  // again, from there on
    // Whoever was delivering meanwhile does not take that back.
    #expect(try !office.deliveries.advance(from: 6, to: 7, "a") && office.deliveries.next(hook) == 3)
    await deliveries.follow(hook, client)
    #expect(taken.withLock { $0.map(\.id) } == ["a-2", "a-3", "a-3"])
    await deliveries.follow(closed, client)
    #expect(taken.withLock { $0.count } == 3 && office.deliveries.deadLetters("b").count == 6)
    try await client.shutdown()
    serving.cancel()
    try await office.close()
  }

  @Test func `that cannot be read is said, with its line, and its folder is made where there is none`() throws {
    let folder = NSTemporaryDirectory() + "keshi-hooks-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = try Sessions.inFolder(folder) { [UInt8](repeating: 7, count: Sessions.keyBytes) }
    #expect(try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions] as? Int == 0o700)
    let file = WebhookFile(folder: folder)
    try file.add(Webhook(id: "one", url: "https://x.example", key: [1], types: [], from: 0, mayBePrivate: false))
    let good = try PrivateFile.read(file.path, limit: 1_000)
    for (bytes, line) in [(Array("garbage\n".utf8) + good, 1), (good + [0xFF, 0xFE, 0x0A], 2), (good + Array(#"{"id":1}"#.utf8), 2)] {
      try PrivateFile.write(bytes, to: file.path)
      let trouble = #expect(throws: Trouble.self) { try file.all() }
      #expect(trouble?.code == "E-WEBHOOK-FILE" && trouble?.place?.en == "\(file.path):\(line)")
    }
  }

  @Test func `is not lost where two add and remove at once, and one past the most is refused`() throws {
    let folder = NSTemporaryDirectory() + "keshi-hooks-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    @Sendable func hook(_ id: String) -> Webhook { Webhook(id: id, url: "https://x.example", key: [1], types: [], from: 0, mayBePrivate: false) }
    // Each writer as another process would be: with a file of its own. Of what it adds it takes every second away again.
    let refused = Mutex<[String]>([])
    let share = Webhook.most / 2
    DispatchQueue.concurrentPerform(iterations: 2) { writer in
      let file = WebhookFile(folder: folder)
      do {
        for number in 0..<share {
          try file.add(hook("\(writer)-\(number)"))
          if number % 2 == 1 { try file.remove("\(writer)-\(number)") }
        }
      } catch { refused.withLock { $0.append("\(error)") } }
    }
    let file = WebhookFile(folder: folder)
    let kept = (0..<2).flatMap { writer in (0..<share).filter { $0 % 2 == 0 }.map { "\(writer)-\($0)" } }
    #expect(refused.withLock { $0 } == [])
    #expect(try Set(file.all().map(\.id)) == Set(kept))
    for number in kept.count..<Webhook.most { try file.add(hook("more-\(number)")) }
    #expect(throws: Trouble.self) { try file.add(hook("one-past")) }
    #expect(throws: Trouble.self) { try file.remove("one-past") }
    #expect(try file.all().count == Webhook.most)
  }

  @Test func `whose receiver hangs keeps no other waiting`() async throws {
    let house = try await House()
    let office = house.server.office
    let taken = Mutex(0)
    let tries = Mutex(0)
    let isHanging = Mutex(true)
    let router = Router()
    router.post("quick") { _, _ in
      taken.withLock { $0 += 1 }
      return HTTPResponse.Status.noContent
    }
    router.post("stuck") { _, _ in
      tries.withLock { $0 += 1 }
      while isHanging.withLock({ $0 }) { try await _Concurrency.Task.sleep(for: .milliseconds(10)) }
      return HTTPResponse.Status.internalServerError
    }
    let port = Mutex(0)
    let receiver = Application(
      router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in port.withLock { $0 = channel.localAddress?.port ?? 0 } })
    let serving = _Concurrency.Task { try await receiver.run() }
    while port.withLock({ $0 }) == 0 { try await _Concurrency.Task.sleep(for: .milliseconds(10)) }
    let hooks = ["stuck", "quick"].map { name in
      Webhook(id: name, url: "http://127.0.0.1:\(port.withLock { $0 })/\(name)", key: [1], types: [], from: 0, mayBePrivate: true)
    }
    for hook in hooks { try WebhookFile(folder: office.folder.keysPath).add(hook) }
    let delivering = _Concurrency.Task { await Deliveries(office: office).run() }
    /// One that waited for the other would come minutes later, when all pauses are over.
    func awaits(_ count: Int) async throws -> Bool {
      for _ in 0..<6_000 where taken.withLock({ $0 }) < count { try await _Concurrency.Task.sleep(for: .milliseconds(10)) }
      return taken.withLock { $0 } == count
    }
    #expect(try await awaits(6))
    let event = try Event(reading: Array(House.lines[1].replacing("customer:2", with: "customer:3").utf8).span, by: .keshi, defaultTime: office.now)
    _ = try Recorder(office.store, about: Circumstances()).record([event])
    #expect(try await awaits(7) && tries.withLock { $0 } > 0 && office.deliveries.deadLetters("stuck").isEmpty)
    isHanging.withLock { $0 = false }
    office.beginStopping()
    await delivering.value
    serving.cancel()
    try await office.close()
  }
}
