import Facts
import Vocabulary
import Wire

// What guards ask: the events about one subject, of one type, with one id. Personal values are in clear where the keys
// are at hand: two commitments to one value have nothing in common.

extension Snapshot {
  /// The events about a subject, oldest recorded first; none where the log does not know it.
  /// Complexity: O(events of the account that it belongs to).
  func events(about subject: Subject) throws -> [Event] {
    var events: [Event] = []
    try forEachLine(about: subject) { seq, line in events.append(try readable(seq, line, of: source)) }
    return events
  }

  /// How many events are about a subject: what a command may expect of it. No value is opened. Complexity: as
  /// `events(about:)`.
  public func version(of subject: Subject) throws -> Int {
    var count = 0
    try forEachLine(about: subject) { _, _ in count += 1 }
    return count
  }

  private func forEachLine(about subject: Subject, _ body: (Int64, Span<UInt8>) throws -> Void) throws {
    let name = subject.description
    guard let account = try account(of: name) else { return }
    let accounts = try accounts(joinedTo: account)
    let plans = try base().plans
    try forEachLine(of: accounts, at: try positions(of: accounts, before: size)) { seq, line in
      // Most of an account's events are about other things of it; the name is compared before the line is decoded.
      if try plans.held(line, seq: seq, Unnumbered()).subject == name { try body(seq, line) }
    }
  }

  /// Events of these types from a position on, in the log's order. Complexity: O(stretches from there + those events).
  public func forEachEvent(ofTypes types: [String], from first: Int64, _ body: (StoredEvent) throws -> Void) throws {
    let codes = types.compactMap { catalogue.entry(named: $0)?.code }
    let known = try base().stretches.filter { $0.first + Int64($0.count) > first }.flatMap { stretch in
      codes.flatMap { stretch.positions(of: $0) }.filter { $0 >= first }.sorted()
    }
    let recent = codes.flatMap { tail?.positions(of: $0) ?? [] }.filter { $0 >= first }.sorted()
    try source.forEachLine(at: known + recent) { seq, line in
      if !line.isRedaction { try body(try stored(seq, line)) }
    }
  }

  /// The newest events of a type that `isWanted`, newest first.
  public func newest(
    _ type: String, limit: Int, where isWanted: (StoredEvent) throws -> Bool = { _ in true }
  ) throws -> [StoredEvent] {
    guard let entry = catalogue.entry(named: type) else { return [] }
    var found: [StoredEvent] = []
    func look(at positions: [Int64]) throws {
      for position in positions.reversed() where found.count < limit {
        try source.forEachLine(at: [position]) { seq, line in
          guard !line.isRedaction else { return }
          let event = try stored(seq, line)
          if try isWanted(event) { found.append(event) }
        }
      }
    }
    try look(at: tail?.positions(of: entry.code) ?? [])
    for stretch in try base().stretches.reversed() where found.count < limit { try look(at: stretch.positions(of: entry.code)) }
    return found
  }

  /// All events of a type, oldest recorded first. Complexity: O(stretches + events of the stretches that have any).
  func events(ofType type: String) throws -> [Event] {
    guard let entry = catalogue.entry(named: type) else { return [] }
    return try events(at: try facts().stretches.flatMap { $0.positions(of: entry.code) })
  }

  /// The event that carries this id.
  func event(withID id: String) throws -> Event? {
    let hash = SegmentDeriver.idHash(id)
    let positions = try facts().stretches.flatMap { stretch in
      stretch.rows(withIDHash: hash).map { stretch.first + Int64($0) }
    }
    return try events(at: positions).first { $0.id == id }
  }

  func pastEvent(at seq: Int64) throws -> Event? { (0..<size).contains(seq) ? try events(at: [seq]).first : nil }

  /// Whether any event is about the subject or names it as its account.
  func knows(_ subject: Subject) throws -> Bool { try table().find(subject.description) != nil }

  /// Where the events of a type are that hold a text in a field, by the text. Complexity: O(events of the type); only
  /// lines that have the field are decoded.
  func positions(byTextOf field: String, ofType type: String) throws -> [String: [Int64]] {
    guard let entry = catalogue.entry(named: type) else { return [:] }
    let name = Array("\"\(field)\":\"".utf8)
    var found: [String: [Int64]] = [:]
    try source.forEachLine(at: try facts().stretches.flatMap { $0.positions(of: entry.code) }) { seq, line in
      guard line.contains(name), let text = try readable(seq, line, of: source).data[field]?.string else { return }
      found[text, default: []].append(seq)
    }
    return found
  }

  func events(at positions: [Int64]) throws -> [Event] {
    var events: [Event] = []
    try source.forEachLine(at: positions) { seq, line in
      guard !line.isRedaction else { return }
      events.append(try readable(seq, line, of: source))
    }
    return events
  }
}

extension Span<UInt8> {
  /// Whether the bytes, at least one, occur anywhere.
  fileprivate func contains(_ bytes: [UInt8]) -> Bool {
    withUnsafeBytes { own in
      var rest = own[...]
      while let place = rest.firstIndex(of: bytes[0]) {
        rest = own[place...]
        if rest.starts(with: bytes) { return true }
        rest = rest.dropFirst()
      }
      return false
    }
  }
}
