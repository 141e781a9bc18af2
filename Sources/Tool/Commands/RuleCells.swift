import Engine
import Projection
import ProjectionCatalogue
import Vocabulary
import Wire

/// Where a version stands at an instant.
enum RuleState: UInt8, CodeSet {
  case inForce = 1
  case past = 2
  case announced = 3
  case proposed = 4
  case rejected = 5

  var word: Word {
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
struct RuleCells {
  static let columns = [
    Column("kind", .text, "Rule", "规则"), Column("version", .integer, "Version", "版本"),
    .code("state", RuleState.self, "State", "状态"), Column("effective", .instant, "In force from", "生效时间"),
    Column("until", .instant, "Until", "失效时间"), Column("seq", .position, "Event", "事件"),
    Column("author", .text, "Author", "提出人"), Column("approvedBy", .text, "Approved by", "批准人"),
    Column("why", .text, "Why", "缘由"), Column("hash", .text, "Hash", "哈希"),
  ]

  let rule: PublishedRule
  let state: RuleState
  let until: Instant?

  init(_ rule: PublishedRule, in book: RuleBook, at now: Instant) {
    self.rule = rule
    until = book.end(of: rule)
    if rule.rule.effective > now {
      state = .announced
    } else {
      state = until.map { $0 <= now } ?? false ? .past : .inForce
    }
  }

  init(_ proposal: RuleProposal) {
    rule = proposal.draft
    state = proposal.rejectedAt == nil ? .proposed : .rejected
    until = nil
  }

  func cells(in language: Language) -> [Cell] {
    [
      .text(rule.kind), .integer(Int64(rule.rule.version)), .text(state.word.text),
      rule.rule.effective == .distantPast ? .null : .instant(rule.rule.effective), Cell(until), Cell(rule.seq),
      Cell(rule.publication?.author), Cell(rule.publication?.approvedBy), .text(rule.rule.why[language]),
      .text(rule.hash),
    ]
  }
}

extension Session {
  /// The rules that the product ships and those that the log publishes; without a log, those that the product ships.
  func ruleBook(knownAt: View.KnownAt? = nil) throws -> RuleBook {
    do {
      return try withStore(.read) { store in
        let snapshot = try store.snapshot()
        guard let knownAt else { return try snapshot.ruleBook() }
        var view = View.present
        view.knownAt = knownAt
        return try snapshot.ruleBook(view)
      }
    } catch let trouble as Trouble where trouble.status == .noInput && knownAt == nil {
      console.remark(Name("There is no log here; these are the rules that Keshi ships.", "此处没有日志；以下为客史自带的规则。"))
      return RuleBook(kinds: ProjectionCatalogue.rules)
    }
  }

  /// The kind of rule of that name; throws with the names that there are.
  func ruleKind(_ name: String) throws(EngineError) -> RuleKind {
    let kinds = ProjectionCatalogue.rules
    guard let kind = kinds.first(where: { $0.name == name }) else {
      throw .unknownRuleKind(name, known: kinds.map(\.name).sorted())
    }
    return kind
  }
}
