import Answers
import ArgumentParser
import Engine
import Events
import Vocabulary

/// `keshi audit …`: what an auditor does with a log.
struct AuditCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "audit",
      abstract: Name("Draw samples that anybody can draw again, and record that they were looked at.", "抽取可重现的样本，并记录检查结果。")[
        Speech.language],
      discussion: example("keshi audit sample --population contract.amended --size 25 --seed 2026"),
      subcommands: [AuditSampleCommand.self])
  }
}

/// `keshi audit sample --population QUERY --size N --seed S`.
struct AuditSampleCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "sample",
      abstract: Name("Draw a random sample of events, or of rows of a read model.", "从事件或读模型各行中随机抽样。")[Speech.language],
      discussion: example(
        """
        keshi audit sample --population contract.amended --size 25 --seed 2026
        keshi audit sample --population show:contracts --where state=in-force --size 40 --seed 7 --known-at 133605
        keshi audit sample --population show:approvals --where order=flawed --size 10 --seed 7 \\
          --record A-2026-3 --kind contract --conclusion "all ten looked at" --role AU
        """) + "\n\n"
        + Name(
          """
          The sample follows from the seed and the population alone: the items with the smallest SHA-256 of \
          "keshi-sample/1", 0, the seed, 0 and the item. Give --known-at to draw from the same population later. With \
          --record the seed, the size of the population and the items are recorded as audit.performed.
          """,
          """
          样本只取决于种子与总体：取“keshi-sample/1”、0、种子、0、抽样项的 SHA-256 最小者。用 --known-at 可在日后对同一总体重新抽样。\
          加 --record 时，种子、总体数量与抽样项作为 audit.performed 入账。
          """)[Speech.language])
  }

  @Option(
    help: help(
      "A type of event (contract.amended), a family (contract.) or a read model (show:contracts).",
      "事件类型（contract.amended）、类别（contract.）或读模型（show:contracts）。", value: "query"))
  var population: String

  @Option(name: .customLong("where"), help: help("Only items with this value; may be given again.", "仅含此值的项；可多次给出。", value: "field=value"))
  var conditions: [String] = []

  @Option(help: help("How many.", "样本量。", value: "n"))
  var size: Int

  @Option(help: help("Any number; note it down before you look.", "任意整数；请在查看之前记下。", value: "seed"))
  var seed: Int64

  @Option(help: help("Record the sample as looked at, under this audit.", "以此审核编号记录已检查的样本。", value: "audit"))
  var record: String?

  @Option(help: help("With --record: the kind of audit.", "与 --record 合用：审核类别。", value: "kind"))
  var kind: Process.Audit = .internal

  @Option(help: help("With --record: what was concluded.", "与 --record 合用：结论。", value: "text"))
  var conclusion: String?

  @OptionGroup var reader: ReaderOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    guard (record == nil) == (conclusion == nil) else {
      throw Trouble.usage(
        Name("--record and --conclusion belong together", "--record 与 --conclusion 须同时给出"),
        remedy: Name("give both or none", "请同时给出或都不给"))
    }
    let population = try Population(population, where: conditions)
    let sample = try session.withStore(.read) { store in
      try Sample(of: population, size: size, seed: seed, view: reader.view, in: store)
    }
    if let record, let conclusion {
      let event = try sample.performed(record, kind, conclusion: conclusion, at: session.console.clock.millisecond)
      let receipt = try session.withStore(.write, as: .ruled) { store in
        try Recorder(store, about: session.circumstances(channel: "cli"), guards: .strict).record([event])
      }.first
      if let receipt { session.console.remark(Name("Recorded as event \(receipt.seq).", "已记为事件 \(receipt.seq)。")) }
    }
    try session.rows(Sample.columns).give(sample.rows)
    session.console.remark(sample.remark)
  }
}

extension Process.Audit: ExpressibleByArgument {
  public init?(argument: String) {
    guard let found = Process.Audit.allCases.first(where: { $0.word.text == argument }) else { return nil }
    self = found
  }

  public static var allValueStrings: [String] { allCases.map(\.word.text) }
}
