public import Log
import Synchronization

/// The log's double in memory: the same port, the same answers, no files. For tests of whatever stands on the log.
public final class MemoryLog: EventLog {
  fileprivate struct State {
    var lines: [[UInt8]] = []
    var subjects: [String] = []
    var ids: [String: Int] = [:]
    var tree = Frontier()
    var lastTime = Int64.min
  }

  private let state = Mutex(State())
  private let clock: any LogClock
  private let logID: LogID

  public init(clock: any LogClock = TestClock(), id: LogID? = nil) {
    self.clock = clock
    guard let id = id ?? LogID(hex: String(repeating: "0f", count: 16)) else { preconditionFailure("32 digits") }
    logID = id
  }

  public var head: LogHead { state.withLock { LogHead(size: $0.tree.size, root: $0.tree.root) } }

  public func append(_ batch: [Draft], expecting: [Expectation]) throws(LogError) -> [Receipt] {
    guard !batch.isEmpty, batch.count <= Limit.batchEvents else {
      throw .batchSize(found: batch.count, limit: Limit.batchEvents)
    }
    for (index, draft) in batch.enumerated() {
      if let refusal = draft.refusal { throw .refused(draft: index, refusal) }
    }
    let outcome = state.withLock { state -> Result<[Receipt], LogError> in
      var next = state
      do throws(LogError) {
        let receipts = try place(batch, expecting, in: &next)
        state = next
        return .success(receipts)
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  private func place(
    _ batch: [Draft], _ expectations: [Expectation], in state: inout State
  ) throws(LogError) -> [Receipt] {
    let versions = expectations.map { wish in state.subjects.count { $0 == wish.subject } }
    state.lastTime = max(state.lastTime, clock.now() / 1_000)
    let time = String(decoding: isoText(microseconds: state.lastTime * 1_000), as: UTF8.self)
    let before = state.lines.count
    let places = try batch.enumerated().map { index, draft throws(LogError) -> (Int, Bool) in
      if let known = draft.id.flatMap({ state.ids[$0] }) { return (known, true) }
      try state.add(draft, index: index, time: time)
      return (state.lines.count - 1, false)
    }
    if state.lines.count > before {
      for (wish, actual) in zip(expectations, versions) where wish.version != actual {
        throw .wrongExpectedVersion(subject: wish.subject, expected: wish.version, actual: actual)
      }
    }
    let lines = state.lines
    let size = state.tree.size
    return zip(batch, places).map { draft, place in
      let leaf = lines[place.0].withUnsafeBytes { leafHash(of: $0) }
      return Receipt(seq: UInt64(place.0), id: draft.id, log: logID, leaf: leaf, size: size, duplicate: place.1)
    }
  }

  public func forEachBlock(from start: UInt64, upTo limit: UInt64, _ body: (LineBlock) throws -> Void) throws {
    let (lines, time) = state.withLock { ($0.lines, max($0.lastTime, 0)) }
    let end = min(limit, UInt64(lines.count))
    guard start < end else { return }
    var text: [UInt8] = []
    var ends: [UInt32] = []
    for line in lines {
      text += line
      ends.append(UInt32(text.count))
      text.append(10)
    }
    try text.withUnsafeBytes { all in
      try body(LineBlock(all: all, ends: ends, first: 0, range: start..<end, times: time...time))
    }
  }

  public func line(at seq: UInt64) throws(LogError) -> [UInt8] {
    let lines = state.withLock { $0.lines }
    guard seq < lines.count else { throw .outOfRange(seq: seq, size: UInt64(lines.count)) }
    return lines[Int(seq)]
  }

  public func events(of subject: String) throws(LogError) -> [UInt64] {
    state.withLock { state in
      state.subjects.indices.filter { state.subjects[$0] == subject }.map { UInt64($0) }
    }
  }

  /// Does not wait: in memory nothing comes by itself, so a test that waited would wait in vain.
  public func waitForHead(beyond size: UInt64, milliseconds: Int) throws(LogError) -> LogHead { head }
}

extension MemoryLog.State {
  fileprivate mutating func add(_ draft: Draft, index: Int, time: String) throws(LogError) {
    var line = Array(draft.head)
    line += "\"recordedAt\":\"\(time)\",".utf8
    line += draft.middle
    line += "\"seq\":\(lines.count)".utf8
    line += draft.tail
    guard line.count <= Limit.lineBytes else { throw .refused(draft: index, .tooLong) }
    if let id = draft.id { ids[id] = lines.count }
    lines.append(line)
    subjects.append(draft.subject)
    tree.append(line.withUnsafeBytes { leafHash(of: $0) })
  }
}
