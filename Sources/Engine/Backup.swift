import Crypto
import Foundation
import Log
import Vault
import Vocabulary
import Wire

/// A copy of a data folder's evidence, with a list of its files and their sums.
///
/// It holds `log/` and `certificates/`. What is derived can be made again; keys have a backup of their own, because a
/// copy of them undoes erasures.
public struct Backup: Sendable {
  public static let manifestName = "BACKUP.json"
  static let kind = "keshi/backup/1"

  struct File: Hashable, Sendable {
    let path: String
    let bytes: Int
    let sha256: String
  }

  public let logID: String
  public let origin: String
  /// Events in the copy, and the root of their tree.
  public let position: Int64
  public let root: String
  let files: [File]

  public var fileCount: Int { files.count }
  public var byteCount: Int { files.reduce(0) { $0 + $1.bytes } }

  var json: JSONObject {
    [
      "kind": .string(Backup.kind), "log": ["id": .string(logID), "origin": .string(origin)],
      "position": .int(position), "root": .string(root),
      "files": .array(files.map { file in
        ["path": .string(file.path), "bytes": .int(Int64(file.bytes)), "sha256": .string(file.sha256)]
      }),
    ]
  }
}

/// Why a backup could not be made or used.
public enum BackupError: Error, Hashable, Sendable {
  /// The folder is not empty.
  case occupied(path: String)
  /// There is no backup in the folder, or its list cannot be read.
  case none(path: String)
  /// A file is not as the list says.
  case changed(file: String)
  /// The log in the backup does not verify, or is not the one that the list names.
  case wrongLog(verdict: String)

  /// Stable, for programs.
  public var code: String {
    switch self {
    case .occupied: "E-BACKUP-OCCUPIED"
    case .none: "E-BACKUP-NONE"
    case .changed: "E-BACKUP-CHANGED"
    case .wrongLog: "E-BACKUP-LOG"
    }
  }
}

extension Store {
  /// Copies the log and the certificates to an empty folder; appends may go on meanwhile, also in another process.
  public func backUp(to path: String, progress: @escaping Progress = { _, _ in }) throws -> Backup {
    let manager = FileManager.default
    if let names = try? manager.contentsOfDirectory(atPath: path), !names.isEmpty { throw BackupError.occupied(path: path) }
    try manager.createDirectory(atPath: path + "/log", withIntermediateDirectories: true)
    // What speaks about the log first: a statement about more events than the copy has would look like a loss.
    for name in try manager.contentsOfDirectory(atPath: folder.log) where !LogDirectory.ownNames.contains(name) {
      try manager.copyItem(atPath: folder.log + "/" + name, toPath: path + "/log/" + name)
    }
    if manager.fileExists(atPath: folder.certificates) {
      try manager.copyItem(atPath: folder.certificates, toPath: path + "/certificates")
    }
    let all = Int64(try Backup.files(below: folder.log).reduce(0) { $0 + (try Backup.size(folder.log + "/" + $1)) })
    var done: Int64 = 0
    let copy = try log.reader.copy(to: PosixDisk(root: path + "/log")) { bytes in
      done += Int64(bytes)
      progress(min(done, all), all)
    }
    let files = try Backup.files(below: path).map { name in
      let (bytes, sum) = try Backup.sum(path + "/" + name)
      return Backup.File(path: name, bytes: bytes, sha256: sum)
    }
    let backup = Backup(
      logID: log.manifest.id.hex, origin: log.manifest.origin, position: Int64(copy.head.size), root: copy.head.root.hex,
      files: files)
    let text = Array((JSON.object(backup.json).canonical + "\n").utf8)
    try text.withUnsafeBytes { try PosixDisk(root: path).writeWhole($0, to: Backup.manifestName, directory: "") }
    return backup
  }

  /// Checks a backup, byte by byte and line by line, and puts its log into a data folder that has none. Nothing gets its
  /// name before all of it was checked again in its place.
  ///
  /// Erasures that the keys remember are not yet done again: that is `replayErasures`, before anything is served.
  public static func restore(
    from path: String, to target: String, progress: @escaping @Sendable (UInt64, UInt64) -> Void = { _, _ in }
  ) throws -> Backup {
    let backup = try Backup(reading: path)
    let (manager, folder) = (FileManager.default, Folder(path: target))
    guard !manager.fileExists(atPath: folder.log) else { throw LogError.exists(path: "") }
    try backup.check(at: path)
    let waiting = folder.path + "/log.restoring"
    try? manager.removeItem(atPath: waiting)
    try manager.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    try manager.copyItem(atPath: path + "/log", toPath: waiting)
    let report = try Verifier(disk: PosixDisk(root: waiting), progress: progress).run()
    guard report.verdict == .clean, report.root.hex == backup.root, Int64(report.events) == backup.position else {
      try? manager.removeItem(atPath: waiting)
      throw BackupError.wrongLog(verdict: report.verdict.rawValue)
    }
    try Backup.synchronize(below: waiting)
    for name in (try? manager.contentsOfDirectory(atPath: path + "/certificates")) ?? [] {
      try manager.createDirectory(atPath: folder.certificates, withIntermediateDirectories: true)
      try? manager.copyItem(atPath: path + "/certificates/" + name, toPath: folder.certificates + "/" + name)
    }
    for old in [folder.derived, folder.models] { try? manager.removeItem(atPath: old) }
    try PosixDisk(root: folder.path).rename("log.restoring", to: "log")
    try PosixDisk(root: folder.path).synchronizeDirectory("")
    return backup
  }
}

extension Backup {
  /// Reads the list of a backup.
  init(reading path: String) throws {
    let none = BackupError.none(path: path)
    guard let bytes = try DerivedFile.read(path + "/" + Backup.manifestName),
      let object = try? JSON(parsing: bytes).object, object["kind"]?.string == Backup.kind,
      let log = object["log"]?.object, let id = log["id"]?.string, let origin = log["origin"]?.string,
      let position = object["position"]?.int, let root = object["root"]?.string, let list = object["files"]?.array
    else { throw none }
    files = try list.map { item in
      guard let item = item.object, let path = item["path"]?.string, let bytes = item["bytes"]?.int,
        let sum = item["sha256"]?.string, !path.hasPrefix("/"), !path.split(separator: "/").contains("..")
      else { throw none }
      return File(path: path, bytes: Int(bytes), sha256: sum)
    }
    (self.logID, self.origin, self.position, self.root) = (id, origin, position, root)
  }

  /// Every file of the list must be as it says, and none beside them.
  func check(at path: String) throws {
    for file in files {
      guard let (bytes, sum) = try? Backup.sum(path + "/" + file.path), bytes == file.bytes, sum == file.sha256 else {
        throw BackupError.changed(file: file.path)
      }
    }
    let listed = Set(files.map(\.path))
    for found in try Backup.files(below: path) where found != Backup.manifestName && !listed.contains(found) {
      throw BackupError.changed(file: found)
    }
  }

  /// Paths of all files below a folder, sorted.
  static func files(below path: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path).filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isFolder) && !isFolder.boolValue
    }.sorted()
  }

  static func size(_ path: String) throws -> Int {
    (try FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)?.intValue ?? 0
  }

  /// Length and SHA-256 of a file, a megabyte at a time.
  static func sum(_ path: String) throws -> (Int, String) {
    guard let handle = FileHandle(forReadingAtPath: path) else { throw BackupError.changed(file: path) }
    defer { try? handle.close() }
    var hasher = SHA256()
    var count = 0
    while let part = try handle.read(upToCount: 1 << 20), !part.isEmpty {
      hasher.update(data: part)
      count += part.count
    }
    return (count, Array(hasher.finalize()).hexText)
  }

  /// Makes files durable that another means than the log's disk has written.
  static func synchronize(below path: String) throws {
    let disk = PosixDisk(root: path)
    for name in try files(below: path) { try disk.open(name, .write).synchronize() }
    for name in [""] + LogDirectory.ownFolders where FileManager.default.fileExists(atPath: path + "/" + name) {
      try disk.synchronizeDirectory(name)
    }
  }
}
