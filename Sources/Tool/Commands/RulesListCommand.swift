import ArgumentParser
import Engine
import Projection
import ProjectionCatalogue
import Vocabulary
import Wire

/// `keshi rules list`: every version of every rule.
struct RulesListCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list",
      abstract: Name("List every version of every rule.", "列出所有规则的所有版本。")[Speech.language],
      discussion: example("keshi rules list"))
  }

  @OptionGroup var global: GlobalOptions

  static let columns = [
    Column("kind", .text, "Rule", "规则"), Column("version", .integer, "Version", "版本"),
    Column("effective", .instant, "In force from", "生效时间"), Column("seq", .position, "Event", "事件"),
    Column("why", .text, "Why", "缘由"), Column("hash", .text, "Hash", "哈希"),
  ]

  func run(in session: Session) throws {
    let book = try session.ruleBook()
    let rows = session.rows(RulesListCommand.columns)
    for kind in book.kinds {
      for rule in try book.all(kind) { try rows.write(rule.cells(in: session.language)) }
    }
    try rows.finish()
  }
}

extension PublishedRule {
  func cells(in language: Language) -> [Cell] {
    [
      .text(kind), .integer(Int64(rule.version)), rule.effective == .distantPast ? .null : .instant(rule.effective),
      Cell(seq), .text(rule.why[language]), .text(hash),
    ]
  }
}

extension Session {
  /// The rules that the product ships and those that the log publishes; without a log, those that the product ships.
  func ruleBook() throws -> RuleBook {
    do {
      return try withStore(.read) { try $0.snapshot().ruleBook() }
    } catch let trouble as Trouble where trouble.status == .noInput {
      console.remark(Name("There is no log here; these are the rules that Keshi ships.", "此处没有日志；以下为客史自带的规则。"))
      return RuleBook(ProjectionCatalogue.all)
    }
  }
}
