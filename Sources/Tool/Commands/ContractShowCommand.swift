import ArgumentParser
import Documents
import Engine
import Events
import Projection
import Redline
import Vocabulary
import Wire

/// `keshi contract show ID [--version V]`: the text in force, who assented, what is missing.
struct ContractShowCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show",
      abstract: Name(
        "Show the text and terms in force, who assented, and all versions.", "显示有效文本与条款、各方同意情况及全部版本。")[Speech.language],
      discussion: example(
        """
        keshi contract show HT-2025-0042
        keshi contract show HT-2025-0042 --version 2
        keshi contract show HT-2025-0042 --as-of 2026-06-30 --known-at 2026-07-05
        """))
  }

  @Argument(help: help("The contract's id.", "合同编号。", value: "id"))
  var id: String

  @Option(help: help("This version, whether it is in force or not.", "指定版本（不论是否生效）。", value: "v"))
  var version: Int?

  @OptionGroup var reader: ReaderOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    try session.withStore(.read) { store in
      let reading = try ContractReading(id, reader, try store.snapshot())
      let shown = try version.map { try reading.version($0) } ?? reading.file.inForce(on: reading.day) ?? reading.file.versions[0]
      let answer = ContractAnswer(reading, shown)
      switch session.format {
      case .json, .ndjson: try session.console.output.write(answer.json.canonical + "\n")
      case .csv: try answer.giveText(to: session.rows(ContractAnswer.textColumns))
      case .table: try answer.tell(in: session)
      }
    }
  }
}

/// A version of a contract, for programs and for people.
struct ContractAnswer {
  let reading: ContractReading
  let version: ContractVersion

  init(_ reading: ContractReading, _ version: ContractVersion) { (self.reading, self.version) = (reading, version) }

  static let textColumns = [
    Column("part", .text, "Part", "部分"), Column("key", .text, "Name", "名称"), Column("text", .text, "Text", "内容"),
  ]

  func giveText(to rows: any RowWriter) throws {
    for field in ContractVersion.termFields {
      guard let value = version.terms[field.name] else { continue }
      try rows.write([.text("term"), .text(field.name), .text(value.string ?? value.canonical)])
    }
    for clause in version.clauses { try rows.write([.text("clause"), .text(clause.key), .text(clause.text)]) }
    try rows.finish()
  }
}

// For programs.
extension ContractAnswer {
  var json: JSON {
    var object: JSONObject = [
      "contract": .string(reading.id), "asOf": .string(reading.day.description), "version": .int(Int64(version.number)),
      "terms": .object(version.terms), "clauses": .array(version.clauses.map { ["key": .string($0.key), "text": .string($0.text)] }),
      "versions": .array(reading.file.versions.map { .object(brief($0)) }),
      "steps": .array((version.steps + reading.file.steps).map { .object(ContractAnswer.json($0)) }),
    ]
    object["customer"] = reading.file.customer.map { .string($0) }
    object["number"] = reading.file.number.map { .string($0) }
    for member in agreement.members { object[member.name] = member.value }
    return .object(object)
  }

  /// State, assent, approval and proposals.
  var agreement: JSONObject {
    var object = brief(version)
    object["number"] = nil
    object["assent"] = .array(version.assents.map { .object(ContractAnswer.json($0)) })
    object["proposals"] = .array(version.proposals.map { .object(ContractAnswer.json($0)) })
    object["approval"] = version.approval.map { .string($0) } ?? .null
    object["missing"] = .array(missing.map { .string($0.code) })
    return object
  }

  private var missing: [ContractVersion.Missing] { version.missing }

  private func brief(_ version: ContractVersion) -> JSONObject {
    var object: JSONObject = [
      "number": .int(Int64(version.number)), "purpose": .string(version.purpose.word.text),
      "state": .string(reading.file.state(of: version, on: reading.day).word.text),
    ]
    object["effectiveOn"] = version.effectiveOn.map { .string($0.description) } ?? .null
    object["because"] = version.concludedBy.map { .int($0.seq) } ?? .null
    return object
  }

  private static func json(_ assent: ContractVersion.Assent) -> JSONObject {
    var object: JSONObject = [
      "party": .string(assent.party.word.text), "at": .string(assent.at.description), "seq": .int(assent.seq),
    ]
    object["name"] = assent.name.map { .string($0) }
    object["evidence"] = assent.evidence.map { .string($0) } ?? .null
    return object
  }

  static func json(_ proposal: ContractVersion.Proposal) -> JSONObject {
    var object: JSONObject = ["key": .string(proposal.key), "seq": .int(proposal.seq)]
    object["before"] = proposal.before.map { .string($0) } ?? .null
    object["after"] = proposal.after.map { .string($0) } ?? .null
    object["by"] = proposal.by.map { .string($0.word.text) } ?? .null
    object["outOfDate"] = proposal.isOutOfDate ? .bool(true) : nil
    return object
  }

  private static func json(_ step: ContractFile.Step) -> JSONObject {
    var object: JSONObject = ["seq": .int(step.seq), "type": .string(step.type), "at": .string(step.at.description)]
    object["actor"] = step.actor.map { .string($0) }
    object["reason"] = step.reason.map { .string($0) }
    return object
  }
}

extension ContractVersion.State {
  var word: Word {
    switch self {
    case .proposed: Word("proposed", "Proposed", "拟议")
    case .incomplete: Word("not-effective", "Proposed, not effective", "已提出，未生效")
    case .agreed: Word("agreed", "Agreed, not yet in force", "已约定，未到生效日")
    case .inForce: Word("in-force", "In force", "有效")
    case .superseded: Word("superseded", "Superseded", "已被取代")
    }
  }
}

extension ContractVersion.Missing {
  /// For programs: `assent:them`.
  var code: String {
    switch self {
    case .assent(let party): "assent:" + party.word.text
    case .evidence(let party): "evidence:" + party.word.text
    case .change: "change"
    case .text(let key): "text:" + key
    }
  }

  var title: Name {
    switch self {
    case .assent(let party): Name("no assent of: ", "缺少同意：") + party.word.title
    case .evidence(let party): Name("no evidence of the assent of: ", "缺少同意凭证：") + party.word.title
    case .change: Name("nothing says what was changed", "未写明变更内容")
    case .text(let key):
      Name("the change of “\(key)” quotes a text that did not stand there", "对“\(key)”的变更所引原文与当时文本不符")
    }
  }
}
