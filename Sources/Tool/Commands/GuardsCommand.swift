import Answers
import ArgumentParser
import Engine
import Events
import Vocabulary

/// `keshi guards [SUBJECT] [--all]`: what must hold before an event is recorded, and where the record does not hold to it.
struct GuardsCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "guards",
      abstract: Name(
        "List the guards, or the recorded events that they would have refused.", "列出守则，或已入账而守则本会拒绝的事件。")[Speech.language],
      discussion: example(
        """
        keshi guards
        keshi guards contract:K-7
        keshi guards --all --format csv > objections.csv
        """) + "\n\n"
        + Name(
          "History is recorded as it was, so what came in by append or import may hold what a guard refuses. Each event "
            + "is judged by what was recorded before it. Status 2 where there are objections.",
          "历史照实收录，因此经 append 或 import 进入的事件可能不合守则。每个事件依其之前的记录判断。有异议时状态为 2。")[
            Speech.language])
  }

  @Argument(help: help("Whose history: customer:4, contract:K-7.", "查看谁的历史：customer:4、contract:K-7。", value: "subject"))
  var subject: String?

  @Flag(help: help("The whole log.", "整个日志。"))
  var all = false

  @Option(help: help("Objections of this guard only.", "只看此守则的异议。", value: "guard"))
  var only: String?

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    guard subject == nil || !all else {
      throw Trouble.usage(
        Name("a subject and --all exclude each other", "主体与 --all 不能同时使用"),
        remedy: Name("give one of them", "请只给其一"))
    }
    guard subject != nil || all else { return try session.rows(GuardRows.columns).give(GuardRows.all(in: session.language)) }
    let chosen = Guards.all.filter { only == nil || $0.id == only }
    guard !chosen.isEmpty else {
      throw Trouble.usage(
        Name("there is no guard \"\(only ?? "")\"", "没有守则“\(only ?? "")”"),
        remedy: Name("`keshi guards` lists them", "用 `keshi guards` 查看"))
    }
    let count = try session.withStore(.read) { store in try objections(chosen, in: store, session) }
    if count > 0 { throw Ending(status: .differs) }
    session.console.remark(Name("No guard objects.", "没有守则提出异议。"))
  }

  private func objections(_ guards: [any Guard.Type], in store: Store, _ session: Session) throws -> Int {
    let rows = session.rows(GuardRows.objectionColumns)
    let bar = ProgressBar(Name("Reading", "读取"), on: session.console)
    defer { bar.finish() }
    try store.objections(to: subject, by: guards, progress: { bar.update($0, of: $1) }) { objection in
      try rows.write(GuardRows.cells(of: objection, in: session.language))
    }
    try rows.finish()
    return rows.count
  }
}
