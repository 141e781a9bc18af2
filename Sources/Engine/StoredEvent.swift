import Vocabulary
import Wire

/// An event as the log holds it: its line, and what the line says.
public struct StoredEvent: Hashable, Sendable {
  public let seq: Int64
  /// The canonical line, without its line feed: the evidence.
  public let line: [UInt8]
  /// With the personal values that could be opened in its data; `sealed` names them.
  public internal(set) var event: Event
  /// Personal values that the line commits to and that cannot be shown, by their fields.
  public internal(set) var withheld: [String: Withheld] = [:]

  init(seq: Int64, line: Span<UInt8>, catalogue: Catalogue) throws {
    self.seq = seq
    self.line = line.indices.map { line[$0] }
    do { event = try Event(reading: line, by: catalogue) } catch {
      throw EngineError.unreadableEvent(seq: seq, message: Name(error.message(in: .en), error.message(in: .zh)))
    }
  }
}
