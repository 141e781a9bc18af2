import Documents
import Engine
import Events
import Projection
import Vocabulary
import Wire

// Who decided about a contract, for programs and for people.

extension ContractDecision {
  /// Who asked, then everyone who decided, as `ContractAnswer.decisionColumns` has it.
  fileprivate func rows(in language: Language) -> [[Cell]] {
    let rule = Cell.text(ruleText[language])
    let asked: [Cell] = [
      .text(id), .integer(request), Cell(askedBy), .null, .text(Name("asked for it", "申请")[language]), .instant(askedAt), rule,
    ]
    return [asked]
      + votes.map { vote in
        [
          .text(id), .integer(vote.seq), .text(vote.who), Cell(vote.role), .text(vote.verdict.word.title[language]),
          .instant(vote.at), rule,
        ]
      }
  }

  /// What is wrong with it, as far as its content goes.
  fileprivate var finding: Name? {
    guard case .other(let hash) = content else { return nil }
    return Name(
      "\(id) decided about another text (\(hash.prefix(12))…) than took effect by event \(effect ?? 0)",
      "\(id) 批准的是另一文本（\(hash.prefix(12))…），与事件 \(effect ?? 0) 生效的内容不符")
  }
}

// About the whole contract: also what was asked for and never took effect.
extension ContractReading {
  public static let decisionColumns =
    [Column("version", .integer, "Version", "版本")] + ContractAnswer.decisionColumns
    + [Column("content", .text, "Decided about", "所批内容", words: ContractDecision.Content.words)]

  public func decisionRows(in language: Language) -> [[Cell]] {
    decisions.all(of: file.versions).flatMap { version, decision in
      decision.rows(in: language).map { [Cell(version.map { Int64($0) })] + $0 + [.text(decision.content.word.text)] }
    }
  }

  /// What is wrong with any of them.
  public var decisionFindings: [Name] { decisions.all(of: file.versions).compactMap(\.decision.finding) }
}

// About one version.
extension ContractAnswer {
  public var decisions: [ContractDecision] { reading.decisions.about(version) }

  public static let decisionColumns = [
    Column("approval", .text, "Approval", "审批"), Column("seq", .position, "Event", "事件"),
    Column("who", .text, "Who", "何人"), Column("role", .text, "Role", "角色"), Column("verdict", .text, "Decision", "决定"),
    Column("at", .instant, "At", "时间"), Column("rule", .text, "Under the approval rule", "所依审批规则"),
  ]

  /// Who asked and who decided about this version, and under which rule.
  public func decisionRows(in language: Language) -> [[Cell]] {
    decisions.flatMap { $0.rows(in: language) }
  }

  /// What is wrong with the decisions, as far as their content goes: `keshi show approvals` has the rest.
  public var decisionFindings: [Name] { decisions.compactMap(\.finding) }

  static func json(_ decision: ContractDecision) -> JSONObject {
    var object: JSONObject = [
      "approval": .string(decision.id), "request": .int(decision.request), "eventType": .string(decision.eventType),
      "content": .string(decision.content.word.text),
      "decisions": .array(
        decision.votes.map { vote in
          var object: JSONObject = [
            "seq": .int(vote.seq), "who": .string(vote.who), "verdict": .string(vote.verdict.word.text),
            "at": .string(vote.at.description),
          ]
          object["role"] = vote.role.map { .string($0) }
          return .object(object)
        }),
    ]
    object["askedBy"] = decision.askedBy.map { .string($0) }
    object["usedBy"] = decision.effect.map { .int($0) } ?? .null
    object["rule"] = decision.rule.map { .string($0.label) } ?? .null
    object["ruleSeq"] = decision.rule?.seq.map { .int($0) } ?? .null
    return object
  }
}
