import Answers
import Glibc

/// A file descriptor that is read.
final class FileSource: Source {
  private let descriptor: Int32

  init(descriptor: Int32) { self.descriptor = descriptor }

  func read(upTo limit: Int) throws(SourceError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      let got = Glibc.read(descriptor, buffer.baseAddress, limit)
      if got < 0 { failure = errno }
      count = max(0, got)
    }
    if failure == EINTR { throw .interrupted }
    if failure != 0 { throw .failed(errno: failure) }
    return bytes
  }

  var isReady: Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 0) > 0
  }
}
