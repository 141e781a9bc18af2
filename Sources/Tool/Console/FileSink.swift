import Answers
import Glibc

/// A file descriptor behind a buffer.
///
/// Used by one thread at a time; the progress bar and the command never write at once, because progress is reported by
/// the thread that works.
final class FileSink: Sink, @unchecked Sendable {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  /// Bytes that are gathered before they are written.
  static let bufferBytes = 1 << 16

  init(descriptor: Int32) { self.descriptor = descriptor }

  func write(_ bytes: [UInt8]) throws(SinkError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= FileSink.bufferBytes { try flush() }
  }

  func flush() throws(SinkError) {
    var written = 0
    defer { buffer.removeAll(keepingCapacity: true) }
    while written < buffer.count {
      let count = buffer.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written) }
      if count < 0 {
        if errno == EINTR { continue }
        throw errno == EPIPE ? .closed : .failed(errno: errno)
      }
      written += count
    }
  }
}
