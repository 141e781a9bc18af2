import Engine
import Glibc
import Log
import Proofs

/// What an auditor waits for: every byte verified, and single events proven.
public struct ProofBench {
  private let store: BenchStore

  public init(_ store: BenchStore) { self.store = store }

  /// Reads, decodes and hashes the whole log. Per core: by the processor's own seconds, which other work on the machine
  /// does not stretch.
  public func verify(threads: Int) throws -> Figure {
    let disk = Store.logDisk(at: store.path)
    let (start, cpu) = (nanoseconds(), Self.processorNanoseconds())
    let report = try Verifier(disk: disk, threads: threads).run()
    let (wall, used) = (Double(nanoseconds() - start) / 1e9, Double(Self.processorNanoseconds() - cpu) / 1e9)
    let events = Double(report.events)
    return Figure(
      "verify",
      [
        ("events", .whole(Int64(report.events))), ("verdict", .text(report.verdict.rawValue)),
        ("threads", .whole(Int64(threads))),
        ("seconds", .number(wall)), ("eventsPerSecond", .number(events / wall)),
        ("eventsPerSecondAndCore", .number(events / used)), ("load", .number(Load.average)),
      ])
  }

  /// Proofs for single events all over the log. `firstSeconds`: the first of all, which hashes its whole segment;
  /// `hashSeconds`: the same for all segments, once; then how long one proof takes to make, and to check with its
  /// signature, as its receiver would.
  public func prove(count: Int, seed: UInt64) throws -> Figure {
    let log = try Store.durable(at: store.path)
    let tree = LogTree(log.reader)
    let origin = log.reader.manifest.origin
    let key = try SignerKey(name: SigningName.of(origin), seed: Array(repeating: 7, count: 32))
    let checkpoint = try Checkpoint(origin: origin, head: log.head)
    let signed = try SignedCheckpoint(try key.sign(checkpoint.text))
    let begin = nanoseconds()
    _ = try EventProof(of: tree.size / 2, in: tree, by: signed)
    let first = nanoseconds()
    for seq in stride(from: 0, to: tree.size, by: log.reader.manifest.segmentLeaves) where seq + 256 <= tree.size {
      _ = try tree.hash(level: 8, index: seq / 256)
    }
    let hashed = nanoseconds()
    var (making, checking, bytes) = (Latencies(), Latencies(), 0)
    let policy = Policy(log: key.verifier)
    for seq in Self.numbers(count, below: tree.size, seed: seed) {
      let start = nanoseconds()
      let file = try EventProof(of: seq, in: tree, by: signed).encoded
      let made = nanoseconds()
      let proof = try EventProof(file)
      _ = try policy.check(proof.signed)
      try proof.verify()
      checking.add(nanoseconds() - made)
      making.add(made - start)
      bytes += file.count
    }
    return Figure(
      "prove",
      [
        ("events", .whole(Int64(tree.size))), ("proofs", .whole(Int64(count))),
        ("firstSeconds", .number(Double(first - begin) / 1e9)), ("hashSeconds", .number(Double(hashed - first) / 1e9)),
        ("makeP50us", .number(making.microseconds(at: 0.5))), ("makeP99us", .number(making.microseconds(at: 0.99))),
        ("checkP50us", .number(checking.microseconds(at: 0.5))), ("checkP99us", .number(checking.microseconds(at: 0.99))),
        ("meanBytes", .whole(Int64(bytes / max(1, count)))), ("load", .number(Load.average)),
      ])
  }

  private static func numbers(_ count: Int, below bound: UInt64, seed: UInt64) -> [UInt64] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % max(1, bound)
    }
  }

  private static func processorNanoseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
