// Files beside the log's own that are small enough to be read and written whole.

extension Disk {
  /// The bytes of a file, `nil` where there is none. Throws `disk`, with EFBIG for one of more than `limit` bytes.
  public func contents(_ path: String, limit: Int) throws(LogError) -> [UInt8]? {
    let file: any DiskFile
    do throws(LogError) {
      file = try open(path, .read)
    } catch .disk("open", _, 2) {  // ENOENT
      return nil
    }
    let buffer = ByteBuffer()
    try file.load(limit + 1, at: 0, into: buffer)
    guard buffer.count <= limit else { throw .disk(operation: "pread", path: path, errno: 27) }  // EFBIG
    return Array(buffer.bytes)
  }

  /// Puts a file there, whole or not at all also through a crash; durable when it returns. Makes `directory`, in which
  /// it lies.
  public func replace(_ path: String, with bytes: [UInt8], in directory: String) throws(LogError) {
    try makeDirectory(directory)
    let buffer = ByteBuffer()
    buffer.append(bytes)
    try writeWhole(buffer.bytes, to: path, directory: directory)
    if !directory.isEmpty { try synchronizeDirectory("") }
  }
}

/// `FORMAT.md` as it was when this program was built, to be laid beside a log: the log must be readable when this
/// program is not.
public enum Specification {
  public static var text: [UInt8] { PackageResources.FORMAT_md }
}
