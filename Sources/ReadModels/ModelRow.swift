public import Projection
public import Wire

/// One row of a read model: what was concluded about one subject.
public struct ModelRow: Hashable, Sendable {
  /// `customer:4`; rows are kept in the order of its UTF-8 bytes.
  public var subject: String
  /// One for each column, in their order.
  public var values: [Value]
  /// Since when this has been so.
  public var since: Instant?
  /// The position of the event that made it so.
  public var because: Int64?

  public init(subject: String, values: [Value], since: Instant? = nil, because: Int64? = nil) {
    self.subject = subject
    self.values = values
    self.since = since
    self.because = because
  }
}
