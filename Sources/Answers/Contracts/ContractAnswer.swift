import Documents
import Engine
import Events
import Projection
import Redline
import Vocabulary
import Wire

/// A version of a contract, for programs and for people.
public struct ContractAnswer {
  public let reading: ContractReading
  public let version: ContractVersion

  /// What is asked beside the text; `nil` where nobody asks.
  public let matters: ContractMatters?

  public init(_ reading: ContractReading, _ version: ContractVersion, matters: ContractMatters? = nil) {
    (self.reading, self.version, self.matters) = (reading, version, matters)
  }

  public static let textColumns = [
    Column("part", .text, "Part", "部分"), Column("key", .text, "Name", "名称"), Column("text", .text, "Text", "内容"),
  ]

  public var textRows: [[Cell]] {
    let terms = ContractVersion.termFields.compactMap { field in
      version.terms[field.name].map { [Cell.text("term"), .text(field.name), .text($0.plainText)] }
    }
    return terms + version.clauses.map { [.text("clause"), .text($0.key), .text($0.text)] }
  }
}

// For programs.
extension ContractAnswer {
  public var json: JSON {
    var object: JSONObject = [
      "contract": .string(reading.id), "asOf": .string(reading.day.description), "version": .int(Int64(version.number)),
      "terms": .object(version.terms), "clauses": .array(version.clauses.map { ["key": .string($0.key), "text": .string($0.text)] }),
      "versions": .array(reading.file.versions.map { .object(brief($0)) }),
      "steps": .array((version.steps + reading.file.steps).map { .object(ContractAnswer.json($0)) }),
    ]
    object["customer"] = reading.file.customer.map { .string($0) }
    object["number"] = reading.file.number.map { .string($0) }
    for member in agreement.members + (matters?.json.members ?? []) { object[member.name] = member.value }
    return .object(object)
  }

  /// State, assent, approval and proposals.
  var agreement: JSONObject {
    var object = brief(version)
    object["number"] = nil
    object["assent"] = .array(version.assents.map { .object(ContractAnswer.json($0)) })
    object["proposals"] = .array(version.proposals.map { .object(ContractAnswer.json($0)) })
    object["approval"] = version.approval.map { .string($0) } ?? .null
    object["decisions"] = .array(decisions.map { .object(ContractAnswer.json($0)) })
    object["missing"] = .array(version.missing.map { .string($0.code) })
    return object
  }

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

// For people.
extension ContractAnswer {
  public static let versionColumns = [
    Column("number", .integer, "Version", "版本"), Column("purpose", .text, "Purpose", "目的"),
    Column("state", .text, "State", "状态"), Column("effectiveOn", .day, "From", "起始"),
    Column("because", .position, "Event", "依据事件"), Column("actor", .text, "Recorded by", "记录人"),
    Column("reason", .text, "Reason", "原因"),
  ]

  /// All versions of the contract.
  public func versions(in language: Language) -> [[Cell]] {
    reading.file.versions.map { each in
      let state = reading.file.state(of: each, on: reading.day)
      return [
        .integer(Int64(each.number)), .text(each.purpose.word.title[language]), .text(state.word.title[language]),
        each.effectiveOn.map { .day($0) } ?? .null, Cell(each.concludedBy?.seq), Cell(each.concludedBy?.actor),
        Cell(each.concludedBy?.reason),
      ]
    }
  }

  /// The terms of this version by their names, in the order of the declaration.
  public func terms(in language: Language) -> [(title: String, text: String)] {
    let texts = FieldText(language)
    return ContractVersion.termFields.compactMap { field in
      version.terms[field.name].map { (field.title[language], texts.text($0, as: field.kind)) }
    }
  }

  public static let assentColumns = [
    Column("party", .text, "Party", "当事方"), Column("name", .text, "Signatory", "签署人"), Column("at", .instant, "At", "时间"),
    Column("seq", .position, "Event", "事件"), Column("evidence", .text, "Evidence (SHA-256)", "凭证（SHA-256）"),
  ]

  /// Who assented to this version.
  public func assents(in language: Language) -> [[Cell]] {
    version.assents.map { assent in
      [
        .text(assent.party.word.title[language]), Cell(assent.name), .instant(assent.at), .integer(assent.seq),
        Cell(assent.evidence),
      ]
    }
  }
}

extension ContractVersion.State {
  public var word: Word {
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
  public var code: String {
    switch self {
    case .assent(let party): "assent:" + party.word.text
    case .evidence(let party): "evidence:" + party.word.text
    case .change: "change"
    case .text(let key): "text:" + key
    }
  }

  public var title: Name {
    switch self {
    case .assent(let party): Name("no assent of: ", "缺少同意：") + party.word.title
    case .evidence(let party): Name("no evidence of the assent of: ", "缺少同意凭证：") + party.word.title
    case .change: Name("nothing says what was changed", "未写明变更内容")
    case .text(let key):
      Name("the change of “\(key)” quotes a text that did not stand there", "对“\(key)”的变更所引原文与当时文本不符")
    }
  }
}
