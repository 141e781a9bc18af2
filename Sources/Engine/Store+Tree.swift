import Log

// The log's tree, for proofs.

extension Store {
  /// The folder of the log, as a disk.
  public static func logDisk(at path: String) -> PosixDisk { PosixDisk(root: Folder(path: path).log) }

  /// The log as far as it is durable, whoever writes it meanwhile: what may be signed.
  public static func durable(at path: String) throws -> DurableLog { try DurableLog(on: logDisk(at: path)) }

  /// The tree over the first `size` lines that `reader` sees. What was computed for sealed segments is kept in
  /// `derived/tree` and checked against the segments' roots when it is used again.
  public static func tree(at path: String, of reader: LogReader, size: UInt64? = nil) -> LogTree {
    LogTree(reader, size: size, shelf: TreeShelf(directory: Folder(path: path).derived + "/tree"))
  }
}

/// Bundle roots of sealed segments in files, one a segment. A file that cannot be read or written is no loss.
private struct TreeShelf: LogTree.Shelf {
  let directory: String

  private func path(_ first: UInt64) -> String { "\(directory)/\(first).bundles" }

  func load(segment first: UInt64) -> [UInt8]? {
    do { return try DerivedFile.read(path(first)) } catch { return nil }
  }

  func keep(_ bytes: [UInt8], segment first: UInt64) { try? DerivedFile.write(bytes, to: path(first)) }
}
