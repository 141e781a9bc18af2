import Facts
public import Projection
import Vocabulary
public import Wire

/// One subject as a view sees it, for whoever asks several questions about it: the lines of its account are read once, and
/// what several projections judge is gathered once. So a page about a customer costs what that customer's events cost,
/// however large the log is and whatever was recorded of others since.
///
/// Holds for the snapshot as it stood when it was made. One thread at a time, as the snapshot.
public final class SubjectReading {
  /// An event of the history as far as a list of it needs; `event(of:)` gives the whole.
  public struct Entry: Hashable, Sendable {
    public let seq: Int64
    public let type: String
    /// When it happened, as the line says.
    public let at: Instant
    public let subject: String
    /// Its place among the lines that were read.
    fileprivate let place: Int
  }

  private struct Line {
    let seq: Int64
    let bytes: [UInt8]
    /// As projections see it, not corrected.
    let held: HeldEvent
    /// Whether it is of the subject's own account, and not of one that was joined to it.
    let isOwn: Bool
  }

  let snapshot: Snapshot
  let view: View
  /// The subject, without a part: of `contract:K-7/renewal` the contract.
  public let subject: String
  let account: Account
  let position: Int64
  let asOf: Instant
  /// The rules that the view knows.
  private let rules: RuleBook
  private let lines: [Line]
  /// The events that projections are shown, corrected as far as that is known.
  private let shown: [HeldEvent]
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
    rules = try snapshot.ruleBook(before: position)
    lines = try SubjectReading.read(account, before: position, in: snapshot)
    let corrected = try snapshot.corrections().known(before: position)
    let limit = asOf
    shown = lines.filter(\.isOwn).compactMap { line in
      if let correction = corrected[line.seq] { correction.event } else { line.held }
    }.filter { $0.at <= limit }
  }

  private static func read(_ account: Account, before position: Int64, in snapshot: Snapshot) throws -> [Line] {
    let accounts = try snapshot.accounts(joinedTo: account, before: position)
    let own = accounts.count > 1 ? Set(try snapshot.positions(of: [account], before: position)) : []
    var lines: [Line] = []
    try snapshot.forEachLine(of: accounts, at: try snapshot.positions(of: accounts, before: position)) { seq, line in
      lines.append(
        Line(
          seq: seq, bytes: line.withUnsafeBufferPointer { Array($0) }, held: try snapshot.held(seq, line),
          isOwn: accounts.count == 1 || own.contains(seq)))
    }
    return lines
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
    let events = events(for: projection)
    return SubjectHearing(
      projection: projection, subject: subject, position: position, asOf: asOf, rule: try rule(for: projection), events: events,
      fold: fold(projection, events), names: try snapshot.base().names)
  }

  /// The subject's account before a register.
  func hearing(_ projection: AnyProjection, _ way: AccountWay) throws -> AccountHearing {
    let (events, names) = (events(for: projection), try snapshot.base().names)
    return AccountHearing(
      projection: projection, way: way, base: subject, holder: account.holder,
      account: account.number ?? names.account(heldBy: account.holder), table: try snapshot.table(), position: position, asOf: asOf,
      rule: try rule(for: projection), events: events, fold: fold(projection, events), names: names)
  }

  private func rule(for projection: AnyProjection) throws -> PublishedRule? {
    try snapshot.rule(for: projection, view, asOf: asOf, among: rules)
  }

  /// The events that a projection is shown, in the log's order.
  func events(for projection: AnyProjection) -> [HeldEvent] {
    guard case .subject = projection.key else { return shown }
    return shown.filter { $0.subject == subject }
  }

  private func fold(_ projection: AnyProjection, _ events: [HeldEvent]) -> AnyFold {
    if let known = folds[projection.source.identity] { return known }
    let fold = projection.fold(of: events)
    folds[projection.source.identity] = fold
    return fold
  }
}

extension SubjectReading {
  /// The history: as `Snapshot.history`, oldest recorded first, each event as far as a list needs it.
  public func entries() throws -> [Entry] {
    let limit = view.asOf ?? .distantFuture
    let plans = try snapshot.base().plans
    return try lines.enumerated().filter { try $1.held.at <= limit && reaches($1) }.map { place, line in
      Entry(
        seq: line.seq, type: plans.name(of: line.held.type) ?? "?", at: line.held.at, subject: line.held.subject, place: place)
    }
  }

  /// Whether an event of the account reaches the subject.
  private func reaches(_ line: Line) throws -> Bool {
    if account.holder == subject || line.held.subject == subject { return true }
    return try snapshot.stored(line.seq, line.bytes.span).event.mentions(subject, snapshot.catalogue)
  }

  /// An event of the history with everything that it says and that the asker may see.
  /// - Precondition: the entry is one of this reading's.
  public func event(of entry: Entry) throws -> StoredEvent {
    let line = lines[entry.place]
    return try snapshot.stored(line.seq, line.bytes.span)
  }
}
