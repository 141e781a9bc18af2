/// Where bytes come from: standard input, a request's body, a test's memory.
public protocol Source: AnyObject, Sendable {
  /// At most `limit` bytes; empty at the end. Waits until there is at least one.
  func read(upTo limit: Int) throws(SourceError) -> [UInt8]
  /// Whether a read would answer at once.
  var isReady: Bool { get }
}

public enum SourceError: Error, Equatable {
  /// A signal came while waiting.
  case interrupted
  case failed(errno: Int32)
}

/// Gives bytes that are in memory, in the pieces that they came in.
///
/// `@unchecked Sendable`: one reader at a time, as with every source.
public final class MemorySource: Source, @unchecked Sendable {
  private var pieces: [[UInt8]]

  public init(_ pieces: [[UInt8]]) { self.pieces = pieces }
  public convenience init(_ text: String) { self.init(text.isEmpty ? [] : [Array(text.utf8)]) }

  public func read(upTo limit: Int) -> [UInt8] {
    guard let first = pieces.first else { return [] }
    if first.count <= limit { return pieces.removeFirst() }
    pieces[0] = Array(first[limit...])
    return Array(first[..<limit])
  }

  public var isReady: Bool { !pieces.isEmpty }
}
