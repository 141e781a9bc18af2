import Answers
import ArgumentParser
import Demo
import Engine
import Events
import Foundation
import Log
import Projection
import ProjectionCatalogue
import Vault
import Vocabulary
import Wire

/// `keshi demo [--customers N] [--seed S]`: a believable company in a new data folder.
struct DemoCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "demo",
      abstract: Name(
        "Make a believable company in a new data folder and say where to look.", "在新的数据目录中生成一家逼真的公司，并提示从何看起。")[Speech.language],
      discussion: example(
        """
        keshi demo --data ./try
        keshi demo --data ./try --customers 300 --seed 7 --lang zh
        """))
  }

  /// The most customers; more is a benchmark, not a demonstration.
  static let customersLimit = 1_000_000
  /// The company's last day. Fixed, because the same seed must give the same log on every day.
  static let ending = Day(year: 2026, month: 10, day: 31) ?? Day(number: 0)

  @Option(help: help("Customers of the company.", "公司的客户数。", value: "n"))
  var customers: Int = DemoCompany.usualSize

  @Option(help: help("The same seed gives the same log, and the same key.", "相同的种子生成相同的日志与密钥。", value: "s"))
  var seed: UInt64 = 1

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    guard (1...DemoCommand.customersLimit).contains(customers) else {
      throw Trouble.usage(
        Name("--customers is 1 to \(DemoCommand.customersLimit)", "--customers 为 1 至 \(DemoCommand.customersLimit)"),
        remedy: Name("give another number", "请换一个数"))
    }
    try refuseOccupied(session.dataPath)
    let clock = DemoClock()
    var random = DemoRandom(seed: seed)
    try session.folder().locating {
      let origin = "demo.keshi.local/\(seed)"
      try Store.create(at: session.dataPath, origin: origin, clock: clock, random: &random)
      try signing(session).prepare(origin: origin, random: &random)
    }
    let guide = try session.withStore(.write, clock: clock, keys: keys, chance: chance) { store in
      try record(into: store, clock: clock, in: session)
      try store.seal()
      try rebuild(store, in: session)
      return try DemoGuide(store)
    }
    _ = try session.folder().locating { try signing(session).issue() }
    try guide.give(in: session)
  }

  /// Keys and nonces by the seed, so that the same seed gives the same log. Nothing in a demonstration is a secret.
  private var chance: Chance { Chance(DemoRandom(seed: seed ^ 0x6B65_7973)) }
  /// By a key that anybody can make again from the seed, so never by the one that `KESHI_KEYS` may name.
  private func signing(_ session: Session) -> Signing { Signing(DataFolder(path: session.dataPath)) }

  private func refuseOccupied(_ path: String) throws {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path), !names.isEmpty else { return }
    throw Trouble(
      .cannotCreate, "E-DEMO-OCCUPIED", Name("the folder is not empty", "目录不为空"), at: Name(same: path),
      unharmed: Name("everything in it", "其中的所有内容"),
      remedy: Name("choose another folder with --data", "请用 --data 指定其他目录"))
  }

  /// Records the events day by day, each day as one command, as a company would have.
  private func record(into store: Store, clock: DemoClock, in session: Session) throws {
    let shipped = Dictionary(ProjectionCatalogue.rules.compactMap { kind in kind.shipped.last.map { (kind.name, $0.body) } }) { first, _ in first }
    let company = DemoCompany(customers: customers, seed: seed, ending: DemoCommand.ending, shippedRules: shipped)
    let bar = ProgressBar(Name("Living three years, by days", "模拟三年（按天）"), on: session.console)
    defer { bar.finish() }
    let recorder = Recorder(store, about: Circumstances())
    var day: [Event] = []
    var (first, last): (Day?, Instant?)
    func recordDay() throws {
      guard let last, !day.isEmpty else { return }
      let begin = first ?? last.day
      first = begin
      clock.advance(to: last)
      _ = try recorder.record(day)
      day.removeAll(keepingCapacity: true)
      bar.update(Int64(last.day - begin), of: Int64(DemoCommand.ending - begin))
    }
    try company.forEachEntry { entry in
      if let last, last.day != entry.enteredAt.day || day.count == Intake.groupLines { try recordDay() }
      day.append(entry.event)
      last = entry.enteredAt
    }
    try recordDay()
  }

  private func rebuild(_ store: Store, in session: Session) throws {
    let bars = RebuildBars(on: session.console)
    defer { bars.finish() }
    var options = RebuildOptions()
    options.progress = { step, done, total in bars.update(step, done, of: total) }
    _ = try store.rebuild([], options: options)
  }
}
