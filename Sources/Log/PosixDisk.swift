import Glibc

/// The disk of the operating system, below one directory.
public struct PosixDisk: Disk {
  public let root: String
  private let isPrivate: Bool

  /// `isPrivate`: what is made here may be read by its owner only.
  public init(root: String, isPrivate: Bool = false) { (self.root, self.isPrivate) = (root, isPrivate) }

  public func open(_ path: String, _ mode: DiskMode) throws(LogError) -> any DiskFile {
    let flags =
      switch mode {
      case .read: O_RDONLY
      case .write: O_RDWR
      case .create: O_RDWR | O_CREAT | O_EXCL
      }
    let descriptor = Glibc.open(full(path), flags | O_CLOEXEC, isPrivate ? 0o600 : 0o644)
    guard descriptor >= 0 else { throw .failed("open", path) }
    return PosixFile(path: path, descriptor: descriptor)
  }

  public func list(_ directory: String) throws(LogError) -> [String] {
    guard let stream = opendir(full(directory)) else {
      if errno == ENOENT { return [] }
      throw .failed("opendir", directory)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  public func makeDirectory(_ path: String) throws(LogError) {
    let whole = full(path)
    var made = ""
    for part in whole.split(separator: "/", omittingEmptySubsequences: false) {
      made += made.isEmpty && part.isEmpty ? "/" : (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
      if mkdir(made, isPrivate ? 0o700 : 0o755) != 0 && errno != EEXIST { throw .failed("mkdir", path) }
    }
  }

  public func rename(_ from: String, to: String) throws(LogError) {
    if Glibc.rename(full(from), full(to)) != 0 { throw .failed("rename", from) }
  }

  public func unlink(_ path: String) throws(LogError) {
    if Glibc.unlink(full(path)) != 0 { throw .failed("unlink", path) }
  }

  public func synchronizeDirectory(_ path: String) throws(LogError) {
    let descriptor = Glibc.open(full(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .failed("open", path) }
    defer { close(descriptor) }
    if fsync(descriptor) != 0 { throw .failed("fsync", path) }
  }

  private func full(_ path: String) -> String { path.isEmpty ? root : "\(root)/\(path)" }
}

extension LogError {
  /// The call that has just failed, with the system's `errno`. Ask at once: the next call overwrites it.
  fileprivate static func failed(_ operation: String, _ path: String) -> LogError {
    .disk(operation: operation, path: path, errno: errno)
  }
}

private final class PosixFile: DiskFile {
  let path: String
  private let descriptor: Int32

  // Linux's locks of an open file description: unlike the classic ones they also hold between two openings in one
  // process, and unlike `flock` they can be asked for without being taken. The numbers are the kernel's for ever, but
  // Swift's import of the C headers leaves them out.
  private static let queryLock: Int32 = 36  // F_OFD_GETLK
  private static let takeLock: Int32 = 37  // F_OFD_SETLK

  init(path: String, descriptor: Int32) { (self.path, self.descriptor) = (path, descriptor) }

  deinit { close(descriptor) }

  func readSome(into space: UnsafeMutableRawBufferPointer, at offset: Int) throws(LogError) -> Int {
    let count = pread(descriptor, space.baseAddress, space.count, offset)
    guard count >= 0 else { throw .failed("pread", path) }
    return count
  }

  func writeSome(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(LogError) -> Int {
    let count = pwrite(descriptor, bytes.baseAddress, bytes.count, offset)
    guard count >= 0 else { throw .failed("pwrite", path) }
    return count
  }

  func synchronizeData() throws(LogError) {
    if fdatasync(descriptor) != 0 { throw .failed("fdatasync", path) }
  }

  func size() throws(LogError) -> Int {
    var status = stat()
    if fstat(descriptor, &status) != 0 { throw .failed("fstat", path) }
    return Int(status.st_size)
  }

  func truncate(to size: Int) throws(LogError) {
    if ftruncate(descriptor, size) != 0 { throw .failed("ftruncate", path) }
  }

  func lock() throws(LogError) -> Bool {
    var wish = Self.exclusive
    if fcntl(descriptor, Self.takeLock, &wish) == 0 { return true }
    if errno == EAGAIN || errno == EACCES { return false }
    throw .failed("lock", path)
  }

  func unlock() {
    var end = Self.exclusive
    end.l_type = Int16(F_UNLCK)
    _ = fcntl(descriptor, Self.takeLock, &end)
  }

  func isLockedElsewhere() throws(LogError) -> Bool {
    var question = Self.exclusive
    if fcntl(descriptor, Self.queryLock, &question) != 0 { throw .failed("lock", path) }
    return question.l_type != Int16(F_UNLCK)
  }

  func forgetCache() { _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED) }

  private static var exclusive: flock {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    return lock
  }
}
