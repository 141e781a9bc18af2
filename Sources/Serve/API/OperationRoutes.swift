import AccessControl
import Answers
import Engine
import Foundation
import HTTPTypes
import Vocabulary
import Wire

/// For whoever keeps the server running.
enum OperationRoutes {
  static let all: [Route] = [live, ready, metrics]

  private static let live = Route(.get, "/livez", needs: nil, "Whether the process answers", "进程是否响应", work: .quick, operation: Operation("live", replyType: "text/plain", reply: ["type": "string"])) { _ in .text("ok\n") }

  private static let ready = Route(.get, "/readyz", needs: nil, "Whether it can answer and record", "是否可以答复与登记", work: .quick, operation: Operation("ready", replyType: "text/plain", reply: ["type": "string"])) { inquiry in
    if inquiry.office.isStopping { throw Trouble.overloaded }
    return .text("ok\n")
  }

  private static let metrics = Route(.get, "/metrics", needs: .readMetrics, "Figures for Prometheus", "Prometheus 指标", operation: Operation("metrics", replyType: "text/plain", reply: ["type": "string"])) { inquiry in
    .text(inquiry.office.metrics.text(inquiry.office.gauges()), type: "text/plain; version=0.0.4; charset=utf-8")
  }
}

extension Office {
  /// What is read off the store now.
  func gauges() -> [Metrics.Gauge] {
    let lags = ModelList.names.sorted().compactMap { name in shelf.reach(name).map { (labels: [("model", name)], value: Double(max(0, head - $0))) } }
    let verdict = jobs.verdict
    return [
      Metrics.Gauge(name: "keshi_log_events", help: "Events in the log.", values: [([], Double(head))]),
      Metrics.Gauge(name: "keshi_model_lag_events", help: "Events in the log that may change a read model and that it does not know yet.", values: lags),
      Metrics.Gauge(
        name: "keshi_verify_clean", help: "1: the last verification of this run found the log whole; 0: it did not; -1: none ran yet.",
        values: [([], verdict.map { $0.verdict == "clean" ? 1 : 0 } ?? -1)]),
      Metrics.Gauge(
        name: "keshi_verify_age_seconds", help: "Since the last verification of this run; -1: none ran yet.",
        values: [([], verdict.map { Double(now.microseconds - $0.at.microseconds) / 1e6 } ?? -1)]),
      Metrics.Gauge(name: "keshi_streams", help: "Readers of the event stream.", values: [([], Double(streams.now))]),
      Metrics.Gauge(name: "keshi_resident_bytes", help: "Memory of the process.", values: [([], Double(Process.residentBytes))]),
      Metrics.Gauge(name: "keshi_build_info", help: "Version of the program.", values: [([("version", Store.codeVersion)], 1)]),
    ]
  }
}

/// This process, as the kernel counts it.
private enum Process {
  static var residentBytes: Int {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
    let fields = text.split(separator: " ")
    return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * 4_096
  }
}
