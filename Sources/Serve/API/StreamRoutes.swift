import AccessControl
import Answers
import Engine
import HTTPTypes
import Hummingbird
import Synchronization
import Vocabulary
import Wire

/// Events as they are recorded.
enum StreamRoutes {
  /// Readers at a time; each costs a connection and a look at the log several times a second.
  static let readersMax = 100
  /// Events that are read at once.
  static let stretch: Int64 = 500
  static let pauseMilliseconds = 100
  /// Seconds after which a reader whose token was revoked is sent nothing more.
  static let trustSeconds = 1.0

  static let all: [Route] = [
    Route(
      .get, "/api/v1/events/stream", needs: .read, "Events as they are recorded (server-sent events)", "实时事件流（服务器推送事件）", work: .quick,
      operation: Operation(
        "streamEvents",
        parameters: [
          Operation.Parameter("Last-Event-ID", in: .header, "Go on behind this event.", "从此事件之后继续。", ["type": "integer", "minimum": -1]),
          Operation.Parameter("after", "The same, for who cannot set a header; else from now on.", "同上，用于无法设置标头者；缺省从现在起。", ["type": "integer", "minimum": -1]),
          Operation.Parameter("type", "Only these types; may be given again.", "只要这些类型；可多次给出。", ["type": "array", "items": ["type": "string"]]),
        ], replyType: "text/event-stream", reply: ["type": "string"])
    ) { inquiry in
      let header = try inquiry.headers[.lastEventID].map { try inquiry.number("Last-Event-ID", $0, from: -1) }
      let after = try header ?? inquiry.number("after", from: -1) ?? inquiry.office.head - 1
      let types = Set(inquiry.query.values("type"))
      let seat = try inquiry.office.streams.enter()
      return .events { stream in
        try await follow(inquiry, from: after + 1, types, &stream)
        withExtendedLifetime(seat) {}
      }
    }
  ]

  private static func follow(_ inquiry: Inquiry, from first: Int64, _ types: Set<String>, _ stream: inout EventStream) async throws {
    let office = inquiry.office
    var next = first
    var trusted = ContinuousClock.now
    while !Task.isCancelled, !office.isStopping {
      if ContinuousClock.now - trusted >= .seconds(trustSeconds) {
        guard inquiry.isStillGood() else { return }
        trusted = .now
      }
      guard next < office.head else {
        try await stream.pause(milliseconds: pauseMilliseconds)
        continue
      }
      let start = next
      let events = try await office.workers.run(.reading) {
        try inquiry.read { snapshot in
          var events: [(Int64, JSON)] = []
          try snapshot.forEachEvent(in: start..<start + stretch) { stored in
            if types.isEmpty || types.contains(stored.event.type) { events.append((stored.seq, stored.shownJSON)) }
          }
          return (events, min(start + stretch, snapshot.size))
        }
      }
      for (seq, json) in events.0 { try await stream.send(json, id: seq) }
      next = events.1
    }
  }
}

/// How many read the stream of events.
final class StreamCount: Sendable {
  /// One reader's place, given back when nobody holds it any more: also where an answer is never written.
  final class Seat: Sendable {
    private let count: StreamCount

    fileprivate init(_ count: StreamCount) { self.count = count }

    deinit { count.count.withLock { $0 -= 1 } }
  }

  private let count = Mutex(0)

  func enter() throws -> Seat {
    try count.withLock { count in
      guard count < StreamRoutes.readersMax else { throw Trouble.overloaded }
      count += 1
    }
    return Seat(self)
  }

  var now: Int { count.withLock { $0 } }
}
