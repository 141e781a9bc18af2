import Engine
import Projection
import ProjectionCatalogue
import Vocabulary
import Wire

/// Where a version stands at an instant.
public enum RuleState: UInt8, CodeSet {
  case inForce = 1
  case past = 2
  case announced = 3
  case proposed = 4
  case rejected = 5

  public var word: Word {
    switch self {
    case .inForce: Word("in-force", "In force", "现行")
    case .past: Word("past", "Past", "已被取代")
    case .announced: Word("announced", "Announced", "待生效")
    case .proposed: Word("proposed", "Waits for approval", "待批准")
    case .rejected: Word("rejected", "Rejected", "已驳回")
    }
  }
}

/// A version of a rule as a row of an answer.
public struct RuleCells {
  public static let columns = [
    Column("kind", .text, "Rule", "规则"), Column("version", .integer, "Version", "版本"),
    .code("state", RuleState.self, "State", "状态"), Column("effective", .instant, "In force from", "生效时间"),
    Column("until", .instant, "Until", "失效时间"), Column("seq", .position, "Event", "事件"),
    Column("author", .text, "Author", "提出人"), Column("approvedBy", .text, "Approved by", "批准人"),
    Column("why", .text, "Why", "缘由"), Column("hash", .text, "Hash", "哈希"),
  ]

  public let rule: PublishedRule
  public let state: RuleState
  public let until: Instant?

  public init(_ rule: PublishedRule, in book: RuleBook, at now: Instant) {
    self.rule = rule
    until = book.end(of: rule)
    if rule.rule.effective > now {
      state = .announced
    } else {
      state = until.map { $0 <= now } ?? false ? .past : .inForce
    }
  }

  public init(_ proposal: RuleProposal) {
    rule = proposal.draft
    state = proposal.rejectedAt == nil ? .proposed : .rejected
    until = nil
  }

  public func cells(in language: Language) -> [Cell] {
    [
      .text(rule.kind), .integer(Int64(rule.rule.version)), .text(state.word.text),
      rule.rule.effective == .distantPast ? .null : .instant(rule.rule.effective), Cell(until), Cell(rule.seq),
      Cell(rule.publication?.author), Cell(rule.publication?.approvedBy), .text(rule.rule.why[language]),
      .text(rule.hash),
    ]
  }
}

extension RuleCells {
  /// Every version of a kind, and what waits for approval; with an instant, only the version in force then.
  public static func lines(of kind: String, in book: RuleBook, at instant: Instant?, now: Instant) throws -> [RuleCells] {
    if let instant { return [RuleCells(try book.inForce(kind, at: instant), in: book, at: instant)] }
    return try book.all(kind).map { RuleCells($0, in: book, at: now) } + book.proposals(kind).map { RuleCells($0) }
  }

  /// A version by its number, which may still wait for approval; without one, the newest that was published.
  public static func line(_ version: Int?, of kind: String, in book: RuleBook, now: Instant) throws -> RuleCells {
    let all = try book.all(kind)
    guard let version else { return RuleCells(all[all.count - 1], in: book, at: now) }
    let waiting = try book.proposals(kind).first { $0.draft.rule.version == version }
    if let waiting { return RuleCells(waiting) }
    return RuleCells(try book.version(version, of: kind), in: book, at: now)
  }
}

extension RuleKind {
  /// The kind of rule of that name; throws with the names that there are.
  public static func named(_ name: String) throws(EngineError) -> RuleKind {
    let kinds = ProjectionCatalogue.rules
    guard let kind = kinds.first(where: { $0.name == name }) else {
      throw .unknownRuleKind(name, known: kinds.map(\.name).sorted())
    }
    return kind
  }
}

extension RuleBook {
  /// The proposal of that number, or the only one that waits.
  ///
  /// - Throws: `RuleRefusal.noProposal`.
  public func proposal(of kind: String, _ version: Int?) throws -> RuleProposal {
    let waiting = try proposals(kind)
    let found =
      version == nil ? (waiting.count == 1 ? waiting.first : nil) : waiting.last { $0.draft.rule.version == version }
    guard let found else { throw RuleRefusal.noProposal(kind: kind, version: version) }
    return found
  }
}
