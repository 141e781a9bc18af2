/// Why access cannot be given, or a file that gives it is not believed.
public enum AccessError: Error, Hashable, Sendable {
  case weakSecret
  case badName(String)
  case noRole
  /// Not in the future, or more than a year away.
  case badExpiry
  case unknownToken(String)
  /// Others than its owner may read or write the file.
  case openFile(path: String)
  /// A line of the file is not a token.
  case badLine(path: String, line: Int)
  case file(path: String, errno: Int32)
  case tooLarge(path: String, limit: Int)
  /// The identity provider's keys cannot be used.
  case badKeys(path: String, what: String)
}
