import CZlib
import Glibc

/// A file's bytes, one block after another, unpacked where they are gzip (RFC 1952, also several members).
///
/// Whether they are is told by the first two bytes, not by the name.
final class ByteSource {
  static let blockSize = 1 << 18

  let path: String
  /// Bytes of the file as it lies on the disk, for progress.
  let fileSize: Int
  private var handle: gzFile?
  private var block = [UInt8](repeating: 0, count: ByteSource.blockSize)

  init(path: String) throws(ImportError) {
    var facts = stat()
    guard stat(path, &facts) == 0 else { throw ImportError(.cannotOpen(String(cString: strerror(errno))), file: path) }
    guard facts.st_mode & S_IFMT != S_IFDIR else {
      throw ImportError(.cannotOpen(String(cString: strerror(EISDIR))), file: path)
    }
    guard let handle = gzopen(path, "rb") else {
      throw ImportError(.cannotOpen(String(cString: strerror(errno))), file: path)
    }
    gzbuffer(handle, UInt32(ByteSource.blockSize))
    self.path = path
    self.fileSize = Int(facts.st_size)
    self.handle = handle
  }

  deinit { if let handle { gzclose_r(handle) } }

  /// Bytes of the file that have been read from the disk.
  var fileOffset: Int { handle.map { max(0, Int(gzoffset($0))) } ?? fileSize }

  /// The next block, empty at the end.
  func next() throws(ImportError) -> ArraySlice<UInt8> {
    guard let handle else { return [] }
    let count = block.withUnsafeMutableBytes { gzread(handle, $0.baseAddress, UInt32($0.count)) }
    if count > 0 { return block[..<Int(count)] }
    var code: Int32 = 0
    let text = gzerror(handle, &code).map { String(cString: $0) } ?? ""
    guard count == 0, code == Z_OK || code == Z_STREAM_END else { throw ImportError(.damaged(text), file: path) }
    return []
  }
}
