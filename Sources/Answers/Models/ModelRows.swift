import Engine
import Projection
import Vocabulary

/// A read model's rows as answers: its own columns, and what every row says of where it comes from.
public struct ModelRows {
  public let columns: [Column]

  public init(_ projection: AnyProjection) {
    columns =
      [Column("subject", .text, "Subject", "主体")] + projection.columns
      + [
        Column("since", .instant, "Since", "起始"), Column("because", .position, "Event", "依据事件"),
        Column("asOf", .instant, "As of", "截至"), Column("position", .position, "Newest event", "最新事件"),
        Column("rule", .text, "Rule", "规则"),
      ]
  }

  /// The engine counts the events on which a row rests; a reader names the newest of them, as receipts, `--known-at`
  /// and evidence do.
  public func cells(of line: ModelLine) -> [Cell] {
    [.text(line.subject)] + zip(columns.dropFirst(), line.values).map { Cell($1, in: $0) }
      + [Cell(line.since), Cell(line.because), .instant(line.asOf), .integer(line.position - 1), Cell(line.rule)]
  }
}
