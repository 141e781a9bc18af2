import YAML

/// What a rule file may be at most. Everything in it is counted before it is believed.
public enum RuleFileLimit {
  public static let bytes = 65_536
  /// Objects and lists inside one another.
  public static let depth = 8
  /// Values, keys, objects and lists.
  public static let nodes = 10_000
  /// Faults that are told of one file.
  public static let problems = 20

  static let yaml = YAMLLimits(bytes: bytes, depth: depth, nodes: nodes)
}
