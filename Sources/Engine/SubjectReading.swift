import Facts
public import Projection
import Synchronization
public import Vocabulary
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
    /// `name(of:)` says what it is called.
    public let type: TypeCode
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

  /// The subject before a projection that judges it by itself.
  func hearing(_ projection: AnyProjection) throws -> SubjectHearing {
    let events = try events(for: projection)
    return try hearing(projection, events)(fold(projection, events))
  }

  /// The subject's account before a register.
  func hearing(_ projection: AnyProjection, _ way: AccountWay) throws -> AccountHearing {
    let events = try events(for: projection)
    return try hearing(projection, way, events)(fold(projection, events))
  }

  /// The same, to be had on another thread once the fold is there.
  private func hearing(_ projection: AnyProjection, _ events: AccountEvents) throws -> @Sendable (AnyFold) -> SubjectHearing {
    let (subject, position, asOf, names) = (subject, position, asOf, names)
    let rule = try rule(for: projection)
    return { fold in
      SubjectHearing(
        projection: projection, subject: subject, position: position, asOf: asOf, rule: rule, events: events, fold: fold, names: names)
    }
  }

  private func hearing(
    _ projection: AnyProjection, _ way: AccountWay, _ events: AccountEvents
  ) throws -> @Sendable (AnyFold) -> AccountHearing {
    let (base, holder, position, asOf, names) = (subject, account.holder, position, asOf, names)
    let (number, table, rule) = (account.number ?? names.account(heldBy: account.holder), try snapshot.table(), try rule(for: projection))
    return { fold in
      AccountHearing(
        projection: projection, way: way, base: base, holder: holder, account: number, table: table, position: position, asOf: asOf,
        rule: rule, events: events, fold: fold, names: names)
    }
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
    let fold = projection.source.fold(of: events)
    folds[projection.source.identity] = fold
    return fold
  }
}

// What read models say of it.
extension SubjectReading {
  /// Events of an account from which on questions are answered on two threads: below, starting one takes longer than it saves.
  static let sideBySideMin = 1_000

  /// A read model that is asked, by whatever gathers for it.
  private struct Asked: Sendable {
    let source: AnyGathering
    let events: AccountEvents
    let answer: @Sendable (AnyFold) -> [ModelLine]
  }

  /// The rows of read models about the subject, and of registers also about its parts and, where it is an account, about
  /// what belongs to it. Of a part that was asked for its row alone.
  /// - Precondition: none of the projections is a census.
  public func rows(of projections: [AnyProjection]) throws -> [[ModelLine]] {
    try rows(of: projections, sideBySideFrom: SubjectReading.sideBySideMin)
  }

  func rows(of projections: [AnyProjection], sideBySideFrom limit: Int) throws -> [[ModelLine]] {
    let questions = try projections.map { try question($0) }
    guard shown.count >= limit else {
      return zip(projections, questions).map { $1.answer(fold($0, $1.events)) }
    }
    return SubjectReading.answer(questions)
  }

  private func question(_ projection: AnyProjection) throws -> Asked {
    let events = try events(for: projection)
    let answer: @Sendable (AnyFold) -> [ModelLine]
    switch projection.way {
    case .each:
      let hearing = try hearing(projection, events)
      answer = { fold in
        let hearing = hearing(fold)
        return hearing.line(hearing.judge(fold)).map { [$0] } ?? []
      }
    case .account(let way):
      let (hearing, subject) = (try hearing(projection, way, events), subject)
      answer = { hearing($0).lines(subject) }
    case .all: preconditionFailure("\(projection.name) rests on all")
    }
    return Asked(source: projection.source, events: events, answer: answer)
  }

  /// Answers on two threads; what several questions rest on is gathered once, by the thread that answers them.
  private static func answer(_ questions: [Asked]) -> [[ModelLine]] {
    let groups = Array(Dictionary(grouping: questions.indices) { questions[$0].source.identity }.values)
    let next = Atomic(0)
    let found = Parallel.map(2) { _ in
      var found: [(place: Int, lines: [ModelLine])] = []
      while case let number = next.add(1, ordering: .relaxed).oldValue, number < groups.count {
        let first = questions[groups[number][0]]
        let fold = first.source.fold(of: first.events)
        found += groups[number].map { ($0, questions[$0].answer(fold)) }
      }
      return found
    }
    return found.joined().sorted { $0.place < $1.place }.map(\.lines)
  }
}

extension SubjectReading {
  /// The history: as `Snapshot.history`, oldest recorded first, each event as far as a list needs it.
  ///
  /// Complexity: O(events of the account); of a subject that is no account, other events' lines are read to see whether they
  /// name it.
  public func entries() throws -> [Entry] {
    let limit = view.asOf ?? .distantFuture
    let own = try snapshot.own(subject)
    let reached = try account.holder == subject ? nil : mentions(besides: own)
    return (0..<recorded.count).compactMap { place in
      let (seq, at, about) = (recorded.seq(place), recorded.at(place), recorded.subject(place))
      guard at <= limit, reached == nil || about == own || reached?.contains(seq) ?? false else { return nil }
      return Entry(seq: seq, type: recorded.type(place), at: at, subject: about)
    }
  }

  /// The name of a type of events: `order.placed`.
  public func name(of type: TypeCode) -> String { snapshot.catalogue.entry(of: type)?.declaration.name ?? "?" }

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
