import Log

// The machine stops, the drive lies, calls fail.

extension Campaign {
  /// The machine stops at a call; of what was not synced some part survives, over zeros, garbage or stale bytes.
  static let crash = Campaign("crash at a call") { seed in
    var random = SeededRandom(seed: seed)
    let work = Workload(seed: random.next())
    let count = try calls(work, seed: seed).calls
    let call = 1 + Int(random.next() % UInt64(count))
    let (disk, acknowledged) = try cut(work, at: .crash(at: call), seed: seed)
    let ground = FakeDisk.Ground.allCases[Int(random.next() % 3)]
    let after = disk.afterCrash(seed: random.next(), over: ground, reordered: random.next() % 2 == 0)
    return try expectKept(work, acknowledged, on: after, mayBeForeign: ground == .stale)
  }

  /// The machine stops again while the log is being opened, up to three times.
  static let crashDuringRecovery = Campaign("crash in recovery, 3 deep") { seed in
    var random = SeededRandom(seed: seed)
    let work = Workload(seed: random.next())
    let count = try calls(work, seed: seed).calls
    var (disk, acknowledged) = try cut(work, at: .crash(at: 1 + Int(random.next() % UInt64(count))), seed: seed)
    for _ in 0..<3 {
      disk = disk.afterCrash(seed: random.next(), reordered: random.next() % 2 == 0)
      disk.set(.crash(at: 1 + Int(random.next() % 14)))
      _ = try? LogDirectory.open(on: disk, clock: TestClock(Workload.time), options: .byHand)
    }
    return try expectKept(work, acknowledged, on: disk.afterCrash(seed: random.next()))
  }

  /// The drive says "durable" and keeps nothing. What is lost then no program on that machine can bring back; but what
  /// is told must still be true: the first lines, or damage.
  static let lyingDrive = Campaign("drive that lies about sync") { seed in
    var random = SeededRandom(seed: seed)
    let work = Workload(seed: random.next())
    let syncs = try calls(work, seed: seed).syncs
    let (disk, _) = try cut(work, at: .lyingSync(from: 1 + Int(random.next() % UInt64(syncs))), seed: seed)
    let after = disk.afterCrash(seed: random.next())
    let report = try Verifier(disk: after, threads: 1).run()
    guard let log = try? LogDirectory.open(on: after, clock: TestClock(Workload.time), options: .byHand) else {
      return "refused"
    }
    let lines = try tolerantLines(log.reader)
    for (seq, line) in lines.enumerated() where line != nil {
      try require(seq < work.lines.count && line == work.lines[seq], "line \(seq) is wrong")
    }
    let isNamed = log.damage != nil || lines.contains(nil)
    try require(isNamed == (report.verdict == .damaged), "verify says \(report.verdict): \(report.problems)")
    return isNamed ? "damaged, named" : "shorter, whole"
  }

  /// A write or a sync fails once, with EIO or for want of room; the process ends, the cache may still show the bytes.
  static let failure = Campaign("write or sync fails") { seed in
    var random = SeededRandom(seed: seed)
    let work = Workload(seed: random.next())
    let (calls, syncs) = try calls(work, seed: seed)
    let fault: FakeDisk.Fault =
      switch random.next() % 3 {
      case 0: .failedSync(1 + Int(random.next() % UInt64(syncs)))
      case 1: .failedWrite(1 + Int(random.next() % UInt64(calls)), errno: 28)
      default: .failedWrite(1 + Int(random.next() % UInt64(calls)), errno: 5)
      }
    let (disk, acknowledged) = try cut(work, at: fault, seed: seed)
    let restarted = disk.afterProcessEnd()
    let warm = try LogDirectory.open(on: restarted, clock: TestClock(Workload.time), options: .byHand)
    let seen = warm.head.size
    try require(seen >= acknowledged, "\(acknowledged) were acknowledged, \(seen) are there")
    // Opening has made durable what it shows: the power goes, and it must still be there.
    return try expectKept(work, seen, on: restarted.afterCrash(seed: random.next()))
  }

  /// Every write does half of what was asked, every other call is interrupted; nobody may notice.
  static let shortAndInterrupted = Campaign("short writes and EINTR") { seed in
    let work = Workload(seed: seed)
    let (disk, acknowledged) = try cut(work, at: .shortAndInterrupted, seed: seed)
    try require(acknowledged == UInt64(work.lines.count), "only \(acknowledged) were taken")
    return try expectKept(work, acknowledged, on: disk.afterProcessEnd())
  }
}
