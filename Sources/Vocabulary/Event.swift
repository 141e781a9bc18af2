public import Wire

/// One event with its envelope: who did what, to whom, when, and how Keshi came to know it.
///
/// `seq` and `recordedAt` are the log's to give; an event that is not yet recorded has neither.
public struct Event: Hashable, Sendable {
  public var type: String
  public var subject: Subject
  /// Business time: when it happened.
  public var occurredAt: Instant
  public var data: JSONObject
  /// Commitments to the personal values that are not in `data`, by their fields.
  public var sealed: JSONObject = [:]
  /// The version of `data`'s shape.
  public var version: Int
  /// A name that the source chose; the same id again is the same event again.
  public var id: String?
  public var about = Circumstances()
  /// Log time: when it was recorded.
  public var recordedAt: Instant?
  /// Position in the log, from 0, without gaps.
  public var seq: Int64?

  public init(
    _ type: String, _ subject: Subject, at occurredAt: Instant, _ data: JSONObject = [:], version: Int = 1, id: String? = nil
  ) {
    self.type = type
    self.subject = subject
    self.occurredAt = occurredAt
    self.data = data
    self.version = version
    self.id = id
  }

  /// An event of a declared type, in its newest shape.
  public init<F: Family>(
    _ type: F, _ subject: Subject, at occurredAt: Instant, _ data: JSONObject = [:], id: String? = nil
  ) {
    let declaration = type.declaration
    self.init(declaration.name, subject, at: occurredAt, data, version: declaration.version, id: id)
  }
}
