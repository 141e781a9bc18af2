/// What a condition may be at most. All of it is checked when a rule is read, so that a judgement cannot run long.
public enum ConditionLimit {
  /// Bytes of its text.
  public static let bytes = 1_000
  /// Parentheses and `not` inside one another.
  public static let depth = 12
  public static let comparisons = 16
  /// Looks at measures, each counted with its passes over the subject's history.
  public static let cost = 64
  /// The largest number that may be written.
  public static let literal: Int64 = 1_000_000_000
  /// Digits behind the point.
  public static let decimals = 6
  /// Days of a window, and days that it may lie back.
  public static let windowDays = 3_650
  /// The largest value that a calculation may reach.
  static let magnitude = 1e25
}
