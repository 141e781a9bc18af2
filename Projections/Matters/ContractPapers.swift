public import Events
public import Projection
public import Vocabulary
public import Wire

/// The papers of a contract as its steps, taken by business time, describe them: texts and who signed which, changes and
/// who agreed to them, obligations and how they were met.
public struct ContractPapers: Sendable {
  /// A text that was frozen to be signed.
  public struct Frozen: Sendable {
    public let moment: Moment
    public let version: Int?
    /// The first bits of its hash.
    public let document: Int64?
    public let parties: [Contract.Party]
    /// Who signed it, each with the first signature.
    public fileprivate(set) var signed: [(party: Contract.Party, moment: Moment)] = []
    /// A revision that came after it.
    public fileprivate(set) var thawed: Moment?

    public var missing: [Contract.Party] { parties.filter { party in !signed.contains { $0.party == party } } }
  }
  /// An amendment that was recorded as in effect.
  public struct Amendment: Sendable {
    public let moment: Moment
    public let version: Int?
    public let clauses: Int
    /// Parties of which no proof stands that they agreed.
    public let missing: [Contract.Party]

    /// It names what changes, and proves that all agreed (Civil Code of the PRC, art. 543 and 544).
    public var isProven: Bool { clauses > 0 && missing.isEmpty }
  }
  public struct Obligation: Sendable {
    /// A name.
    public let id: Int64
    public let who: Int64?
    public let dueOn: Day?
    public let amount: Int64?
    public let moment: Moment
    public fileprivate(set) var met: Moment?
    public fileprivate(set) var inPart: Moment?
    public fileprivate(set) var breach: Moment?
  }
  public private(set) var drafted: Moment?
  public private(set) var revised: (moment: Moment, purpose: Contract.Purpose?, version: Int?)?
  public private(set) var frozen: Frozen?
  public private(set) var signatures: [(party: Contract.Party?, moment: Moment)] = []
  public private(set) var activated: Moment?
  public private(set) var amendments: [Amendment] = []
  public private(set) var renewed: Moment?
  public private(set) var obligations: [Obligation] = []
  /// Obligations of a list that is too long to be followed one by one.
  public private(set) var unfollowed = 0
  public private(set) var breaches: [Moment] = []
  public private(set) var archived: Moment?
  /// The text that holds by what is proven, and the newest that is on record.
  public private(set) var version: Int?
  public private(set) var newestVersion: Int?

  /// - Parameter notes: of one contract, by business time.
  public init(_ notes: [Note]) {
    let notes = notes.of(Contract.self)
    // Known first, so that what was met before the contract took effect finds its obligation.
    for note in notes where note.type(in: Contract.self) == .activated { oblige(note) }
    for note in notes { take(note) }
  }

  private mutating func take(_ note: Note) {
    typealias Fact = Contract.Fact
    guard let step = note.type(in: Contract.self) else { return }
    let version = note.number(Fact.version).map { Int(clamping: $0) }
    newestVersion = [newestVersion, version].compactMap { $0 }.max()
    switch step {
    case .drafted: drafted = drafted ?? note.moment
    case .revised:
      revised = (note.moment, note.code(Fact.purpose, of: Contract.Purpose.self), version)
      if frozen?.thawed == nil { frozen?.thawed = note.moment }
    case .textFrozen: frozen = Frozen(note, version)
    case .signed: sign(note, version)
    case .activated:
      activated = activated ?? note.moment
      self.version = version ?? frozen?.version ?? self.version ?? 1
    case .amended: amend(note, version)
    case .renewed:
      renewed = note.moment
      self.version = version ?? self.version
    case .obligationMet: meet(note)
    case .breachRecorded: breach(note)
    case .archived: archived = note.moment
    case .ended: break  // what has ended is told by its terms
    }
  }
}

extension ContractPapers.Frozen {
  fileprivate init(_ note: Note, _ version: Int?) {
    moment = note.moment
    self.version = version
    document = note.number(Contract.Fact.document)
    let named = note.numbers(Contract.Fact.parties).compactMap { Contract.Party(rawValue: UInt8(truncatingIfNeeded: $0)) }
    parties = named.isEmpty ? [.us, .them] : named
  }
}

extension ContractPapers {
  private mutating func sign(_ note: Note, _ version: Int?) {
    let party = note.code(Contract.Fact.party, of: Contract.Party.self)
    signatures.append((party, note.moment))
    let document = note.number(Contract.Fact.document)
    guard let text = frozen, let party, document == nil || document == text.document else {
      if frozen == nil { self.version = version ?? self.version ?? 1 }
      return
    }
    if !text.signed.contains(where: { $0.party == party }) { frozen?.signed.append((party, note.moment)) }
    if frozen?.missing.isEmpty == true { self.version = text.version ?? version ?? self.version ?? 1 }
  }

  /// Everybody who must agree to a change: who was to sign, and who did.
  private var parties: [Contract.Party] {
    signatures.compactMap(\.party).reduce(into: frozen?.parties ?? [.us, .them]) {
      if !$0.contains($1) { $0.append($1) }
    }
  }

  private mutating func amend(_ note: Note, _ version: Int?) {
    typealias Fact = Contract.Fact
    let agreed = note.records(Fact.assent).filter { assent in
      assent.number(Fact.evidence) != nil && (assent.instant(Fact.agreedAt).map { $0 <= note.moment.at } ?? true)
    }.compactMap { $0.code(Fact.assenting, of: Contract.Party.self) }
    let amendment = Amendment(
      moment: note.moment, version: version, clauses: note.count(Fact.clauseChanges),
      missing: parties.filter { !agreed.contains($0) })
    amendments.append(amendment)
    if amendment.isProven { self.version = version ?? self.version.map { $0 + 1 } }
  }

  private mutating func oblige(_ note: Note) {
    typealias Fact = Contract.Fact
    let records = note.records(Fact.obligations)
    unfollowed += note.count(Fact.obligations) - records.count
    for record in records {
      guard let id = record.number(Fact.obligation), !obligations.contains(where: { $0.id == id }) else { continue }
      obligations.append(
        Obligation(
          id: id, who: record.number(Fact.who), dueOn: record.day(Fact.dueOn), amount: record.number(Fact.amount),
          moment: note.moment))
    }
  }

  private mutating func meet(_ note: Note) {
    guard let place = place(of: note) else { return }
    // By the day on which it was met, where that is named.
    let on = note.day(Contract.Fact.metOn).map { Moment(at: $0.start, seq: note.seq) } ?? note.moment
    if note.flag(Contract.Fact.partial) == true {
      obligations[place].inPart = obligations[place].inPart ?? on
    } else {
      obligations[place].met = obligations[place].met ?? on
    }
  }

  private mutating func breach(_ note: Note) {
    breaches.append(note.moment)
    if let place = place(of: note) { obligations[place].breach = note.moment }
  }

  private func place(of note: Note) -> Int? {
    let id = note.number(Contract.Fact.obligation)
    return obligations.firstIndex { $0.id == id }
  }
}

extension ContractPapers {
  /// A change of a contract in force that was proposed and did not take effect yet.
  public var proposal: Moment? {
    guard let revised, revised.purpose == .amendment || revised.purpose == .renewal else { return nil }
    let effective = [amendments.last(where: \.isProven)?.moment, revised.purpose == .renewal ? renewed : nil]
    return effective.compactMap { $0 }.contains { revised.moment < $0 } ? nil : revised.moment
  }

  /// Amendments that are recorded as in effect and prove not that all agreed to what changes.
  public var unproven: [Amendment] { amendments.filter { !$0.isProven } }
}

// MARK: Fulfilment

/// How far the obligations of a contract are met.
public enum Fulfilment: UInt8, CodeSet {
  case notDue = 1
  case open = 2
  case partly = 3
  case fulfilled = 4
  case lapsed = 5

  public var word: Word {
    switch self {
    case .notDue: Word("not-due", "Not due yet", "未到期")
    case .open: Word("open", "Due, not met", "未履行")
    case .partly: Word("partly", "Met in part", "部分履行")
    case .fulfilled: Word("fulfilled", "Met", "已履行")
    case .lapsed: Word("lapsed", "Overdue", "逾期")
    }
  }
}

extension ContractPapers.Obligation {
  /// Not met on the day after it was due, it is late; the whole of the due day is in time.
  public func fulfilment(on day: Day) -> Fulfilment {
    if met != nil { return .fulfilled }
    if let dueOn, dueOn < day { return .lapsed }
    if inPart != nil { return .partly }
    return dueOn.map { day < $0 } ?? false ? .notDue : .open
  }
}

extension ContractPapers {
  /// How far all obligations are met; `nil` where none is named.
  public func fulfilment(on day: Day) -> Fulfilment? {
    let each = obligations.map { $0.fulfilment(on: day) }
    guard !each.isEmpty else { return nil }
    if each.contains(.lapsed) { return .lapsed }
    if each.allSatisfy({ $0 == .fulfilled }) { return .fulfilled }
    if each.contains(.fulfilled) || each.contains(.partly) { return .partly }
    return each.contains(.open) ? .open : .notDue
  }
}
