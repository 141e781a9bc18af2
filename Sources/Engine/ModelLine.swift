import Projection
import Wire

/// A row with everything that says where it comes from.
public struct ModelLine: Hashable, Sendable {
  public let subject: String
  public let values: [Value]
  public let since: Instant?
  public let because: Int64?
  public let asOf: Instant
  /// How many of the log's events it rests on.
  public let position: Int64
  /// `lifecycle@1`; `nil` where the projection judges nothing.
  public let rule: String?
}

/// What one rebuild did.
public struct RebuildReport: Hashable, Sendable {
  public let projection: String
  public let events: Int64
  public let rows: Int64
  /// Rows that differ from the read model that stood before, those added and removed included.
  public let changed: Int64
  public let seconds: Double
  public var eventsPerSecond: Double { seconds > 0 ? Double(events) / seconds : 0 }
  public let outputHash: String
  public let asOf: Instant
  public let rule: String?
}
