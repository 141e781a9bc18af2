import Foundation
import Glibc

/// One measured figure, printed as a line of JSON: the form in which the peers' programs print theirs.
public struct Figure: Sendable {
  public let test: String
  public var members: [(name: String, value: Member)]

  public enum Member: Sendable {
    case number(Double)
    case whole(Int64)
    case text(String)
    case flag(Bool)
  }

  public init(_ test: String, _ members: [(String, Member)]) {
    self.test = test
    self.members = members.map { (name: $0.0, value: $0.1) }
  }

  /// `{"test":"append","writers":1,…}`
  public var json: String {
    let parts = members.map { "\"\($0.name)\":\(Figure.text($0.value))" }
    return "{\"test\":\"\(test)\"" + parts.map { "," + $0 }.joined() + "}"
  }

  private static func text(_ member: Member) -> String {
    switch member {
    case .number(let number):
      number.magnitude < 1000 ? String(format: "%.3f", number) : String(format: "%.0f", number)
    case .whole(let number): String(number)
    case .text(let text): "\"\(text)\""
    case .flag(let flag): flag ? "true" : "false"
    }
  }
}

/// Times in nanoseconds, taken by the monotonic clock.
public struct Latencies: Sendable {
  private var samples: [Int64] = []

  public init() {}
  public var count: Int { samples.count }
  public mutating func add(_ nanoseconds: Int64) { samples.append(nanoseconds) }
  public mutating func add(_ other: Latencies) { samples += other.samples }

  /// The value that a share of the samples does not exceed, in microseconds; 0 where there are none.
  public func microseconds(at share: Double) -> Double {
    guard !samples.isEmpty else { return 0 }
    return Double(samples.sorted()[min(samples.count - 1, Int(Double(samples.count) * share))]) / 1000
  }
}

public func nanoseconds() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

/// The time that all threads of this process together have had a core, which other work on the machine hardly changes.
public var cpuSeconds: Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The middle of several runs, which one run on a busy machine cannot spoil.
public func median(_ values: [Double]) -> Double {
  guard !values.isEmpty else { return 0 }
  return values.sorted()[values.count / 2]
}

/// What else the machine was doing, to stand beside every figure.
public struct Load: Sendable {
  /// Runnable tasks, mean of the last minute.
  public static var average: Double {
    let text = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)) ?? ""
    return text.split(separator: " ").first.flatMap { Double($0) } ?? 0
  }
}

/// The most memory that this process has held at once, in bytes.
public var peakMemory: Int64 {
  let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
  return (line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int64($0) } ?? 0) * 1024
}
