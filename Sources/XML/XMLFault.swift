/// Why bytes are no XML that this product reads.
public struct XMLFault: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// The parser's own words.
    case malformed(String)
    /// A document type is declared, without which no entity can be.
    case documentType
    case tooDeep(limit: Int)
    /// The element or text that is longer than allowed.
    case tooLarge(String, limit: Int)
  }

  public let reason: Reason
  /// From 1; 0 where no line can be named.
  public let line: Int

  public init(_ reason: Reason, line: Int = 0) {
    self.reason = reason
    self.line = line
  }
}
