public import Wire

/// Checked events, written as their lines but for what the log gives, one behind another in one piece of memory.
///
/// For who brings in many: an event is a place in `bytes`, and none of its values is an object of its own. What writes
/// them has checked them against their declarations; `Event(of:by:)` checks again.
public struct WrittenEvents: Sendable {
  /// Where one event lies.
  ///
  /// Its line is `head` · `"recordedAt":"…",` · `middle` · `"seq":…` · `tail`; its subject and id follow as plain text.
  @usableFromInline struct Place: BitwiseCopyable, Sendable {
    var occurredAt: Instant
    /// The place of its type among the catalogue's entries.
    var type: Int32
    var start: Int32
    var headEnd: Int32
    var middleEnd: Int32
    var tailEnd: Int32
    var subjectEnd: Int32
    var idEnd: Int32
  }

  /// What is being written; between `begin` and `end` the line of one event.
  public var text = Text()
  private var places: [Place] = []
  private var current = Place(
    occurredAt: .distantPast, type: 0, start: 0, headEnd: 0, middleEnd: 0, tailEnd: 0, subjectEnd: 0, idEnd: 0)

  public init(capacity: Int = 0) { text = Text(capacity: capacity) }

  public var count: Int { places.count }
  public var indices: Range<Int> { places.indices }
  public var isEmpty: Bool { places.isEmpty }
  /// Bytes of all of them.
  public var byteCount: Int { text.bytes.count }

  /// Begins an event of the type at `place` among the catalogue's entries.
  public mutating func begin(type place: Int, at occurredAt: Instant) {
    current.occurredAt = occurredAt
    current.type = Int32(truncatingIfNeeded: place)
    current.start = Int32(truncatingIfNeeded: text.bytes.count)
  }

  /// The text so far, behind the last cut, is what comes before `recordedAt`.
  public mutating func cutHead() { current.headEnd = Int32(truncatingIfNeeded: text.bytes.count) }
  /// … and this what comes between `recordedAt` and `seq`.
  public mutating func cutMiddle() { current.middleEnd = Int32(truncatingIfNeeded: text.bytes.count) }
  /// … and this the line's end; the subject's text follows, then the id's.
  public mutating func cutTail() { current.tailEnd = Int32(truncatingIfNeeded: text.bytes.count) }
  public mutating func cutSubject() { current.subjectEnd = Int32(truncatingIfNeeded: text.bytes.count) }

  /// Ends the event.
  public mutating func end() {
    current.idEnd = Int32(truncatingIfNeeded: text.bytes.count)
    places.append(current)
  }

  /// Writes a checked event.
  public mutating func append(_ event: Event, type place: Int) {
    begin(type: place, at: event.occurredAt)
    let parts = event.lineParts
    text.bytes.append(contentsOf: parts.bytes)
    current.headEnd = current.start + Int32(truncatingIfNeeded: parts.headCount)
    current.middleEnd = current.headEnd + Int32(truncatingIfNeeded: parts.middleCount)
    cutTail()
    text.append(event.subject.description)
    cutSubject()
    text.append(event.id ?? "")
    end()
  }

  /// Forgets the events from `count` on, and what was begun.
  public mutating func drop(from count: Int) {
    guard count < places.count else { return text.drop(from: places.last.map { Int($0.idEnd) } ?? 0) }
    text.drop(from: Int(places[count].start))
    places.removeSubrange(count...)
  }

  public mutating func removeAll() {
    text.bytes.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
  }

  public subscript(number: Int) -> WrittenEvent { WrittenEvent(bytes: text.bytes, place: places[number]) }

  /// When the event happened.
  public func occurredAt(_ number: Int) -> Instant { places[number].occurredAt }
}

/// One of several written events, as long as somebody holds it.
public struct WrittenEvent: Sendable {
  @usableFromInline let bytes: [UInt8]
  @usableFromInline let place: WrittenEvents.Place

  public var occurredAt: Instant { place.occurredAt }
  /// The place of its type among the catalogue's entries.
  public var type: Int { Int(place.type) }
  /// Its line without what the log gives.
  public var line: ArraySlice<UInt8> { bytes[Int(place.start)..<Int(place.tailEnd)] }
  /// Bytes of the line before `recordedAt`, and between that and `seq`.
  public var headCount: Int { Int(place.headEnd - place.start) }
  public var middleCount: Int { Int(place.middleEnd - place.headEnd) }
  public var subject: String { String(decoding: bytes[Int(place.tailEnd)..<Int(place.subjectEnd)], as: UTF8.self) }
  /// `nil` where it has none.
  public var id: String? {
    place.idEnd == place.subjectEnd ? nil : String(decoding: bytes[Int(place.subjectEnd)..<Int(place.idEnd)], as: UTF8.self)
  }
  /// Subject and id, as bytes: what tells one wish from another besides the line.
  public var idBytes: ArraySlice<UInt8> { bytes[Int(place.subjectEnd)..<Int(place.idEnd)] }
}

// For who must put one elsewhere, as sorted runs in files do.
extension WrittenEvent {
  /// Integers that say where an event's parts end.
  public static let packedParts = 7

  /// The event as integers and bytes.
  public var packed: (parts: [Int64], bytes: ArraySlice<UInt8>) {
    let ends = [place.headEnd, place.middleEnd, place.tailEnd, place.subjectEnd, place.idEnd]
    return (
      [occurredAt.microseconds, Int64(place.type)] + ends.map { Int64($0 - place.start) },
      bytes[Int(place.start)..<Int(place.idEnd)]
    )
  }

  /// How many bytes follow the integers.
  public static func packedCount(_ parts: [Int64]) -> Int { Int(parts[6]) }

  /// - Precondition: both come from `packed`.
  public init(parts: [Int64], bytes: [UInt8]) {
    precondition(parts.count == WrittenEvent.packedParts && bytes.count == WrittenEvent.packedCount(parts))
    let ends = parts.map { Int32(truncatingIfNeeded: $0) }
    place = WrittenEvents.Place(
      occurredAt: Instant(microseconds: parts[0]), type: ends[1], start: 0, headEnd: ends[2], middleEnd: ends[3],
      tailEnd: ends[4], subjectEnd: ends[5], idEnd: ends[6])
    self.bytes = bytes
  }
}

extension Event {
  /// The event that was written.
  public init(of written: WrittenEvent, by catalogue: Catalogue) throws(EventError) {
    // Without `seq` the comma that follows it in a line would stand alone.
    let line = written.line
    let cut = line.startIndex + written.headCount + written.middleCount
    let whole = line[..<cut] + line[(cut + 1)...]
    try self.init(reading: Array(whole).span, by: catalogue)
  }
}
