import ArgumentParser
import Engine
import Projection
import ProjectionCatalogue
import Vocabulary
import Wire

/// `keshi rules show KIND [VERSION]`: what a rule lays down.
struct RulesShowCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show",
      abstract: Name("Show what a rule lays down; without a version, the newest.", "显示规则内容；不写版本则为最新版。")[Speech.language],
      discussion: example(
        """
        keshi rules show churn
        keshi rules show churn 1 --format json
        """))
  }

  @Argument(help: help("A kind of rule, see `keshi rules list`.", "规则类别，见 `keshi rules list`。", value: "kind"))
  var kind: String

  @Argument(help: help("A version.", "版本。", value: "version"))
  var version: Int?

  @OptionGroup var global: GlobalOptions

  static let columns = [
    Column("field", .text, "Field", "字段"), Column("title", .text, "Meaning", "含义"), Column("value", .text, "Value", "值"),
  ]

  func run(in session: Session) throws {
    let book = try session.ruleBook()
    let all = try book.all(kind)
    let rule = try version.map { try book.version($0, of: kind) } ?? all[all.count - 1]
    let cells = rule.cells(in: session.language)
    switch session.format {
    case .json, .ndjson:
      try session.give(RulesListCommand.columns + [Column("body", .text, "Rule", "规则")], cells + [.json(.object(rule.rule.body))])
    case .csv: try giveFields(of: rule, in: session)
    case .table:
      try session.give(RulesListCommand.columns, cells)
      try session.console.output.write("\n")
      try giveFields(of: rule, in: session)
    }
  }

  private func giveFields(of rule: PublishedRule, in session: Session) throws {
    let fields = ProjectionCatalogue.all.first { $0.ruleKind == kind }?.ruleFields ?? []
    let rows = session.rows(RulesShowCommand.columns)
    for member in rule.rule.body.members {
      let title = fields.first { $0.name == member.name }?.title[session.language] ?? ""
      try rows.write([.text(member.name), .text(title), .json(member.value)])
    }
    try rows.finish()
  }
}
