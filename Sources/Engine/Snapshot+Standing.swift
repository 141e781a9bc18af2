import Events
import Facts
import Vocabulary
import Wire

// Events as they are to count: what a correction says in the place of what it corrects.

extension Snapshot {
  /// The events of some types that are seen from `view`, corrections made, account by account in the order of their
  /// first events; a lead that became a customer is given with the customer. One account is held in memory at a time.
  ///
  /// - Parameters:
  ///   - types: names of types; others are not read. `event.corrected` is never given.
  ///   - subject: only the account to which this belongs. Throws `EngineError.unknownSubject`.
  ///   - progress: events read, of how many.
  /// - Complexity: O(events of these types), and a bit of memory for each event of the log.
  public func standingEventsByAccount(
    of types: Set<String>, holding subject: String? = nil, view: View = .present, progress: Progress = { _, _ in },
    _ body: ([Event]) throws -> Void
  ) throws {
    let table = try facts().table
    let end = try position(of: view)
    let wanted = Marks(try positions(of: types, before: end), size: end)
    let corrected = try standing(before: end)
    var done: Int64 = 0
    let only = try subject.map { try accountNumber(of: $0) }
    for account in only.map({ $0..<$0 + 1 }) ?? 0..<table.accountCount {
      let accounts = try group(of: account, before: end).accounts
      guard only != nil || accounts.compactMap(\.number).min() == account else { continue }
      let positions = try positions(of: accounts, before: end).filter { wanted.contains($0) }
      guard !positions.isEmpty else { continue }
      var events: [Event] = []
      try forEachLine(of: accounts, at: positions) { seq, line in
        if let event = try standing(seq, line, corrected, view) { events.append(event) }
      }
      done += Int64(positions.count)
      progress(done, wanted.count)
      if !events.isEmpty { try body(events) }
    }
  }

  /// The events of some types that are seen from `view`, corrections made, in the log's order.
  /// - Complexity: O(events of these types); nearly nothing where there are none.
  public func standingEvents(of types: Set<String>, view: View = .present) throws -> [Event] {
    let end = try position(of: view)
    let positions = try positions(of: types, before: end)
    guard !positions.isEmpty else { return [] }
    let corrected = try standing(before: end)
    var events: [Event] = []
    try source.forEachLine(at: positions) { seq, line in
      if let event = try standing(seq, line, corrected, view) { events.append(event) }
    }
    return events
  }

  /// The account of a subject, or the customer's to which that was joined.
  private func accountNumber(of name: String) throws -> Int {
    _ = try facts()  // so that whatever was recorded since has a number
    let (table, name) = (try table(), try resolve(name))
    guard let subject = table.find(name) else { throw EngineError.unknownSubject(name) }
    let account = Int(table.entry(subject).account)
    return table.aliases[account] ?? account
  }

  private func positions(of types: Set<String>, before end: Int64) throws -> [Int64] {
    let codes = Set(types.compactMap { catalogue.entry(named: $0)?.code }).subtracting([TypeCode(Correction.corrected)])
    return try facts().positions(of: codes).filter { $0 < end }
  }

  /// What the corrected events became, by their positions; `nil` where one never happened.
  private func standing(before end: Int64) throws -> [Int64: Event?] {
    let known = try corrections().known(before: end)
    guard !known.isEmpty else { return [:] }
    var events: [Int64: Event] = [:]
    let positions = Set(known.keys).union(known.values.map(\.seq))
    try source.forEachLine(at: positions.sorted()) { seq, line in
      if !line.isRedaction { events[seq] = try stored(seq, line).event }
    }
    return try known.reduce(into: [:]) { standing, pair in
      guard let correction = events[pair.value.seq], let wrong = events[pair.key] else { return }
      standing[pair.key] = .some(try Corrections.apply(correction, to: wrong, catalogue).event)
    }
  }

  private func standing(
    _ seq: Int64, _ line: Span<UInt8>, _ corrected: [Int64: Event?], _ view: View
  ) throws -> Event? {
    guard !line.isRedaction else { return nil }
    let event: Event?
    if let right = corrected[seq] { event = right } else { event = try stored(seq, line).event }
    guard let event, event.occurredAt <= view.asOf ?? .distantFuture else { return nil }
    return event
  }
}

/// Some positions of a log, a bit for each.
private struct Marks {
  private var bits: [UInt64]
  let count: Int64

  init(_ positions: [Int64], size: Int64) {
    bits = Array(repeating: 0, count: Int(size / 64) + 1)
    count = Int64(positions.count)
    for position in positions { bits[Int(position >> 6)] |= 1 << UInt64(position & 63) }
  }

  func contains(_ position: Int64) -> Bool { bits[Int(position >> 6)] & (1 << UInt64(position & 63)) != 0 }
}
