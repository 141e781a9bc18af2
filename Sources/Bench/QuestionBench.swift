import Engine
import Foundation
public import Projection
import Wire

/// Questions about one customer, warm: a row as of an earlier day, and why a row is as it is.
public struct QuestionBench {
  public enum Question: String, Sendable, CaseIterable {
    case asof, explain
  }
  private let snapshot: Snapshot
  private let picker: CustomerPicker

  /// Opens the folder and asks once, so that what a serving process keeps is in memory.
  public init(_ store: BenchStore, projections: [AnyProjection]) throws {
    snapshot = try store.open(.read, projections).snapshot()
    picker = CustomerPicker(snapshot)
    _ = try snapshot.row(of: projections[0].name, subject: try snapshot.accountName(0))
  }

  public func run(
    _ question: Question, of projection: String, _ pick: HistoryBench.Pick, count: Int, seed: UInt64
  ) throws -> Figure {
    let names = try picker.names(pick, count: count, seed: seed)
    var latencies = Latencies()
    var found = 0
    for (place, name) in names.enumerated() {
      let start = nanoseconds()
      switch question {
      case .asof:
        var view = View()
        // Days of the two years before the benchmark's own, one after the other.
        view.asOf = RebuildBench.now.adding(days: -(place % 730))
        found += try snapshot.row(of: projection, subject: name, view: view) == nil ? 0 : 1
      case .explain: found += try snapshot.explain(projection, subject: name).line == nil ? 0 : 1
      }
      latencies.add(nanoseconds() - start)
    }
    return Figure(
      question.rawValue,
      [
        ("projection", .text(projection)), ("pick", .text(pick.rawValue)), ("questions", .whole(Int64(count))),
        ("rows", .whole(Int64(found))), ("p50us", .number(latencies.microseconds(at: 0.5))),
        ("p99us", .number(latencies.microseconds(at: 0.99))), ("load", .number(Load.average)),
      ])
  }
}

/// Picks customers by a seed.
struct CustomerPicker {
  private let snapshot: Snapshot

  init(_ snapshot: Snapshot) { self.snapshot = snapshot }

  func names(_ pick: HistoryBench.Pick, count: Int, seed: UInt64) throws -> [String] {
    var state = seed
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    return try (0..<count).map { _ in
      switch pick {
      case .uniform: try snapshot.accountName(next(try snapshot.accountCount()))
      case .activity: try snapshot.accountName(of: Int64(next(Int(snapshot.size))))
      }
    }
  }
}
