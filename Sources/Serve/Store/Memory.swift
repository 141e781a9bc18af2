import Glibc

/// Memory of the process.
enum Memory {
  /// Gives free memory back to the system. The allocator keeps what large work has freed in case more comes; a server that
  /// idles afterwards should not hold it. Does nothing where the C library has no `malloc_trim` (it is glibc's own).
  static func giveBack() { _ = trim?(0) }

  /// Lets threads allocate from as many heaps as there are cores, instead of eight times as many. Each heap keeps its own
  /// free pieces between what is in use: after read models of a million customers were rebuilt, that was 200 MB. To be
  /// called before threads allocate.
  static func keepTogether() {
    // `M_ARENA_MAX` of <malloc.h>.
    _ = option?(-8, CInt(clamping: max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
  }

  // Looked up by name, because the module of the C library does not show them.
  private typealias Trim = @convention(c) (Int) -> CInt
  private static let trim: Trim? = dlsym(nil, "malloc_trim").map { unsafeBitCast($0, to: Trim.self) }
  private typealias Option = @convention(c) (CInt, CInt) -> CInt
  private static let option: Option? = dlsym(nil, "mallopt").map { unsafeBitCast($0, to: Option.self) }
}
