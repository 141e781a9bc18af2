import HTTPTypes
import Synchronization

/// Figures of the running server, as Prometheus reads them (text exposition format 0.0.4).
///
/// No customer and no name of a person is ever a label.
final class Metrics: Sendable {
  enum Timed: String, CaseIterable { case append, command }

  /// Upper bounds of the histograms' buckets, in seconds.
  static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

  struct Histogram {
    var counts = [UInt64](repeating: 0, count: Metrics.bounds.count + 1)
    var sum = 0.0

    mutating func add(_ seconds: Double) {
      counts[Metrics.bounds.firstIndex { seconds <= $0 } ?? Metrics.bounds.count] += 1
      sum += seconds
    }
  }

  struct RouteLabel: Hashable {
    let method: String
    let route: String
    let status: Int
  }

  private struct State {
    var requests: [RouteLabel: Histogram] = [:]
    var timed: [Timed: Histogram] = [:]
    var appended: UInt64 = 0
    var refused: [String: UInt64] = [:]
  }

  private let state = Mutex(State())
  private let clock = ContinuousClock()

  func timing<R>(_ what: Timed, _ body: () throws -> R) rethrows -> R {
    let start = clock.now
    defer {
      let seconds = Metrics.seconds(clock.now - start)
      state.withLock { $0.timed[what, default: Histogram()].add(seconds) }
    }
    return try body()
  }

  func count(appended count: Int) { state.withLock { $0.appended += UInt64(count) } }
  func count(refusal code: String) { state.withLock { $0.refused[code, default: 0] += 1 } }

  func note(_ method: HTTPRequest.Method, _ route: String, _ status: HTTPResponse.Status, took: Duration) {
    let label = RouteLabel(method: method.rawValue, route: route, status: status.code)
    state.withLock { $0.requests[label, default: Histogram()].add(Metrics.seconds(took)) }
  }

  static func seconds(_ duration: Duration) -> Double {
    let parts = duration.components
    return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
  }

  // MARK: Text

  /// - Parameter gauges: what is read off the store now: name, help, labels, value.
  func text(_ gauges: [Gauge]) -> String {
    let state = state.withLock { $0 }
    var text = ""
    for gauge in gauges { gauge.write(to: &text) }
    text += "# HELP keshi_events_appended_total Events recorded by this run of the server.\n# TYPE keshi_events_appended_total counter\n"
    text += "keshi_events_appended_total \(state.appended)\n"
    text += "# HELP keshi_refusals_total Answers that told a trouble, by its code.\n# TYPE keshi_refusals_total counter\n"
    for (code, count) in state.refused.sorted(by: { $0.key < $1.key }) { text += "keshi_refusals_total{code=\"\(code)\"} \(count)\n" }
    for what in Timed.allCases {
      let name = "keshi_\(what.rawValue)_duration_seconds"
      text += "# HELP \(name) From the first check until it is durable.\n# TYPE \(name) histogram\n"
      Metrics.write(state.timed[what] ?? Histogram(), name, [], to: &text)
    }
    let name = "keshi_http_request_duration_seconds"
    text += "# HELP \(name) From the request's head to the answer's head.\n# TYPE \(name) histogram\n"
    for (label, histogram) in state.requests.sorted(by: { "\($0.key)" < "\($1.key)" }) {
      Metrics.write(histogram, name, [("method", label.method), ("route", label.route), ("status", String(label.status))], to: &text)
    }
    return text
  }

  private static func write(_ histogram: Histogram, _ name: String, _ labels: [(String, String)], to text: inout String) {
    let own = labels.map { "\($0.0)=\"\($0.1)\"" }
    var total: UInt64 = 0
    for (place, count) in histogram.counts.enumerated() {
      total += count
      let bound = place < bounds.count ? String(bounds[place]) : "+Inf"
      text += "\(name)_bucket{\((own + ["le=\"\(bound)\""]).joined(separator: ","))} \(total)\n"
    }
    let braces = own.isEmpty ? "" : "{\(own.joined(separator: ","))}"
    text += "\(name)_sum\(braces) \(histogram.sum)\n\(name)_count\(braces) \(total)\n"
  }

  struct Gauge {
    let name: String
    let help: String
    var values: [(labels: [(String, String)], value: Double)]

    func write(to text: inout String) {
      text += "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
      for (labels, value) in values {
        let braces = labels.isEmpty ? "" : "{" + labels.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: ",") + "}"
        text += "\(name)\(braces) \(value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value))\n"
      }
    }
  }
}
