import Answers
import Documents
import Events
import Redline
import Vocabulary
import Wire

// A redline on the terminal.

extension RedlineAnswer {
  func tell(in session: Session) throws {
    let language = session.language
    let output = session.console.output
    try output.write(to.heading(in: language))
    try output.write(
      Name(
        "Compared with version \(difference.from.number).", "与第 \(difference.from.number) 版比较。")[language] + "\n")
    if difference.isEmpty { try output.write("\n" + Name("The two are the same.", "两版相同。")[language] + "\n") }
    let ink = Ink(session.console)
    if !difference.terms.isEmpty {
      try to.section(Name("Terms", "约定"), in: session)
      for term in difference.terms { try output.write("  " + text(of: term, ink, language) + "\n") }
    }
    if !changed.isEmpty {
      try to.section(Name("Clauses", "条款"), in: session)
      for change in changed { try output.write(text(of: change, ink, language)) }
    }
    let same = difference.clauses.count - changed.count
    if same > 0 { try output.write("  " + Name("Unchanged clauses: \(same)", "未变条款：\(same)")[language] + "\n") }
    try to.section(Name("Assent to version \(difference.to.number)", "对第 \(difference.to.number) 版的同意"), in: session)
    try to.tellAssent(in: session)
  }

  private func text(of term: ContractDifference.Term, _ ink: Ink, _ language: Language) -> String {
    let fields = FieldText(language)
    let before = term.before.map { ink.deleted(fields.text($0, as: term.field.kind).withoutControls) } ?? ""
    let after = term.after.map { ink.inserted(fields.text($0, as: term.field.kind).withoutControls) } ?? ""
    return term.field.title[language] + Name(": ", "：")[language] + before + after
  }

  private func text(of change: ClauseChange, _ ink: Ink, _ language: Language) -> String {
    var head = change.key.withoutControls + " — " + change.title[language].withoutControls
    if let (party, seq) = proposer(of: change) {
      head += Name("; proposed by: \(party.en), event \(seq)", "；提出方：\(party.zh)，事件 \(seq)")[language]
    }
    let body = change.redline.pieces.map { piece in
      switch piece {
      case .kept(_, let text): text.withoutControls
      case .deleted(let text): ink.deleted(text.withoutControls)
      case .inserted(let text): ink.inserted(text.withoutControls)
      }
    }.joined()
    return "  \(head)\n    \(body)\n"
  }
}

/// How deletions and insertions are marked: by colour and line where the terminal has them, by brackets elsewhere.
/// Colour never stands alone (WCAG 2.2, 1.4.1), and `NO_COLOR` is heeded (no-color.org).
struct Ink {
  private let isColoured: Bool

  init(_ console: Console) { isColoured = console.outputIsTerminal && (console.environment["NO_COLOR"] ?? "").isEmpty }

  func deleted(_ text: String) -> String { isColoured ? "\u{1B}[31;9m\(text)\u{1B}[0m" : "[-\(text)-]" }
  func inserted(_ text: String) -> String { isColoured ? "\u{1B}[32;4m\(text)\u{1B}[0m" : "{+\(text)+}" }
}
