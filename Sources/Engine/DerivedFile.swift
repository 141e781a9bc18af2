import Foundation

/// Files that can be made again from the log: written beside and renamed, never synced, never trusted unread.
enum DerivedFile {
  /// Bytes that a derived file may have; a larger one is not ours.
  static let sizeLimit = 1 << 30

  /// The file's bytes, `nil` where there is none.
  static func read(_ path: String) throws -> [UInt8]? {
    guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? handle.close() }
    let size = try handle.seekToEnd()
    guard size <= sizeLimit else { throw EngineError.derivedFile(path: path, what: "larger than \(sizeLimit) bytes") }
    try handle.seek(toOffset: 0)
    return try handle.readToEnd().map { Array($0) } ?? []
  }

  /// Removes the files of a folder whose names end so. One that stays is only space lost.
  static func removeAll(in directory: String, suffix: String, but kept: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    for name in names where name.hasSuffix(suffix) && name != kept { try? FileManager.default.removeItem(atPath: directory + "/" + name) }
  }

  static func write(_ bytes: [UInt8], to path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
  }
}
