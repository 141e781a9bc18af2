import ArgumentParser
import Documents
import Engine
import Events
import Foundation
import Projection
import Redline
import Vocabulary
import Wire

/// `keshi contract diff ID V1 V2`: clause by clause, what was changed, by whom, with whose assent.
struct ContractDiffCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "diff",
      abstract: Name(
        "Compare two versions of a contract, clause by clause, with proposals and assent.", "逐条比较合同的两个版本，附提出方与同意情况。")[Speech.language],
      discussion: example(
        """
        keshi contract diff HT-2025-0042 1 2
        keshi contract diff HT-2025-0042 1 2 --page changes.html
        """) + "\n\n"
        + Name(
          "Without colours, [-deleted-] and {+inserted+}. Numbers, dates, amounts and words are changed as wholes.",
          "无颜色时以 [-删除-] 与 {+新增+} 标示。数字、日期、金额与单词整体比较。")[Speech.language])
  }

  @Argument(help: help("The contract's id.", "合同编号。", value: "id"))
  var id: String

  @Argument(help: help("The earlier version.", "较早的版本。", value: "v1"))
  var from: Int

  @Argument(help: help("The later version.", "较晚的版本。", value: "v2"))
  var to: Int

  @Option(help: help("Also write a page to print.", "同时写出可打印的页面。", value: "file.html"))
  var page: String?

  @OptionGroup var reader: ReaderOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    try session.withStore(.read) { store in
      let reading = try ContractReading(id, reader, try store.snapshot())
      let difference = ContractDifference(from: try reading.version(from), to: try reading.version(to))
      let answer = RedlineAnswer(reading, difference)
      if let page { try write(RedlinePage(answer, session.language).html, to: page) }
      switch session.format {
      case .json, .ndjson: try session.console.output.write(answer.json.canonical + "\n")
      case .csv: try answer.giveRows(to: session.rows(RedlineAnswer.columns))
      case .table: try answer.tell(in: session)
      }
    }
  }

  private func write(_ text: String, to path: String) throws {
    do { try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
      throw Trouble(
        .cannotCreate, "E-PAGE-WRITE", Name("the page could not be written", "无法写出页面"), at: Name(same: path),
        unharmed: Unharmed.everything, remedy: Name("choose a folder that can be written to", "请选择可写的目录"))
    }
  }
}

/// Two versions compared, for programs and for people.
struct RedlineAnswer {
  let reading: ContractReading
  let difference: ContractDifference
  var to: ContractAnswer { ContractAnswer(reading, difference.to) }

  init(_ reading: ContractReading, _ difference: ContractDifference) {
    (self.reading, self.difference) = (reading, difference)
  }

  /// Who proposed the change of a clause, as the later version's proposals say: the last one about it.
  func proposal(of change: ClauseChange) -> ContractVersion.Proposal? {
    difference.to.proposals.last { $0.key == change.key } ?? difference.to.proposals.last { $0.key == change.formerKey }
  }

  /// The clauses that a reviewer must look at.
  var changed: [ClauseChange] { difference.clauses.filter { $0.kind != .same || $0.isMoved || $0.formerKey != nil } }

  static let columns = [
    Column("part", .text, "Part", "部分"), Column("kind", .text, "Change", "变更"), Column("key", .text, "Name", "名称"),
    Column("formerKey", .text, "Former name", "原名称"), Column("moved", .flag, "Moved", "移动"),
    Column("before", .text, "Before", "变更前"), Column("after", .text, "After", "变更后"),
    Column("by", .text, "Proposed by", "提出方"), Column("seq", .position, "Event", "事件"),
  ]

  func giveRows(to rows: any RowWriter) throws {
    for term in difference.terms {
      try rows.write([
        .text("term"), .text("changed"), .text(term.field.name), .null, .flag(false), Cell(term.before?.plainText),
        Cell(term.after?.plainText), .null, Cell(difference.to.concludedBy?.seq),
      ])
    }
    for change in difference.clauses {
      let proposal = proposal(of: change)
      try rows.write([
        .text("clause"), .text(change.kind.rawValue), .text(change.key), Cell(change.formerKey), .flag(change.isMoved),
        Cell(change.kind == .added ? nil : change.redline.oldText), Cell(change.kind == .removed ? nil : change.redline.newText),
        Cell(proposal?.by?.word.text), Cell(proposal?.seq),
      ])
    }
    try rows.finish()
  }
}

// For programs.
extension RedlineAnswer {
  var json: JSON {
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
