import Exchange

/// What the first bytes of a data file show.
enum FileFeed {
  /// The kind of a file that is no table; `nil` for a table.
  static func kind(of path: String) throws(ImportError) -> FileKind? {
    let source = try ByteSource(path: path)
    return FileKind(try source.next().prefix(FileKind.prefixSize), name: FilePath.unpacked(Table.fileName(path)))
  }

  /// Adds the file to what cannot be read of it.
  static func naming<R>(_ path: String, _ body: () throws -> R) throws -> R {
    do { return try body() } catch let error as ExchangeError { throw ImportError(.exchange(error), file: path) }
  }
}
