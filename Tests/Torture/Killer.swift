import Glibc
import Log
import LogTestSupport

/// Kills processes with SIGKILL at every system call that touches a log, and looks at what they leave.
final class Killer {
  struct Verdict {
    let what: String
    let isKept: Bool
  }

  let me: String
  let work: String
  let tracer: Tracer
  private var random: SeededRandom
  private let report: (String, Verdict) -> Void
  private let progress: (String) -> Void
  /// Only scenarios whose names contain this.
  private let only: String?
  /// Points that are tried of each scenario, chosen by the seed; `nil`: all.
  private let most: Int?

  init(
    seed: UInt64, only: String?, most: Int?, report: @escaping (String, Verdict) -> Void, progress: @escaping (String) -> Void
  ) {
    me = (try? Program.path()) ?? CommandLine.arguments[0]
    work = "/tmp/keshi-torture-\(getpid())"
    tracer = Tracer(log: "\(work).trace")
    random = SeededRandom(seed: seed)
    (self.report, self.progress, self.only, self.most) = (report, progress, only, most)
  }

  /// - Parameter keshi: the command, if it is to be killed too.
  func run(keshi: String?) throws {
    guard Program.isInstalled("strace") else {
      return report("not tried", Verdict(what: "strace is not installed", isKept: true))
    }
    defer { _ = try? Program.run(["rm", "-rf", work, "\(work).trace", "\(work).input"]) }
    for scenario in ChildScenario.all { attempt(scenario.name) { try run(scenario) } }
    guard let keshi else { return }
    for scenario in try CommandScenario.all(keshi, work: work, me: me) { attempt(scenario.name) { try run(scenario) } }
  }

  /// What cannot even be prepared is broken too, and keeps nobody from trying the rest.
  private func attempt(_ name: String, _ body: () throws -> Void) {
    do { try body() } catch { report(name, Verdict(what: "BROKEN before any kill: \(error)", isKept: false)) }
  }

  // MARK: The log alone

  private func run(_ scenario: ChildScenario) throws {
    guard only.map(scenario.name.contains) ?? true else { return }
    let start = try freshStart()
    for step in ["create"] + scenario.before { _ = try Program.run([me, "child", step, start]) }
    let command = { (folder: String) in [self.me, "child", scenario.child, folder] }
    try forEachKill(scenario.name, command) { folder, points, output in
      var acknowledged = Acknowledged(child: output)
      for _ in 1..<scenario.depth {
        acknowledged.events += Acknowledged(child: try killAgain(command(folder), points)).events
      }
      return try ChildScenario.look(at: folder, acknowledged)
    }
  }

  // MARK: The command

  private func run(_ scenario: CommandScenario) throws {
    guard only.map(scenario.name.contains) ?? true else { return }
    try scenario.prepare(try freshStart())
    try forEachKill(scenario.name, scenario.command, input: scenario.input) { folder, points, output in
      var output = output
      for _ in 1..<scenario.depth {
        output += try killAgain(scenario.command(folder), points, input: scenario.input)
        try scenario.lookBetween(folder)
      }
      return try scenario.look(folder, output)
    }
  }

  // MARK: Killing

  private func freshStart() throws -> String {
    _ = try Program.run(["rm", "-rf", work])
    _ = try Program.run(["mkdir", "-p", work + "/start"])
    return work + "/start"
  }

  /// Runs the command on a fresh copy of the start for each point of an undisturbed run, killed there.
  private func forEachKill(
    _ name: String, _ command: (String) -> [String], input: String? = nil,
    _ look: (_ folder: String, _ points: [Tracer.Point], _ output: [UInt8]) throws -> String
  ) throws {
    let folder = work + "/data"
    try renew(folder)
    let points = try tracer.points(of: command(folder), in: folder, input: input)
    let chosen = most.map { Array(points.shuffled(using: &random).prefix($0)) } ?? points
    for (number, point) in chosen.enumerated() {
      progress("kill -9 \(name): \(number) of \(chosen.count)")
      try renew(folder)
      let result = try tracer.kill(command(folder), at: point, input: input)
      guard result.wasKilled else {
        report(name, Verdict(what: "not reached", isKept: true))
        continue
      }
      do {
        report(name, Verdict(what: try look(folder, points, result.output), isKept: true))
      } catch {
        report(name, Verdict(what: "BROKEN at \(point.call) \(point.turn): \(error)", isKept: false))
      }
    }
  }

  private func renew(_ folder: String) throws {
    _ = try Program.run(["rm", "-rf", folder])
    _ = try Program.run(["cp", "-a", work + "/start", folder])
  }

  /// Starts it again and kills it at a point that the seed chooses.
  private func killAgain(_ command: [String], _ points: [Tracer.Point], input: String? = nil) throws -> [UInt8] {
    try tracer.kill(command, at: points[Int(random.next() % UInt64(points.count))], input: input).output
  }
}

/// One thing that a process does with a log.
struct ChildScenario {
  let name: String
  /// What happens before, unharmed.
  let before: [String]
  let child: String
  /// The process is killed so many times in all, after the first time while it opens what the kill before left.
  var depth = 1

  static let all = [
    ChildScenario(name: "append", before: [], child: "append"),
    ChildScenario(name: "append to a closed log", before: ["append"], child: "append"),
    ChildScenario(name: "marker", before: [], child: "mark"),
    ChildScenario(name: "roll", before: [], child: "roll"),
    ChildScenario(name: "seal", before: [], child: "seal"),
    ChildScenario(name: "seal what waits", before: ["roll"], child: "seal"),
    ChildScenario(name: "background threads", before: [], child: "threads"),
    ChildScenario(name: "recovery, 3 deep", before: [], child: "seal", depth: 3),
  ]

  /// Verifies what is left, opens it for writing, appends and verifies again.
  static func look(at folder: String, _ acknowledged: Acknowledged) throws -> String {
    let disk = PosixDisk(root: folder)
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
    return before.verdict == .torn ? "torn, cut" : "kept"
  }
}
