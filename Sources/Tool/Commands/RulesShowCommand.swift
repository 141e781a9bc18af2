import ArgumentParser
import Engine
import Projection
import RuleFiles
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
        keshi rules show churn --format yaml > churn.yaml
        """) + "\n\n" + explanation[Speech.language])
  }

  private static let explanation = Name(
    "`--format yaml` gives a file with comments that can be edited and published as it is.",
    "`--format yaml` 给出带说明的文件，改好即可发布。")

  @Argument(help: help("A kind of rule, see `keshi rules list`.", "规则类别，见 `keshi rules list`。", value: "kind"))
  var kind: String

  @Argument(help: help("A version.", "版本。", value: "version"))
  var version: Int?

  @OptionGroup var global: GlobalOptions

  static let columns = [
    Column("field", .text, "Field", "字段"), Column("title", .text, "Meaning", "含义"), Column("value", .text, "Value", "值"),
  ]
  /// What is told beside the row of the list.
  private static let more = [
    Column("cost", .integer, "Looks for a subject and day, at most", "每主体每日最多取值次数"),
    Column("recordedAt", .instant, "Recorded at", "入账时间"), Column("supersedes", .integer, "Supersedes version", "取代版本"),
    Column("expectedImpact", .text, "Expected impact", "预期影响"), Column("impact", .text, "Impact, counted", "影响统计"),
  ]

  func run(in session: Session) throws {
    let kind = try session.ruleKind(kind)
    let book = try session.ruleBook()
    let line = try line(kind.name, book, session)
    if session.options.format == .yaml { return try session.console.output.write(file(line.rule, kind, session)) }
    let columns = RuleCells.columns + RulesShowCommand.more
    let cells = line.cells(in: session.language) + RulesShowCommand.cells(of: line.rule, kind)
    switch session.format {
    case .json, .ndjson:
      try session.give(columns + [Column("body", .text, "Rule", "规则")], cells + [.json(.object(line.rule.rule.body))])
    case .csv: try giveFields(of: line.rule, kind, in: session)
    case .table:
      try session.give(columns, cells)
      try session.console.output.write("\n")
      try giveFields(of: line.rule, kind, in: session)
    }
  }

  /// The version asked for, which may still wait for approval; without one, the newest that was published.
  private func line(_ kind: String, _ book: RuleBook, _ session: Session) throws -> RuleCells {
    let now = session.console.clock.millisecond
    let all = try book.all(kind)
    guard let version else { return RuleCells(all[all.count - 1], in: book, at: now) }
    let waiting = try book.proposals(kind).first { $0.draft.rule.version == version }
    if let waiting { return RuleCells(waiting) }
    return RuleCells(try book.version(version, of: kind), in: book, at: now)
  }

  private static func cells(of rule: PublishedRule, _ kind: RuleKind) -> [Cell] {
    let cost = kind.cost(of: rule.rule.body)
    let own: [Cell] = [cost > 0 ? .integer(Int64(cost)) : .absent]
    guard let publication = rule.publication else { return own + more.dropFirst().map { _ in .absent } }
    return own + [
      Cell(publication.recordedAt), publication.supersedes.map { .integer(Int64($0)) } ?? .absent,
      publication.expectation.map { .text($0) } ?? .absent, publication.impact.map { .json(.object($0)) } ?? .absent,
    ]
  }

  private func file(_ rule: PublishedRule, _ kind: RuleKind, _ session: Session) -> String {
    let from = rule.rule.effective
    let since = from == .distantPast ? "from the beginning · 自始生效" : "in force from · 生效时间 \(from)"
    return RuleFile.text(
      of: rule.rule, kind: kind,
      header: [
        "\(rule.label), \(since)", "sha256 \(rule.hash)", "",
        "Edit the values, then · 修改后发布：", "  keshi rules publish \(kind.name) FILE --from 2027-01-01 --why \"…\" --approved-by NAME", "",
      ], language: session.language)
  }

  private func giveFields(of rule: PublishedRule, _ kind: RuleKind, in session: Session) throws {
    let rows = session.rows(RulesShowCommand.columns)
    for member in rule.rule.body.members {
      let title = kind.fields.first { $0.name == member.name }?.title[session.language] ?? ""
      try rows.write([.text(member.name), .text(title), .json(member.value)])
    }
    try rows.finish()
  }
}
