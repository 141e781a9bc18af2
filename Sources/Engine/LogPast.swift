import Crypto
import Facts
import Log
import Projection
import Vocabulary
import Wire

/// The log as guards ask it: through the index by account up to the position of a snapshot, from there in memory, and
/// then what the command under way has decided already.
///
/// Used by one thread at a time.
final class LogPast: Past {
  private let log: LogDirectory
  private let snapshot: Snapshot
  private var known: [Subject: [Event]] = [:]
  private var rare: [String: [Event]] = [:]
  /// Positions by the text that a field holds, for fields that guards ask for.
  private var texts: [String: [String: [Int64]]] = [:]
  private var recent = RecentPast()
  /// Events of the command under way.
  private(set) var pending: [Event] = []

  /// Subjects whose events are kept at most.
  private static let knownMax = 4_096
  /// Events behind the snapshot that are kept; with more, a new snapshot is worth its while.
  static let recentMax = 65_536

  init(_ log: LogDirectory, _ snapshot: Snapshot) {
    (self.log, self.snapshot) = (log, snapshot)
    recent.next = snapshot.size
  }

  /// Events that were read behind the snapshot.
  var recentCount: Int64 { recent.next - snapshot.size }
  /// The position that the next event gets.
  var position: Int64 { recent.next }

  /// Reads what was recorded since it was last looked at.
  func catchUp() throws {
    let head = Int64(log.head.size)
    guard recent.next < head else { return }
    let source = LogSource(log.reader)
    try source.forEachLine(in: recent.next..<head) { seq, line in
      if line.isRedaction { return recent.pass() }
      recent.add(try snapshot.readable(seq, line, of: source))
    }
  }

  func begin() { pending.removeAll() }
  func note(_ event: Event) { pending.append(event) }
  /// Whether the command has this event already, by its id.
  func isPending(_ event: Event) -> Bool { event.id.map { id in pending.contains { $0.id == id } } ?? false }

  func events(about subject: Subject) throws -> [Event] {
    try base(about: subject) + recent.events(about: subject) + pending.filter { $0.subject == subject }
  }

  func events(ofRareType type: String) throws -> [Event] {
    if rare[type] == nil { rare[type] = try snapshot.events(ofType: type) }
    return (rare[type] ?? []) + recent.events(ofType: type) + pending.filter { $0.type == type }
  }

  func events(ofType type: String, where field: String, is text: String) throws -> [Event] {
    let name = type + " " + field
    if texts[name] == nil { texts[name] = try snapshot.positions(byTextOf: field, ofType: type) }
    let older = try snapshot.events(at: texts[name]?[text] ?? [])
    return older + (recent.events(ofType: type) + pending.filter { $0.type == type }).filter { $0.data[field]?.string == text }
  }

  func event(withID id: String) throws -> Event? {
    if let event = pending.first(where: { $0.id == id }) ?? recent.event(withID: id) { return event }
    if let event = try snapshot.event(withID: id) { return event }
    // An event without an id of its own has one made of log and number.
    let prefix = log.manifest.id.hex.prefix(8) + "-"
    guard id.hasPrefix(prefix), let seq = Int64(id.dropFirst(prefix.count)) else { return nil }
    return try recent.event(at: seq) ?? snapshot.pastEvent(at: seq)
  }

  func knows(_ subject: Subject) throws -> Bool {
    if try snapshot.knows(subject) { return true }
    if recent.names(subject) { return true }
    return pending.contains { $0.subject == subject || $0.account(snapshot.catalogue) == subject }
  }

  func shippedRule(_ kind: String) throws -> (version: Int, body: JSONObject)? {
    let book = try snapshot.ruleBook()
    guard book.kinds.contains(kind) else { return nil }
    return try book.all(kind).last { $0.seq == nil }.map { ($0.rule.version, $0.rule.body) }
  }

  func digest(of text: String) -> String {
    SHA256.hash(data: Array(text.utf8)).reduce(into: Text()) { $0.append(hex: $1) }.string
  }

  private func base(about subject: Subject) throws -> [Event] {
    if let events = known[subject] { return events }
    let events = try snapshot.events(about: subject)
    if known.count >= LogPast.knownMax { known.removeAll(keepingCapacity: true) }
    known[subject] = events
    return events
  }

  /// The first event of these types about these subjects at or after a position.
  func first(of types: Set<String>, about subjects: Set<Subject>, from position: Int64) throws -> Int64? {
    var first: Int64?
    for subject in subjects {
      // What lies behind the snapshot is in memory; only who looks further back has the log read.
      let older = position < snapshot.size ? try base(about: subject) : []
      for event in older + recent.events(about: subject, from: position) {
        guard let seq = event.seq, seq >= position, types.isEmpty || types.contains(event.type) else { continue }
        first = min(first ?? seq, seq)
      }
    }
    return first
  }
}

/// The events behind a snapshot, by subject, type and id.
private struct RecentPast {
  var next: Int64 = 0
  private var events: [Event] = []
  private var bySubject: [Subject: [Int]] = [:]
  private var byType: [String: [Int]] = [:]
  private var byID: [String: Int] = [:]
  private var named: Set<String> = []

  mutating func add(_ event: Event) {
    let place = events.count
    events.append(event)
    bySubject[event.subject, default: []].append(place)
    byType[event.type, default: []].append(place)
    if let id = event.id { byID[id] = byID[id] ?? place }
    if let account = event.data["customer"]?.string { named.insert(account) }
    next += 1
  }

  /// A line that gave place to its hash says nothing any more.
  mutating func pass() { next += 1 }

  func events(about subject: Subject) -> [Event] { bySubject[subject, default: []].map { events[$0] } }
  /// Complexity: O(events from there on).
  func events(about subject: Subject, from position: Int64) -> [Event] {
    let places = bySubject[subject, default: []]
    let tail = places.reversed().prefix { (events[$0].seq ?? .max) >= position }
    return tail.reversed().map { events[$0] }
  }
  func events(ofType type: String) -> [Event] { byType[type, default: []].map { events[$0] } }
  func event(withID id: String) -> Event? { byID[id].map { events[$0] } }
  func event(at seq: Int64) -> Event? { events.first { $0.seq == seq } }

  func names(_ subject: Subject) -> Bool {
    bySubject[subject] != nil || (subject.kind == "customer" && named.contains(subject.id))
  }
}

extension Event {
  /// The account that the event names as its own.
  fileprivate func account(_ catalogue: Catalogue) -> Subject? {
    data[catalogue.accountKind.word]?.string.flatMap { Subject(kind: catalogue.accountKind, id: $0) }
  }
}
