/// Why facts could not be derived from lines, or a file of facts could not be read. The log itself is unharmed.
public enum FactsError: Error, Hashable, Sendable {
  /// The line at `seq` is not one that Keshi writes.
  case unreadableLine(seq: Int64, offset: Int)
  /// The line at `seq` holds an event that its declaration refuses.
  case refused(seq: Int64, message: String)
  /// A file of facts is damaged or cut; it can be derived again from the log.
  case damaged(file: String, what: String)
  /// More distinct layouts in one segment than a column can number.
  case tooManyLayouts(seq: Int64)

  public var code: String {
    switch self {
    case .unreadableLine, .refused: "E-FACTS-LINE"
    case .damaged: "E-FACTS-DAMAGED"
    case .tooManyLayouts: "E-FACTS-LAYOUTS"
    }
  }
}
