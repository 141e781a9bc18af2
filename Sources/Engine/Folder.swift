import Log

/// Where things lie in a data folder.
public struct Folder: Hashable, Sendable {
  public let path: String

  /// The evidence: everything else can be made again from it.
  public var log: String { path + "/log" }
  /// Facts and timeline packs.
  public var derived: String { path + "/derived" }
  var timeline: String { path + "/derived/timeline" }
  /// Read models, one SQLite file each.
  public var models: String { path + "/models" }
  /// What was given out about erasures.
  public var certificates: String { path + "/certificates" }
}
