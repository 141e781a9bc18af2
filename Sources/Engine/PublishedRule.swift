import Crypto
public import Projection
import Vocabulary
public import Wire

/// One version of a rule with where it comes from.
public struct PublishedRule: Hashable, Sendable {
  public let kind: String
  public let rule: RuleVersion
  /// SHA-256 of the body's canonical JSON, lower-case hexadecimal.
  public let hash: String
  /// Position of the event that laid it down; `nil` for a version that the product ships.
  public let seq: Int64?
  /// Who, when and with whose approval; `nil` for a version that the product ships.
  public let publication: Publication?

  init(kind: String, rule: RuleVersion, seq: Int64? = nil, publication: Publication? = nil) {
    self.kind = kind
    self.rule = rule
    self.seq = seq
    self.publication = publication
    hash = RuleHash.of(rule.body)
  }

  /// `lifecycle@1`, as rows name it.
  public var label: String { "\(kind)@\(rule.version)" }
}

/// How a version came to be.
public struct Publication: Hashable, Sendable {
  /// Who wrote it.
  public let author: String?
  /// Who else decided for it; `nil` where nobody did.
  public let approvedBy: String?
  public let recordedAt: Instant?
  /// What it was expected to do, in words.
  public let expectation: String?
  /// What a comparison found, as `rule.published` declares it.
  public let impact: JSONObject?
  public let supersedes: Int?
}

/// A version that somebody proposed.
public struct RuleProposal: Hashable, Sendable {
  public let draft: PublishedRule
  /// The id of its event, which the publication names as its cause.
  public let id: String?
  /// Position of the event that rejected it.
  public internal(set) var rejectedAt: Int64?
}

/// How rules are hashed.
public enum RuleHash {
  /// SHA-256 of a body's canonical JSON (RFC 8785), lower-case hexadecimal.
  public static func of(_ body: JSONObject) -> String {
    let canonical = JSON.object(body).canonical
    return SHA256.hash(data: Array(canonical.utf8)).reduce(into: Text()) { $0.append(hex: $1) }.string
  }
}
