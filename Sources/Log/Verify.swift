import Synchronization

/// What reading every byte of a log found.
public struct VerifyReport: Equatable, Sendable {
  public enum Verdict: String, Sendable {
    /// Every byte is as a writer of this format leaves it.
    case clean
    /// A crash left bytes behind the last whole group. Nothing acknowledged is missing; the next opening cuts them.
    case torn
    /// Every event is whole, but bytes that can be made again from them are wrong.
    case repairable
    /// Acknowledged events are lost or changed. `problems` says which.
    case damaged
    /// Reserved: another history was signed under the same name.
    case forked
  }

  public internal(set) var verdict = Verdict.clean
  /// Events that the log has, the lost ones counted.
  public internal(set) var events: UInt64 = 0
  /// Root of the tree over all events, computed from the lines; meaningless when events are lost.
  public internal(set) var root: Hash
  public internal(set) var problems: [Damage] = []
  /// Lines that are kept as their hash only, ascending. Whether an approval stands behind each, the log cannot know.
  public internal(set) var redactions: [Redaction] = []
}

/// Reads the whole log and believes nothing that it does not compute. Changes nothing and takes no lock; beside a
/// living writer it judges what is durable.
public struct Verifier: Sendable {
  /// Called with the number of events gone through and of all; from the verifier's threads, one call at a time.
  public typealias Progress = @Sendable (_ done: UInt64, _ all: UInt64) -> Void

  private let disk: any Disk
  private let progress: Progress
  private let threads: Int

  /// Memory: a few times the largest block for each thread, and about 1 KB for each sealed segment.
  public init(disk: any Disk, threads: Int = 2, progress: @escaping Progress = { _, _ in }) {
    (self.disk, self.threads, self.progress) = (disk, max(1, threads), progress)
  }

  /// Throws only when the disk cannot be read or there is no log; what is wrong with the log is in the report.
  public func run() throws(LogError) -> VerifyReport { try run(live: try isWriterAlive()) }

  func run(live: Bool) throws(LogError) -> VerifyReport {
    let manifest = try Survivors.manifest(disk)
    let survivors = try Survivors(disk: disk, live: live)
    var report = VerifyReport(root: survivors.state.head.root)
    report.events = survivors.state.head.size
    report.problems = survivors.state.damages
    report.problems += survivors.remarks
    if let scan = survivors.last, case .whole = survivors.verdict, !live, isClosed, try !scan.isAtRest {
      let leaves = scan.size..<scan.size
      report.problems.append(Damage(file: scan.name.path, offset: scan.end, leaves: leaves, kind: .padding))
    }

    let walks = try walkSealed(manifest, to: survivors.state.sealed, all: report.events)
    var before: Frontier? = Frontier()
    for walk in walks { judge(walk, manifest, &before, &report) }
    try judgeActives(survivors, manifest, sealed: before, live: live, &report)
    progress(report.events, report.events)
    report.verdict = Self.verdict(report.problems, torn: !live && survivors.isTorn)
    return report
  }

  private static func verdict(_ problems: [Damage], torn: Bool) -> VerifyReport.Verdict {
    let derived: Set<Damage.Kind> = [.padding, .head, .footer]
    if problems.contains(where: { !derived.contains($0.kind) || !$0.leaves.isEmpty }) { return .damaged }
    if torn { return .torn }
    return problems.isEmpty ? .clean : .repairable
  }

  /// Whether the last writer said that it closed the log.
  private var isClosed: Bool {
    guard let file = try? disk.open(FileNames.lock, .read) else { return false }
    return (try? LockFile.saysClosed(file)) ?? false
  }

  private func isWriterAlive() throws(LogError) -> Bool {
    guard let file = try? disk.open(FileNames.lock, .read) else { return false }
    return try file.isLockedElsewhere()
  }

  /// Walks all sealed segments, several at a time: the root of a segment's own leaves is a node of the log's tree, so
  /// none has to wait for another. `nil` stands for a file that is not there, which the survey has reported.
  private func walkSealed(_ manifest: Manifest, to sealed: UInt64, all: UInt64) throws(LogError) -> [SealedOutcome?] {
    let size = UInt64(manifest.segmentLeaves)
    let count = Int(sealed / size)
    let work = Work(count: count)
    let step: @Sendable () -> Void = { [disk, progress] in
      while let index = work.next() {
        let outcome = SealedOutcome.walk(first: UInt64(index) * size, disk, manifest)
        work.finish(index, outcome) { progress(UInt64($0) * size, all) }
      }
    }
    let helpers = (1..<max(1, min(threads, count))).map { _ in BackgroundThread(step) }
    step()
    for helper in helpers { helper.join() }
    return try work.results()
  }

  /// Puts a segment into the tree: its head, its blocks' roots, its footer.
  private func judge(
    _ walk: SealedOutcome?, _ manifest: Manifest, _ before: inout Frontier?, _ report: inout VerifyReport
  ) {
    guard let walk else { return before = nil }
    report.problems += walk.problems
    report.redactions += walk.redactions
    guard walk.isWhole, let tree = before else { return before = nil }
    for (place, relative, claimed) in walk.roots where tree.joined(with: relative).root != claimed {
      report.problems.append(
        Damage(file: walk.path, offset: place.offset, leaves: place.first..<place.end, kind: .root))
      return before = nil
    }
    if let head = walk.head, head.frontier != tree {
      report.problems.append(Damage(file: walk.path, offset: 0, leaves: tree.size..<tree.size, kind: .head))
    }
    before = tree
    before?.append(subtree: walk.root, leaves: UInt64(manifest.segmentLeaves))
  }

  /// Walks the active files again, every line and every frame's own sum, and joins them to the sealed part.
  private func judgeActives(
    _ survivors: Survivors, _ manifest: Manifest, sealed: Frontier?, live: Bool, _ report: inout VerifyReport
  ) throws(LogError) {
    var before = sealed
    for active in survivors.state.actives {
      let known = before
      var scan: ActiveScan
      do throws(LogError) {
        scan = try ActiveScan(active.file, active.name, manifest: manifest) { () throws(LogError) in
          if let known, known.size == active.name.first { return known }
          return try survivors.tree(at: active.name.first)
        }
      } catch .damaged(let damage) {
        // The survey went on from a tree that is not known here, because what is sealed before it is damaged too.
        report.problems.append(damage)
        before = nil
        continue
      }
      try scan.walk(thorough: true)
      report.problems += scan.repairs + scan.wrongLines
      report.redactions += scan.redactions.filter { $0.seq >= survivors.state.sealed }
      if let known, known.size == active.name.first, known != scan.before {
        let leaves = active.name.first..<active.name.first + 1
        report.problems.append(Damage(file: active.name.path, offset: 0, leaves: leaves, kind: .root))
      }
      before = scan.frontier
    }
    if let scan = survivors.last, !live { report.root = scan.frontier.root }
  }
}

/// What the walk through one sealed segment found, in a form that can leave its thread.
private struct SealedOutcome: Sendable {
  let path: String
  let problems: [Damage]
  let redactions: [Redaction]
  let roots: [(place: BlockPlace, tree: Frontier, claimed: Hash)]
  let head: SegmentHead?
  let root: Hash
  /// Whether every line was read.
  var isWhole: Bool { problems.allSatisfy { $0.leaves.isEmpty || $0.kind == .line } }

  static func walk(first: UInt64, _ disk: any Disk, _ manifest: Manifest) -> Result<SealedOutcome?, LogError> {
    do throws(LogError) {
      let file: any DiskFile
      do throws(LogError) {
        file = try disk.open(FileNames.sealed(first), .read)
      } catch {
        return .success(nil)
      }
      var walk = SealedWalk(file, first: first, manifest: manifest)
      try walk.run()
      return .success(SealedOutcome(
        path: file.path, problems: walk.problems, redactions: walk.redactions, roots: walk.roots, head: walk.head, root: walk.footer.root))
    } catch {
      return .failure(error)
    }
  }
}

/// Numbers from 0 up, given out to threads, and what they made of them.
private final class Work: Sendable {
  private struct State {
    var next = 0
    var done = 0
    var results: [Result<SealedOutcome?, LogError>?]
  }

  private let state: Mutex<State>
  private let count: Int

  init(count: Int) {
    self.count = count
    state = Mutex(State(results: Array(repeating: nil, count: count)))
  }

  func next() -> Int? {
    state.withLock { state in
      guard state.next < count else { return nil }
      state.next += 1
      return state.next - 1
    }
  }

  func finish(_ index: Int, _ result: Result<SealedOutcome?, LogError>, _ report: (Int) -> Void) {
    state.withLock { state in
      state.results[index] = result
      state.done += 1
      report(state.done)
    }
  }

  func results() throws(LogError) -> [SealedOutcome?] {
    var outcomes: [SealedOutcome?] = []
    for result in state.withLock({ $0.results }) {
      if let result { outcomes.append(try result.get()) }
    }
    return outcomes
  }
}
