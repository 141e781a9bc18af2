import Answers
import ArgumentParser
import Engine
import Vocabulary

/// `keshi process list`: every version of every procedure.
struct ProcessListCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list",
      abstract: Name(
        "List every version of every procedure: those that ship and those that the log publishes.", "列出所有流程的所有版本：自带的与日志中发布的。")[
          Speech.language],
      discussion: example(
        """
        keshi process list
        keshi process list complaint-handling --known-at 2026-07-05
        """))
  }

  @Argument(help: help("Only this procedure.", "只列此流程。", value: "sop"))
  var name: String?

  @Option(
    help: help(
      "As the log stood at time T, or right after event number SEQ.", "按日志在时间 T 的样子，或事件 SEQ 刚入账后的样子。", value: "t|seq"))
  var knownAt: LogPoint?

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let book = try session.procedureBook(View(asOf: nil, knownAt: knownAt))
    let versions = try name.map { try book.versions(of: $0) } ?? book.versions
    try session.rows(ProcedureList.columns).give(ProcedureList.rows(versions, in: session.language))
    for one in book.refused {
      session.console.remark(
        Name("Event \(one.seq) publishes a procedure that cannot be used: ", "事件 \(one.seq) 发布的流程无法使用：") + one.why)
    }
  }
}

/// `keshi process show MODEL`: the steps of a procedure, and whether its net is sound.
struct ProcessShowCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show",
      abstract: Name(
        "Show the steps of a procedure or net, and whether work can follow it to its end.", "显示流程或网模型的步骤，并检查是否总能走到终点。")[
          Speech.language],
      discussion: example(
        """
        keshi process show complaint-handling
        keshi process show complaint-handling@1 --format yaml > complaint-handling.yaml
        keshi process show complaint-handling --pnml > complaint-handling.pnml
        """) + "\n\n"
        + Name(
          "Without a version, the newest. `--format yaml` gives the file to edit and publish; `--pnml` the Petri net that it compiles to (ISO/IEC 15909-2), for other tools. Sources/Conformance/README.md documents the file.",
          "不写版本则为最新版。`--format yaml` 给出可编辑、可发布的文件；`--pnml` 给出其编译所得的 Petri 网（ISO/IEC 15909-2），供其他工具使用。文件格式见 Sources/Conformance/README.md。")[
            Speech.language])
  }

  @Argument(help: ProcessCommand.modelHelp)
  var model: String

  @Option(help: help("For a net: the kind of thing that one case is about.", "用于网模型：案例对象的类别。", value: "kind"))
  var about: String?

  @Flag(help: help("Give the Petri net.", "输出 Petri 网。"))
  var pnml = false

  @OptionGroup var global: GlobalOptions

  var answersInYAML: Bool { true }

  func run(in session: Session) throws {
    let book = ProcessChoice.isFile(model) ? try ProcedureBook() : try session.procedureBook()
    guard let one = try session.processModels(model, about: about, in: book).last else { return }
    let answer = NetAnswer(one.model)
    if pnml { return try session.console.output.write(answer.pnml) }
    if session.options.format == .yaml {
      guard let version = one.version else { throw Trouble.noYAML }
      return try session.console.output.write(version.bytes)
    }
    let (language, steps) = (session.language, StepRows.rows(one.procedure, in: session.language))
    guard session.format == .table else { return try session.rows(StepRows.columns).give(steps) }
    try session.give(NetAnswer.columns, answer.cells(in: language))
    try session.console.output.write("\n")
    try session.rows(StepRows.columns).give(steps)
  }
}
