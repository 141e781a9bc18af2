import Glibc

/// Where bytes come from: standard input, or a test's memory.
protocol Source: AnyObject, Sendable {
  /// At most `limit` bytes; empty at the end. Waits until there is at least one.
  func read(upTo limit: Int) throws(SourceError) -> [UInt8]
  /// Whether a read would answer at once.
  var isReady: Bool { get }
}

enum SourceError: Error, Equatable {
  /// A signal came while waiting.
  case interrupted
  case failed(errno: Int32)
}

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

/// Gives the bytes of a test, in the pieces that it names.
final class MemorySource: Source, @unchecked Sendable {
  private var pieces: [[UInt8]]

  init(_ pieces: [[UInt8]]) { self.pieces = pieces }
  convenience init(_ text: String) { self.init(text.isEmpty ? [] : [Array(text.utf8)]) }

  func read(upTo limit: Int) -> [UInt8] {
    guard let first = pieces.first else { return [] }
    if first.count <= limit { return pieces.removeFirst() }
    pieces[0] = Array(first[limit...])
    return Array(first[..<limit])
  }

  var isReady: Bool { !pieces.isEmpty }
}
