import Log

/// Where things lie in a data folder.
struct Folder: Hashable, Sendable {
  let path: String

  /// The evidence: everything else can be made again from it.
  var log: String { path + "/log" }
  /// Facts and timeline packs.
  var derived: String { path + "/derived" }
  var timeline: String { path + "/derived/timeline" }
  /// Read models, one SQLite file each.
  var models: String { path + "/models" }
}
