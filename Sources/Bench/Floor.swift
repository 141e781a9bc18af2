import Glibc

/// How often this disk makes a write durable, whatever wrote it: the yardstick of every append.
///
/// One page after another is written into a file whose zeros are already on the disk, each followed by `fdatasync`.
public enum Floor {
  /// - Throws: `BenchError.disk` where the file cannot be made or synced.
  public static func measure(at path: String, seconds: Double) throws(BenchError) -> Figure {
    let file = try FloorFile(at: path)
    var latencies = Latencies()
    let start = nanoseconds()
    var now = start
    while Double(now - start) < seconds * 1e9 {
      try file.commit()
      let end = nanoseconds()
      latencies.add(end - now)
      now = end
    }
    return Figure(
      "floor",
      [
        ("bytes", .whole(Int64(FloorFile.page))),
        ("perSecond", .number(Double(latencies.count) * 1e9 / Double(now - start))),
        ("p50us", .number(latencies.microseconds(at: 0.5))), ("p99us", .number(latencies.microseconds(at: 0.99))),
        ("load", .number(Load.average)),
      ])
  }
}

/// The file into which the yardstick is written; it is removed afterwards.
final class FloorFile {
  static let page = 4096
  private static let size = 64 << 20
  private let path: String
  private let descriptor: Int32
  private let content = [UInt8](repeating: 0x5A, count: page)
  private var offset = 0

  init(at path: String) throws(BenchError) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .disk(path: path, errno: errno) }
    let zeros = [UInt8](repeating: 0, count: 1 << 20)
    for _ in 0..<Self.size >> 20 where write(descriptor, zeros, zeros.count) != zeros.count {
      throw .disk(path: path, errno: errno)
    }
    guard fsync(descriptor) == 0 else { throw .disk(path: path, errno: errno) }
  }

  deinit {
    close(descriptor)
    unlink(path)
  }

  /// Writes the next page and makes it durable.
  func commit() throws(BenchError) {
    guard pwrite(descriptor, content, Self.page, off_t(offset)) == Self.page, fdatasync(descriptor) == 0 else {
      throw .disk(path: path, errno: errno)
    }
    offset = (offset + Self.page) % Self.size
  }
}

/// Why a measurement could not be made.
public enum BenchError: Error, Sendable {
  case disk(path: String, errno: Int32)
  case wrongResult(String)
  /// The command that was to be killed acknowledged nothing.
  case noVictim
  /// Events that the command had acknowledged are gone.
  case lost(acknowledged: Int64, found: Int64)
}
