import Answers
import ArgumentParser
import Conformance
import Engine
import Events
import Vocabulary
import Wire

/// `keshi process publish FILE`: a new version of a procedure.
struct ProcessPublishCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "publish",
      abstract: Name(
        "Publish a new version of a procedure from a file; cases that begin later are judged by it.",
        "由文件发布流程新版本；此后开始的案例按新版本判断。")[Speech.language],
      discussion: example(
        """
        keshi process show complaint-handling --format yaml > complaint-handling.yaml
        keshi process publish complaint-handling.yaml --from 2027-01-01 --approval A-7 --role PO
        keshi process publish complaint-handling.yaml --from 2027-01-01 --dry-run
        """) + "\n\n"
        + Name(
          "The whole file goes into the log with its hash (`sop.published`). The guards hold as for `keshi do`: a process owner records it, and another person has decided about it.",
          "文件全文连同哈希写入日志（`sop.published`）。守则与 `keshi do` 相同：由流程负责人入账，并须经另一人决定。")[Speech.language])
  }

  @Argument(help: help("A YAML file; - is standard input.", "YAML 文件；- 为标准输入。", value: "file"))
  var file: String

  @Option(help: help("In use from the beginning of this day (UTC).", "自该日零点（UTC）起启用。", value: "date"))
  var from: Day

  @Option(help: help("The approval in which another person decided.", "另一人作出决定的审批编号。", value: "id"))
  var approval: String?

  @Flag(help: help("Check everything, record nothing.", "只检查，不写入。"))
  var dryRun = false

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let bytes = try InputFile.read(file, limit: ConformanceLimit.procedureBytes, in: session)
    try session.withStore(dryRun ? .read : .write) { store in
      let now = session.console.clock.millisecond
      var event = try ProcedurePublication.event(
        bytes, name: file == "-" ? "stdin" : file, from: from, approval: approval, after: ProcedureBook(store.snapshot()),
        at: now, in: session.language)
      event.about = session.circumstances(channel: "cli")
      let result = try store.perform(Command([event]), guards: Guards.all, rehearse: dryRun)
      let answer = CommandAnswer(result, isRehearsal: dryRun, now: now)
      try session.rows(CommandAnswer.columns).give(answer.rows)
      if dryRun { session.console.remark(Name("Nothing was recorded.", "没有写入任何内容。")) }
    }
  }
}
