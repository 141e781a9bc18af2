/// What a file may be at most. Everything in it is counted before it is believed.
public struct YAMLLimits: Sendable {
  public let bytes: Int
  /// Objects and lists inside one another.
  public let depth: Int
  /// Values, keys, objects and lists.
  public let nodes: Int

  public init(bytes: Int, depth: Int, nodes: Int) {
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
  }
}
