import Facts
import Vocabulary
import Wire

// One subject's events.

extension Snapshot {
  /// The name by which the log knows a subject. A bare id means an account: `4` is `customer:4`.
  public func resolve(_ subject: String) throws -> String {
    for name in [subject, try table().accountKind + ":" + subject] where try account(of: name) != nil { return name }
    throw EngineError.unknownSubject(subject)
  }

  /// All events that reach a subject, oldest recorded first: its own; for an account also those of everything that
  /// belongs to it; for anything else also those of the same account that refer to it.
  public func history(of subject: String, view: View = .present, _ body: (StoredEvent) throws -> Void) throws {
    let name = try resolve(subject)
    guard let account = try account(of: name) else { throw EngineError.unknownSubject(name) }
    let position = try position(of: view)
    let accounts = try accounts(joinedTo: account, before: position)
    let positions = try positions(of: accounts, before: position)
    let wholeAccount = account.holder == name
    try forEachLine(of: accounts, at: positions) { seq, line in
      let stored = try self.stored(seq, line)
      guard stored.event.occurredAt <= view.asOf ?? .distantFuture else { return }
      guard wholeAccount || stored.event.mentions(name, catalogue) else { return }
      try body(stored)
    }
  }

  /// The account and those of which the first `position` events say that they are the same customer's. A lead's events
  /// belong to a customer from the event on that says so, and not before.
  func accounts(joinedTo account: Account, before position: Int64) throws -> [Account] {
    let accounts = try accounts(joinedTo: account)
    guard accounts.count > 1, position < size else { return accounts }
    let plans = try base().plans
    let kind = try table().accountKind
    return try accounts.filter { other in
      if other == account { return true }
      var isKnown = false
      try forEachLine(of: [other], at: try positions(of: [other], before: position)) { seq, line in
        if !isKnown, let named = try plans.held(line, seq: seq, Unnumbered()).account {
          isKnown = kind + ":" + named == account.holder
        }
      }
      return isKnown
    }
  }

  /// Positions of the accounts' events, ascending.
  func positions(of accounts: [Account], before position: Int64) throws -> [Int64] {
    let postings = try postings()
    let all = accounts.map { account in
      let known = account.number.map { postings.positions(of: $0).lazy.map(Int64.init).filter { $0 < position } }
      let recent = tail?.positions(ofAccount: account.holder).filter { $0 < position } ?? []
      return (known.map(Array.init) ?? []) + recent
    }
    return accounts.count == 1 ? all[0] : all.flatMap { $0 }.sorted()
  }
}

extension Snapshot {
  /// The lines of a whole account as they stand in the log, oldest recorded first: the evidence without its reading.
  public func lines(of subject: String, _ body: (Int64, Span<UInt8>) throws -> Void) throws {
    let name = try resolve(subject)
    guard let account = try account(of: name) else { throw EngineError.unknownSubject(name) }
    let accounts = try accounts(joinedTo: account)
    try forEachLine(of: accounts, at: try positions(of: accounts, before: size), body)
  }

  /// Accounts that the log knows.
  public func accountCount() throws -> Int { try facts().table.accountCount }

  /// The name of an account by its number.
  public func accountName(_ account: Int) throws -> String {
    let table = try facts().table
    return table.name(of: table.holder(of: account))
  }

  /// The name of the account that the event at `position` belongs to.
  public func accountName(of position: Int64) throws -> String {
    var accounts: [UInt32] = []
    let stretch = try facts().stretches[Int(position / FactsStore.stretch)]
    stretch.unpackAccounts(into: &accounts)
    return try accountName(Int(accounts[Int(position - stretch.first)]))
  }
}
