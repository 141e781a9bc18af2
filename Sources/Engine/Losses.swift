import Events
import Log
import Synchronization
import Vocabulary
import Wire

/// Which lines of a damaged log could not be read, as readers come across them.
public final class Losses: Sendable {
  /// Events without a gap that cannot be read, and why.
  public struct Stretch: Hashable, Sendable {
    public let events: Range<UInt64>
    public let file: String
    /// Byte at which the damage begins.
    public let offset: Int
  }

  private let found = Mutex<[Stretch]>([])

  init() {}

  public var isEmpty: Bool { found.withLock { $0.isEmpty } }

  /// What was found so far, by the numbers of the events; neighbours of the same damage are one.
  public var stretches: [Stretch] { found.withLock { $0 } }

  func note(_ events: Range<UInt64>, _ damage: Damage) {
    found.withLock { found in
      var lower = events.lowerBound
      var upper = events.upperBound
      found.removeAll { old in
        let touches = old.file == damage.file && old.events.lowerBound <= upper && lower <= old.events.upperBound
        if touches { (lower, upper) = (min(lower, old.events.lowerBound), max(upper, old.events.upperBound)) }
        return touches
      }
      let stretch = Stretch(events: lower..<upper, file: damage.file, offset: damage.offset)
      let place = found.firstIndex { $0.events.lowerBound > lower } ?? found.endIndex
      found.insert(stretch, at: place)
    }
  }
}

/// What stands for a line that cannot be read: an event that belongs to the log itself and that no projection reads, so
/// that everything behind it keeps its number.
enum LostLine {
  static let type = LogUpkeep.lost.declaration.name

  static func bytes(_ seq: UInt64, _ reader: LogReader) -> [UInt8] {
    guard let subject = Subject(kind: .log, id: reader.manifest.id.hex) else { return [] }
    // Long ago, so that it is nobody's latest event.
    let event = Event(LogUpkeep.lost, subject, at: Instant(microseconds: 0))
    let parts = event.lineParts
    let recordedAt = Instant(microseconds: reader.recordedNear(seq) * 1_000)
    return parts.head + Array("\"recordedAt\":\"\(recordedAt)\",".utf8) + parts.middle + Array("\"seq\":\(seq)".utf8)
      + parts.tail
  }
}
