import HTTPTypes
import Hummingbird
import NIOCore
import Wire

/// Server-sent events (HTML Standard, 9.2) to one reader.
struct EventStream {
  private var writer: any ResponseBodyWriter
  /// Milliseconds since something was sent: silence makes proxies close.
  private var silence = 0

  static let heartbeat = 15_000

  init(_ writer: any ResponseBodyWriter) { self.writer = writer }

  /// One event. Throws where the reader has gone.
  mutating func send(_ json: JSON, event: String? = nil, id: Int64? = nil) async throws {
    var text = ""
    if let id { text += "id: \(id)\n" }
    if let event { text += "event: \(event)\n" }
    text += "data: \(json.canonical)\n\n"
    try await writer.write(ByteBuffer(string: text))
    silence = 0
  }

  /// Waits, and keeps the connection alive.
  mutating func pause(milliseconds: Int) async throws {
    try await Task.sleep(for: .milliseconds(milliseconds))
    silence += milliseconds
    guard silence >= EventStream.heartbeat else { return }
    try await writer.write(ByteBuffer(string: ": still here\n\n"))
    silence = 0
  }
}

extension Reply {
  /// Events as they come, until `body` returns or the reader goes.
  static func events(_ body: @escaping @Sendable (inout EventStream) async throws -> Void) -> Reply {
    Reply(
      headers: [.contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no"],
      body: .stream { writer in
        var stream = EventStream(writer)
        try await body(&stream)
      })
  }
}

extension HTTPField.Name {
  static let accelBuffering = known("X-Accel-Buffering")
  static let lastEventID = known("Last-Event-ID")
}
