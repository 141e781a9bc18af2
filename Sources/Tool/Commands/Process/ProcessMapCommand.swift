import Answers
import ArgumentParser
import Vocabulary

/// `keshi process variants MODEL`: the ways in which cases went.
struct ProcessVariantsCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "variants",
      abstract: Name(
        "List the orders of steps in which cases went, the most frequent first, each with its fitness.",
        "列出案例的各种步骤次序，最常见者在前，并给出各自的拟合度。")[Speech.language],
      discussion: example(
        """
        keshi process variants order-to-cash
        keshi process variants lead-to-contract --as-of 2025-12-31 --format csv
        """))
  }

  @Argument(help: ProcessCommand.modelHelp)
  var model: String

  @OptionGroup var process: ProcessOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let check = try session.processCheck(model, process)
    let language = session.format == .table ? session.language : nil
    try session.rows(ProcessCheck.variantColumns).give(check.variantRows(in: language))
    for note in check.notes { session.console.remark(note) }
  }
}

/// `keshi process map MODEL`: what follows what, and where cases wait.
struct ProcessMapCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "map",
      abstract: Name(
        "Give the directly-follows graph of the cases with waiting times, or its bottlenecks.", "给出案例的直接跟随图及等待时间，或其瓶颈。")[
          Speech.language],
      discussion: example(
        """
        keshi process map complaint-handling
        keshi process map contract-amendment --bottlenecks --least 20
        """) + "\n\n"
        + Name(
          "Each row is an edge: how often one step came right after another in a case, and the hours in between by the clock on the wall. A row without `from` is a begin, one without `to` an end. It shows what was done, not what must be: an edge may stand for work side by side.",
          "每行为一条边：同一案例中某步骤紧接另一步骤的次数，以及其间按自然时间计的小时数。无“自”者为起点，无“至”者为终点。所示为实际发生，而非必须如此：一条边也可能是并行的工作。")[
            Speech.language])
  }

  @Argument(help: ProcessCommand.modelHelp)
  var model: String

  @Flag(help: help("The longest median first; begins and ends left out.", "中位时长最长者在前；不列起点与终点。"))
  var bottlenecks = false

  @Option(help: help("With --bottlenecks: edges passed at least so often.", "与 --bottlenecks 同用：至少经过这么多次的边。", value: "n"))
  var least = 1

  @OptionGroup var process: ProcessOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let check = try session.processCheck(model, process)
    let language = session.format == .table ? session.language : nil
    try session.rows(ProcessCheck.flowColumns).give(check.flowRows(bottlenecks: bottlenecks ? least : nil, in: language))
    if check.cases.isEmpty { for note in check.notes { session.console.remark(note) } }
  }
}
