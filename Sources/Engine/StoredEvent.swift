import Vocabulary
import Wire

/// An event as the log holds it: its line, and what the line says.
public struct StoredEvent: Hashable, Sendable {
  public let seq: Int64
  /// The canonical line, without its line feed: the evidence.
  public let line: [UInt8]
  public let event: Event

  init(seq: Int64, line: Span<UInt8>, catalogue: Catalogue) throws {
    self.seq = seq
    self.line = line.indices.map { line[$0] }
    do { event = try Event(reading: line, by: catalogue) } catch {
      throw EngineError.unreadableEvent(seq: seq, message: Name(error.message(in: .en), error.message(in: .zh)))
    }
  }
}
