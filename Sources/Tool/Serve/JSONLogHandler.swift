import Answers
import Logging
import Wire

/// Log lines as JSON objects, one a line, for whatever gathers them.
struct JSONLogHandler: LogHandler {
  private let sink: any Sink
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .info

  init(_ sink: any Sink) { self.sink = sink }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var object: JSONObject = [
      "time": .string(WallClock().millisecond.description), "level": .string(event.level.rawValue),
      "message": .string("\(event.message)"),
    ]
    let all = event.metadata.map { metadata.merging($0) { $1 } } ?? metadata
    for (name, value) in all.sorted(by: { $0.key < $1.key }) { object[name] = .string("\(value)") }
    // A log that cannot be written must not stop the server.
    try? sink.write(JSON.object(object).canonical + "\n")
    try? sink.flush()
  }
}
