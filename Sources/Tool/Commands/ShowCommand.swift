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

  @OptionGroup var reader: ReaderOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    guard let name else { return try list(in: session) }
    try session.withStore(.read) { store in
      let snapshot = try store.snapshot()
      let projection = try snapshot.projection(named: name)
      let rows = ModelRows(projection)
      let writer = session.rows(rows.columns)
      if let subject {
        for line in try snapshot.rows(of: name, subject: subject, view: reader.view) { try writer.write(rows.cells(of: line)) }
      } else {
        try giveAll(of: store, rows, to: writer, in: session)
      }
      try writer.finish()
      if writer.count == 0 { tellNothing(of: projection, in: session) }
    }
  }

  private func giveAll(of store: Store, _ rows: ModelRows, to writer: any RowWriter, in session: Session) throws {
    let bar = ProgressBar(RebuildStep.deriving.title, on: session.console)
    defer { bar.finish() }
    try store.rows(of: name ?? "", view: reader.view, progress: { bar.update($0, of: $1) }) { line in
      bar.finish()
      try writer.write(rows.cells(of: line))
    }
  }

  private func tellNothing(of projection: AnyProjection, in session: Session) {
    session.console.remark(
      subject.map {
        Name("\($0) has no row in \(projection.name).", "\($0) 在 \(projection.name) 中没有行。")
      } ?? Name("\(projection.name) has no rows.", "\(projection.name) 没有任何行。"))
  }

  private func list(in session: Session) throws {
    let rows = session.rows([
      Column("name", .text, "Name", "名称"), Column("title", .text, "Read model", "读模型"),
      Column("about", .text, "Rows about", "每行对应"), Column("rule", .text, "Rule", "规则"),
    ])
    for projection in ProjectionCatalogue.all {
      try rows.write([
        .text(projection.name), .text(projection.title[session.language]), .text(projection.about), Cell(projection.ruleKind)])
    }
    try rows.finish()
  }
}

extension Snapshot {
  /// The read model of that name; throws with the names that there are.
  func projection(named name: String) throws(EngineError) -> AnyProjection {
    guard let found = projections.first(where: { $0.name == name }) else {
      throw .unknownProjection(name, known: projections.map(\.name))
    }
    return found
  }
}
