import Vocabulary
import Wire

/// Takes events as lines, records them, and answers each only after it is durable.
///
/// Each line is a command of its own: a bad one is refused and told, those around it are recorded. Lines that are there
/// at the same time are recorded together, because making one or a thousand durable costs the same.
public struct Intake {
  /// Bytes that a line of the input may have. More than a line of the log, because an input may be written with blanks.
  public static let lineBytes = 1 << 20
  /// Lines that are recorded together at most.
  public static let groupLines = 4_096
  /// Bytes of input that are recorded together at most, the last line excepted.
  public static let groupBytes = 8 << 20

  /// Records events as one command, all or none.
  public typealias Record = ([Event]) throws -> [Acknowledgement]

  private let catalogue: Catalogue
  private let clock: () -> Instant
  private let record: Record
  /// Told of each acknowledged event, in the order of the lines.
  private let acknowledge: (Acknowledgement) throws -> Void
  /// Everything told so far becomes visible.
  private let flush: () throws -> Void
  /// Told of each refused line.
  private let refuse: (_ line: Int, Trouble) -> Void
  /// Whether somebody has asked to stop.
  private let isStopped: () -> Bool

  public private(set) var acknowledged = 0
  public private(set) var refused = 0

  /// - Parameters:
  ///   - clock: now, for events that say no time.
  ///   - isStopped: asked between groups; what has been acknowledged stays.
  public init(
    catalogue: Catalogue, clock: @escaping () -> Instant, record: @escaping Record,
    acknowledge: @escaping (Acknowledgement) throws -> Void, flush: @escaping () throws -> Void = {},
    refuse: @escaping (_ line: Int, Trouble) -> Void, isStopped: @escaping () -> Bool = { false }
  ) {
    self.catalogue = catalogue
    self.clock = clock
    self.record = record
    self.acknowledge = acknowledge
    self.flush = flush
    self.refuse = refuse
    self.isStopped = isStopped
  }

  /// One event and the line that it came from.
  private struct Item {
    let line: Int
    let event: Event
  }

  /// Reads to the end of the input, or until somebody asks to stop.
  public mutating func run(from source: any Source) throws {
    var reader = LineReader(limit: Intake.lineBytes)
    while !reader.isAtEnd, !isStopped() {
      do {
        try take(try gather(&reader, from: source))
      } catch SourceError.interrupted {
        continue
      }
    }
  }

  /// Reads to the end of the input and records all of it as one command, or nothing.
  ///
  /// - Parameter limit: lines that one command may have; the log would refuse more.
  public mutating func runAsOne(from source: any Source, limit: Int) throws {
    var reader = LineReader(limit: Intake.lineBytes)
    var items: [Item] = []
    while !reader.isAtEnd {
      for line in try reader.next(from: source) {
        if let item = parse(line) { items.append(item) }
      }
      guard items.count <= limit else { throw Intake.tooMany(limit) }
    }
    if refused > 0 || items.isEmpty { return }
    try settle(items)
  }

  /// The lines that are there now, at least one unless the input ends.
  private func gather(_ reader: inout LineReader, from source: any Source) throws -> [LineReader.Line] {
    var lines = try reader.next(from: source)
    var bytes = lines.reduce(0) { $0 + $1.length }
    while !reader.isAtEnd, source.isReady, lines.count < Intake.groupLines, bytes < Intake.groupBytes {
      let more = try reader.next(from: source)
      bytes += more.reduce(0) { $0 + $1.length }
      lines += more
    }
    return lines
  }

  private mutating func take(_ lines: [LineReader.Line]) throws {
    var start = 0
    while start < lines.count {
      let end = min(start + Intake.groupLines, lines.count)
      var items: [Item] = []
      for line in lines[start..<end] {
        if let item = parse(line) { items.append(item) }
      }
      if !items.isEmpty { try recordEach(items) }
      start = end
    }
  }

  /// Records all at once; where one of them is refused, each on its own, so that only that one is.
  private mutating func recordEach(_ items: [Item]) throws {
    do {
      try settle(items)
    } catch let error where Trouble(explaining: error).concernsOneEvent {
      for item in items {
        do { try settle([item]) } catch let error where Trouble(explaining: error).concernsOneEvent {
          tell(item.line, Trouble(explaining: error))
        }
      }
    }
  }

  private mutating func settle(_ items: [Item]) throws {
    for receipt in try record(items.map(\.event)) {
      try acknowledge(receipt)
      acknowledged += 1
    }
    try flush()
  }

  /// The line's event; `nil` for a blank line, and for a bad one, which is told.
  private mutating func parse(_ line: LineReader.Line) -> Item? {
    do {
      guard line.length <= Intake.lineBytes else {
        throw EventError(.lineTooLong(bytes: line.length, limit: Intake.lineBytes))
      }
      guard line.bytes.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { return nil }
      return Item(line: line.number, event: try Event(reading: line.bytes.span, by: catalogue, defaultTime: clock()))
    } catch {
      tell(line.number, Trouble(explaining: error))
      return nil
    }
  }

  private mutating func tell(_ line: Int, _ trouble: Trouble) {
    refused += 1
    refuse(line, trouble)
  }

  private static func tooMany(_ limit: Int) -> Trouble {
    Trouble(
      .badInput, "E-LOG-BATCH", Name("more than \(limit) events in one batch", "一批超过 \(limit) 个事件"),
      unharmed: Unharmed.everything,
      remedy: Name("append in smaller batches, or without --batch", "请分批追加，或不使用 --batch"))
  }
}
