import Foundation
import Glibc
import Vocabulary

/// Files of the machine that a person names, or that lie beside the log.
public enum OutsideFile {
  /// The bytes of a file of at most `limit` bytes.
  public static func read(_ path: String, limit: Int) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Trouble.file(path, errno: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw Trouble.file(path, errno: errno) }
      if count == 0 { return bytes }
      bytes += chunk[0..<count]
    }
    throw Trouble.file(path, errno: EFBIG)
  }

  /// Puts a file there, whole or not at all; durable when it returns.
  public static func write(_ bytes: [UInt8], to path: String) throws {
    let temporary = path + ".tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Trouble.cannotWrite(path, errno: errno) }
    defer { close(descriptor) }
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw Trouble.cannotWrite(path, errno: errno) }
      done += count
    }
    guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw Trouble.cannotWrite(path, errno: errno) }
    synchronize((path as NSString).deletingLastPathComponent)
  }

  /// Makes a folder's names durable, where the file system can.
  static func synchronize(_ folder: String) {
    let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
