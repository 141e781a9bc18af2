import Answers
import ArgumentParser
import Engine
import Projection
import ProjectionCatalogue
import Vocabulary

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
    let kinds = try kind.map { [try RuleKind.named($0).name] } ?? book.kinds
    let rows = session.rows(RuleCells.columns)
    for kind in kinds {
      let lines = try RuleCells.lines(of: kind, in: book, at: at?.instant, now: session.console.clock.millisecond)
      for line in lines { try rows.write(line.cells(in: session.language)) }
    }
    try rows.finish()
  }
}

extension Session {
  /// The rules that the product ships and those that the log publishes; without a log, those that the product ships.
  func ruleBook(knownAt: View.KnownAt? = nil) throws -> RuleBook {
    do {
      return try withStore(.read) { store in
        let snapshot = try store.snapshot()
        guard let knownAt else { return try snapshot.ruleBook() }
        var view = View.present
        view.knownAt = knownAt
        return try snapshot.ruleBook(view)
      }
    } catch let trouble as Trouble where trouble.kind == .absent && knownAt == nil {
      console.remark(Name("There is no log here; these are the rules that Keshi ships.", "此处没有日志；以下为客史自带的规则。"))
      return RuleBook(kinds: ProjectionCatalogue.rules)
    }
  }
}
