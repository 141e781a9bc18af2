import Glibc

/// Memory of the process.
enum Memory {
  /// Gives free memory back to the system. The allocator keeps what large work has freed in case more comes; a server that
  /// idles afterwards should not hold it. Does nothing where the C library has no `malloc_trim` (it is glibc's own).
  static func giveBack() { _ = trim?(0) }

  private typealias Trim = @convention(c) (Int) -> CInt
  /// Looked up by name, because the module of the C library does not show it.
  private static let trim: Trim? = dlsym(nil, "malloc_trim").map { unsafeBitCast($0, to: Trim.self) }
}
