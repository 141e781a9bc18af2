import Engine
import Projection
import ProjectionCatalogue
import Vocabulary

/// The rows of a read model, or those of one subject.
public struct ModelAnswer {
  public let projection: AnyProjection
  private let rows: ModelRows
  private let store: Store
  private let subject: String?
  private let view: View

  /// - Throws: `EngineError.unknownProjection`, with the names that there are.
  public init(_ name: String, subject: String? = nil, view: View, of store: Store) throws {
    projection = try store.snapshot().projection(name)
    rows = ModelRows(projection)
    (self.store, self.subject, self.view) = (store, subject, view)
  }

  public var columns: [Column] { rows.columns }

  /// Calls `body` with each row, in the order of the subjects.
  public func forEachRow(progress: @escaping Progress = { _, _ in }, _ body: ([Cell]) throws -> Void) throws {
    guard let subject else {
      return try store.rows(of: projection.name, view: view, progress: progress) { try body(rows.cells(of: $0)) }
    }
    for line in try store.snapshot().rows(of: projection.name, subject: subject, view: view) {
      try body(rows.cells(of: line))
    }
  }

  /// What is said where there is no row.
  public var nothing: Name {
    subject.map { Name("\($0) has no row in \(projection.name).", "\($0) 在 \(projection.name) 中没有行。") }
      ?? Name("\(projection.name) has no rows.", "\(projection.name) 没有任何行。")
  }
}

/// Which read models there are.
public enum ModelList {
  public static let columns = [
    Column("name", .text, "Name", "名称"), Column("title", .text, "Read model", "读模型"),
    Column("about", .text, "Rows about", "每行对应"), Column("rule", .text, "Rule", "规则"),
  ]

  public static var names: [String] { ProjectionCatalogue.all.map(\.name) }

  public static func rows(in language: Language) -> [[Cell]] {
    ProjectionCatalogue.all.map { projection in
      [
        .text(projection.name), .text(projection.title[language]), .text(projection.about), Cell(projection.ruleKind),
      ]
    }
  }
}
