import Facts
import Vocabulary
import Wire

// The events that are seen from a point of view, account by account, for those who carry them elsewhere.

extension Snapshot {
  /// Tells this log from others, whatever they hold.
  public var logName: String { String(source.identity, radix: 16) }

  /// All events that are seen from `view`, account by account in the order of their first events; a lead's account
  /// is its customer's from the event on that says so. One account is held in memory at a time. Lines that gave place to their hash are counted only;
  /// says how many they were.
  public func eventsByAccount(
    view: View = .present, _ body: (_ account: String, [StoredEvent]) throws -> Void
  ) throws -> Int64 {
    var redacted: Int64 = 0
    let table = try facts().table
    let end = try position(of: view)
    for account in 0..<table.accountCount {
      let (holder, accounts) = try group(of: account, before: end)
      guard accounts.compactMap(\.number).min() == account else { continue }
      var events: [StoredEvent] = []
      try forEachLine(of: accounts, at: try positions(of: accounts, before: end)) { seq, line in
        guard !line.isRedaction else { return redacted += 1 }
        let stored = try self.stored(seq, line)
        if stored.event.occurredAt <= view.asOf ?? .distantFuture { events.append(stored) }
      }
      if !events.isEmpty { try body(table.name(of: table.holder(of: holder)), events) }
    }
    return redacted
  }

  /// The account that an account's events belong to, and all accounts of which that is so.
  func group(of account: Int, before end: Int64) throws -> (holder: Int, accounts: [Account]) {
    let table = try facts().table
    func named(_ number: Int) -> Account { Account(holder: table.name(of: table.holder(of: number)), number: number) }
    if let other = table.aliases[account] {
      let accounts = try accounts(joinedTo: named(other), before: end)
      if accounts.contains(where: { $0.number == account }) { return (other, accounts) }
    }
    return (account, try accounts(joinedTo: named(account), before: end))
  }
}
