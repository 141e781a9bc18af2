import Answers
import ArgumentParser
import Bench
import Demo
import Engine
import Foundation
import Projection
import ProjectionCatalogue
import Vocabulary
import Wire

/// `keshi bench`: the project's own measurements, one line of JSON a figure.
struct BenchCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "bench",
      abstract: Name(
        "Measure appends, imports, rebuilds, histories, size, verifying, proofs and opening after a kill on this machine.",
        "在本机测量持久写入、导入、重建、历史查询、占用空间、校验、证明与强制终止后的打开。")[Speech.language],
      discussion: example(
        """
        keshi bench --data ./bench
        keshi bench --data ./bench --workload e1m.jsonl --only rebuild --runs 5
        """) + "\n\n"
        + Name(
          "Without a workload file the demonstration company's events are used: of 2,400 customers, or of as many as --events needs. Figures are lines of JSON; each names the machine's load, and absolute figures belong to this machine. --checksum refuses a rebuild whose rows differ.",
          "未给出负载文件时使用演示公司的事件：2,400 家客户，或 --events 所需的客户数。每个数字为一行 JSON，并注明当时的机器负载；绝对值只属于本机。--checksum 会拒绝结果不同的重建。")[
            Speech.language])
  }

  enum Part: String, CaseIterable, ExpressibleByArgument {
    case floor, append, beside, csv, `import`, rebuild, models, history, size, whatif, asof, explain, verify, prove, open, alignments
  }

  @Option(help: help("The benchmark's events, JSON Lines.", "基准事件文件（JSON Lines）。", value: "file"))
  var workload: String?

  @Option(help: help("Use so many events of the workload.", "只用负载中的这么多事件。", value: "n"))
  var events: Int?

  @Option(help: help("Only this part; repeat for several.", "只测这一项；可重复。", value: "part"))
  var only: [Part] = []

  @Option(help: help("Rows of the table that is imported.", "导入测量所用表格的行数。", value: "n"))
  var rows: Int = 1_000_000

  @Option(help: help("Runs of each measurement.", "每项测量运行几次。", value: "n"))
  var runs: Int = 3

  @Option(help: help("Seconds of each append measurement, and before each kill.", "每项写入测量及每次强制终止前的秒数。", value: "s"))
  var seconds: Double = 1.5

  @Option(help: help("SHA-256 that the rebuilt rows must have.", "重建结果应有的 SHA-256。", value: "hex"))
  var checksum: String?

  @Flag(help: help("Seal personal values, as in service; otherwise they stand in the lines, as with the peers.", "像实际运行那样封存个人信息；否则与对照系统一样写在行中。"))
  var sealed = false

  @Option(help: help("Judge the rebuild as of this time.", "重建所依据的时点。", value: "time"))
  var asOf: TimePoint?

  @OptionGroup var global: GlobalOptions

  /// Events that are used at most where nobody says how many.
  private static let usualEvents = 10_000_000
  private var eventLimit: Int { events ?? BenchCommand.usualEvents }
  /// Of the demonstration, rounded down so that there are enough.
  private static let eventsPerCustomer = 60
  /// Events that appends are measured with.
  private static let appended = 160_000

  func run(in session: Session) throws {
    guard (1...1000).contains(runs), (0.01...600).contains(seconds), eventLimit > 0, rows > 0 else {
      throw Trouble.usage(
        Name("--runs is 1 to 1000, --seconds 0.01 to 600, --events and --rows at least 1", "--runs 为 1 至 1000，--seconds 为 0.01 至 600，--events 与 --rows 至少为 1"),
        remedy: Name("give other numbers", "请换其他数值"))
    }
    let parts = only.isEmpty ? Part.allCases : only
    let store = BenchStore(path: session.dataPath + (sealed ? "/sealed" : "/store"), isSealed: sealed)
    try FileManager.default.createDirectory(atPath: session.dataPath, withIntermediateDirectories: true)
    for part in parts { try measure(part, store, session) }
  }

  private func measure(_ part: Part, _ store: BenchStore, _ session: Session) throws {
    switch part {
    case .floor: try give(Floor.measure(at: session.dataPath + "/floor", seconds: seconds), session)
    case .append: try append(session)
    case .beside: try beside(store, session)
    case .csv: try csv(session)
    case .import: try fill(store, session)
    case .size:
      try fill(store, session, silently: true)
      try give(store.size(), session)
    case .rebuild:
      try fill(store, session, silently: true)
      for _ in 0..<runs {
        let figure = try RebuildBench(store).run(workers: 2, asOf: asOf?.instant, checksum: checksum)
        try give(figure, session)
      }
    case .models:
      try fill(store, session, silently: true)
      let bench = ModelsBench(store, projections: ProjectionCatalogue.all)
      for _ in 0..<runs { try give(bench.pass(workers: 2), session) }
      try give(bench.rebuild(workers: 2), session)
    case .verify:
      try fill(store, session, silently: true)
      for _ in 0..<runs {
        for threads in [1, 2] { try give(ProofBench(store).verify(threads: threads), session) }
      }
    case .prove:
      try fill(store, session, silently: true)
      for run in 0..<runs { try give(ProofBench(store).prove(count: 500, seed: UInt64(run)), session) }
    case .alignments:
      let bench = try AlignmentBench(cases: 10_000, seed: 1)
      for _ in 0..<runs { for workers in [1, 2] { try give(bench.run(workers: workers), session) } }
    case .open:
      try fill(store, session, silently: true)
      let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      for _ in 0..<runs { try give(OpenBench(store, program: program).run(seconds: seconds), session) }
    case .history:
      try fill(store, session, silently: true)
      let bench = try HistoryBench(store)
      for run in 0..<runs {
        for pick in HistoryBench.Pick.allCases { try give(bench.run(pick, count: 2000, seed: UInt64(100 + run)), session) }
      }
    case .whatif: try whatIf(store, session)
    case .asof: try ask(.asof, store, session)
    case .explain: try ask(.explain, store, session)
    }
  }

  /// One member of each rule that the product ships is changed, by about half.
  private func whatIf(_ store: BenchStore, _ session: Session) throws {
    try fill(store, session, silently: true)
    let members: [(kind: String, name: String, value: JSON)] = [
      ("churn", "silenceDays", 91), ("lifecycle", "dormantDays", 180), ("tier", "silverMinor", 500_000),
    ]
    let bench = WhatIfBench(store, projections: ProjectionCatalogue.all, beside: ProjectionCatalogue.stakes)
    let changes = members.compactMap { member in
      ProjectionCatalogue.all.first { $0.ruleKind == member.kind }
        .flatMap { WhatIfBench.Change($0, member.name, to: member.value) }
    }
    for change in changes { for _ in 0..<runs { try give(bench.run(change), session) } }
    if let change = changes.first { try give(bench.runFromLog(change), session) }
  }

  private func ask(_ question: QuestionBench.Question, _ store: BenchStore, _ session: Session) throws {
    try fill(store, session, silently: true)
    let bench = try QuestionBench(store, projections: ProjectionCatalogue.all)
    // Of the others a customer is no subject, or everybody has to be judged.
    for projection in ProjectionCatalogue.all where projection.ruleKind != nil && projection.judgesAccountsAlone {
      for pick in HistoryBench.Pick.allCases {
        for run in 0..<runs {
          try give(bench.run(question, of: projection.name, pick, count: 1000, seed: UInt64(200 + run)), session)
        }
      }
    }
  }

  private func append(_ session: Session) throws {
    var sample: [Event] = []
    try forEachEvent(limit: BenchCommand.appended) { sample.append($0) }
    let benches = [1, 8].map { AppendBench(events: sample, writers: $0, directory: session.dataPath, seconds: seconds) }
    for _ in 0..<runs {
      try give(benches[0].besideFloor(), session)
      for bench in benches {
        for batch in [1, 100, 1000] { try give(bench.run(batch: batch), session) }
      }
    }
  }

  /// Orders and people in turn, so that both meet the machine as it is: their ratio is what personal values cost.
  private func csv(_ session: Session) throws {
    for _ in 0..<runs {
      for kind in SampleTable.Kind.allCases {
        try give(CSVBench(table: SampleTable(kind, rows: rows), folder: session.dataPath).run(), session)
      }
    }
  }

  /// One event a commit while a rebuild runs in this process.
  private func beside(_ store: BenchStore, _ session: Session) throws {
    try fill(store, session, silently: true)
    var sample: [Event] = []
    try forEachEvent(limit: BenchCommand.appended) { sample.append($0) }
    let bench = AppendBench(events: sample, writers: 1, directory: session.dataPath, seconds: seconds)
    try give(bench.run(batch: 1, besideRebuildOf: store), session)
  }

  private func fill(_ store: BenchStore, _ session: Session, silently: Bool = false) throws {
    let bar = ProgressBar(Name("Importing", "导入"), on: session.console)
    defer { bar.finish() }
    let figure = try store.fill(expecting: eventLimit, progress: { bar.update($0, of: $1) }) { body in
      try forEachEvent(limit: eventLimit, body)
    }
    if !silently { try give(figure, session) }
  }

  private func forEachEvent(limit: Int, _ body: (Event) throws -> Void) throws {
    if let workload {
      try Workload.forEachEvent(at: workload, limit: limit, body)
      return
    }
    // As many customers as make so many events, but no fewer than usual.
    let wanted = max(DemoCompany.usualSize, (events ?? 0) / BenchCommand.eventsPerCustomer)
    var count = 0
    try DemoCompany(customers: wanted, seed: 1, ending: DemoCommand.ending).forEachEvent { event in
      // A correction names the position of the event that it corrects; an import writes other positions.
      guard event.type != "event.corrected" else { return }
      count += 1
      if count <= limit { try body(event) }
    }
  }

  private func give(_ figure: Figure, _ session: Session) throws {
    try session.console.output.write(figure.json + "\n")
    try session.console.output.flush()
  }
}

extension AnyProjection {
  /// Whether it concludes about each account from that account's facts alone.
  fileprivate var judgesAccountsAlone: Bool {
    guard case .each = way, case .account = key else { return false }
    return true
  }
}
