import Glibc

/// How often this disk makes a write durable, whatever wrote it: the yardstick of every append.
///
/// One page after another is written into a file whose zeros are already on the disk, each followed by `fdatasync`.
public enum Floor {
  static let page = 4096
  static let fileSize = 64 << 20

  /// - Throws: `BenchError.disk` where the file cannot be made or synced.
  public static func measure(at path: String, seconds: Double) throws(BenchError) -> Figure {
    let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .disk(path: path, errno: errno) }
    defer {
      close(descriptor)
      unlink(path)
    }
    let zeros = [UInt8](repeating: 0, count: 1 << 20)
    for _ in 0..<fileSize >> 20 where write(descriptor, zeros, zeros.count) != zeros.count {
      throw .disk(path: path, errno: errno)
    }
    guard fsync(descriptor) == 0 else { throw .disk(path: path, errno: errno) }
    return try run(descriptor, path, seconds)
  }

  private static func run(_ descriptor: Int32, _ path: String, _ seconds: Double) throws(BenchError) -> Figure {
    let content = [UInt8](repeating: 0x5A, count: page)
    var latencies = Latencies()
    let start = nanoseconds()
    var now = start
    var offset = 0
    while Double(now - start) < seconds * 1e9 {
      guard pwrite(descriptor, content, page, off_t(offset)) == page, fdatasync(descriptor) == 0 else {
        throw .disk(path: path, errno: errno)
      }
      offset = (offset + page) % fileSize
      let end = nanoseconds()
      latencies.add(end - now)
      now = end
    }
    return Figure(
      "floor",
      [
        ("bytes", .whole(Int64(page))), ("perSecond", .number(Double(latencies.count) * 1e9 / Double(now - start))),
        ("p50us", .number(latencies.microseconds(at: 0.5))), ("p99us", .number(latencies.microseconds(at: 0.99))),
        ("load", .number(Load.average)),
      ])
  }
}

/// Why a measurement could not be made.
public enum BenchError: Error, Sendable {
  case disk(path: String, errno: Int32)
  case wrongResult(String)
}
