/// The log as the rest of the program sees it: the one door to what happened. The directory on disk and the double in
/// memory both pass the same contract tests.
public protocol EventLog: Sendable {
  /// How far the log reaches; everything below is durable.
  var head: LogHead { get }

  /// Adds a batch, whole or not at all, and returns when it is durable: one receipt for each draft, in order.
  ///
  /// A draft whose id is known already is answered with a receipt for the event that has it, and writes nothing; whether
  /// it says the same is for a `RepetitionJudge` to find, where one is given. If
  /// that is all of the batch, expectations are not looked at; else all of them must hold.
  func append(_ batch: [Draft], expecting: [Expectation]) throws(LogError) -> [Receipt]

  /// Hands over the lines from `start` up to but not including `limit`, in order. The lines are lent for the call.
  func forEachBlock(from start: UInt64, upTo limit: UInt64, _ body: (LineBlock) throws -> Void) throws

  /// One line, without LF.
  func line(at seq: UInt64) throws(LogError) -> [UInt8]

  /// The numbers, ascending, of the events that have this subject.
  func events(of subject: String) throws(LogError) -> [UInt64]

  /// Waits until the log has more than `size` events, at most so many milliseconds, and gives the head as it is then.
  /// Blocks its thread: not for the threads that tasks share.
  func waitForHead(beyond size: UInt64, milliseconds: Int) throws(LogError) -> LogHead
}

extension EventLog {
  /// Adds a batch without expectations.
  public func append(_ batch: [Draft]) throws(LogError) -> [Receipt] { try append(batch, expecting: []) }

  /// All lines from `start` on.
  public func forEachBlock(from start: UInt64, _ body: (LineBlock) throws -> Void) throws {
    try forEachBlock(from: start, upTo: .max, body)
  }
}
