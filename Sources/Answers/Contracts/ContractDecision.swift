import Documents
import Engine
import Events
import Projection
import Vocabulary
import Wire

/// What another person decided about a version of a contract: who asked, who decided in which role, under which version of
/// the approval rule, and whether what took effect is what they decided about.
public struct ContractDecision {
  public struct Vote: Hashable, Sendable {
    public let seq: Int64
    public let who: String
    public let role: String?
    public let verdict: Approval.Verdict
    public let at: Instant
  }

  /// What the decision was about, held against what took effect.
  public enum Content: Hashable, Sendable {
    /// Nothing took effect by it: it is not decided yet, or was refused.
    case waiting
    /// The request names no content.
    case unbound
    /// It names the data of the event that took effect, or the text that was frozen for signing.
    case same
    /// It names something else.
    case other(asked: String)

    public var word: Word {
      switch self {
      case .waiting: Word("waiting", "Nothing took effect", "无内容生效")
      case .unbound: Word("not-named", "The request names no content", "申请未指明内容")
      case .same: Word("same", "What took effect", "即生效内容")
      case .other: Word("other", "Another text than took effect", "与生效内容不符")
      }
    }

    static let words = [waiting, unbound, same, other(asked: "")].map(\.word)
  }

  /// The approval's number.
  public let id: String
  public let request: Int64
  public let askedBy: String?
  public let askedAt: Instant
  public let eventType: String
  public let votes: [Vote]
  /// In force when it took effect, or when it was asked for; `nil` where the product ships no such rule.
  public let rule: PublishedRule?
  /// The event that took effect by it.
  public let effect: Int64?
  public let content: Content

  /// `approval@2, event 812`; a version that the product ships has no event.
  public var ruleText: Name {
    guard let rule else { return Name("no rule on record", "无规则记录") }
    return rule.seq.map { Name("\(rule.label), event \($0)", "\(rule.label)，事件 \($0)") }
      ?? Name("\(rule.label), as shipped", "\(rule.label)，产品自带")
  }
}

/// Everything that was decided about one contract.
public struct ContractDecisions {
  private let decisions: [ContractDecision]

  /// - Parameters:
  ///   - events: those about the contract itself.
  ///   - asked: the approvals that were asked for about it.
  init(_ events: [Event], asked: [String], view: View, in snapshot: Snapshot) throws {
    let ids = Set(events.compactMap { $0.data["approval"]?.string } + asked)
    let book = try snapshot.ruleBook(view)
    decisions = try ids.compactMap { id in try ContractDecision(id, events, book, view, snapshot) }
      .sorted { $0.request < $1.request }
  }

  /// All of them with the version that they are about: the first of these, or `nil` where nothing took effect by them.
  func all(of versions: [ContractVersion]) -> [(version: Int?, decision: ContractDecision)] {
    let numbered = versions.map { version in (version.number, Set(about(version).map(\.id))) }
    return decisions.map { decision in (numbered.first { $0.1.contains(decision.id) }?.0, decision) }
  }

  /// Those about a version: by its approval, by what concluded it, or, for a first text, by what came before that.
  func about(_ version: ContractVersion) -> [ContractDecision] {
    let own = Set(version.steps.map(\.seq) + [version.concludedBy?.seq].compactMap { $0 })
    return decisions.filter { $0.id == version.approval || ($0.effect.map(own.contains) ?? false) }
  }
}

extension ContractDecision {
  fileprivate init?(
    _ id: String, _ events: [Event], _ book: RuleBook, _ view: View, _ snapshot: Snapshot
  ) throws {
    let name = EntityKind.approval.word + ":" + id
    var file: [(seq: Int64, event: Event)] = []
    do {
      try snapshot.history(of: name, view: view) { stored in
        if stored.event.subject.description == name { file.append((stored.seq, stored.event)) }
      }
    } catch EngineError.unknownSubject {
      return nil
    }
    guard let asked = file.first(where: { $0.event.type == Approval.requested.declaration.name }) else { return nil }
    let type = asked.event.data["eventType"]?.string ?? ""
    (self.id, request, eventType) = (id, asked.seq, type)
    askedBy = asked.event.about.actorName ?? asked.event.about.actor
    askedAt = asked.event.occurredAt
    votes = file.compactMap { Vote($0.seq, $0.event) }
    let effect = events.first {
      $0.type == type && ($0.data["approval"].map { $0.string == id } ?? ($0.occurredAt >= asked.event.occurredAt))
    }
    self.effect = effect?.seq
    rule = try? book.inForce("approval", at: effect?.occurredAt ?? asked.event.occurredAt)
    content = Content(asked.event.data["contentHash"]?.string, effect, events)
  }
}

extension ContractDecision.Vote {
  fileprivate init?(_ seq: Int64, _ event: Event) {
    guard event.type == Approval.decided.declaration.name,
      let verdict = Approval.Verdict.allCases.first(where: { $0.word.text == event.data["verdict"]?.string })
    else { return nil }
    self.init(
      seq: seq, who: event.about.actorName ?? event.about.actor ?? "?", role: event.about.role, verdict: verdict,
      at: event.occurredAt)
  }
}

extension ContractDecision.Content {
  fileprivate init(_ hash: String?, _ effect: Event?, _ events: [Event]) {
    guard let effect else {
      self = .waiting
      return
    }
    guard let hash else {
      self = .unbound
      return
    }
    // As the guard `four-eyes` sums it: the canonical data without the approval that it names.
    var data = effect.data
    data["approval"] = nil
    let sum = RuleHash.of(data)
    let frozen = events.last { $0.type == Contract.textFrozen.declaration.name && $0.occurredAt <= effect.occurredAt }
    self = hash == sum || hash == frozen?.data["docHash"]?.string ? .same : .other(asked: hash)
  }
}
