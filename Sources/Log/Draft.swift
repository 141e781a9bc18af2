/// An event that is not yet in the log: a line of canonical JSON with two holes, which only the log can fill.
///
/// The line becomes `head` `"recordedAt":"<time>",` `middle` `"seq":<number>` `tail`. So `head` begins with `{` and is
/// that alone or ends with a comma, `middle` is empty or ends with a comma, `tail` ends with `}`. Keys must be sorted
/// as RFC 8785 asks; the log does not parse the line to check that.
public struct Draft: Sendable {
  /// The value of the line's `id` key, or `nil` when the line has none. A later event with the same id is answered
  /// with the first one's receipt: an id names one event for ever. See `RepetitionJudge` for one that says something else.
  public let id: String?
  /// The value of the line's `subject` key; what `Expectation` counts.
  public let subject: String
  /// Head, middle and tail, one behind another; a part of somebody's larger piece of memory where many are brought in.
  let line: ArraySlice<UInt8>
  let headCount: Int
  let middleCount: Int
  /// What must be stored as durably as the line but never be part of it, because it may have to be destroyed later; the
  /// log does not know what it means. Empty for most events.
  public let vault: [UInt8]

  public var head: ArraySlice<UInt8> { line.prefix(headCount) }
  public var middle: ArraySlice<UInt8> { line.dropFirst(headCount).prefix(middleCount) }
  public var tail: ArraySlice<UInt8> { line.dropFirst(headCount + middleCount) }

  /// Bytes of the line but for what the log gives.
  var byteCount: Int { line.count }

  public init(
    id: String?, subject: String, head: [UInt8], middle: [UInt8], tail: [UInt8], vault: [UInt8] = []
  ) {
    let line = head + middle + tail
    self.init(
      id: id, subject: subject, line: line[...], headCount: head.count, middleCount: middle.count, vault: vault)
  }

  /// - Precondition: `headCount` and `middleCount` lie within the line.
  public init(
    id: String?, subject: String, line: ArraySlice<UInt8>, headCount: Int, middleCount: Int, vault: [UInt8] = []
  ) {
    precondition(headCount >= 0 && middleCount >= 0 && headCount + middleCount <= line.count)
    (self.id, self.subject, self.line, self.vault) = (id, subject, line, vault)
    (self.headCount, self.middleCount) = (headCount, middleCount)
  }
}

/// What a caller believes about a subject when it appends: how many events have it as their `subject`.
public struct Expectation: Equatable, Sendable {
  public let subject: String
  public let version: Int

  public init(subject: String, version: Int) { (self.subject, self.version) = (subject, version) }
}

/// The log's answer for one event: it is durable, and where.
public struct Receipt: Equatable, Sendable {
  /// Number of the event, from 0 without gaps; also the index of its leaf.
  public let seq: UInt64
  /// The event's id; for a line without one, the first 8 hexadecimal digits of the log id, `-`, and `seq`.
  public var id: String { givenID ?? log.eventID(seq) }
  private let givenID: String?
  private let log: LogID
  /// Hash of the line as a leaf.
  public let leaf: Hash
  /// Size of a tree that holds the leaf and is durable: right after the commit for a new event, at the time of asking
  /// for one that was there before.
  public let size: UInt64
  /// Whether the event was there before, so that nothing was written for this draft.
  public let duplicate: Bool

  /// - Parameter id: the id that the line carries, if it does.
  public init(seq: UInt64, id: String?, log: LogID, leaf: Hash, size: UInt64, duplicate: Bool) {
    (self.seq, givenID, self.log) = (seq, id, log)
    (self.leaf, self.size, self.duplicate) = (leaf, size, duplicate)
  }
}

/// How far a log reaches.
public struct LogHead: Equatable, Sendable {
  /// Number of events, and of leaves in the tree.
  public let size: UInt64
  /// Root of the tree of that size.
  public let root: Hash

  public init(size: UInt64, root: Hash) { (self.size, self.root) = (size, root) }
}

/// An index over older events that spares the writer from keeping or reading all of them. It may lag behind the log
/// as far as it likes: what it does not cover, the log finds in its own lines.
public protocol EventIndex: Sendable {
  /// Handed over once, when the log is opened for writing, before anything is asked.
  func attach(to log: LogReader)
  /// Every leaf below this number is indexed. Never decreases.
  var covered: UInt64 { get }
  /// The number of the event with this id among the covered ones.
  func find(id: String) throws -> UInt64?
  /// How many events below `seq` (at most `covered`) have this subject.
  func version(of subject: String, before seq: UInt64) throws -> Int
  /// The numbers, ascending, of the events below `seq` (at most `covered`) that have this subject.
  func events(of subject: String, before seq: UInt64) throws -> [UInt64]
}

extension EventIndex {
  /// An index that knows its events already.
  public func attach(to log: LogReader) {}
}

/// The index that covers nothing: right for any log, but the writer then reads and remembers every event.
public struct NoIndex: EventIndex {
  public init() {}
  public var covered: UInt64 { 0 }
  public func find(id: String) -> UInt64? { nil }
  public func version(of subject: String, before seq: UInt64) -> Int { 0 }
  public func events(of subject: String, before seq: UInt64) -> [UInt64] { [] }
}
