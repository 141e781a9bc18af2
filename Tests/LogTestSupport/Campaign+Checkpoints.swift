import Log
import Proofs

// The machine stops while the log is being signed.

extension Campaign {
  /// So few that letting go of old checkpoints is part of every run.
  private static let recentMax = 2

  /// A log that is signed after every step, and the machine stops at a call, twice. Whatever is signed then must be true of
  /// the log that is left: a signature may be missing, never the events under it.
  static let checkpoints = Campaign("checkpoints, crash at a call") { seed in
    var random = SeededRandom(seed: seed)
    let work = Workload(seed: random.next())
    let key = try signer()
    let (whole, _) = try cut(work, at: .none, seed: seed) { keeper($0, key) }
    let call = 1 + Int(random.next() % UInt64(whole.calls))
    let (first, acknowledged) = try cut(work, at: .crash(at: call), seed: seed) { keeper($0, key) }
    let disk = first.afterCrash(seed: random.next(), reordered: random.next() % 2 == 0)
    let signed = try expectTrue(work, on: disk, by: key, crashes: 1)
    // Once more while the log is opened again and the last word is said.
    disk.set(.crash(at: 1 + Int(random.next() % 24)))
    _ = try? append(to: disk, keeper(disk, key))
    let after = disk.afterCrash(seed: random.next())
    try expectTrue(work, on: after, by: key, crashes: 2)
    _ = try append(to: after, keeper(after, key))
    let again = try Verifier(disk: after, threads: 1).run()
    try require(again.verdict == .clean && again.events > acknowledged, "\(again.verdict) with \(again.events) events")
    try require(try expectTrue(work, on: after, by: key, crashes: 0) == again.events, "closing has not signed the end")
    return signed == 0 ? "nothing signed yet" : "\(signed == acknowledged ? "all" : "part") signed"
  }

  private static func signer() throws -> SignerKey {
    try SignerKey(name: SigningName.of("keshi.example/test"), seed: [UInt8](repeating: 7, count: 32))
  }

  private static func keeper(_ disk: FakeDisk, _ key: SignerKey) -> CheckpointKeeper {
    CheckpointKeeper(CheckpointShelf(disk), key: key, recent: recentMax)
  }

  /// Adds an event and closes.
  private static func append(to disk: FakeDisk, _ keeper: CheckpointKeeper) throws -> UInt64 {
    var options = LogOptions.byHand
    options.notary = keeper
    let log = try LogDirectory.open(on: disk, clock: TestClock(Workload.time), options: options)
    try require(log.damage == nil, "opened for reading only: \(String(describing: log.damage))")
    let size = log.head.size
    _ = try log.append([.order(7)])
    try log.close()
    if let failure = log.writer?.attestationFailure { throw failure }
    return size
  }

  /// Every checkpoint on the disk is signed and true of the lines that are there; gives the largest size.
  @discardableResult private static func expectTrue(
    _ work: Workload, on disk: FakeDisk, by key: SignerKey, crashes: Int
  ) throws -> UInt64 {
    let shelf = CheckpointShelf(disk)
    let sizes = try shelf.sizes()
    let reader = try LogDirectory.openReadOnly(on: disk).reader
    let tree = LogTree(reader)
    for size in sizes {
      guard let signed = try shelf.load(size) else { throw Unmet("no checkpoint \(size)") }
      _ = try Policy(log: key.verifier).check(signed)
      try require(size <= tree.size, "\(size) events were signed, \(tree.size) are there")
      try require(try tree.root(at: size) == signed.checkpoint.root, "another root was signed at \(size)")
    }
    let recent = disk.paths.count { $0.hasSuffix(".recent.note") }
    // Each crash may have come between signing one and letting go of another, and brought back two that were let go.
    try require(recent <= recentMax + 2 + crashes, "\(recent) recent checkpoints are kept")
    if let newest = disk.bytes(CheckpointShelf.newestPath) {
      try require(sizes.contains(try SignedCheckpoint(newest).checkpoint.size), "the newest checkpoint is not kept")
    }
    return sizes.last ?? 0
  }
}
