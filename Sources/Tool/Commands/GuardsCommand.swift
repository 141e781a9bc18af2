import ArgumentParser
import Engine
import Events
import Projection
import Vocabulary
import Wire

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
    guard subject != nil || all else { return try list(in: session) }
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

  private func list(in session: Session) throws {
    let rows = session.rows([
      Column("guard", .text, "Guard", "守则"), Column("demands", .text, "Demands", "要求"),
      Column("types", .integer, "Types", "类型数"),
    ])
    for rule in Guards.all {
      let types = Catalogue.keshi.entries.count { rule.concerns($0.declaration) }
      try rows.write([.text(rule.id), .text(rule.title[session.language]), .integer(Int64(types))])
    }
    try rows.finish()
  }

  private func objections(_ guards: [any Guard.Type], in store: Store, _ session: Session) throws -> Int {
    let rows = session.rows([
      Column("seq", .position, "No.", "序号"), Column("type", .text, "Event", "事件"),
      Column("subject", .text, "Subject", "主体"), Column("occurredAt", .instant, "When", "业务时间"),
      Column("actor", .text, "Actor", "操作人"), Column("guard", .text, "Guard", "守则"), Column("why", .text, "Why", "缘由"),
    ])
    let bar = ProgressBar(Name("Reading", "读取"), on: session.console)
    defer { bar.finish() }
    try store.objections(to: subject, by: guards, progress: { bar.update($0, of: $1) }) { objection in
      let event = objection.event
      try rows.write([
        Cell(event.seq), .text(event.type), .text(event.subject.description), .instant(event.occurredAt),
        event.about.actor.map { .text($0) } ?? .absent, .text(objection.refusal.rule),
        .text(objection.refusal.message(in: session.language)),
      ])
    }
    try rows.finish()
    return rows.count
  }
}
