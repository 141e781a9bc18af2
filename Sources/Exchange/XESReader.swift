import Wire
import XML

/// Reads XES (IEEE 1849): a trace becomes an object note and its events activity notes.
///
/// A trace is handed out when it ends, because its own attributes may name it; a trace is therefore held in memory, and
/// no more than that. Extensions, globals, classifiers and attributes of the log as a whole speak of the file, not of
/// what happened, and are passed over.
public struct XESReader {
  /// Events that one trace may have.
  public static let traceLimit = 1_000_000
  /// How deep attributes may stand within attributes.
  public static let levelLimit = 16

  public init() {}

  /// - Parameter next: the next bytes of the file, none at its end.
  public func read(_ next: ByteFeed, _ take: TakeReading) throws {
    let scanner = try XMLScanner.opened()
    let builder = XESBuilder(scanner)
    while true {
      let block = try next()
      try scanner.take(block)
      if let failure = builder.failure { throw failure }
      for (reading, place) in builder.found { try take(reading, place) }
      builder.found.removeAll(keepingCapacity: true)
      if block.isEmpty { break }
    }
    guard builder.isLog else { throw ExchangeError(.notProcessLog("no log element")) }
  }
}

/// Puts the elements of XES together.
private final class XESBuilder {
  private struct Draft {
    var attributes: [Attribute] = []
    var line = 0
  }

  var found: [(Reading, NotePlace)] = []
  var failure: ExchangeError?
  private(set) var isLog = false
  private unowned let scanner: XMLScanner
  private var trace: Draft?
  private var events: [Draft] = []
  private var event: Draft?
  /// Attributes that are open, and elements whose content is passed over.
  private var level = 0
  private var skipped = 0
  private var traces = 0

  private static let kinds: [String: Attribute.Kind] = [
    "string": .text, "date": .time, "int": .integer, "float": .decimal, "boolean": .flag, "id": .id, "list": .list,
    "container": .container,
  ]

  init(_ scanner: XMLScanner) {
    self.scanner = scanner
    scanner.onStart = { [unowned self] name, attributes in start(name, attributes) }
    scanner.onEnd = { [unowned self] name, _ in end(name) }
  }

  private func start(_ name: String, _ attributes: [String: String]) {
    if skipped > 0 {
      skipped += 1
      return
    }
    switch name {
    case "log": isLog = true
    case "extension", "global", "classifier": skipped = 1
    case "trace": trace = Draft(line: scanner.line)
    case "event": event = Draft(line: scanner.line)
    case "values": break  // holds a list's items
    default:
      guard let kind = XESBuilder.kinds[name] else { return skipped = 1 }
      add(Attribute(attributes["key"] ?? "", kind, attributes["value"] ?? "", level: level))
      level += 1
    }
  }

  private func add(_ attribute: Attribute) {
    guard level <= XESReader.levelLimit else {
      failure = ExchangeError(.tooDeep(limit: XESReader.levelLimit), line: scanner.line)
      return
    }
    if event != nil {
      event?.attributes.append(attribute)
    } else if trace != nil {
      trace?.attributes.append(attribute)
    }
  }

  private func end(_ name: String) {
    if skipped > 0 {
      skipped -= 1
      return
    }
    switch name {
    case "event": endEvent()
    case "trace": endTrace()
    case _ where XESBuilder.kinds[name] != nil: level -= 1
    default: break
    }
  }

  private func endEvent() {
    guard let done = event else { return }
    event = nil
    if trace == nil {
      // An event that stands in the log itself belongs to no trace.
      return give(done, in: nil)
    }
    events.append(done)
    if events.count > XESReader.traceLimit {
      failure = ExchangeError(.tooLarge("trace", limit: XESReader.traceLimit), line: scanner.line)
    }
  }

  private func endTrace() {
    guard let done = trace else { return }
    traces += 1
    let name = done.attributes.text("concept:name") ?? done.attributes.text("identity:id") ?? String(traces)
    var object = ObjectNote(name, kind: nil)
    object.attributes = done.attributes
    object.time = events.compactMap { $0.attributes.text("time:timestamp").flatMap(NoteTime.read) }.min()
    // A trace says when only through its events: one without a readable time has nothing that could be recorded of it.
    if object.time != nil { found.append((.note(.object(object)), place(done, name))) }
    for (number, event) in events.enumerated() { give(event, in: ActivityNote.Trace(name, place: number + 1)) }
    trace = nil
    events = []
  }

  private func give(_ draft: Draft, in trace: ActivityNote.Trace?) {
    let activity = draft.attributes.text("concept:name")
    let place = place(draft, [trace?.name, activity].compactMap { $0 }.joined(separator: ": "))
    guard let activity else { return found.append((.broken(.missing("concept:name")), place)) }
    guard let text = draft.attributes.text("time:timestamp") else {
      return found.append((.broken(.missing("time:timestamp")), place))
    }
    guard let time = NoteTime.read(text) else { return found.append((.broken(.badTime(text)), place)) }
    var note = ActivityNote(activity, at: time)
    note.trace = trace
    note.attributes = draft.attributes
    found.append((.note(.activity(note)), place))
  }

  private func place(_ draft: Draft, _ name: String) -> NotePlace { NotePlace(line: draft.line, name: name) }
}

extension [Attribute] {
  /// The value of an attribute at the top, `nil` where it is absent or blank.
  func text(_ name: String) -> String? {
    first { $0.level == 0 && $0.name == name && !$0.value.isEmpty }?.value
  }
}
