import CPrefetch

extension Array {
  /// Makes room for `count` elements in large pages, where the system has such: what is touched in no order over hundreds
  /// of megabytes is found with fewer steps, and is cleared in fewer.
  ///
  /// Room that is never filled is never touched, and costs no memory.
  @usableFromInline mutating func reserveInLargePages(_ count: Int) {
    reserveCapacity(count)
    let bytes = capacity * MemoryLayout<Element>.stride
    guard bytes >= largePagesFrom else { return }
    withUnsafeBytes { if let start = $0.baseAddress { keshi_want_large_pages(start, bytes) } }
  }
}

/// Bytes from which large pages are asked for.
private let largePagesFrom = 8 << 20
