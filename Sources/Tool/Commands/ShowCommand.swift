import Answers
import ArgumentParser
import Engine
import Projection
import ProjectionCatalogue
import Vocabulary

/// `keshi show NAME [SUBJECT]`: rows of a read model.
struct ShowCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show",
      abstract: Name("Show the rows of a read model, or list the read models.", "显示读模型的各行；不带名称则列出读模型。")[Speech.language],
      discussion: example(
        """
        keshi show
        keshi show churn
        keshi show lifecycle customer:4 --as-of 2025-12-31
        keshi show loyalty --known-at 2026-01-01 --rule tier=1 --format csv
        """))
  }

  @Argument(help: help("A read model such as churn.", "读模型，例如 churn。", value: "name"))
  var name: String?

  @Argument(help: help("Only the rows of this subject.", "只看此主体。", value: "subject"))
  var subject: String?

  @Flag(help: help("Give the SQLite views and their columns as a Markdown page.", "以 Markdown 列出 SQLite 视图及其各列。"))
  var schema = false

  @OptionGroup var reader: ReaderOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    if schema {
      let languages = session.options.lang == nil ? Language.allCases : [session.language]
      let all = ProjectionCatalogue.all
      guard let name else { return try session.console.output.write(SchemaPage(all, in: languages).markdown) }
      guard let one = all.first(where: { $0.name == name }) else {
        throw EngineError.unknownProjection(name, known: all.map(\.name))
      }
      return try session.console.output.write(SchemaPage([one], in: languages).markdown)
    }
    guard let name else { return try session.rows(ModelList.columns).give(ModelList.rows(in: session.language)) }
    try session.withStore(.read) { store in
      let answer = try ModelAnswer(name, subject: subject, view: reader.view, of: store)
      if subject != nil, session.format == .table { return try tell(answer, in: session) }
      let writer = session.rows(answer.columns)
      let bar = ProgressBar(RebuildStep.deriving.title, on: session.console)
      defer { bar.finish() }
      try answer.forEachRow(progress: { bar.update($0, of: $1) }) { row in
        bar.finish()
        try writer.write(row)
      }
      try writer.finish()
      if writer.count == 0 { session.console.remark(answer.nothing) }
    }
  }
  /// The rows of one subject on a terminal: a single row as a line for each value, because a row is wider than a terminal.
  private func tell(_ answer: ModelAnswer, in session: Session) throws {
    var rows: [[Cell]] = []
    try answer.forEachRow { rows.append($0) }
    guard rows.count == 1 else {
      try session.rows(answer.columns).give(rows)
      return rows.isEmpty ? session.console.remark(answer.nothing) : ()
    }
    try session.give(answer.columns, rows[0].map { $0 == .null ? .absent : $0 })
  }
}
