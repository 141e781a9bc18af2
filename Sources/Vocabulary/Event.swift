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

/// Who recorded an event, in which capacity, by which way, and because of what.
public struct Circumstances: Hashable, Sendable {
  public var actor: String?
  /// The actor's name as it stood then; it outlives the account.
  public var actorName: String?
  public var role: String?
  public var onBehalfOf: String?
  /// `ui`, `cli`, `import`, `api` or `rule`.
  public var channel: String?
  public var batch: String?
  public var reason: String?
  /// The id of the event that led to this one.
  public var causedBy: String?
  public var correlation: String?
  public var sopVersion: String?

  public init() {}
}

extension Circumstances {
  /// Bytes that one of these texts may have.
  public static let lengthLimit = 500

  /// Name in a line and place in the value, in the order of the names.
  public static var members: [(name: String, path: any WritableKeyPath<Circumstances, String?> & Sendable)] {
    [
      ("actor", \.actor), ("actorName", \.actorName), ("batch", \.batch), ("causedBy", \.causedBy),
      ("channel", \.channel), ("correlation", \.correlation), ("onBehalfOf", \.onBehalfOf), ("reason", \.reason),
      ("role", \.role), ("sopVersion", \.sopVersion),
    ]
  }
}
