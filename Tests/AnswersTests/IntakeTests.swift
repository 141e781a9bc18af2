import Events
import Testing
import Vocabulary
import Wire

@testable import Answers

/// A log that keeps events in memory and can be made to refuse.
private final class FakeLog {
  var batches: [[Event]] = []
  var refusesID: String?
  var failsAfter = Int.max
  var count: Int { batches.reduce(0) { $0 + $1.count } }

  func record(_ events: [Event]) throws -> [Acknowledgement] {
    if batches.count >= failsAfter { throw SinkError.failed(errno: 28) }
    if let refusesID, events.contains(where: { $0.id == refusesID }) { throw EventError(.occurredLater, at: "occurredAt") }
    let first = count
    batches.append(events)
    return events.enumerated().map {
      Acknowledgement(seq: Int64(first + $0), id: $1.id ?? "", leaf: "", size: Int64(count), isDuplicate: false)
    }
  }
}

/// What came of an input.
private struct Outcome {
  let log = FakeLog()
  var acknowledged: [Int64] = []
  var refused: [Int] = []
  var codes: [String] = []
  var failure: (any Error)?

  init(_ pieces: [String], asOne: Bool = false, limit: Int = 100, change: (FakeLog) -> Void = { _ in }) {
    change(log)
    let log = log
    var acknowledged: [Int64] = []
    var refused: [Int] = []
    var codes: [String] = []
    var intake = Intake(
      catalogue: .keshi, clock: { Instant(microseconds: 5) }, record: { try log.record($0) }, acknowledge: { acknowledged.append($0.seq) },
      refuse: { line, trouble in
        refused.append(line)
        codes.append(trouble.code)
      })
    let source = MemorySource(pieces.map { Array($0.utf8) })
    do { if asOne { try intake.runAsOne(from: source, limit: limit) } else { try intake.run(from: source) } } catch { failure = error }
    (self.acknowledged, self.refused, self.codes) = (acknowledged, refused, codes)
  }
}

private func line(_ id: Int) -> String {
  "{\"type\":\"customer.registered\",\"subject\":\"customer:\(id)\",\"data\":{\"name\":\"N\(id)\"},\"id\":\"i\(id)\"}\n"
}

@Suite struct `The intake` {
  @Test func `records good lines around bad ones and names the bad ones`() {
    let outcome = Outcome([line(1) + "{nonsense\n" + line(2) + "\n" + "{\"type\":\"no.such\",\"subject\":\"customer:1\"}\n" + line(3)])
    #expect(outcome.acknowledged == [0, 1, 2])
    #expect(outcome.refused == [2, 5])
    #expect(outcome.codes == ["E-EVENT-JSON", "E-EVENT-TYPE"])
  }

  @Test func `records lines that are there together, together`() {
    #expect(Outcome([line(1), line(2), line(3)]).log.batches.count == 1)
  }

  @Test func `splits what is too many for one group`() {
    let outcome = Outcome([(0..<Intake.groupLines + 1).map(line).joined()])
    #expect(outcome.log.batches.map(\.count) == [Intake.groupLines, 1])
    #expect(outcome.acknowledged.count == Intake.groupLines + 1)
  }

  @Test func `finds the one line that the log refuses`() {
    let outcome = Outcome([line(1) + line(2) + line(3)]) { $0.refusesID = "i2" }
    #expect(outcome.acknowledged == [0, 1])
    #expect(outcome.refused == [2])
    #expect(outcome.codes == ["E-EVENT-FUTURE"])
  }

  @Test func `stops where the log fails, and has acknowledged nothing of that group`() {
    let many = (0..<Intake.groupLines * 2).map(line).joined()
    let outcome = Outcome([many]) { $0.failsAfter = 1 }
    #expect(outcome.acknowledged.count == Intake.groupLines)
    #expect(outcome.failure as? SinkError == .failed(errno: 28))
  }

  @Test func `takes now where no time is said`() {
    #expect(Outcome([line(1)]).log.batches.first?.first?.occurredAt == Instant(microseconds: 5))
  }

  @Test(arguments: [(0, true), (1, false)]) func `bounds a line`(excess: Int, isTaken: Bool) {
    let start = "{\"type\":\"customer.registered\",\"subject\":\"customer:1\",\"data\":{\"name\":\"N\"}"
    let blanks = String(repeating: " ", count: Intake.lineBytes - start.utf8.count - 1 + excess)
    let outcome = Outcome([start + blanks + "}\n" + line(2)])
    #expect(outcome.acknowledged.count == (isTaken ? 2 : 1))
    #expect(outcome.codes == (isTaken ? [] : ["E-EVENT-LIMIT"]))
  }

  @Test func `as one records all or nothing`() {
    #expect(Outcome([line(1) + line(2)], asOne: true).log.batches.map(\.count) == [2])
    let bad = Outcome([line(1) + "nonsense\n" + line(2)], asOne: true)
    #expect(bad.log.count == 0 && bad.refused == [2] && bad.acknowledged == [])
    let refused = Outcome([line(1) + line(2)], asOne: true) { $0.refusesID = "i2" }
    #expect(refused.log.count == 0 && refused.failure is EventError)
  }

  @Test(arguments: [(2, true), (1, false)]) func `as one is bounded`(limit: Int, isTaken: Bool) {
    let outcome = Outcome([line(1) + line(2)], asOne: true, limit: limit)
    #expect(outcome.log.count == (isTaken ? 2 : 0))
    #expect((outcome.failure as? Trouble)?.code == (isTaken ? nil : "E-LOG-BATCH"))
  }

  @Test func `an empty input is no command`() {
    for pieces in [[], ["\n\n  \n"]] {
      #expect(Outcome(pieces).log.batches.isEmpty)
      #expect(Outcome(pieces, asOne: true).log.batches.isEmpty)
    }
  }
}
