import Facts
import Vocabulary
import Wire

// Every event that is seen from a point of view, for those who carry them elsewhere.

extension Snapshot {
  /// Tells this log from others, whatever they hold.
  public var logName: String { String(source.identity, radix: 16) }

  /// All events that are seen from `view`, in the log's order.
  public func events(view: View = .present, _ body: (StoredEvent) throws -> Void) throws {
    _ = try forEachEvent(view: view, body)
  }

  /// All events that are seen from `view`, account by account in the order of their first events; accounts that were
  /// merged are one. One account is held in memory at a time.
  public func eventsByAccount(view: View = .present, _ body: (_ account: String, [StoredEvent]) throws -> Void) throws {
    let table = try self.table()
    let end = try position(of: view)
    for account in 0..<table.accountCount {
      let accounts = try accounts(joinedTo: account, before: end)
      guard accounts.min() == account else { continue }
      var events: [StoredEvent] = []
      try forEachLine(of: accounts, at: try positions(of: accounts, before: end)) { seq, line in
        let stored = try self.stored(seq, line)
        if stored.event.occurredAt <= view.asOf ?? .distantFuture { events.append(stored) }
      }
      if !events.isEmpty { try body(table.name(of: table.holder(of: account)), events) }
    }
  }
}
