public import Log
import Synchronization

/// A clock that a test sets; it goes on by itself only as far as it is told to.
public final class TestClock: LogClock {
  private let time: Mutex<Int64>
  private let step: Int64

  /// `step`: microseconds that pass with every look.
  public init(_ microseconds: Int64 = 1_795_434_003_123_456, step: Int64 = 0) {
    time = Mutex(microseconds)
    self.step = step
  }

  public func now() -> Int64 {
    time.withLock { time in
      defer { time += step }
      return time
    }
  }

  public func set(_ microseconds: Int64) { time.withLock { $0 = microseconds } }
}

/// A generator of numbers that a seed repeats (SplitMix64).
public struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension Draft {
  /// A small event of a customer. `note` makes it longer.
  public static func order(_ number: Int, customer: Int = 1, id: String? = nil, note: String = "") -> Draft {
    let quoted = id?.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    let idPart = quoted.map { "\"id\":\"\($0)\"," } ?? ""
    return Draft(
      id: id, subject: "customer:\(customer)",
      head: Array("{\"data\":{\"note\":\"\(note)\",\"number\":\(number)},\(idPart)".utf8),
      middle: Array("\"role\":\"sales\",".utf8),
      tail: Array(",\"subject\":\"customer:\(customer)\",\"type\":\"order.placed\",\"v\":1}".utf8))
  }
}

extension [Draft] {
  /// So many small events, numbered from `first`.
  public static func orders(_ count: Int, from first: Int = 0, note: String = "") -> [Draft] {
    (first..<first + count).map { .order($0, customer: $0 % 7, note: note) }
  }
}

extension EventLog {
  /// All lines as texts.
  public func allLines() throws -> [String] {
    var lines: [String] = []
    try forEachBlock(from: 0) { block in
      for index in 0..<block.count { lines.append(String(decoding: block.line(index), as: UTF8.self)) }
    }
    return lines
  }
}

extension LogOptions {
  /// Without threads and with little space ahead, so that a test is repeatable and quick.
  public static var byHand: LogOptions {
    var options = LogOptions()
    options.housekeeping = .manual
    options.preallocatedBytes = 16_384
    return options
  }
}

extension LogDirectory {
  /// Makes a log, always with the same id.
  public static func createForTest(on disk: any Disk, segmentLeaves: Int = 256) throws(LogError) {
    var random = SeededRandom(seed: 42)
    try create(
      on: disk, origin: "keshi.example/test", clock: TestClock(), random: &random, segmentLeaves: segmentLeaves)
  }
}
