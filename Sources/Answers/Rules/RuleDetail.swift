import Engine
import Projection
import RuleFiles
import Vocabulary
import Wire

/// What a version of a rule lays down.
public struct RuleDetail {
  public let line: RuleCells
  private let kind: RuleKind
  private var rule: PublishedRule { line.rule }

  /// - Parameter version: without one, the newest that was published.
  public init(_ kind: RuleKind, version: Int?, in book: RuleBook, now: Instant) throws {
    self.kind = kind
    line = try RuleCells.line(version, of: kind.name, in: book, now: now)
  }

  /// The columns of the list, and what is told beside them.
  public static let columns =
    RuleCells.columns + [
      Column("cost", .integer, "Looks for a subject and day, at most", "每主体每日最多取值次数"),
      Column("recordedAt", .instant, "Recorded at", "入账时间"), Column("supersedes", .integer, "Supersedes version", "取代版本"),
      Column("expectedImpact", .text, "Expected impact", "预期影响"), Column("impact", .text, "Impact, counted", "影响统计"),
    ]

  public func cells(in language: Language) -> [Cell] {
    let cost = kind.cost(of: rule.rule.body)
    let own = line.cells(in: language) + [cost > 0 ? .integer(Int64(cost)) : .absent]
    guard let publication = rule.publication else { return own + [.absent, .absent, .absent, .absent] }
    return own + [
      Cell(publication.recordedAt), publication.supersedes.map { .integer(Int64($0)) } ?? .absent,
      publication.expectation.map { .text($0) } ?? .absent, publication.impact.map { .json(.object($0)) } ?? .absent,
    ]
  }

  /// For programs the rule itself stands in the same object.
  public static let columnsWithBody = columns + [Column("body", .text, "Rule", "规则")]
  public func cellsWithBody(in language: Language) -> [Cell] { cells(in: language) + [.json(.object(rule.rule.body))] }

  public static let fieldColumns = [
    Column("field", .text, "Field", "字段"), Column("title", .text, "Meaning", "含义"), Column("value", .text, "Value", "值"),
  ]

  public func fields(in language: Language) -> [[Cell]] {
    rule.rule.body.members.map { member in
      let title = kind.fields.first { $0.name == member.name }?.title[language] ?? ""
      return [.text(member.name), .text(title), .json(member.value)]
    }
  }

  /// A file with comments that can be edited and published as it is.
  public func yaml(in language: Language) -> String {
    let from = rule.rule.effective
    let since = from == .distantPast ? "from the beginning · 自始生效" : "in force from · 生效时间 \(from)"
    return RuleFile.text(
      of: rule.rule, kind: kind,
      header: [
        "\(rule.label), \(since)", "sha256 \(rule.hash)", "",
        "Edit the values, then · 修改后发布：", "  keshi rules publish \(kind.name) FILE --from 2027-01-01 --why \"…\" --approved-by NAME", "",
      ], language: language)
  }
}
