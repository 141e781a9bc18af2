import Documents
import Events
import Projection
import Redline
import Vocabulary
import Wire

/// Two versions compared, for programs and for people.
public struct RedlineAnswer {
  public let reading: ContractReading
  public let difference: ContractDifference
  /// The later version, for itself.
  public var to: ContractAnswer { ContractAnswer(reading, difference.to) }

  /// - Throws: `E-CONTRACT-VERSION` with the versions that there are.
  public init(_ reading: ContractReading, from: Int, to: Int) throws {
    self.reading = reading
    difference = ContractDifference(from: try reading.version(from), to: try reading.version(to))
  }

  /// Who proposed the change of a clause, as the later version's proposals say: the last one about it.
  public func proposal(of change: ClauseChange) -> ContractVersion.Proposal? {
    difference.to.proposals.last { $0.key == change.key } ?? difference.to.proposals.last { $0.key == change.formerKey }
  }

  /// The clauses that a reviewer must look at.
  public var changed: [ClauseChange] { difference.clauses.filter { $0.kind != .same || $0.isMoved || $0.formerKey != nil } }

  public static let columns = [
    Column("part", .text, "Part", "部分"), Column("kind", .text, "Change", "变更"), Column("key", .text, "Name", "名称"),
    Column("formerKey", .text, "Former name", "原名称"), Column("moved", .flag, "Moved", "移动"),
    Column("before", .text, "Before", "变更前"), Column("after", .text, "After", "变更后"),
    Column("by", .text, "Proposed by", "提出方"), Column("seq", .position, "Event", "事件"),
  ]

  public var rows: [[Cell]] {
    let terms: [[Cell]] = difference.terms.map { term in
      [
        .text("term"), .text("changed"), .text(term.field.name), .null, .flag(false), Cell(term.before?.plainText),
        Cell(term.after?.plainText), .null, Cell(difference.to.concludedBy?.seq),
      ]
    }
    return terms + difference.clauses.map { change in
      let proposal = proposal(of: change)
      return [
        .text("clause"), .text(change.kind.rawValue), .text(change.key), Cell(change.formerKey), .flag(change.isMoved),
        Cell(change.kind == .added ? nil : change.redline.oldText), Cell(change.kind == .removed ? nil : change.redline.newText),
        Cell(proposal?.by?.word.text), Cell(proposal?.seq),
      ]
    }
  }
}

// For programs.
extension RedlineAnswer {
  public var json: JSON {
    var object: JSONObject = [
      "contract": .string(reading.id), "asOf": .string(reading.day.description), "from": .int(Int64(difference.from.number)),
      "to": .int(Int64(difference.to.number)), "same": .bool(difference.isEmpty),
      "terms": .array(
        difference.terms.map {
          ["field": .string($0.field.name), "before": $0.before ?? .null, "after": $0.after ?? .null]
        }),
      "clauses": .array(difference.clauses.map { .object(json(of: $0)) }),
    ]
    object["agreement"] = .object(to.agreement)
    return .object(object)
  }

  private func json(of change: ClauseChange) -> JSONObject {
    var object: JSONObject = [
      "kind": .string(change.kind.rawValue), "key": .string(change.key), "moved": .bool(change.isMoved),
      "pieces": .array(
        change.redline.pieces.map { piece in
          switch piece {
          case .kept(_, let text): ["kept": .string(text)]
          case .deleted(let text): ["deleted": .string(text)]
          case .inserted(let text): ["inserted": .string(text)]
          }
        }),
    ]
    object["formerKey"] = change.formerKey.map { .string($0) }
    if change.kind != .same, let proposal = proposal(of: change) { object["proposal"] = .object(ContractAnswer.json(proposal)) }
    return object
  }
}

extension JSON {
  /// The value without quotes.
  var plainText: String { string ?? canonical }
}

extension Redline {
  var oldText: String { pieces.map { if case .kept(let old, _) = $0 { old } else if case .deleted(let old) = $0 { old } else { "" } }.joined() }
  var newText: String { pieces.map { if case .kept(_, let new) = $0 { new } else if case .inserted(let new) = $0 { new } else { "" } }.joined() }
}

// For people.
extension ClauseChange {
  /// What became of the clause.
  public var title: Name {
    var title =
      switch kind {
      case .same: Name("text unchanged", "文字未变")
      case .changed: redline.isRewritten ? Name("rewritten", "重写") : Name("changed", "变更")
      case .added: Name("added", "新增")
      case .removed: Name("removed", "删除")
      }
    if let formerKey { title = title + Name(", formerly “\(formerKey)”", "，原为“\(formerKey)”") }
    if isMoved { title = title + Name(", moved", "，移位") }
    return title
  }
}

extension RedlineAnswer {
  /// `proposed by: the other side, event 17`; `nil` for a clause that stayed, or that nobody is known to have proposed.
  public func proposer(of change: ClauseChange) -> (party: Name, seq: Int64)? {
    guard change.kind != .same, let proposal = proposal(of: change) else { return nil }
    return (proposal.by?.word.title ?? Name("not recorded who", "未记录提出方"), proposal.seq)
  }
}
