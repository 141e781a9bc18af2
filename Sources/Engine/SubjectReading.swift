import Facts
public import Projection
import Vocabulary
public import Wire

/// One subject as a view sees it, for whoever asks several questions about it: its account's events are taken out of the facts
/// once, and what several projections judge is gathered once. So a page about a customer costs what that customer's events
/// cost, however large the log is and whatever was recorded of others since; lines are read only of what is shown whole.
///
/// Holds for the snapshot as it stood when it was made. One thread at a time, as the snapshot.
public final class SubjectReading {
  /// An event of the history as far as a list of it needs; `events(of:)` gives the whole.
  public struct Entry: Hashable, Sendable {
    public let seq: Int64
    public let type: String
    /// When it happened, as it was recorded.
    public let at: Instant
    /// What it is about; `name(of:)` says who that is.
    public let subject: OwnSubject
  }

  let snapshot: Snapshot
  let view: View
  /// The subject, without a part: of `contract:K-7/renewal` the contract.
  public let subject: String
  let account: Account
  let position: Int64
  let asOf: Instant
  private let names: LogNames
  /// The rules that the view knows.
  private let rules: RuleBook
  /// The account, and those that were joined to it.
  private let accounts: [Account]
  /// Their events as they were recorded.
  private let recorded: AccountEvents
  /// The account's events that projections are shown, corrected as far as that is known.
  private let shown: AccountEvents
  /// By what is gathered, and of whom.
  private var folds: [ObjectIdentifier: AnyFold] = [:]

  /// - Throws: `EngineError.unknownSubject` for a name that the log does not know, nor a part of it.
  /// - Complexity: O(events of the account).
  public init(_ name: String, view: View = .present, in snapshot: Snapshot) throws {
    let subject = try snapshot.base(of: name)
    guard let account = try snapshot.account(of: subject) else { throw EngineError.unknownSubject(name) }
    (self.snapshot, self.view, self.subject, self.account) = (snapshot, view, subject, account)
    position = try snapshot.position(of: view)
    asOf = try snapshot.asOf(view, before: position)
    names = try snapshot.base().names
    rules = try snapshot.ruleBook(before: position)
    accounts = try snapshot.accounts(joinedTo: account, before: position)
    recorded = try AccountEvents(of: accounts, before: position, in: snapshot)
    shown = recorded.shown(until: asOf, try snapshot.corrections().known(before: position))
  }

  /// The rows of a read model about the subject, and of a register also about its parts and, where it is an account, about
  /// what belongs to it. Of a part that was asked for its row alone.
  /// - Precondition: the projection is no census.
  public func rows(of projection: AnyProjection) throws -> [ModelLine] {
    switch projection.way {
    case .each:
      let hearing = try hearing(projection)
      return hearing.line(hearing.judge(hearing.fold)).map { [$0] } ?? []
    case .account(let way): return try hearing(projection, way).lines(subject)
    case .all: preconditionFailure("\(projection.name) rests on all")
    }
  }

  /// The subject before a projection that judges it by itself.
  func hearing(_ projection: AnyProjection) throws -> SubjectHearing {
    let events = try events(for: projection)
    return SubjectHearing(
      projection: projection, subject: subject, position: position, asOf: asOf, rule: try rule(for: projection), events: events,
      fold: fold(projection, events), names: names)
  }

  /// The subject's account before a register.
  func hearing(_ projection: AnyProjection, _ way: AccountWay) throws -> AccountHearing {
    let events = try events(for: projection)
    return AccountHearing(
      projection: projection, way: way, base: subject, holder: account.holder,
      account: account.number ?? names.account(heldBy: account.holder), table: try snapshot.table(), position: position, asOf: asOf,
      rule: try rule(for: projection), events: events, fold: fold(projection, events), names: names)
  }

  private func rule(for projection: AnyProjection) throws -> PublishedRule? {
    try snapshot.rule(for: projection, view, asOf: asOf, among: rules)
  }

  /// The events that a projection is shown.
  func events(for projection: AnyProjection) throws -> AccountEvents {
    guard case .subject = projection.key else { return shown }
    return shown.about(try snapshot.own(subject))
  }

  private func fold(_ projection: AnyProjection, _ events: AccountEvents) -> AnyFold {
    if let known = folds[projection.source.identity] { return known }
    let fold = projection.fold(of: events)
    folds[projection.source.identity] = fold
    return fold
  }
}

extension SubjectReading {
  /// The history: as `Snapshot.history`, oldest recorded first, each event as far as a list needs it.
  ///
  /// Complexity: O(events of the account); of a subject that is no account, other events' lines are read to see whether they
  /// name it.
  public func entries() throws -> [Entry] {
    let plans = try snapshot.base().plans
    let limit = view.asOf ?? .distantFuture
    let own = try snapshot.own(subject)
    let reached = try account.holder == subject ? nil : mentions(besides: own)
    return (0..<recorded.count).compactMap { place in
      let (seq, at, about) = (recorded.seq(place), recorded.at(place), recorded.subject(place))
      guard at <= limit, reached == nil || about == own || reached?.contains(seq) ?? false else { return nil }
      return Entry(seq: seq, type: plans.name(of: recorded.type(place)) ?? "?", at: at, subject: about)
    }
  }

  /// The name of what an event of the history is about.
  public func name(of subject: OwnSubject) -> String { names.name(of: subject) ?? "?" }

  /// Positions of the account's events that are about another subject and name this one.
  private func mentions(besides own: OwnSubject) throws -> Set<Int64> {
    var found: Set<Int64> = []
    let others = (0..<recorded.count).filter { recorded.subject($0) != own }.map { recorded.seq($0) }
    try snapshot.forEachLine(of: accounts, at: others) { seq, line in
      if try snapshot.stored(seq, line).event.mentions(subject, snapshot.catalogue) { found.insert(seq) }
    }
    return found
  }

  /// Events of the history with everything that they say and that the asker may see, in the order in which they are asked for.
  /// - Precondition: the entries are this reading's.
  public func events(of entries: some Collection<Entry>) throws -> [StoredEvent] {
    var found: [Int64: StoredEvent] = [:]
    try snapshot.forEachLine(of: accounts, at: entries.map(\.seq).sorted()) { seq, line in found[seq] = try snapshot.stored(seq, line) }
    return entries.compactMap { found[$0.seq] }
  }
}
