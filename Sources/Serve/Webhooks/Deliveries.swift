import AsyncHTTPClient
import Engine
import Exchange
import Foundation
import Answers
import Log
import Logging
import NIOCore
import NIOHTTP1
import Synchronization
import Vocabulary
import Wire

/// Sends recorded events to the webhooks, each in the log's order, with retries; what is never taken becomes a dead letter.
///
/// Personal values are not sent. A receiver answers within `seconds`; redirects are not followed.
struct Deliveries {
  /// Seconds between two attempts; after the last the event is a dead letter.
  static let pauses: [Double] = [0.5, 2, 10, 60, 300]
  static let seconds: Int64 = 10
  /// Events that are looked through at once.
  static let stretch: Int64 = 500

  let office: Office
  var pauses = Deliveries.pauses

  /// Stopped in order, or because another part of the server failed.
  private var isOver: Bool { office.isStopping || Task.isCancelled }

  func run() async {
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.timeout.connect = .seconds(Deliveries.seconds)
    let client = HTTPClient(configuration: configuration)
    // Each hook goes its own pace: one whose receiver hangs keeps no other waiting.
    let underWay = UnderWay()
    var told: String?
    await withDiscardingTaskGroup { group in
      while !isOver {
        for hook in hooksOrReason(&told) where underWay.begins(hook.id) {
          group.addTask {
            await follow(hook, client)
            underWay.ends(hook.id)
          }
        }
        try? await Task.sleep(for: .milliseconds(250))
      }
    }
    try? await client.shutdown()
  }

  private func hooks() throws -> [Webhook] { try WebhookFile(folder: office.folder.keysPath).all() }

  /// The hooks; none, and the reason in the log, where the file cannot be read.
  /// - Parameter told: why the file cannot be read, as it was logged last: each reason once.
  private func hooksOrReason(_ told: inout String?) -> [Webhook] {
    do {
      let hooks = try hooks()
      told = nil
      return hooks
    } catch {
      let trouble = Trouble(explaining: error)
      let reason = "\(trouble.code) \(trouble.place?.en ?? "")"
      if reason != told { office.logger.error("webhooks cannot be read, so no event is sent", metadata: ["error": "\(reason)"]) }
      told = reason
      return []
    }
  }

  /// Sends what there is now to one hook.
  func follow(_ hook: Webhook, _ client: HTTPClient) async {
    do {
      while !isOver {
        var at = office.deliveries.next(hook)
        guard at < office.head else { return }
        let start = at
        let (events, end) = try await office.workers.run(.reading) { try read(hook, from: start) }
        for event in events {
          guard !isOver, try await deliver(event, to: hook, client) else { return }
          guard try office.deliveries.advance(from: at, to: event.seq + 1, hook.id) else { return }
          at = event.seq + 1
        }
        guard try office.deliveries.advance(from: at, to: end, hook.id) else { return }
      }
    } catch {
      office.logger.error("webhook", metadata: ["hook": "\(hook.id)", "error": "\(error)"])
    }
  }

  private func read(_ hook: Webhook, from start: Int64) throws -> ([(seq: Int64, body: String)], Int64) {
    try office.read { snapshot in
      var events: [(seq: Int64, body: String)] = []
      let end = min(start + Deliveries.stretch, snapshot.size)
      _ = try snapshot.showing(only: []) { snapshot in
        try snapshot.forEachEvent(in: start..<end) { stored in
          guard hook.wants(stored.event.type) else { return }
          var event = stored.event
          event.seq = stored.seq
          events.append((stored.seq, CloudEventEnvelope.line(of: event, log: snapshot.logName)))
        }
      }
      return (events, end)
    }
  }

  /// - Returns: whether to go on: delivered, or given up. `false` where the server ends or the hook was removed.
  private func deliver(_ event: (seq: Int64, body: String), to hook: Webhook, _ client: HTTPClient) async throws -> Bool {
    var why = ""
    for attempt in 0...pauses.count {
      // One that was removed while its receiver hung is tried no more.
      guard !isOver, attempt == 0 || (try? hooks())?.contains(hook) ?? false else { return false }
      guard let answer = await send(event, to: hook, client) else { return true }
      why = answer
      if attempt < pauses.count { await pause(pauses[attempt]) }
    }
    let letter = DeliveryBook.DeadLetter(seq: event.seq, at: office.now, attempts: pauses.count + 1, why: why)
    try office.deliveries.bury(letter, hook.id)
    office.logger.warning("webhook gave an event up", metadata: ["hook": "\(hook.id)", "seq": "\(event.seq)", "why": "\(why)"])
    return true
  }

  /// - Returns: `nil` where it was taken, else why not.
  private func send(_ event: (seq: Int64, body: String), to hook: Webhook, _ client: HTTPClient) async -> String? {
    if !hook.mayBePrivate {
      let isPrivate = try? await office.workers.lookUp { AddressCheck.isPrivate(hook.url) }
      guard isPrivate == false else { return isPrivate == nil ? "its name could not be looked up in time" : "leads to a private address" }
    }
    let (id, timestamp) = ("\(hook.id)-\(event.seq)", office.now.microseconds / 1_000_000)
    var request = HTTPClientRequest(url: hook.url)
    request.method = .POST
    request.headers.add(name: "content-type", value: "application/cloudevents+json")
    request.headers.add(name: "webhook-id", value: id)
    request.headers.add(name: "webhook-timestamp", value: String(timestamp))
    request.headers.add(name: "webhook-signature", value: hook.signature(id: id, timestamp: timestamp, body: event.body))
    request.body = .bytes(ByteBuffer(string: event.body))
    do {
      let response = try await client.execute(request, timeout: .seconds(Deliveries.seconds))
      return (200..<300).contains(response.status.code) ? nil : "status \(response.status.code)"
    } catch {
      return "\(error)"
    }
  }

  private func pause(_ seconds: Double) async {
    let end = ContinuousClock.now + .milliseconds(Int64(seconds * 1_000))
    while !isOver, ContinuousClock.now < end { try? await Task.sleep(for: min(.milliseconds(100), end - .now)) }
  }
}

/// The hooks that are being served, by id.
private final class UnderWay: Sendable {
  private let ids = Mutex<Set<String>>([])
  func begins(_ id: String) -> Bool { ids.withLock { $0.insert(id).inserted } }
  func ends(_ id: String) { ids.withLock { _ = $0.remove(id) } }
}
