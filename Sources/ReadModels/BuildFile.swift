import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A file that is filled beside the one in use, and takes its place at the end: `lifecycle.sqlite.new-…`.
///
/// It is locked as long as its builder lives, so that the next build can tell what a dead one left. Unless `swap` has
/// succeeded, the end of this value removes it.
struct BuildFile: ~Copyable {
  let path: String
  private let directory: String
  private let model: String
  private let descriptor: CInt
  private var isSwapped = false

  /// Removes what interrupted builds of this model left, and makes a new empty file.
  /// - Throws: `busy` where another process builds this model; `io` or `full`.
  init(model: String, in directory: String) throws(ReadModelError) {
    let path = "\(directory)/\(model).sqlite.new-" + String(UInt64.random(in: .min ... .max), radix: 16)
    descriptor = try BuildFile.create(path, model: model, in: directory)
    self.path = path
    self.directory = directory
    self.model = model
  }

  deinit {
    if !isSwapped { unlink(path) }
    close(descriptor)
  }

  /// Puts the file, which must be closed by SQLite, in the place of the one in use, durably.
  ///
  /// Those who have the old file open go on reading it.
  /// - Parameter keepsOld: the one in use stays beside the new one, so that it can be put back.
  mutating func swap(keepsOld: Bool, _ progress: (BuildStep) -> Void) throws(ReadModelError) {
    let target = "\(directory)/\(model).sqlite"
    progress(.syncing)
    try BuildFile.check(fsync(descriptor), "sync \(path)", model)
    progress(.swapping)
    // What somebody's tool left beside the old file would be read as part of the new one.
    for suffix in ["-wal", "-shm", "-journal"] where unlink(target + suffix) != 0 && errno != ENOENT {
      try BuildFile.check(-1, "remove \(target)\(suffix)", model)
    }
    if keepsOld { try keep(target) }
    try BuildFile.check(rename(path, target), "rename \(path)", model)
    isSwapped = true
    progress(.swapped)
    try BuildFile.sync(directory, model)
  }

  /// Gives the file in use a second name, in the place of what was kept before.
  private func keep(_ target: String) throws(ReadModelError) {
    let spare = path + ".old"
    guard link(target, spare) == 0 else {
      if errno != ENOENT { try BuildFile.check(-1, "link \(target)", model) }
      return
    }
    try BuildFile.check(rename(spare, target + BuildFile.keptSuffix), "rename \(spare)", model)
  }

  /// What follows the name of the file in use in that of the one before it.
  static let keptSuffix = ".before"

  /// Puts the kept file in the place of the one in use, and that in the place of the kept one.
  ///
  /// At every moment a whole file is in use: both get second names first, which take the places by renaming.
  func exchange() throws(ReadModelError) {
    let target = "\(directory)/\(model).sqlite"
    let kept = target + BuildFile.keptSuffix
    try BuildFile.check(link(kept, path + ".kept"), "link \(kept)", model)
    let hasTarget = link(target, path + ".old") == 0
    if !hasTarget, errno != ENOENT { try BuildFile.check(-1, "link \(target)", model) }
    for suffix in ["-wal", "-shm", "-journal"] { unlink(target + suffix) }
    try BuildFile.check(rename(path + ".kept", target), "rename \(path).kept", model)
    if hasTarget {
      try BuildFile.check(rename(path + ".old", kept), "rename \(path).old", model)
    } else {
      try BuildFile.check(unlink(kept), "remove \(kept)", model)
    }
    try BuildFile.sync(directory, model)
  }

  private static func sync(_ directory: String, _ model: String) throws(ReadModelError) {
    let folder = try check(open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC), "open \(directory)", model)
    defer { close(folder) }
    try check(fsync(folder), "sync \(directory)", model)
  }

  /// Makes and locks the file, after removing what dead builds left.
  private static func create(_ path: String, model: String, in directory: String) throws(ReadModelError) -> CInt {
    try makeDirectory(directory, model: model)
    let folder = try check(open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC), "open \(directory)", model)
    defer { close(folder) }
    // Held only while looking and making, so that two builds do not both find nothing.
    try check(flock(folder, LOCK_EX), "lock \(directory)", model)
    try sweep(model: model, in: directory)
    let flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    let descriptor = try check(open(path, flags, 0o644), "create \(path)", model)
    _ = flock(descriptor, LOCK_EX | LOCK_NB)  // nobody else can hold a file that was just made
    return descriptor
  }

  private static func makeDirectory(_ directory: String, model: String) throws(ReadModelError) {
    if mkdir(directory, 0o755) != 0, errno != EEXIST { try check(-1, "create \(directory)", model) }
  }

  /// Removes the files of dead builds.
  private static func sweep(model: String, in directory: String) throws(ReadModelError) {
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: directory) } catch {
      throw .io(model: model, step: "list \(directory)", reason: "\(error)")
    }
    for name in names where name.hasPrefix("\(model).sqlite.new-") {
      let path = "\(directory)/\(name)"
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      defer { if descriptor >= 0 { close(descriptor) } }
      if descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) != 0 { throw .busy(model: model) }
      if unlink(path) != 0, errno != ENOENT { try check(-1, "remove \(path)", model) }
    }
  }

  /// Passes a call's result on. - Throws: `full` or `io` where it is -1.
  @discardableResult
  private static func check(_ result: CInt, _ step: String, _ model: String) throws(ReadModelError) -> CInt {
    guard result == -1 else { return result }
    let code = errno
    if code == ENOSPC || code == EDQUOT { throw .full(model: model) }
    throw .io(model: model, step: step, reason: String(cString: strerror(code)))
  }
}
