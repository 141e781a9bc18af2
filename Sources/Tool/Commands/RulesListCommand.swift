import ArgumentParser
import Engine
import Projection
import Vocabulary
import Wire

/// `keshi rules list [KIND]`: every version of every rule, and what waits for approval.
struct RulesListCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list",
      abstract: Name(
        "List every version of every rule, or the one in force at a time.", "列出所有规则的所有版本，或某一时刻现行的版本。")[Speech.language],
      discussion: example(
        """
        keshi rules list
        keshi rules list churn
        keshi rules list --at 2026-06-30 --known-at 2026-07-05
        """))
  }

  @Argument(help: help("Only this kind of rule.", "只列此类规则。", value: "kind"))
  var kind: String?

  @Option(help: help("Only the versions in force at this time.", "只列此时刻现行的版本。", value: "t"))
  var at: TimePoint?

  @Option(
    help: help(
      "As the log stood at time T, or right after event number SEQ.", "按日志在时间 T 的样子，或事件 SEQ 刚入账后的样子。", value: "t|seq"))
  var knownAt: LogPoint?

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let book = try session.ruleBook(knownAt: knownAt?.knownAt)
    let kinds = try kind.map { [try session.ruleKind($0).name] } ?? book.kinds
    let rows = session.rows(RuleCells.columns)
    for kind in kinds {
      for line in try lines(kind, book, session) { try rows.write(line.cells(in: session.language)) }
    }
    try rows.finish()
  }

  private func lines(_ kind: String, _ book: RuleBook, _ session: Session) throws -> [RuleCells] {
    if let at { return [RuleCells(try book.inForce(kind, at: at.instant), in: book, at: at.instant)] }
    let now = session.console.clock.millisecond
    return try book.all(kind).map { RuleCells($0, in: book, at: now) } + book.proposals(kind).map { RuleCells($0) }
  }
}
