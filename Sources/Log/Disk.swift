import Glibc

/// What the log asks of a disk, and nothing more, so that a test can put a disk there that fails on purpose. Paths are
/// relative to the log's directory.
///
/// Primitives may be interrupted (`EINTR`) and may do less than asked, as the system's calls do; the extensions below
/// go on until all is done.
public protocol Disk: Sendable {
  /// Opens a file for reading, or for reading and writing; `create` makes it and fails if it is there.
  func open(_ path: String, _ mode: DiskMode) throws(LogError) -> any DiskFile
  /// Names in a directory, in no order. An absent directory has none.
  func list(_ directory: String) throws(LogError) -> [String]
  /// Makes a directory and those above it; one that is there is no error.
  func makeDirectory(_ path: String) throws(LogError)
  /// Puts a file in the place of another name, at once and whole.
  func rename(_ from: String, to: String) throws(LogError)
  func unlink(_ path: String) throws(LogError)
  /// Makes the names in a directory durable.
  func synchronizeDirectory(_ path: String) throws(LogError)
}

/// How to open a file.
public enum DiskMode: Sendable { case read, write, create }

/// An open file. Closed when the last reference goes.
public protocol DiskFile: AnyObject, Sendable {
  var path: String { get }
  /// Reads up to `space.count` bytes; 0 only at the end of the file.
  func readSome(into space: UnsafeMutableRawBufferPointer, at offset: Int) throws(LogError) -> Int
  /// Writes up to `bytes.count` bytes and says how many.
  func writeSome(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(LogError) -> Int
  /// Makes the data, and the size if it grew, durable.
  func synchronizeData() throws(LogError)
  func size() throws(LogError) -> Int
  func truncate(to size: Int) throws(LogError)
  /// Takes the lock of the file until `unlock`, or until it is closed; `false` if somebody else has it.
  func lock() throws(LogError) -> Bool
  /// Gives the lock back. Closing alone may be late: a child process that was just being started holds the open file
  /// too, until it runs its own program.
  func unlock()
  /// Whether somebody else has the lock.
  func isLockedElsewhere() throws(LogError) -> Bool
  /// Asks the system to forget its copy of what is durable, so that the next read comes from the disk. A wish: what
  /// cannot be forgotten is read from memory.
  func forgetCache()
}

extension DiskFile {
  public func forgetCache() {}

  /// Reads until `space` is full or the file ends, and says how many bytes that were.
  public func read(into space: UnsafeMutableRawBufferPointer, at offset: Int) throws(LogError) -> Int {
    var done = 0
    while done < space.count {
      let step = try uninterrupted { () throws(LogError) in
        try readSome(into: space.part(done, space.count - done), at: offset + done)
      }
      if step == 0 { break }
      done += step
    }
    return done
  }

  /// Writes all bytes. A write of nothing is a full disk in the system's most polite form.
  public func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(LogError) {
    var done = 0
    while done < bytes.count {
      let step = try uninterrupted { () throws(LogError) in
        try writeSome(bytes.part(done, bytes.count - done), at: offset + done)
      }
      guard step > 0 else { throw .disk(operation: "pwrite", path: path, errno: ENOSPC) }
      done += step
    }
  }

  /// Makes the data durable. Only an interruption is tried again: after any other error the pages may be marked clean
  /// though they never reached the disk, so a second call would report success for lost data.
  public func synchronize() throws(LogError) {
    try uninterrupted { () throws(LogError) in try synchronizeData() }
  }

  /// Replaces the contents of `buffer` with up to `length` bytes at `offset`.
  func load(_ length: Int, at offset: Int, into buffer: ByteBuffer) throws(LogError) {
    buffer.count = 0
    buffer.count = try read(into: buffer.room(length), at: offset)
  }
}

extension Disk {
  /// Writes a small file so that it is either there whole or not at all, also through a crash.
  public func writeWhole(_ bytes: UnsafeRawBufferPointer, to path: String, directory: String) throws(LogError) {
    let temporary = path + ".tmp"
    try? unlink(temporary)  // left by a crash
    let file = try open(temporary, .create)
    try file.write(bytes, at: 0)
    try file.synchronize()
    try rename(temporary, to: path)
    try synchronizeDirectory(directory)
  }
}

/// Calls again as long as a signal interrupts the call.
private func uninterrupted<R>(_ call: () throws(LogError) -> R) throws(LogError) -> R {
  while true {
    do {
      return try call()
    } catch {
      guard case .disk(_, _, EINTR) = error else { throw error }
    }
  }
}
