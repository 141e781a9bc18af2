/// The catalogue as a page for people: every type with its fields, who records it, and what stands guard.
///
/// Made from the declarations alone; a test compares the page in the repository with what this makes.
public struct CataloguePage {
  private let catalogue: Catalogue
  private let guards: [any Guard.Type]
  private let roles: [Role]
  /// The languages of the page, side by side where there are two.
  private let languages: [Language]

  public init(_ catalogue: Catalogue, guards: [any Guard.Type], roles: [Role], in languages: [Language]) {
    (self.catalogue, self.guards, self.roles, self.languages) = (catalogue, guards, roles, languages)
  }

  /// The page as Markdown, with a line feed at its end.
  public var markdown: String {
    let parts = [head] + [marks, table(of: roles), table(of: guards)] + catalogue.families.map { section($0) }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func both(_ name: Name, _ separator: String = " · ") -> String {
    languages.map { name[$0] }.joined(separator: separator)
  }

  private var head: String {
    let count = catalogue.entries.count
    return "# " + both(Name("Events", "事件")) + "\n\n"
      + both(
        Name(
          "What can happen: \(count) types in \(catalogue.families.count) families, each declared once in a file of this "
            + "folder. This page is made from the declarations; do not edit it.",
          "可能发生之事：\(catalogue.families.count) 族共 \(count) 类，各在本目录的文件中声明一次。本页由声明生成，请勿手改。"), "\n\n")
      + "\n\n```\nkeshi events --markdown\nkeshi events --asyncapi\nkeshi events order.placed --schema\n```"
  }

  private var marks: String {
    let rows: [(String, Name)] = [
      ("®", Name("a reason is mandatory", "必须写明原因")),
      ("✍", Name("a second person must decide before it takes effect", "须经第二人决定方可生效")),
      ("⧗", Name("starts or stops a clock", "启动或停止计时")),
      ("◇", Name("opens its subject; recorded once", "建立其主体，只记录一次")),
      ("P", Name("tells something about a natural person", "涉及个人信息")),
      ("?", Name("may be left out", "可省略")),
    ]
    return "| | |\n|---|---|\n" + rows.map { "| \($0) | \(both($1)) |" }.joined(separator: "\n")
  }

  private func table(of roles: [Role]) -> String {
    "## " + both(Name("Roles", "角色")) + "\n\n| | |\n|---|---|\n"
      + roles.map { "| `\($0.word)` | \(both($0.title)) |" }.joined(separator: "\n")
  }

  private func table(of guards: [any Guard.Type]) -> String {
    let note = Name(
      "Commands (`keshi do`) are refused where a guard refuses. `append` and `import` take history as it was, "
        + "unless they are told `--guards strict`.",
      "命令（`keshi do`）在任一守则不允许时被拒绝。`append` 与 `import` 默认照实收录历史，除非指定 `--guards strict`。")
    return "## " + both(Name("Guards", "守则")) + "\n\n" + both(note, "\n\n") + "\n\n| | |\n|---|---|\n"
      + guards.map { "| `\($0.id)` | \(both($0.title)) |" }.joined(separator: "\n")
  }

  private func section(_ family: any Family.Type) -> String {
    let types = catalogue.entries.filter { $0.code.family == family.code }.map { type($0.declaration) }
    return (["## " + both(family.title)] + types).joined(separator: "\n\n")
  }
}

// One type.
extension CataloguePage {
  private func type(_ declaration: Declaration) -> String {
    let title = "### `\(declaration.name)` " + both(declaration.title) + marks(of: declaration)
    var lines = [title, ""]
    if let meaning = declaration.meaning { lines += languages.flatMap { [meaning[$0], ""] } }
    let subjects = declaration.subjects.map { "`\($0.word)`" }
    lines += ["- " + both(Name("about", "主体")) + ": " + subjects.joined(separator: ", ")]
    lines += ["- " + both(Name("recorded by", "入账角色")) + ": " + list(declaration.recorders)]
    if declaration.needsSecondPerson {
      lines += ["- " + both(Name("decided by", "审批角色")) + ": " + list(declaration.approvers)]
    }
    let guarding = guards.filter { $0.concerns(declaration) }.map { "`\($0.id)`" }
    lines += ["- " + both(Name("guards", "守则")) + ": " + guarding.joined(separator: ", ")]
    if declaration.version > 1 { lines += ["- " + both(Name("version", "版本")) + ": \(declaration.version)"] }
    return (lines + [""] + fields(declaration.fields)).joined(separator: "\n")
  }

  private func list(_ roles: [Role]) -> String {
    roles.isEmpty ? both(Name("anybody", "任何人")) : roles.map { "`\($0.word)`" }.joined(separator: ", ")
  }

  private func marks(of declaration: Declaration) -> String {
    let marks = [
      declaration.needsReason ? "®" : nil, declaration.needsSecondPerson ? "✍" : nil,
      declaration.drivesClock ? "⧗" : nil,
      declaration.opensSubject ? "◇" : nil, declaration.fields.contains(where: \.isPersonal) ? "P" : nil,
    ].compactMap { $0 }
    return marks.isEmpty ? "" : " " + marks.joined(separator: " ")
  }

  private func fields(_ fields: [Field]) -> [String] {
    guard !fields.isEmpty else { return [both(Name("It has no fields.", "没有字段。"))] }
    let header = ["", both(Name("name", "名称")), both(Name("holds", "取值"))]
    return ["| " + header.joined(separator: " | ") + " |", "|---|---|---|"] + fields.map { field in
      let name = "`\(field.name)`" + (field.isRequired ? "" : "?") + (field.isPersonal ? " P" : "")
      let kinds = languages.map { field.kind.summary($0) }
      let holds = Set(kinds).count == 1 ? kinds[0] : kinds.joined(separator: " · ")
      let note = field.note.map { "<br>" + both($0, "<br>") } ?? ""
      return "| \(name) | \(both(field.title)) | \(holds.replacing("|", with: "\\|"))\(note) |"
    }
  }
}
