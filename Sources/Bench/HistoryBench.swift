import Engine
import Foundation
import Vocabulary

/// One customer's whole history, warm: every line of it in hand, in the log's order.
public struct HistoryBench {
  /// How customers are picked: each alike, or each in proportion to its events.
  public enum Pick: String, Sendable, CaseIterable {
    case uniform, activity
  }
  private let snapshot: Snapshot

  /// Opens the folder and reads a few histories, so that what a serving process keeps is in memory.
  public init(_ store: BenchStore) throws {
    snapshot = try store.open(.read).snapshot()
    for number in 0..<50 { _ = try? read("customer:" + HistoryBench.digits(number)) }
  }

  public func run(_ pick: Pick, count: Int, seed: UInt64) throws -> Figure {
    let names = try CustomerPicker(snapshot).names(pick, count: count, seed: seed)
    for name in names.prefix(200) { _ = try read(name) }
    var latencies = Latencies()
    var events = 0
    for name in names {
      let start = nanoseconds()
      events += try read(name)
      latencies.add(nanoseconds() - start)
    }
    return Figure(
      "history",
      [
        ("pick", .text(pick.rawValue)), ("reads", .whole(Int64(count))),
        ("meanEvents", .number(Double(events) / Double(count))), ("p50us", .number(latencies.microseconds(at: 0.5))),
        ("p99us", .number(latencies.microseconds(at: 0.99))), ("load", .number(Load.average)),
      ])
  }

  /// Reads all lines of one customer, as a client would take them, and gives their number.
  private func read(_ name: String) throws -> Int {
    var lines = 0
    var bytes = 0
    try snapshot.lines(of: name) { _, line in
      lines += 1
      bytes += line.count
    }
    return bytes > 0 ? lines : 0
  }

  private static func digits(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 7 - text.count)) + text
  }
}
