import Projection
import Vocabulary

/// A page as it grows. What comes from outside goes through `text`, which leaves nothing that a browser could read as
/// anything but text.
struct HTMLText {
  private(set) var html = ""

  mutating func raw(_ markup: String) { html += markup }

  mutating func text(_ text: String) {
    for character in text.withoutControls.unicodeScalars {
      switch character {
      case "&": html += "&amp;"
      case "<": html += "&lt;"
      case ">": html += "&gt;"
      case "\"": html += "&quot;"
      case "'": html += "&#39;"
      default: html.unicodeScalars.append(character)
      }
    }
  }

  /// Terms with what they are.
  mutating func list(_ entries: [(String, String)]) {
    raw("<dl>\n")
    for (term, value) in entries {
      raw("<dt>")
      text(term)
      raw("</dt><dd>")
      text(value.isEmpty ? "–" : value)
      raw("</dd>\n")
    }
    raw("</dl>\n")
  }

  /// A table under a heading; nothing where it has no rows.
  mutating func section(_ heading: String, _ columns: [Column], _ rows: [[Cell]], _ language: Language) {
    guard !rows.isEmpty else { return }
    raw("<h2>")
    text(heading)
    raw("</h2>\n<table>\n<thead><tr>")
    for column in columns { cell("th scope=\"col\"", "th", column.title[language], column.kind.isNumeric) }
    raw("</tr></thead>\n<tbody>\n")
    for row in rows {
      raw("<tr>")
      for (column, value) in zip(columns, row) { cell("td", "td", TableWriter.text(value, in: column), column.kind.isNumeric) }
      raw("</tr>\n")
    }
    raw("</tbody>\n</table>\n")
  }

  private mutating func cell(_ opening: String, _ closing: String, _ value: String, _ isNumeric: Bool) {
    raw("<\(opening)\(isNumeric ? " class=\"n\"" : "")>")
    text(value)
    raw("</\(closing)>")
  }

  /// Lines to sign on.
  mutating func signatures(_ roles: [String], _ date: String) {
    raw("<div class=\"sign\">\n")
    for role in roles {
      raw("<div>")
      text("\(role) / \(date)")
      raw("</div>\n")
    }
    raw("</div>\n")
  }
}
