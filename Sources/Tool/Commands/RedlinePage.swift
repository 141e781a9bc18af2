import Documents
import Events
import Redline
import Vocabulary
import Wire

/// A redline as a page to print: self-contained, readable without colours.
struct RedlinePage {
  private let answer: RedlineAnswer
  private let language: Language

  init(_ answer: RedlineAnswer, _ language: Language) { (self.answer, self.language) = (answer, language) }

  var html: String {
    let difference = answer.difference
    let title = Name(
      "Contract \(answer.reading.id): version \(difference.from.number) → \(difference.to.number)",
      "合同 \(answer.reading.id)：第 \(difference.from.number) 版 → 第 \(difference.to.number) 版")[language]
    return """
      <!doctype html>
      <html lang="\(language == .zh ? "zh-CN" : "en")">
      <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title.escapedForHTML)</title>
      <style>\(Self.style)</style></head>
      <body><h1>\(title.escapedForHTML)</h1>
      <p class="state">\(answer.to.heading(in: language).escapedForHTML.replacing("\n", with: "<br>"))</p>
      \(terms)
      \(clauses)
      \(assent)
      </body></html>

      """
  }

  private static let style = """
    body{font:16px/1.6 "Noto Sans","Noto Sans CJK SC",sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
    h1{font-size:1.4rem}h2{font-size:1.1rem;border-bottom:1px solid #888}h3{font-size:1rem;margin:1rem 0 0}
    del{color:#8f0f0f;background:#fdeaea;text-decoration:line-through}ins{color:#0b5a1e;background:#e7f6ea;text-decoration:underline}
    table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;border:1px solid #aaa;padding:.3rem .5rem;overflow-wrap:anywhere}
    .by{color:#444;margin:0}@media print{body{margin:0;max-width:none}}
    """

  private var terms: String {
    let fields = FieldText(language: language)
    guard !answer.difference.terms.isEmpty else { return "" }
    let rows = answer.difference.terms.map { term in
      let before = term.before.map { "<del>\(fields.text($0, as: term.field.kind).escapedForHTML)</del>" } ?? ""
      let after = term.after.map { "<ins>\(fields.text($0, as: term.field.kind).escapedForHTML)</ins>" } ?? ""
      return "<tr><th scope=\"row\">\(term.field.title[language].escapedForHTML)</th><td>\(before)</td><td>\(after)</td></tr>"
    }
    return heading(Name("Terms", "约定"))
      + table([Name("Term", "约定"), Name("Before", "变更前"), Name("After", "变更后")], rows)
  }

  private var clauses: String {
    heading(Name("Clauses", "条款"))
      + answer.difference.clauses.map { change in
        let body = change.redline.pieces.map { piece in
          switch piece {
          case .kept(_, let text): text.escapedForHTML
          case .deleted(let text): "<del>\(text.escapedForHTML)</del>"
          case .inserted(let text): "<ins>\(text.escapedForHTML)</ins>"
          }
        }.joined()
        return "<h3>\(change.key.escapedForHTML) — \(change.title[language].escapedForHTML)</h3>\n\(proposer(of: change))<p>\(body)</p>"
      }.joined(separator: "\n")
  }

  private func proposer(of change: ClauseChange) -> String {
    guard change.kind != .same, let proposal = answer.proposal(of: change) else { return "" }
    let party = proposal.by?.word.title[language] ?? Name("not recorded who", "未记录提出方")[language]
    return "<p class=\"by\">"
      + Name("Proposed by: \(party), event \(proposal.seq)", "提出方：\(party)，事件 \(proposal.seq)")[language].escapedForHTML + "</p>"
  }

  private var assent: String {
    let rows = answer.difference.to.assents.map { assent in
      "<tr><td>\(assent.party.word.title[language].escapedForHTML)</td><td>\((assent.name ?? "–").escapedForHTML)</td>"
        + "<td>\(assent.at.description)</td><td>\(assent.seq)</td><td>\((assent.evidence ?? "–").escapedForHTML)</td></tr>"
    }
    return heading(Name("Assent", "各方同意"))
      + table(
        [Name("Party", "当事方"), Name("Signatory", "签署人"), Name("At", "时间"), Name("Event", "事件"), Name("Evidence (SHA-256)", "凭证（SHA-256）")],
        rows)
  }

  private func heading(_ title: Name) -> String { "<h2>\(title[language])</h2>\n" }

  private func table(_ titles: [Name], _ rows: [String]) -> String {
    "<table><thead><tr>" + titles.map { "<th scope=\"col\">\($0[language])</th>" }.joined() + "</tr></thead><tbody>\n"
      + rows.joined(separator: "\n") + "\n</tbody></table>\n"
  }
}

extension String {
  /// The text with the characters that HTML reads as markup written as references (HTML Standard, 13.3).
  var escapedForHTML: String {
    var text = ""
    for character in unicodeScalars {
      switch character {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      default: text.unicodeScalars.append(character)
      }
    }
    return text
  }
}
