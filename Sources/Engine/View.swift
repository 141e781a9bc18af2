import Wire

/// From where a reader looks: as of which business time, as the log stood when, judged by which rules.
///
/// The three compose. Events that happened later than `asOf`, or were recorded after `knownAt`, are not seen; rules are
/// those in force at `asOf` as far as they were known at `knownAt`, unless `rules` names another version.
public struct View: Hashable, Sendable {
  public enum KnownAt: Hashable, Sendable {
    /// The log's first `count` events.
    case position(Int64)
    /// What was recorded at or before that instant.
    case recorded(Instant)
  }

  /// `nil`: as of the latest business time that the log knows, so that the same log always gives the same answer.
  public var asOf: Instant?
  public var knownAt: KnownAt?
  /// Rule kind → version.
  public var rules: [String: Int] = [:]

  public init() {}

  /// The present: what read models are built for.
  public static let present = View()
}
