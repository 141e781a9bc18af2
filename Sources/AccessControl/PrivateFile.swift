import Glibc

/// Files that only their owner may read.
public enum PrivateFile {
  public static func read(_ path: String, limit: Int) throws(AccessError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .file(path: path, errno: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .file(path: path, errno: errno) }
      if count == 0 { return bytes }
      bytes += chunk[0..<count]
    }
    throw .tooLarge(path: path, limit: limit)
  }

  /// Puts a file there, whole or not at all; durable when it returns. Makes its folder, for the owner alone, where there is none.
  public static func write(_ bytes: [UInt8], to path: String) throws(AccessError) {
    let temporary = path + ".tmp"
    if let slash = path.lastIndex(of: "/") { mkdir(String(path[..<slash]), 0o700) }
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .file(path: temporary, errno: errno) }
    defer { close(descriptor) }
    guard fchmod(descriptor, 0o600) == 0 else { throw .file(path: temporary, errno: errno) }
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .file(path: path, errno: errno) }
      done += count
    }
    guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw .file(path: path, errno: errno) }
    let folder = open(path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
  }
}
