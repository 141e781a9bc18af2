import Glibc
import Log
import Synchronization

/// An open file of a `FakeDisk`.
final class FakeFile: DiskFile {
  let path: String
  private let content: Int
  private let disk: FakeDisk

  init(path: String, content: Int, disk: FakeDisk) { (self.path, self.content, self.disk) = (path, content, disk) }

  deinit { unlock() }

  func readSome(into space: UnsafeMutableRawBufferPointer, at offset: Int) throws(LogError) -> Int {
    disk.state.withLock { state in
      guard let cache = state.contents[content]?.cache, offset < cache.count else { return 0 }
      let count = min(space.count, cache.count - offset)
      cache.withUnsafeBytes { bytes in
        UnsafeMutableRawBufferPointer(rebasing: space[0..<count])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count]))
      }
      return count
    }
  }

  func writeSome(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(LogError) -> Int {
    var count = bytes.count
    do {
      try disk.change("pwrite", path)
    } catch {
      if case .disk(_, _, EIO) = error, disk.isDown { store(bytes, at: offset) }  // may reach the platter in part
      throw error
    }
    let fault = disk.state.withLock { state in
      state.writes += 1
      return (state.fault, state.writes)
    }
    if case (.failedWrite(let turn, let number), let write) = fault, turn == write {
      throw .disk(operation: "pwrite", path: path, errno: number)
    }
    if fault.0 == .shortAndInterrupted { count = max(1, count / 2) }
    store(UnsafeRawBufferPointer(rebasing: bytes[0..<count]), at: offset)
    return count
  }

  private func store(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    disk.state.withLock { state in
      guard !bytes.isEmpty, var file = state.contents.removeValue(forKey: content) else { return }
      let end = offset + bytes.count
      let old = file.cache.count
      if end > old { file.cache += [UInt8](repeating: 0, count: end - old) }
      file.cache.withUnsafeMutableBytes { cache in
        UnsafeMutableRawBufferPointer(rebasing: cache[offset..<end]).copyMemory(from: bytes)
      }
      file.dirty.formUnion(min(offset, old) / FakeDisk.sector...(end - 1) / FakeDisk.sector)
      state.contents[content] = file
    }
  }

  func synchronizeData() throws(LogError) {
    try disk.change("fdatasync", path)
    let failed = disk.state.withLock { state in
      state.syncs += 1
      guard var file = state.contents.removeValue(forKey: content) else { return false }
      let failed = state.fault == .failedSync(state.syncs)
      if case .lyingSync(let first) = state.fault, state.syncs >= first {
        state.contents[content] = file
        return false
      }
      if !failed { file.settle() }
      file.dirty = []
      state.contents[content] = file
      return failed
    }
    if failed { throw .disk(operation: "fdatasync", path: path, errno: EIO) }
  }

  func size() throws(LogError) -> Int { disk.state.withLock { $0.contents[content]?.cache.count ?? 0 } }

  func truncate(to size: Int) throws(LogError) {
    try disk.change("ftruncate", path)
    disk.state.withLock { state in
      guard var file = state.contents.removeValue(forKey: content) else { return }
      if size < file.cache.count { file.cache.removeLast(file.cache.count - size) }
      state.contents[content] = file
    }
  }

  func lock() throws(LogError) -> Bool {
    let me = ObjectIdentifier(self)
    return disk.state.withLock { state in
      guard (state.contents[content]?.locked ?? me) == me else { return false }
      state.contents[content]?.locked = me
      return true
    }
  }

  func unlock() {
    let me = ObjectIdentifier(self)
    disk.state.withLock { state in
      if state.contents[content]?.locked == me { state.contents[content]?.locked = nil }
    }
  }

  func isLockedElsewhere() throws(LogError) -> Bool {
    let me = ObjectIdentifier(self)
    return disk.state.withLock { (($0.contents[content]?.locked) ?? me) != me }
  }
}

extension FakeDisk.Content {
  /// The dirty sectors and the size reach the platter.
  fileprivate mutating func settle() {
    if platter.count < cache.count { platter += [UInt8](repeating: 0, count: cache.count - platter.count) }
    if platter.count > cache.count { platter.removeLast(platter.count - cache.count) }
    for sector in dirty {
      let start = sector * FakeDisk.sector
      let range = start..<max(start, min(start + FakeDisk.sector, cache.count))
      if !range.isEmpty { platter.replaceSubrange(range, with: cache[range]) }  // else cut off since
    }
  }
}
