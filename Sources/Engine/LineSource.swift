/// The log as the engine reads it: lines by their positions. The narrow side of the log's port.
protocol LineSource {
  /// Events in the log.
  var size: Int64 { get }

  /// Tells logs with different events apart: the first digits of the tree's root.
  var name: String { get }

  /// Tells one log from another, whatever they hold: what is derived from one is not believed of another.
  var identity: UInt64 { get }

  /// Whether every line that was asked for so far could be read. What is derived from others must not be kept.
  var isWhole: Bool { get }

  /// What an event has in the vault; `nil` where it has nothing, or nothing any more.
  func vaultRecord(at position: Int64) throws -> [UInt8]?

  /// Calls `body` with each line of `range`, in order, without its line feed.
  func forEachLine(in range: Range<Int64>, _ body: (Int64, Span<UInt8>) throws -> Void) throws

  /// Calls `body` with the lines at `positions`.
  /// - Precondition: `positions` ascend.
  func forEachLine(at positions: [Int64], _ body: (Int64, Span<UInt8>) throws -> Void) throws
}

extension LineSource {
  var isWhole: Bool { true }

  /// Lines without a vault.
  func vaultRecord(at position: Int64) -> [UInt8]? { nil }
}
