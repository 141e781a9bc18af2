import Answers
import ArgumentParser
import Events
import Vocabulary

/// Which commands there are, and the flags of one.
enum DoHelp {
  /// The help of `keshi do` itself.
  static func all(in session: Session) throws {
    let columns = session.console.outputIsTerminal ? session.console.columns : 100
    let text = Keshi.helpMessage(for: DoCommand.self, columns: columns)
    try session.console.output.write(HelpText.localised(text, in: session.language) + "\n")
  }

  static func list(in session: Session) throws {
    try session.rows(CatalogueRows.commandColumns).give(CatalogueRows.commands(in: session.language))
  }

  /// The flags of one command.
  static func one(_ declaration: Declaration, in session: Session) throws {
    let language = session.language
    var lines = [declaration.meaning?[language] ?? declaration.title[language], ""]
    let subjects = declaration.subjects.map { $0.word + ":…" }.joined(separator: "|")
    lines += [Name("USAGE: ", "用法：")[language] + "keshi do \(declaration.command) \(subjects)" + usage(declaration), ""]
    let roles = declaration.recorders.map { "\($0.word) (\($0.title[language]))" }.joined(separator: ", ")
    if !roles.isEmpty { lines.append(Name("ROLES: ", "角色：")[language] + roles) }
    let guards = Guards.all.filter { $0.concerns(declaration) }
    lines.append(Name("GUARDS:", "守则：")[language])
    lines += guards.map { "  \($0.id.padding(to: 20))\($0.title[language])" }
    lines += ["", Name("FLAGS:", "选项：")[language]]
    lines += declaration.fields.map { field in
      let flag = "  --" + DoWords.flag(of: field)
      return flag.padding(to: 24) + (field.isRequired ? "* " : "  ") + field.title[language]
        + "  [\(field.kind.summary(language).replacing("`", with: ""))]"
    }
    if declaration.needsReason { lines.append("  --reason".padding(to: 24) + "* " + Name("Reason", "原因")[language]) }
    lines += ["", Name("* must be given", "* 必须给出")[language]]
    try session.console.output.write(lines.joined(separator: "\n") + "\n")
  }

  private static func usage(_ declaration: Declaration) -> String {
    let needed = declaration.fields.filter(\.isRequired).map { " --\(DoWords.flag(of: $0)) …" }.joined()
    return needed + (declaration.needsReason ? " --reason …" : "")
  }
}

extension String {
  /// Blanks behind it up to a width; at least two.
  fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(2, width - count)) }
}
