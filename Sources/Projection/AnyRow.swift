public import Wire

/// A row as read models, tables and files take it, whatever the projection.
public struct AnyRow: Hashable, Sendable {
  /// With the texts of its names.
  public let values: [Value]
  public let since: Instant?
  public let because: Int64?
  public let amounts: [Amount]

  @inlinable public init(_ row: some Row, _ names: any Names) {
    values = row.values(names)
    since = row.since
    because = row.because
    amounts = row.amounts
  }
}
