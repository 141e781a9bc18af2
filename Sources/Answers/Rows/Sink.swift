/// Where bytes go: standard output, a response, a file, memory.
public protocol Sink: AnyObject, Sendable {
  /// Takes the bytes; they may wait in memory until `flush`.
  func write(_ bytes: [UInt8]) throws(SinkError)
  func flush() throws(SinkError)
}

/// Why bytes could not go where they should.
public enum SinkError: Error, Equatable {
  /// Nobody reads any more, as behind `| head`. No reason to complain.
  case closed
  case failed(errno: Int32)
}

extension Sink {
  public func write(_ text: String) throws(SinkError) { try write(Array(text.utf8)) }
}

/// Keeps what is written: for tests, and for an answer that must be whole before it is given.
///
/// `@unchecked Sendable`: one writer at a time, as with every sink.
public final class MemorySink: Sink, @unchecked Sendable {
  public private(set) var bytes: [UInt8] = []

  public init() {}

  public func write(_ bytes: [UInt8]) { self.bytes.append(contentsOf: bytes) }
  public func flush() {}

  public var text: String { String(decoding: bytes, as: UTF8.self) }
}
