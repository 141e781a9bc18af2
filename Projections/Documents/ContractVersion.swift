public import Events
public import Redline
public import Vocabulary
public import Wire

/// One version of a contract: its text, its terms, and what is on record about its agreement.
public struct ContractVersion: Sendable {
  public let number: Int
  public let purpose: Contract.Purpose
  /// In the order in which they came.
  public private(set) var clauses: [Clause] = []
  /// What is agreed as a value: dates, money, notice. By the names of the contract family's fields.
  public private(set) var terms: JSONObject = [:]
  /// Clause by clause, what was proposed against the version before.
  public private(set) var proposals: [Proposal] = []
  public private(set) var assents: [Assent] = []
  /// What the recorder named as the approval.
  public private(set) var approval: String?
  public private(set) var effectiveOn: Day?
  /// The event that concluded it: the activation, the amendment, the renewal.
  public private(set) var concludedBy: ContractFile.Step?
  public private(set) var steps: [ContractFile.Step] = []
  private var hasChangedTerms = false
  private let followsAgreement: Bool

  /// A change to one clause.
  public struct Proposal: Hashable, Sendable {
    public let key: String
    public let before: String?
    public let after: String?
    public let by: Contract.Party?
    public let seq: Int64
    /// What it says stood there before is not what stood there.
    public let isOutOfDate: Bool
  }

  /// A party's agreement.
  public struct Assent: Hashable, Sendable {
    public let party: Contract.Party
    /// Who signed, where it is known.
    public let name: String?
    /// SHA-256 of the evidence.
    public let evidence: String?
    public let at: Instant
    public let seq: Int64
  }

  /// What an agreement lacks to be proved.
  public enum Missing: Hashable, Sendable {
    case assent(Contract.Party)
    case evidence(Contract.Party)
    /// Nothing says, clause by clause or as a value, what was changed.
    case change
    /// A change that names another text than the one it changes.
    case text(key: String)
  }

  public enum State: Hashable, Sendable {
    case proposed
    /// Recorded as concluded, but its agreement is not proved.
    case incomplete([Missing])
    /// Agreed, for a day that has not come.
    case agreed
    case inForce
    case superseded
  }

  init(_ number: Int, _ purpose: Contract.Purpose, after before: ContractVersion?) {
    self.number = number
    self.purpose = purpose
    clauses = before?.clauses ?? []
    terms = before?.terms ?? [:]
    // A renewal that the contract itself provides for was agreed to with the contract.
    followsAgreement = purpose == .renewal && before?.terms["autoRenew"]?.bool == true
  }
}

// MARK: What is on record

extension ContractVersion {
  var isConcluded: Bool { concludedBy != nil }

  /// What is missing before this version is proved to be agreed. A first version takes effect by its activation and a
  /// renewal by being recorded, and what they lack is a finding; an amendment does not take effect while anything is
  /// missing.
  public var missing: [Missing] {
    if followsAgreement { return [] }
    var missing: [Missing] = []
    for party in [Contract.Party.us, .them] {
      let given = assents.filter { $0.party == party }
      if given.isEmpty { missing.append(.assent(party)) } else if given.allSatisfy({ $0.evidence == nil }) {
        missing.append(.evidence(party))
      }
    }
    if purpose == .amendment, proposals.isEmpty, !hasChangedTerms { missing.append(.change) }
    missing += proposals.filter(\.isOutOfDate).map { .text(key: $0.key) }
    return missing
  }

  /// Concluded, and nothing stands in the way of its effect.
  var isAgreed: Bool { isConcluded && (purpose != .amendment || missing.isEmpty) }

  func effective(by day: Day) -> Bool { isAgreed && (effectiveOn.map { $0 <= day } ?? false) }
}

// MARK: Events

extension ContractVersion {
  mutating func draft(_ event: Event) {
    note(event)
    for clause in event.data["clauses"]?.array ?? [] {
      guard let clause = clause.object, let key = clause["key"]?.string else { continue }
      set(Clause(key: key, text: clause["value"]?.string ?? clause["textHash"]?.string ?? ""))
    }
    takeTerms(event)
  }

  mutating func revise(_ event: Event) {
    note(event)
    propose(event)
  }

  mutating func sign(_ event: Event) {
    note(event)
    takeTerms(event)
    let parties = Contract.Party.allCases.filter { $0.word.text == event.data["party"]?.string }
    // A register that only says "signed" speaks of a contract that both have signed.
    for party in parties.isEmpty ? [.us, .them] : parties {
      assents.append(
        Assent(
          party: party, name: event.data["signatory"]?.string, evidence: event.data["certificateHash"]?.string,
          at: event.occurredAt, seq: event.seq ?? 0))
    }
  }

  mutating func activate(_ event: Event) {
    takeTerms(event)
    conclude(event)
  }

  mutating func amend(_ event: Event) {
    propose(event)
    takeTerms(event)
    approval = event.data["approval"]?.string ?? approval
    for given in event.data["assent"]?.array ?? [] {
      guard let given = given.object,
        let party = Contract.Party.allCases.first(where: { $0.word.text == given["party"]?.string })
      else { continue }
      assents.append(
        Assent(
          party: party, name: nil, evidence: given["evidenceHash"]?.string,
          at: given["at"]?.string.flatMap { Instant($0) } ?? event.occurredAt, seq: event.seq ?? 0))
    }
    conclude(event)
  }

  mutating func renew(_ event: Event) {
    takeTerms(event)
    if let end = event.data["newEndOn"] { setTerm("endOn", end) }
    conclude(event)
  }

  private mutating func note(_ event: Event) { steps.append(ContractFile.Step(event)) }

  private mutating func conclude(_ event: Event) {
    note(event)
    concludedBy = ContractFile.Step(event)
    effectiveOn = event.data["effectiveOn"]?.string.flatMap { Day($0) } ?? event.occurredAt.day
  }

  private mutating func propose(_ event: Event) {
    for change in event.data["clauseChanges"]?.array ?? [] {
      guard let change = change.object, let key = change["key"]?.string else { continue }
      let before = change["before"]?.string
      let stands = clauses.first { $0.key == key }
      proposals.append(
        Proposal(
          key: key, before: before, after: change["after"]?.string,
          by: Contract.Party.allCases.first { $0.word.text == change["proposedBy"]?.string }, seq: event.seq ?? 0,
          isOutOfDate: before != nil && stands != nil && before != stands?.text))
      if let after = change["after"]?.string {
        set(Clause(key: key, text: after))
      } else {
        clauses.removeAll { $0.key == key }
      }
    }
  }

  /// Takes over the words that a later change quotes, where this version's own text is not on record.
  mutating func learn(from event: Event) {
    for change in event.data["clauseChanges"]?.array ?? [] {
      guard let change = change.object, let key = change["key"]?.string, let before = change["before"]?.string,
        !clauses.contains(where: { $0.key == key })
      else { continue }
      clauses.append(Clause(key: key, text: before))
    }
  }

  private mutating func set(_ clause: Clause) {
    if let place = clauses.firstIndex(where: { $0.key == clause.key }) {
      clauses[place] = clause
    } else {
      clauses.append(clause)
    }
  }

  /// The fields that state a term, as the contract family declares them.
  public static let termFields: [Field] = {
    let names: Set = [
      "kind", "department", "startOn", "endOn", "totalMinor", "mrrMinor", "cur", "seats", "noticeDays", "autoRenew", "billing",
    ]
    return Contract.activated.declaration.fields.filter { names.contains($0.name) }
  }()

  private mutating func takeTerms(_ event: Event) {
    for field in Self.termFields {
      if let value = event.data[field.name] { setTerm(field.name, value) }
    }
  }

  private mutating func setTerm(_ name: String, _ value: JSON) {
    if let old = terms[name], old != value { hasChangedTerms = true }
    if terms[name] == nil, purpose != .draft { hasChangedTerms = true }
    terms[name] = value
  }
}
