import Engine
import Events
import Projection
import Vocabulary
import Wire

/// What evidence is asked for: about a customer, a contract or a dispute.
public struct EvidenceRequest: Hashable, Sendable {
  public let kind: EntityKind
  public let id: String
  public var view: View

  /// - Parameter subject: an id, with or without its kind: `K-7`, `contract:K-7`.
  public init(_ kind: EntityKind, _ subject: String, view: View = .present) {
    let prefix = kind.word + ":"
    self.kind = kind
    id = subject.hasPrefix(prefix) ? String(subject.dropFirst(prefix.count)) : subject
    self.view = view
  }

  public var subject: String { "\(kind.word):\(id)" }

  public static func == (a: Self, b: Self) -> Bool { a.subject == b.subject && a.view == b.view }
  public func hash(into hasher: inout Hasher) { hasher.combine(subject) }
}

/// The events that a request for evidence means, and from where they are looked at.
///
/// Looks at data are left out: that somebody asked for the same evidence before is custody and no evidence, and the same
/// request must go on meaning the same events. Without clocks of its own the request means: as of the last thing that
/// happened to the subject, as the log stood when the last of its events had been recorded.
public struct EvidenceSelection {
  public let request: EvidenceRequest
  /// In the log's order; at least one.
  public private(set) var events: [StoredEvent]
  /// The looks at the same subject that the log knows, also those after the time asked for.
  public let looks: [StoredEvent]
  /// With both clocks said.
  public let view: View
  public let asOf: Instant
  /// The contracts whose texts are part of it, in the order in which they first occur.
  public let contracts: [String]
  /// The customer to whom it all belongs, where one is named.
  public let customer: String?

  /// - Throws: `EngineError.unknownSubject`; `E-EVIDENCE-NONE` where no event is seen from there.
  public init(_ request: EvidenceRequest, in snapshot: Snapshot) throws {
    self.request = request
    let reached = try EvidenceSelection.gather(request, in: snapshot).filter { !EvidenceSelection.isLook($0) }
    guard let last = reached.last else { throw Trouble.noEvidence(request.subject) }
    var view = request.view
    asOf = view.asOf ?? reached.map(\.event.occurredAt).max() ?? last.event.occurredAt
    view.asOf = asOf
    view.knownAt = view.knownAt ?? .position(last.seq + 1)
    self.view = view
    events = try reached + EvidenceSelection.approvalRules(for: reached, view, asOf, in: snapshot)
    events.sort { $0.seq < $1.seq }
    contracts = events.map(\.event.subject).filter { $0.kind == EntityKind.contract.word }.map(\.id).distinct
    customer = request.kind.word == EntityKind.customer.word
      ? request.id : events.lazy.compactMap { $0.event.data["customer"]?.string }.first
    looks = try customer.map { try EvidenceSelection.looks(at: request, of: $0, in: snapshot) } ?? []
  }

  private static func isLook(_ stored: StoredEvent) -> Bool { stored.event.type == Access.dataAccessed.declaration.name }

  /// The looks that were recorded of a customer, as far as they say that they were at what is asked for.
  private static func looks(at request: EvidenceRequest, of customer: String, in snapshot: Snapshot) throws -> [StoredEvent] {
    var looks: [StoredEvent] = []
    try snapshot.history(of: "\(EntityKind.customer.word):\(customer)") { stored in
      guard isLook(stored) else { return }
      let isWhole = request.kind.word == EntityKind.customer.word
      if isWhole || stored.event.data["query"]?.string?.contains(request.subject) == true { looks.append(stored) }
    }
    return looks
  }

  /// The events that reach the subject; of a dispute also those that reach its contracts; and all that was decided about
  /// them, since who decides names the approval and not what it is about.
  private static func gather(_ request: EvidenceRequest, in snapshot: Snapshot) throws -> [StoredEvent] {
    var events: [Int64: StoredEvent] = [:]
    try snapshot.history(of: request.subject, view: request.view) { events[$0.seq] = $0 }
    if request.kind.word == EntityKind.dispute.word {
      let own = events.values.filter { $0.event.subject.description == request.subject }
      for contract in Set(own.compactMap { $0.event.data["contract"]?.string }) {
        try snapshot.history(of: "\(EntityKind.contract.word):\(contract)", view: request.view) { events[$0.seq] = $0 }
      }
    }
    for name in events.values.flatMap(approvals).distinct {
      do { try snapshot.history(of: name, view: request.view) { if $0.event.subject.description == name { events[$0.seq] = $0 } } }
      catch EngineError.unknownSubject {}  // an approval of which nothing was recorded
    }
    return events.values.sorted { $0.seq < $1.seq }
  }

  /// The approvals that an event names or is about.
  private static func approvals(of stored: StoredEvent) -> [String] {
    let (kind, event) = (EntityKind.approval.word, stored.event)
    let own = event.subject.kind == kind ? [event.subject.description] : []
    return own + [event.data["approval"]?.string].compactMap { $0 }.map { "\(kind):\($0)" }
  }

  /// The publications of the approval rules that were in force while somebody decided: what they decided by is evidence,
  /// too. None where nothing was to be decided, or where the product's own version was in force.
  private static func approvalRules(
    for events: [StoredEvent], _ view: View, _ asOf: Instant, in snapshot: Snapshot
  ) throws -> [StoredEvent] {
    let decided = events.filter { $0.event.subject.kind == EntityKind.approval.word }.map(\.event.occurredAt)
    guard let first = decided.min() else { return [] }
    let book = try snapshot.ruleBook(view)
    let known = Set(events.map(\.seq))
    var found: [StoredEvent] = []
    for rule in try book.all("approval") where rule.rule.effective <= asOf && book.end(of: rule) ?? .distantFuture > first {
      guard let seq = rule.seq, !known.contains(seq) else { continue }
      try snapshot.forEachEvent(in: seq..<seq + 1) { found.append($0) }
    }
    return found
  }

  /// The contracts that have a text, as they are read from there.
  public func readings(in snapshot: Snapshot) throws -> [ContractReading] {
    try contracts.compactMap { id in
      do { return try ContractReading(id, view: view, in: snapshot) } catch let trouble as Trouble {
        if trouble.code == "E-CONTRACT-NONE" { return nil }  // only mentioned: nothing of its text was ever recorded
        throw trouble
      }
    }
  }

  /// When the first of the events happened.
  var began: Instant { events.map(\.event.occurredAt).min() ?? asOf }
}

extension Trouble {
  fileprivate static func noEvidence(_ subject: String) -> Trouble {
    Trouble(
      .absent, "E-EVIDENCE-NONE", Name("no event of \(subject) is seen from there", "从该时点看不到 \(subject) 的任何事件"),
      unharmed: Unharmed.everything, remedy: Name("choose a later --as-of or --known-at", "请选择较晚的 --as-of 或 --known-at"))
  }
}
