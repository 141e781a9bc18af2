import Projection
import Vocabulary

/// The read models as a public interface: for each its file, table and view, and what every column holds.
///
/// Made from the declarations of the projections alone; a test compares the page in the repository with what this makes.
public struct SchemaPage {
  private let projections: [AnyProjection]
  /// The languages of the page, side by side where there are two.
  private let languages: [Language]

  public init(_ projections: [AnyProjection], in languages: [Language]) { (self.projections, self.languages) = (projections, languages) }

  /// The page as Markdown, with a line feed at its end.
  public var markdown: String { ([head, common] + projections.map(section)).joined(separator: "\n\n") + "\n" }

  private func both(_ name: Name, _ separator: String = " · ") -> String { languages.map { name[$0] }.joined(separator: separator) }

  private var head: String {
    "# " + both(Name("Read models as SQLite files", "读模型（SQLite 文件）")) + "\n\n"
      + both(
        Name(
          "\(projections.count) files in `models/` of a data folder, one a read model, to be opened with any SQLite tool. "
            + "In each, the view that ends in `_rows` is the interface: its columns keep their names and meaning as long as the shape stays. "
            + "This page is made from the declarations; do not edit it.",
          "数据目录 `models/` 下共 \(projections.count) 个文件，每个读模型一个，可用任何 SQLite 工具打开。"
            + "其中以 `_rows` 结尾的视图即接口：形状号不变，其列名与含义不变。本页由声明生成，请勿手改。"), "\n\n")
      + "\n\n```\nkeshi rebuild\nkeshi show --schema\nsqlite3 keshi-demo/models/churn.sqlite 'SELECT * FROM \"churn_rows\" LIMIT 5'\ndatasette keshi-demo/models/*.sqlite\n```"
  }

  private var common: String {
    let rows: [(String, String, Name)] = [
      ("subject", "TEXT", Name("Whom or what the row is about, `kind:id`, with parts behind slashes; unique", "行所述主体，`类别:编号`，斜线后为分项；唯一")),
      ("since", "TEXT", Name("Since when this has been so (UTC)", "自何时起如此（UTC）")),
      ("because", "INTEGER", Name("The position of the event that made it so", "依据事件的序号")),
      ("rule", "TEXT", Name("The rule by which was judged, `churn@2`", "所依规则，例如 `churn@2`")),
      ("asOf", "TEXT", Name("The business time for which all rows hold", "全部行所对应的业务时间")),
      ("position", "INTEGER", Name("How many events the rows rest on", "所依据的事件数")),
    ]
    let kinds: [(String, Name)] = [
      ("text", Name("TEXT; words of a closed list are named in the table `words`", "TEXT；封闭词表见 `words` 表")),
      ("integer", Name("INTEGER, a count or a measure", "INTEGER，数量或度量")), ("money", Name("INTEGER, minor units of the currency in `cur`", "INTEGER，以 `cur` 币种的最小单位计")),
      ("hundredths", Name("INTEGER hundredths in the table, a decimal number in the view", "表中为百分之一的 INTEGER，视图中为小数")),
      ("flag", Name("INTEGER 0 or 1", "INTEGER 0 或 1")), ("day", Name("TEXT, a day, 2026-11-23", "TEXT，日期 2026-11-23")),
      ("instant", Name("TEXT, a time (UTC), 2026-11-23T11:40:03Z", "TEXT，时刻（UTC）2026-11-23T11:40:03Z")), ("position", Name("INTEGER, of an event", "INTEGER，事件序号")),
    ]
    return "## " + both(Name("Columns of every view", "每个视图都有的列")) + "\n\n| | | |\n|---|---|---|\n"
      + rows.map { "| `\($0.0)` | \($0.1) | \(both($0.2)) |" }.joined(separator: "\n") + "\n\n## " + both(Name("Kinds", "类型"))
      + "\n\n| | |\n|---|---|\n" + kinds.map { "| \($0.0) | \(both($0.1)) |" }.joined(separator: "\n")
  }

  private func section(_ projection: AnyProjection) -> String {
    let rule = projection.ruleKind.map { Name("rule `\($0)`", "规则 `\($0)`") } ?? Name("no rule", "不依规则")
    let facts = both(
      Name("View `\(projection.name)_rows`, shape \(projection.shape), ", "视图 `\(projection.name)_rows`，形状 \(projection.shape)，") + rule, "; ")
    let rows = projection.columns.map { column -> String in
      let words = column.words.map { "`\($0.text)` \(both($0.title, "/"))" }.joined(separator: ", ")
      return "| `\(column.name)` | \(column.kind.rawValue) | \(both(column.title))\(words.isEmpty ? "" : ": " + words) |"
    }
    return "## \(projection.name)\n\n" + both(projection.title) + ". " + facts + ".\n\n| | | |\n|---|---|---|\n" + rows.joined(separator: "\n")
  }
}
