import Answers
import ArgumentParser
import Projection
import Vocabulary

/// `keshi process check MODEL [SUBJECT]`: how well cases follow a procedure.
struct ProcessCheckCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "check",
      abstract: Name(
        "Compare cases with a procedure: fitness by optimal alignments and token replay, and every deviation.",
        "将案例与流程对照：最优对齐与托肯重放的拟合度，以及每处偏差。")[Speech.language],
      discussion: example(
        """
        keshi process check complaint-handling
        keshi process check complaint-handling complaint:CP-000042
        keshi process check order-to-cash --by case --as-of 2025-12-31 --format csv
        keshi process check complaint-handling@1 --by deviation
        keshi process check running-example.pnml
        """) + "\n\n" + explanation[Speech.language])
  }

  private static let explanation = Name(
    """
    A case is a thing of the kind that the procedure is about, with what its file links to it. Cases are judged by the \
    version in use when they began, or by the one that is named.

    Alignment fitness: 1 − (steps skipped + events inserted) ÷ (events + shortest run of the model). Token fitness: \
    ½ (1 − missing ÷ consumed) + ½ (1 − remaining ÷ produced); events that the model lacks count. Two averages: the mean \
    of the cases' fitness, each case alike, and the fitness of the log, by sums over all cases. They speak of cases that \
    are over; what a running case still lacks may come.

    Time limits in working days go by the calendar of the rule sla. Training: whether whoever acted had learnt that \
    version, by `training.completed`; not known where nobody's training in the procedure is on record.
    """,
    """
    案例即流程所针对的对象，连同其文件所关联之物。案例按其开始时启用的版本判断，或按指定版本判断。

    对齐拟合度：1 −（跳过步骤 + 插入事件）÷（事件数 + 模型最短运行）。托肯拟合度：½（1 − 缺失 ÷ 消耗）+ ½（1 − 残留 ÷ 产生）；\
    模型没有的事件也计入。两种平均：案例拟合度均值（每案相同权重），以及按全部案例合计的日志拟合度。\
    均只计已结束的案例；进行中的案例所缺步骤仍可能发生。

    以工作日计的时限依规则 sla 的日历。培训：办理人当时是否已学过该版本，依据 `training.completed`；无人有该流程的培训记录时为不详。
    """)

  enum Detail: String, CaseIterable, ExpressibleByArgument {
    case log, step, `case`, deviation
  }

  @Argument(help: ProcessCommand.modelHelp)
  var model: String

  @Argument(help: help("Only this case, step by step.", "只看此案例，逐步列出。", value: "subject"))
  var subject: String?

  @Option(
    help: help(
      "Rows for the whole log, or for each step, case or deviation.", "按整个日志、步骤、案例或偏差列出。", value: "what"))
  var by: Detail = .log

  @OptionGroup var process: ProcessOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let check = try session.processCheck(model, subject: subject, process)
    if subject != nil, by == .log { return try tellCase(check, in: session) }
    let language = session.language
    switch by {
    case .log: try tellLog(check, in: session)
    case .step: try session.rows(ProcessCheck.findingColumns).give(check.findingRows(in: language))
    case .case: try session.rows(ProcessCheck.caseColumns).give(check.caseRows(in: language))
    case .deviation: try session.rows(ProcessCheck.deviationColumns).give(check.deviationRows(in: language))
    }
    for note in check.notes { session.console.remark(note) }
  }

  private func tellLog(_ check: ProcessCheck, in session: Session) throws {
    try session.rows(ProcessCheck.summaryColumns).give(check.summaryRows)
    guard session.format == .table else { return }
    try part(Name("What was done otherwise", "偏差"), ProcessCheck.findingColumns, check.findingRows(in: session.language), session)
  }

  private func tellCase(_ check: ProcessCheck, in session: Session) throws {
    let language = session.language
    let moves = try check.moveRows(in: language)
    guard session.format == .table else { return try session.rows(ProcessCheck.moveColumns).give(moves) }
    if let row = check.caseRows(in: language).first { try session.give(ProcessCheck.caseColumns, row.map { $0 == .null ? .absent : $0 }) }
    try session.console.output.write("\n")
    try session.rows(ProcessCheck.moveColumns).give(moves)
    try part(
      Name("Deviations", "偏差"), ProcessCheck.deviationColumns.suffix(1), check.deviationRows(in: language).map { $0.suffix(1) }, session)
  }

  /// A table under a heading; nothing where it has no rows.
  private func part(_ heading: Name, _ columns: [Column], _ rows: [[Cell]], _ session: Session) throws {
    guard !rows.isEmpty else { return }
    try session.console.output.write("\n\(heading[session.language])\n\n")
    try session.rows(columns).give(rows)
  }
}
