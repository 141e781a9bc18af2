import Answers
import Documents
import Events
import Redline
import Vocabulary
import Wire

extension Page {
  /// A redline to print, readable without colours.
  public static func redline(_ answer: RedlineAnswer, in language: Language) -> Page {
    let difference = answer.difference
    func say(_ en: String, _ zh: String) -> PageValue { .text(Name(en, zh)[language]) }
    let title = Name(
      "Contract \(answer.reading.id): version \(difference.from.number) → \(difference.to.number)",
      "合同 \(answer.reading.id)：第 \(difference.from.number) 版 → 第 \(difference.to.number) 版")
    let assent = Name("Assent to version \(difference.to.number)", "对第 \(difference.to.number) 版的同意")
    return Page(
      .redline, title: title[language], in: language,
      [
        "facts": .facts(facts(answer, language), in: language),
        "missing": .list((difference.to.missing.map(\.title) + answer.to.decisionFindings).map { .text($0[language]) }),
        "isSame": .flag(difference.isEmpty), "same": say("The two are the same.", "两版相同。"),
        "hasTerms": .flag(!difference.terms.isEmpty), "termsHeading": say("Terms", "约定"), "termHead": say("Term", "约定"),
        "beforeHead": say("Before", "变更前"), "afterHead": say("After", "变更后"),
        "terms": .list(difference.terms.map { term($0, language) }),
        "clausesHeading": say("Clauses", "条款"), "clauses": .list(difference.clauses.map { clause($0, of: answer, language) }),
        "deletedMark": say("deleted:", "删除："), "insertedMark": say("inserted:", "新增："),
        "assent": .table(assent, ContractAnswer.assentColumns, answer.to.assents(in: language), in: language),
        "decisions": .table(
          Name("Decisions", "审批"), ContractAnswer.decisionColumns, answer.to.decisionRows(in: language), in: language),
        "assentHeading": .text(assent[language]), "noAssent": say("none on record", "无记录"),
      ])
  }

  /// Which contract, and where its later version stands.
  private static func facts(_ answer: RedlineAnswer, _ language: Language) -> [(term: Name, value: String)] {
    let (reading, version) = (answer.reading, answer.difference.to)
    var state = reading.file.state(of: version, on: reading.day).word.title[language]
    if let day = version.effectiveOn { state += Name(" from \(day)", "，自 \(day) 起")[language] }
    return [
      (Name("Contract", "合同"), reading.id), (Name("Customer", "客户"), reading.file.customer ?? ""),
      (Name("Version \(version.number)", "第 \(version.number) 版"), state), (Name("As of", "截至"), reading.day.description),
      (Name("Approval", "审批"), version.approval ?? ""),
    ]
  }

  private static func term(_ term: ContractDifference.Term, _ language: Language) -> PageValue {
    let texts = FieldText(language)
    return .values([
      "term": .text(term.field.title[language]),
      "before": PageValue(term.before.map { texts.text($0, as: term.field.kind) }),
      "after": PageValue(term.after.map { texts.text($0, as: term.field.kind) }),
    ])
  }

  private static func clause(_ change: ClauseChange, of answer: RedlineAnswer, _ language: Language) -> PageValue {
    let proposer = answer.proposer(of: change).map { party, seq in
      Name("Proposed by: \(party.en), event \(seq)", "提出方：\(party.zh)，事件 \(seq)")[language]
    }
    return .values([
      "key": .text(change.key), "change": .text(change.title[language]), "proposer": PageValue(proposer),
      "pieces": .list(change.redline.pieces.map(piece)),
    ])
  }

  private static func piece(_ piece: Redline.Piece) -> PageValue {
    var (kept, deleted, inserted): (String?, String?, String?)
    switch piece {
    case .kept(_, let text): kept = text
    case .deleted(let text): deleted = text
    case .inserted(let text): inserted = text
    }
    return .values(["kept": PageValue(kept), "deleted": PageValue(deleted), "inserted": PageValue(inserted)])
  }
}
