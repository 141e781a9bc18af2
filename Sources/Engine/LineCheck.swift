import Log
import Synchronization
import Vocabulary
import Wire

/// A line that is no event to this program, though its hash is that of the tree.
public struct LineProblem: Hashable, Sendable {
  public enum Kind: String, Sendable {
    /// No JSON that every program reads alike. No writer of the format leaves such a line.
    case unreadable = "line"
    /// Good JSON that is no event of this catalogue: of a type that this program does not know, perhaps because a later
    /// one wrote it, or not as its declaration asks.
    case unknown = "event"
  }

  public let kind: Kind
  public let seq: Int64
  public let why: EventError
}

/// Reads every line as an event. Hashes prove that a line is what was acknowledged; this asks whether it says anything.
public struct LineCheck: Sendable {
  /// What was found: the first problems, and how many there are.
  public struct Found: Hashable, Sendable {
    public internal(set) var problems: [LineProblem] = []
    public internal(set) var unreadable = 0
    public internal(set) var unknown = 0

    public init() {}

    fileprivate mutating func add(_ problem: LineProblem) {
      switch problem.kind {
      case .unreadable: unreadable += 1
      case .unknown: unknown += 1
      }
      if problems.count < LineCheck.shown { problems.append(problem) }
    }

    fileprivate mutating func add(_ other: Found) {
      (unreadable, unknown) = (unreadable + other.unreadable, unknown + other.unknown)
      problems = Array((problems + other.problems).sorted { $0.seq < $1.seq }.prefix(LineCheck.shown))
    }
  }

  /// Problems that are listed; the others are counted.
  public static let shown = 100
  /// Lines that one thread takes at a time.
  private static let stretch: UInt64 = 16_384

  let reader: LogReader
  let catalogue: Catalogue

  /// Complexity: one parse of each line, on two threads. Throws what the log throws.
  public func run(progress: @escaping @Sendable (Int64, Int64) -> Void = { _, _ in }) throws -> Found {
    let size = reader.head.size
    let state = Mutex(State())
    Parallel.perform(size > LineCheck.stretch ? 2 : 1) { [self] _ in
      while let start = state.withLock({ $0.take(size) }) {
        let part = Result { try check(start..<min(size, start + LineCheck.stretch)) }
        state.withLock { state in
          state.add(part)
          state.done += min(size, start + LineCheck.stretch) - start
          progress(Int64(state.done), Int64(size))
        }
      }
    }
    return try state.withLock { state in
      if let failure = state.failure { throw failure }
      return state.found
    }
  }

  private struct State {
    var next: UInt64 = 0
    var done: UInt64 = 0
    var found = Found()
    var failure: (any Error)?

    mutating func take(_ size: UInt64) -> UInt64? {
      guard failure == nil, next < size else { return nil }
      defer { next += LineCheck.stretch }
      return next
    }

    mutating func add(_ part: Result<Found, any Error>) {
      switch part {
      case .success(let found): self.found.add(found)
      case .failure(let error): failure = error
      }
    }
  }

  private func check(_ range: Range<UInt64>) throws -> Found {
    var found = Found()
    try reader.forEachBlock(from: range.lowerBound, upTo: range.upperBound) { block in
      for place in 0..<block.count {
        let line = block.line(place)
        guard Redaction(line) == nil, let (kind, why) = problem(of: line) else { continue }
        found.add(LineProblem(kind: kind, seq: Int64(block.first) + Int64(place), why: why))
      }
    }
    return found
  }

  private func problem(of bytes: UnsafeRawBufferPointer) -> (LineProblem.Kind, EventError)? {
    let line = Span(_unsafeElements: bytes.bindMemory(to: UInt8.self))
    let json: JSON
    do throws(JSONError) {
      // The parser takes it for a blank; a line of ours has none.
      if let place = bytes.firstIndex(of: 0x0D) { throw JSONError(.controlCharacter, at: place) }
      json = try JSON(parsing: line)
      // The parser reads -0 as 0; others keep the sign.
      if let place = bytes.negativeZero, Array(json.canonical.utf8).count != bytes.count { throw JSONError(.leadingZero, at: place) }
    } catch {
      let why = EventError(.json(error.reason, offset: error.offset))
      return (LineCheck.isReadElsewhere(error, bytes) ? .unknown : .unreadable, why)
    }
    do throws(EventError) {
      let event = try Event(reading: json, by: catalogue)
      return event.recordedAt == nil ? (.unknown, EventError(.missing, at: "recordedAt")) : nil
    } catch {
      return (json.object == nil ? .unreadable : .unknown, error)
    }
  }

  /// Whether others read alike what our parser refuses: a fraction that has a value, and deep nesting.
  private static func isReadElsewhere(_ error: JSONError, _ line: UnsafeRawBufferPointer) -> Bool {
    switch error.reason {
    case .tooDeep: return true
    case .fraction:
      let ofNumber = Set("+-.0123456789Ee".utf8)
      let start = line[..<min(error.offset, line.count)].lastIndex { !ofNumber.contains($0) }.map { $0 + 1 } ?? 0
      let digits = String(decoding: line[start...].prefix { ofNumber.contains($0) }, as: UTF8.self)
      guard let value = Double(digits) else { return false }
      return value.isFinite && !(value == 0 && digits.hasPrefix("-"))
    default: return false
    }
  }
}

extension UnsafeRawBufferPointer {
  /// The place of a minus and a zero where a value begins, perhaps within a text.
  fileprivate var negativeZero: Int? {
    guard count > 2 else { return nil }
    for place in 1..<count - 1 where self[place] == UInt8(ascii: "-") && self[place + 1] == UInt8(ascii: "0") {
      if [UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "[")].contains(self[place - 1]) { return place }
    }
    return nil
  }
}

extension Store {
  /// Reads every line as an event; see `LineCheck`.
  public func verifyLines(progress: @escaping @Sendable (Int64, Int64) -> Void = { _, _ in }) throws -> LineCheck.Found {
    try LineCheck(reader: log.reader, catalogue: catalogue).run(progress: progress)
  }
}
