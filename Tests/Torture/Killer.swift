import Glibc
import Log
import LogTestSupport

/// Kills processes with SIGKILL at every system call that touches the log, by strace's fault injection, and looks at
/// what they leave.
final class Killer {
  struct Verdict {
    let what: String
    let isKept: Bool
  }

  /// One thing that a process does.
  private struct Scenario {
    let name: String
    /// What happens before, unharmed.
    let before: [String]
    let child: String
    /// The process is killed again while it opens what the first kill left, so many times.
    var depth = 1
  }

  private static let scenarios = [
    Scenario(name: "append", before: [], child: "append"),
    Scenario(name: "append to a closed log", before: ["append"], child: "append"),
    Scenario(name: "marker", before: [], child: "mark"),
    Scenario(name: "roll", before: [], child: "roll"),
    Scenario(name: "seal", before: [], child: "seal"),
    Scenario(name: "seal what waits", before: ["roll"], child: "seal"),
    Scenario(name: "background threads", before: [], child: "threads"),
    Scenario(name: "recovery, 3 deep", before: [], child: "seal", depth: 3),
  ]

  /// Calls that change or read the log. `write` is also how the process acknowledges.
  private static let calls = [
    "pwrite64", "fdatasync", "fsync", "rename", "unlink", "ftruncate", "mkdir", "fcntl", "write", "pread64", "openat",
    "close", "getdents64",
  ]

  private let keshi: String?
  private let me: String
  private let work: String
  private var random: SeededRandom

  init(keshi: String?, seed: UInt64) {
    self.keshi = keshi
    me = (try? Program.path()) ?? CommandLine.arguments[0]
    work = "/tmp/keshi-torture-\(getpid())"
    random = SeededRandom(seed: seed)
  }

  func run(_ report: (String, Verdict) -> Void, progress: (String) -> Void) throws {
    guard Program.isInstalled("strace") else {
      return report("not tried", Verdict(what: "strace is not installed", isKept: true))
    }
    defer { _ = try? Program.run(["rm", "-rf", work]) }
    for scenario in Killer.scenarios { try run(scenario, report, progress) }
    if let keshi { try runCommand(keshi, report, progress) }
  }

  private func run(_ scenario: Scenario, _ report: (String, Verdict) -> Void, _ progress: (String) -> Void) throws {
    let start = work + "/start"
    _ = try Program.run(["rm", "-rf", work])
    _ = try Program.run(["mkdir", "-p", start])
    for step in ["create"] + scenario.before { _ = try Program.run([me, "child", step, start]) }
    let command = { (folder: String) in [self.me, "child", scenario.child, folder] }
    try forEachKill(of: command, from: start, name: scenario.name, progress) { folder, output in
      var acknowledged = Acknowledged(child: output)
      for _ in 1..<scenario.depth { acknowledged.events += try killAgain(command(folder)) }
      report(scenario.name, try look(at: folder, acknowledged))
    }
  }

  /// Starts it again and kills it at a call that the seed chooses.
  private func killAgain(_ command: [String]) throws -> [(seq: Int, leaf: String)] {
    let call = ["pwrite64", "fdatasync", "rename", "unlink", "openat", "fsync"][Int(random.next() % 6)]
    let turn = 1 + Int(random.next() % 12)
    return Acknowledged(child: try kill(command, call, turn).output).events
  }

  /// Runs the command on a fresh copy of `start` for each call and each turn of it, killed there; ends with a call when
  /// the process has outlived it.
  private func forEachKill(
    of command: (String) -> [String], from start: String, name: String, _ progress: (String) -> Void,
    input: String? = nil, _ body: (String, [UInt8]) throws -> Void
  ) throws {
    let folder = work + "/log"
    for call in Killer.calls {
      for turn in 1...400 {
        _ = try Program.run(["rm", "-rf", folder])
        _ = try Program.run(["cp", "-r", start, folder])
        let result = try kill(command(folder), call, turn, input: input)
        progress("kill -9 \(name): \(call) \(turn)")
        guard result.wasKilled else { break }
        try body(folder, result.output)
      }
    }
  }

  /// Not with strace's seccomp filter, which is quicker: under it the injected signal never comes.
  private func kill(
    _ command: [String], _ call: String, _ turn: Int, input: String? = nil
  ) throws -> (wasKilled: Bool, output: [UInt8]) {
    let trace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(call)"]
    let result = try Program.run(
      trace + ["-e", "inject=\(call):signal=SIGKILL:when=\(turn)"] + command, input: input)
    return (result.status == 128 + SIGKILL, result.output)
  }

  /// Verifies what is left, opens it for writing, appends and verifies again.
  private func look(at folder: String, _ acknowledged: Acknowledged) throws -> Verdict {
    let disk = PosixDisk(root: folder)
    do {
      let before = try Verifier(disk: disk, threads: 1).run()
      let log = try LogDirectory.open(on: disk, clock: TestClock(Acknowledged.time), options: .byHand)
      let kept = before.events
      for (seq, leaf) in acknowledged.events {
        let line = try log.line(at: UInt64(seq))
        try check(line.withUnsafeBytes { leafHash(of: $0) }.hex == leaf, "event \(seq) is another")
      }
      try check(before.verdict == .clean || before.verdict == .torn, "\(before.verdict): \(before.problems)")
      try check(log.damage == nil && log.head.size == kept, "\(log.head.size) events, verify saw \(kept)")
      try check(try log.append([.order(1)])[0].seq == kept, "another number")
      try log.close()
      let after = try Verifier(disk: disk, threads: 1).run()
      try check(after.verdict == .clean && after.events == kept + 1, "after recovery \(after.verdict)")
      return Verdict(what: before.verdict == .torn ? "torn, cut" : "kept", isKept: true)
    } catch {
      return Verdict(what: "BROKEN \(error)", isKept: false)
    }
  }

  /// The command itself, killed while it appends.
  private func runCommand(
    _ keshi: String, _ report: (String, Verdict) -> Void, _ progress: (String) -> Void
  ) throws {
    let start = work + "/start"
    _ = try Program.run(["rm", "-rf", work])
    _ = try Program.run(["mkdir", "-p", work])
    let events = (0..<30).map { number in
      "{\"type\":\"customer.registered\",\"subject\":\"customer:\(number)\",\"data\":{\"name\":\"Acme\"},\"id\":\"e\(number)\"}"
    }.joined(separator: "\n")
    let made = try Program.run([keshi, "init", "--data", start])
    try check(made.status == 0, "\(keshi) init failed")
    let command = { (folder: String) in [keshi, "append", "--data", folder] }
    try forEachKill(of: command, from: start, name: "keshi append", progress, input: events) { folder, output in
      let acknowledged = Acknowledged(receipts: output)
      let verdict = try look(at: folder + "/log", acknowledged)
      report("keshi append", verdict)
    }
  }
}
