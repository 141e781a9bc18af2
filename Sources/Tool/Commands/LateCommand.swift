import ArgumentParser
import Engine
import Projection
import Vocabulary

/// `keshi late [SUBJECT]`: what was recorded later than the approval rule allows without a reason.
struct LateCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "late",
      abstract: Name("List late entries, with the reason that each was given.", "补录清单：列出补录的事件及其原因。")[Speech.language],
      discussion: example(
        """
        keshi late
        keshi late contract:K-7
        keshi late --imports --format csv > late.csv
        """) + "\n\n"
        + Name(
          "An entry is late where more days passed until it was recorded than the approval rule in force when it happened "
            + "allows without a reason. What an import brought in was taken over as history and is counted only.",
          "自业务时间至入账时间超过当时有效的审批规则所许天数者为补录。import 带入的历史只计数，不列出。")[Speech.language])
  }

  @Argument(help: help("Whose history: customer:4, contract:K-7.", "查看谁的历史：customer:4、contract:K-7。", value: "subject"))
  var subject: String?

  @Flag(help: help("List what imports brought in, too.", "也列出 import 带入的事件。"))
  var imports = false

  @OptionGroup var global: GlobalOptions

  static let columns = [
    Column("seq", .position, "No.", "序号"), Column("type", .text, "Event", "事件"),
    Column("subject", .text, "Subject", "主体"), Column("occurredAt", .instant, "When", "业务时间"),
    Column("recordedAt", .instant, "Recorded", "入账时间"), Column("lateDays", .integer, "Days late", "补录天数"),
    Column("allowed", .integer, "Allowed", "允许天数"), Column("rule", .text, "Rule", "规则"),
    Column("actor", .text, "Actor", "操作人"), Column("role", .text, "Role", "角色"), Column("reason", .text, "Reason", "原因"),
  ]

  func run(in session: Session) throws {
    let rows = session.rows(LateCommand.columns)
    let skipped = try session.withStore(.read) { store in
      let bar = ProgressBar(Name("Reading", "读取"), on: session.console)
      defer { bar.finish() }
      return try store.lateEntries(of: subject, withImports: imports, progress: { bar.update($0, of: $1) }) { entry in
        let event = entry.event
        try rows.write([
          Cell(event.seq), .text(event.type), .text(event.subject.description), .instant(event.occurredAt),
          event.recordedAt.map { .instant($0) } ?? .absent, .integer(Int64(entry.days)), .integer(Int64(entry.allowed)),
          .text(entry.rule), Cell(event.about.actor), Cell(event.about.role), Cell(event.about.reason),
        ])
      }
    }
    try rows.finish()
    if skipped > 0 {
      session.console.remark(
        Name(
          "By imports, not listed: \(skipped); --imports lists them.", "import 带入而未列出：\(skipped) 个；用 --imports 列出。"))
    }
    if rows.count == 0 { session.console.remark(Name("No late entries.", "没有补录。")) }
  }
}
