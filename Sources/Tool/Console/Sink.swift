import Glibc

/// Where bytes go: standard output, standard error, or a test's memory.
protocol Sink: AnyObject, Sendable {
  /// Takes the bytes; they may wait in memory until `flush`.
  func write(_ bytes: [UInt8]) throws(SinkError)
  func flush() throws(SinkError)
}

/// Why bytes could not go where they should.
enum SinkError: Error, Equatable {
  /// Nobody reads any more, as behind `| head`. No reason to complain.
  case closed
  case failed(errno: Int32)
}

extension Sink {
  func write(_ text: String) throws(SinkError) { try write(Array(text.utf8)) }
}

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

/// Keeps what is written, for tests.
final class MemorySink: Sink, @unchecked Sendable {
  private(set) var bytes: [UInt8] = []

  func write(_ bytes: [UInt8]) { self.bytes.append(contentsOf: bytes) }
  func flush() {}

  var text: String { String(decoding: bytes, as: UTF8.self) }
}
