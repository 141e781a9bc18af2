import Facts
import Vocabulary
import Wire

// One subject's events.

extension Snapshot {
  /// The name by which the log knows a subject. A bare id means an account: `4` is `customer:4`.
  public func resolve(_ subject: String) throws -> String {
    let table = try self.table()
    for name in [subject, table.accountKind + ":" + subject] where table.find(name) != nil { return name }
    throw EngineError.unknownSubject(subject)
  }

  /// All events that reach a subject, oldest recorded first: its own; for an account also those of everything that
  /// belongs to it; for anything else also those that refer to it.
  public func history(of subject: String, view: View = .present, _ body: (StoredEvent) throws -> Void) throws {
    let name = try resolve(subject)
    let positions = try positions(reaching: name, before: try position(of: view))
    let table = try self.table()
    let wholeAccount = table.find(name).map { table.holder(of: Int(table.entry($0).account)) == $0 } ?? false
    try source.forEachLine(at: positions) { seq, line in
      let stored = try StoredEvent(seq: seq, line: line, catalogue: catalogue)
      guard stored.event.occurredAt <= view.asOf ?? .distantFuture else { return }
      guard wholeAccount || stored.event.mentions(name, catalogue) else { return }
      try body(stored)
    }
  }

  /// Positions of all events of a subject's account, and of the accounts that turned out to be the same.
  func positions(reaching name: String, before position: Int64) throws -> [Int64] {
    let table = try self.table()
    guard let subject = table.find(name) else { throw EngineError.unknownSubject(name) }
    let account = Int(table.entry(subject).account)
    let postings = try postings()
    return table.accounts(joinedTo: account).flatMap { postings.positions(of: $0).map(Int64.init) }
      .filter { $0 < position }.sorted()
  }

  /// Positions of the events that a fold gathers under a subject's own account.
  func positions(ofAccountOf name: String, before position: Int64) throws -> [Int64] {
    let table = try self.table()
    guard let subject = table.find(name) else { throw EngineError.unknownSubject(name) }
    return try postings().positions(of: Int(table.entry(subject).account)).map(Int64.init).filter { $0 < position }
  }
}
