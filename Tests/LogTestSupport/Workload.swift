import Log

/// A run of appends that a seed chooses, with everything that may be found in the log after it was cut short.
public struct Workload {
  /// What is done, one after another.
  enum Step {
    case append([Draft])
    case mark
    case reopen
  }

  let steps: [Step]
  /// The lines of all batches, as they stand in the log if all are taken.
  public let lines: [[UInt8]]
  /// Sizes at which the log may stand: batches are there whole or not at all.
  public let sizes: Set<UInt64>

  /// The time that every line is recorded at.
  static let time: Int64 = 1_795_434_003_123_456

  public init(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var steps: [Step] = []
    var lines: [[UInt8]] = []
    var sizes: Set<UInt64> = [0]
    for _ in 0..<2 + random.next() % 7 {
      let count = [1, 1, 2, 5, 40, 130, 256, 300][Int(random.next() % 8)]
      let note = random.next() % 6 == 0 ? 30_000 / count * 40 : Int(random.next() % 300)
      let batch = [Draft].orders(count, from: lines.count, note: Workload.text(min(note, 60_000), &random))
      for draft in batch { lines.append(Array(draft.line(seq: lines.count, time: Workload.time))) }
      sizes.insert(UInt64(lines.count))
      steps.append(.append(batch))
      if random.next() % 4 == 0 { steps.append(.mark) }
      if random.next() % 9 == 0 { steps.append(.reopen) }
    }
    (self.steps, self.lines, self.sizes) = (steps, lines, sizes)
  }

  private static func text(_ count: Int, _ random: inout SeededRandom) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
    return String(decoding: (0..<count).map { _ in letters[Int(random.next() % 36)] }, as: UTF8.self)
  }

  /// Does it, as far as the disk lets it; gives the number of events that were acknowledged. A notary is asked after
  /// each step.
  public func run(on disk: FakeDisk, notary: (any Notary)? = nil) -> UInt64 {
    var options = LogOptions.byHand
    options.housekeeping = .inline
    options.notary = notary
    var acknowledged: UInt64 = 0
    var log = try? LogDirectory.open(on: disk, clock: TestClock(Workload.time), options: options)
    for step in steps {
      switch step {
      case .append(let batch):
        guard let receipts = try? log?.append(batch), let last = receipts.last else { return acknowledged }
        acknowledged = last.seq + 1
        log?.writer?.attestQuietly(.passing)
      case .mark:
        try? log?.writer?.mark()
        log?.writer?.attestQuietly(.asked)
      case .reopen:
        try? log?.close()
        log = nil
        log = try? LogDirectory.open(on: disk, clock: TestClock(Workload.time), options: options)
      }
    }
    try? log?.close()
    return acknowledged
  }
}

extension Draft {
  /// The line that this becomes.
  public func line(seq: Int, time: Int64) -> [UInt8] {
    var line = Array(head)
    line += "\"recordedAt\":\"".utf8
    line += isoText(microseconds: time / 1_000 * 1_000)
    line += "\",".utf8
    line += middle
    line += "\"seq\":\(seq)".utf8
    line += tail
    return line
  }
}
