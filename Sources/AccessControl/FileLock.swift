import Glibc

/// Lets nobody else change a file meanwhile, in this process or another: who changes it reads it under the lock and puts
/// it there whole before the lock is given back. Who only reads needs none.
public struct FileLock: Sendable {
  private let descriptor: Int32

  /// Waits until nobody else has it.
  ///
  /// - Parameter path: a file of its own beside that which changes, since that one is replaced. Its folder is made for its
  ///   owner alone where it is missing; one that is there stays as it is.
  public init(_ path: String) throws(AccessError) {
    mkdir(path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ".", 0o700)
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .file(path: path, errno: errno) }
    while flock(descriptor, LOCK_EX) != 0 {
      let number = errno
      if number == EINTR { continue }
      close(descriptor)
      throw .file(path: path, errno: number)
    }
  }

  public func release() { close(descriptor) }
}
