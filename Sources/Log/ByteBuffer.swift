/// A growable stretch of raw memory that is used again and again, so that the append and read paths do not allocate.
/// Owned by one thread at a time: not `Sendable` on purpose.
final class ByteBuffer {
  private var storage = UnsafeMutableRawBufferPointer.allocate(byteCount: 4_096, alignment: 16)
  /// Bytes in use.
  var count = 0

  deinit { storage.deallocate() }

  /// The bytes in use.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage[0..<count]) }
  /// The bytes in use, to be changed in place.
  var mutableBytes: UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(rebasing: storage[0..<count]) }

  /// Room for `length` more bytes after those in use. Valid until the next call that may grow the buffer.
  func room(_ length: Int) -> UnsafeMutableRawBufferPointer {
    reserve(count + length)
    return UnsafeMutableRawBufferPointer(rebasing: storage[count..<count + length])
  }

  /// Makes sure that `capacity` bytes fit, keeping those in use.
  func reserve(_ capacity: Int) {
    guard capacity > storage.count else { return }
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(capacity, storage.count * 2), alignment: 16)
    larger.copyMemory(from: bytes)
    storage.deallocate()
    storage = larger
  }

  /// Appends `length` zeros.
  func appendZeros(_ length: Int) {
    room(length).clear()
    count += length
  }

  func append(_ more: UnsafeRawBufferPointer) {
    room(more.count).copyMemory(from: more)
    count += more.count
  }

  func append(_ more: [UInt8]) { more.withUnsafeBytes { append($0) } }

  /// Drops the first `length` bytes and moves the rest to the front.
  func removeFirst(_ length: Int) {
    storage.part(0, count - length).copyMemory(from: bytes.part(length, count - length))
    count -= length
  }

  /// Gives memory back after an exceptionally large use, so that one huge batch does not stay for the process's life.
  func trim(above limit: Int) {
    count = 0
    guard storage.count > limit else { return }
    storage.deallocate()
    storage = UnsafeMutableRawBufferPointer.allocate(byteCount: 4_096, alignment: 16)
  }
}
