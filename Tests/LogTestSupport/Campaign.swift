import Log

/// Faults that are tried on a log, thousands of times, each time chosen by a seed; and what must hold after each: no
/// wrong line, no extra line, no acknowledged line silently missing, the right verdict.
public struct Campaign: Sendable {
  /// A promise that was not kept; the seed repeats it.
  public struct Broken: Error, CustomStringConvertible {
    public let campaign: String
    public let seed: UInt64
    public let what: String
    public var description: String { "\(campaign), seed \(seed): \(what)" }
  }

  public let name: String
  /// Tries one case and names what came of it.
  public let run: @Sendable (_ seed: UInt64) throws -> String

  public init(_ name: String, _ body: @escaping @Sendable (_ seed: UInt64) throws -> String) {
    self.name = name
    run = { seed in
      do { return try body(seed) } catch let error as Unmet {
        throw Broken(campaign: name, seed: seed, what: error.what)
      } catch {
        throw Broken(campaign: name, seed: seed, what: "\(error)")
      }
    }
  }

  public static let all: [Campaign] = [
    crash, crashDuringRecovery, lyingDrive, failure, shortAndInterrupted, truncation, flip, sectors, sealedFlip, repair,
    checkpoints,
  ]
}

/// A check of a campaign that failed.
struct Unmet: Error {
  let what: String
  init(_ what: String) { self.what = what }
}

func require(_ condition: Bool, _ what: @autoclosure () -> String) throws {
  if !condition { throw Unmet(what()) }
}

extension Campaign {
  /// Opens the log for writing and checks that it holds the first lines of the workload, whole batches, and at least
  /// those that were acknowledged. Appends one more and verifies.
  static func expectKept(
    _ work: Workload, _ acknowledged: UInt64, on disk: FakeDisk, mayBeForeign: Bool = false
  ) throws -> String {
    let before = try Verifier(disk: disk, threads: 1).run()
    let log = try LogDirectory.open(on: disk, clock: TestClock(Workload.time), options: .byHand)
    let lines = try log.allLines().map { Array($0.utf8) }
    try require(lines.count >= acknowledged, "\(acknowledged) were acknowledged, \(lines.count) are there")
    try require(lines.elementsEqual(work.lines.prefix(lines.count)), "a line is wrong")
    try require(work.sizes.contains(UInt64(lines.count)), "half a batch is there: \(lines.count) lines")
    if let damage = log.damage {
      // Bytes of another place in the log are no torn write; nothing is lost, and a repair needs no copy.
      try require(mayBeForeign && damage.kind == .foreign && damage.leaves.isEmpty, "\(damage)")
      try require(before.verdict == .damaged, "opened for reading only, but the verdict is \(before.verdict)")
      return "foreign bytes named"
    }
    try require(before.verdict != .damaged, "the verdict is \(before.verdict): \(before.problems)")
    let receipts = try log.append([.order(7)])
    try require(receipts[0].seq == UInt64(lines.count), "the next event got number \(receipts[0].seq)")
    try log.close()
    let after = try Verifier(disk: disk, threads: 1).run()
    try require(after.verdict == .clean, "after recovery the verdict is \(after.verdict): \(after.problems)")
    return before.verdict == .torn ? "torn, cut" : "\(before.verdict)"
  }

  /// A disk on which a workload ran until it failed, and what was acknowledged.
  static func cut(
    _ work: Workload, at fault: FakeDisk.Fault, seed: UInt64, notary: (FakeDisk) throws -> (any Notary)? = { _ in nil }
  ) throws -> (FakeDisk, UInt64) {
    let disk = FakeDisk(seed: seed)
    try LogDirectory.createForTest(on: disk)
    disk.set(fault)
    return (disk, work.run(on: disk, notary: try notary(disk)))
  }

  /// Calls that the workload makes when nothing fails.
  static func calls(_ work: Workload, seed: UInt64) throws -> (calls: Int, syncs: Int) {
    let (disk, _) = try cut(work, at: .none, seed: seed)
    return (disk.calls, disk.syncs)
  }
}
