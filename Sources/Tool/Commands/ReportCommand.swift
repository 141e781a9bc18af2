import Answers
import ArgumentParser
import Engine
import Foundation
import Pages
import Projection
import Vocabulary
import Wire

/// `keshi report [NAME --period P]`: a report about a period, as tables, data, or a page to print.
struct ReportCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "report",
      abstract: Name(
        "Report on a period as of its end: tables, data, or a page to print; without a name, list the reports.",
        "按期末出具期间报告：表格、数据或可打印页面；不带名称则列出报告。")[Speech.language],
      discussion: example(
        """
        keshi report
        keshi report sales --period 2026Q3
        keshi report customers --period 2026 --page customers.html --issue
        keshi report receivables --period 2026-09 --section overdue --format csv
        """))
  }

  @Argument(help: help("A report such as sales.", "报告，例如 sales。", value: "name"))
  var name: ReportName?

  @Option(help: help("A month, quarter or year: 2026-09, 2026Q3, 2026.", "月、季度或年：2026-09、2026Q3、2026。", value: "p"))
  var period: Period?

  @Option(help: help("Only this section's table, by the id that JSON and CSV name.", "只给出此部分的表格，名称见 JSON 与 CSV。", value: "id"))
  var section: String?

  @Option(help: help("Also write a page to print; the file must not exist.", "另存可打印的页面；文件不得已存在。", value: "file.html"))
  var page: String?

  @Flag(help: help("Record in the log that the page was issued, by its SHA-256.", "将页面的签发及其 SHA-256 记入日志。"))
  var issue = false

  @Option(
    help: help("As the log stood at time T, or right after event number SEQ.", "按日志在时间 T 的样子，或事件 SEQ 刚入账后的样子。", value: "t|seq"))
  var knownAt: LogPoint?

  @Option(
    help: help("Judge by another version of a rule; may be given again.", "按规则的另一版本判断；可多次给出。", value: "kind=version"))
  var rule: [RuleChoice] = []

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    guard let name else { return try session.rows(ReportList.columns).give(ReportList.rows(in: session.language)) }
    guard let period else {
      throw Trouble.usage(
        Name("a report is about a period", "报告须指明期间"), remedy: Name("add --period 2026Q3, --period 2026-09 or --period 2026", "请加上 --period 2026Q3、--period 2026-09 或 --period 2026"))
    }
    guard !issue || page != nil else {
      throw Trouble.usage(
        Name("--issue needs --page: what is issued is the page", "--issue 需要 --page：签发的是页面"), remedy: Name("add --page FILE.html", "请加上 --page FILE.html"))
    }
    if let page, FileManager.default.fileExists(atPath: page) { throw NewPage.exists(page) }
    let view = View(asOf: nil, knownAt: knownAt, rules: rule)
    let answer = try session.withStore(.read) { try ReportAnswer(name, period, view: view, naming: page != nil, of: $0) }
    let written = try page.map { try write(answer, to: $0, session) }
    if let section {
      let table = try answer.table(section)
      try session.rows(table.columns).give(table.rows)
    } else {
      try answer.give(in: session, with: written)
    }
    if let written { session.console.remark(written.remark) }
  }

  private func write(_ answer: ReportAnswer, to path: String, _ session: Session) throws -> IssuedPage {
    var page = try NewPage.write(.report(answer, in: session.language), to: path)
    guard issue else { return page }
    let event = try answer.issued(page, at: session.console.clock.millisecond, in: session.language)
    try session.withStore(.write) { store in
      try page.record(event, by: Recorder(store, about: session.circumstances(channel: "cli")))
    }
    return page
  }
}

extension ReportAnswer {
  /// The report in the form that was asked for.
  func give(in session: Session, with page: IssuedPage?) throws {
    switch session.format {
    case .json, .ndjson: try session.console.output.write(json(with: page).canonical + "\n")
    case .csv: try session.rows(ReportAnswer.columns).give(rows)
    case .table: try tell(in: session)
    }
  }

  private func tell(in session: Session) throws {
    let language = session.language
    let output = session.console.output
    try output.write(title[language] + "\n\n")
    let width = figures.map { $0.title[language].displayWidth }.max() ?? 0
    for figure in figures {
      let beside = [figure.comparison(in: language), figure.spread(in: language)].compactMap(\.self).joined(separator: "; ")
      try output.write(
        (figure.title[language].padded(toWidth: width + 2) + figure.text(in: language).padded(toWidth: 24) + beside).withoutControls + "\n")
    }
    for section in sections where !section.rows.isEmpty || section.note != nil {
      try output.write("\n\(section.heading[language])\n")
      if let note = section.note { try output.write("\(note[language])\n") }
      try output.write("\n")
      if !section.rows.isEmpty { try session.rows(section.columns).give(section.rows) }
    }
  }
}
