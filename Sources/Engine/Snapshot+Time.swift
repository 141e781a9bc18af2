public import Wire

extension Snapshot {
  /// The business time as of which a view is answered: its own, or the latest that the events it sees know.
  public func businessTime(of view: View) throws -> Instant { try asOf(view, before: try position(of: view)) }

  /// How many of the log's events a view sees.
  public func eventCount(of view: View) throws -> Int64 { try position(of: view) }
}
