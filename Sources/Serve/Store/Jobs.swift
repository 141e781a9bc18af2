import Answers
import Engine
import Foundation
import Log
import Logging
import Projection
import Synchronization
import Vocabulary
import Website
import Wire

/// Work that goes on after the answer: a rebuild, a verification, a package.
struct Job: Sendable {
  enum Kind: Sendable {
    case rebuild([String], fromLog: Bool)
    case verify
    case evidence(EvidenceRequest, Circumstances)

    var word: String {
      switch self {
      case .rebuild: "rebuild"
      case .verify: "verification"
      case .evidence: "evidence"
      }
    }
  }

  enum State: String, Sendable { case waiting, running, done, failed, cancelled }

  let id: String
  let kind: Kind
  let by: String
  let started: Instant
  var ended: Instant?
  var state = State.waiting
  var step = Name("", "")
  var done: Int64 = 0
  var total: Int64 = 0
  var result: JSON = .null
  /// The result as a person is told it.
  var sentences: [Name] = []
  var isCancelled = false

  var isOver: Bool { state == .done || state == .failed || state == .cancelled }

  var json: JSON {
    [
      "id": .string(id), "kind": .string(kind.word), "by": .string(by), "state": .string(state.rawValue), "started": .string(started.description),
      "ended": ended.map { .string($0.description) } ?? .null, "step": .string(step.en), "done": .int(done), "total": .int(total), "result": result,
    ]
  }
}

/// Jobs: rebuilds and verifications one at a time on a thread that gives way to everything else, packages on another.
final class Jobs: Sendable {
  /// Jobs that are remembered.
  static let keptMax = 100
  static let waitingMax = 8
  /// Whose the jobs are that the server starts by itself. They come often, and are forgotten before anybody's.
  static let ownName = "keshi"

  private let jobs = Mutex<[Job]>([])
  let thread = JobThread()
  /// Packages are waited for by a person: they go beside rebuilds and not behind them.
  private let packing = JobThread()
  let store: Store
  let folder: DataFolder
  let ledger: Ledger
  let packages: Packages
  private let logger: Logger
  let now: @Sendable () -> Instant
  /// What makes packages, with its version.
  let program: String
  private let numbers = Mutex(0)

  init(_ store: Store, _ folder: DataFolder, _ ledger: Ledger, program: String, logger: Logger, now: @escaping @Sendable () -> Instant) {
    (self.store, self.folder, self.ledger, self.logger, self.now) = (store, folder, ledger, logger, now)
    (self.program, packages) = (program, Packages(folder.path))
  }

  func all() -> [Job] { jobs.withLock { $0.reversed() } }

  /// - Parameter kind: the word of its kind.
  func job(_ id: String, _ kind: String) throws -> Job {
    guard let job = jobs.withLock({ jobs in jobs.first { $0.id == id && $0.kind.word == kind } }) else { throw Trouble.noJob(id) }
    return job
  }

  func start(_ kind: Job.Kind, by actor: String) throws -> Job {
    let number = numbers.withLock { number in
      number += 1
      return number
    }
    let job = Job(id: "\(now().microseconds / 1_000)-\(number)", kind: kind, by: actor, started: now())
    try jobs.withLock { jobs in
      guard jobs.count(where: { !$0.isOver }) < Jobs.waitingMax else { throw Trouble.overloaded }
      if jobs.count >= Jobs.keptMax, let old = jobs.firstIndex(where: { $0.isOver && $0.by == Jobs.ownName }) ?? jobs.firstIndex(where: \.isOver) { jobs.remove(at: old) }
      jobs.append(job)
    }
    (kind.word == "evidence" ? packing : thread).add { self.run(job.id, kind) }
    return job
  }

  func cancel(_ id: String) throws -> Job {
    try change(id) { job in
      if !job.isOver { job.isCancelled = true }
    }
  }

  @discardableResult private func change(_ id: String, _ body: (inout Job) -> Void) throws -> Job {
    try jobs.withLock { jobs in
      guard let place = jobs.firstIndex(where: { $0.id == id }) else { throw Trouble.noJob(id) }
      body(&jobs[place])
      return jobs[place]
    }
  }

  private func isCancelled(_ id: String) -> Bool { jobs.withLock { jobs in jobs.first { $0.id == id }?.isCancelled ?? true } }

  private func run(_ id: String, _ kind: Job.Kind) {
    guard !isCancelled(id) else { return end(id, .cancelled, .null) }
    _ = try? change(id) { $0.state = .running }
    do {
      let result =
        switch kind {
        case .rebuild(let names, let fromLog): try rebuild(names, fromLog: fromLog, id)
        case .verify: try verify(id)
        case .evidence(let request, let about): try evidence(request, about: about, id)
        }
      end(id, .done, result)
    } catch is CancellationError {
      end(id, .cancelled, .null)
    } catch {
      let trouble = Trouble(explaining: error)
      logger.error("job failed", metadata: ["job": "\(id)", "code": "\(trouble.code)"])
      _ = try? change(id) { $0.sentences = [trouble.what] }
      end(id, .failed, ["code": .string(trouble.code), "title": ["en": .string(trouble.what.en), "zh": .string(trouble.what.zh)]])
    }
  }

  private func end(_ id: String, _ state: Job.State, _ result: JSON) {
    _ = try? change(id) { job in (job.state, job.result, job.ended) = (state, result, now()) }
  }

  func note(_ id: String, _ step: Name, _ done: Int64, of total: Int64) {
    _ = try? change(id) { job in (job.step, job.done, job.total) = (step, done, total) }
  }

  func say(_ id: String, _ sentences: [Name]) { _ = try? change(id) { $0.sentences = sentences } }

  private func rebuild(_ names: [String], fromLog: Bool, _ id: String) throws -> JSON {
    var options = RebuildOptions()
    options.fromLog = fromLog
    options.isCancelled = { self.isCancelled(id) }
    options.progress = { step, done, total in self.note(id, step.title, done, of: total) }
    var reports: [RebuildReport] = []
    for some in Jobs.turns(names.isEmpty ? store.projections.map(\.name) : names, events: Int64(store.head.size)) {
      reports += try store.rebuild(some, options: options)
      options.fromLog = false
      Memory.giveBack()
    }
    say(id, reports.map(\.sentence))
    return .array(Rows.objects(RebuildReport.columns, reports.map(\.cells)))
  }

  /// Models that are folded together: the facts of everybody stay in memory for each until it is written, so of a large log
  /// it is a few at a time.
  static func turns(_ names: [String], events: Int64) -> [[String]] {
    guard events > Jobs.togetherMax else { return [names] }
    return stride(from: 0, to: names.count, by: Jobs.fewModels).map { Array(names[$0..<min($0 + Jobs.fewModels, names.count)]) }
  }

  /// Events of a log whose models are folded in one pass.
  static let togetherMax: Int64 = 2_000_000
  static let fewModels = 4

  private func verify(_ id: String) throws -> JSON {
    let step = Name("Reading", "读取")
    let report = try Store.verify(at: folder.path) { self.note(id, step, Int64($0), of: Int64($1)) }
    var evidence = try EvidenceCheck(folder, after: report)
    try evidence.compareKept(Signing(folder).policy())
    let isReadable = report.verdict != .damaged
    let answer = VerifyAnswer(
      report, evidence, vault: isReadable ? try store.verifyVault().problems : [],
      lines: isReadable ? try store.verifyLines() : LineCheck.Found())
    lastVerdict.withLock { $0 = (answer.verdict, now()) }
    say(id, answer.sentences)
    return Rows.object(VerifyAnswer.columns, answer.cells)
  }

  /// What the last verification of this run found, and when.
  var verdict: (verdict: String, at: Instant)? { lastVerdict.withLock { $0 } }
  private let lastVerdict = Mutex<(verdict: String, at: Instant)?>(nil)

  /// How long the end waits for what is under way. A rebuild gives way to all other work of the machine, and on a busy one may
  /// not come to where it sees that it was cancelled; what it leaves is as after a crash, and harms no read model.
  static let patience = 5.0

  /// Cancels what is under way, and waits for its end as long as there is patience.
  func stop(patience: Double = Jobs.patience) {
    jobs.withLock { jobs in for place in jobs.indices { jobs[place].isCancelled = true } }
    let end = DispatchTime.now() + patience
    thread.stop()
    packing.stop()
    for one in [thread, packing] where !one.hasEnded(by: end) { logger.warning("a job was left unfinished") }
  }
}

/// One thread that does one thing after the other.
///
/// A thread of its own, because a rebuild gives way to all others for good (`SCHED_IDLE`).
final class JobThread: Sendable {
  private struct State {
    var waiting: [@Sendable () -> Void] = []
    var isStopped = false
  }

  private let state = Mutex(State())
  private let signal = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  init() {
    let thread = Thread { [self] in
      while true {
        signal.wait()
        let next = state.withLock { state in state.waiting.isEmpty ? nil : state.waiting.removeFirst() }
        if let next { next() } else if state.withLock({ $0.isStopped }) { break }
      }
      ended.signal()
    }
    thread.stackSize = 8 << 20
    thread.name = "keshi-jobs"
    thread.start()
  }

  func add(_ body: @escaping @Sendable () -> Void) {
    state.withLock { $0.waiting.append(body) }
    signal.signal()
  }

  /// Takes nothing more behind what waits.
  func stop() {
    state.withLock { $0.isStopped = true }
    signal.signal()
  }

  /// Waits until the last is done; `false` where it is not by then.
  func hasEnded(by end: DispatchTime) -> Bool { ended.wait(timeout: end) == .success }
}

extension Trouble {
  static func noJob(_ id: String) -> Trouble {
    Trouble(
      .absent, "E-NO-JOB", Name("there is no job \(id) in this run of the server", "本次运行中没有任务 \(id)"), unharmed: Unharmed.everything,
      remedy: Name("start it again", "请重新启动"))
  }
}
