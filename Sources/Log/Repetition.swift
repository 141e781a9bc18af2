/// What is to be recorded, or is: a line, and what the vault holds beside it.
public struct LineAndVault: Sendable {
  /// Without LF. That of a draft has no `recordedAt`, and any `seq`.
  public let line: [UInt8]
  /// Empty where there is nothing.
  public let vault: [UInt8]
}

/// Says whether a draft whose id is taken repeats the event that has it. The log itself compares bytes alone, and the same
/// wish need not be written by the same bytes twice: values may be sealed under new salts, a time may mean "now".
public protocol RepetitionJudge: Sendable {
  /// Asked only where the bytes differ, by whoever leads the commit: for each such draft, before anything is written.
  func isSame(_ wish: LineAndVault, as known: LineAndVault) -> Bool
}

extension Draft {
  /// The line with a number of its own and without a time.
  var bareLine: [UInt8] {
    var whole = Array(head)
    whole += middle
    whole += "\"seq\":0".utf8
    whole += tail
    return whole
  }

  /// As a judge is shown it.
  var recorded: LineAndVault { LineAndVault(line: bareLine, vault: vault) }

  /// Whether both become the same line but for number and time.
  func isWritten(as other: Draft) -> Bool {
    headCount == other.headCount && middleCount == other.middleCount && line == other.line
  }

  /// Whether `stored` is what the draft became once.
  func isWritten(in stored: [UInt8]) -> Bool {
    guard stored.count > line.count, stored.starts(with: head), stored.suffix(tail.count).elementsEqual(tail) else { return false }
    let filled = stored[headCount..<(stored.count - tail.count)]
    // `"recordedAt":"2026-11-23T11:40:03.123Z",`, then what stands in the middle, then `"seq":` and digits.
    let time = Draft.recordedAtCount
    guard filled.count > time + middleCount, filled.starts(with: Draft.recordedAtKey) else { return false }
    let behind = filled.dropFirst(time)
    guard behind.starts(with: middle) else { return false }
    let number = behind.dropFirst(middleCount)
    return number.starts(with: Draft.seqKey) && number.dropFirst(Draft.seqKey.count).allSatisfy { (48...57).contains($0) }
  }

  private static let recordedAtKey = Array("\"recordedAt\":\"".utf8)
  private static let recordedAtCount = Array("\"recordedAt\":\"2026-11-23T11:40:03.123Z\",".utf8).count
  private static let seqKey = Array("\"seq\":".utf8)
}
