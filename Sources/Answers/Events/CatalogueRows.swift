import Events
import Projection
import Vocabulary

/// What can be recorded, as rows: the types of events, the fields of one, the commands that record them.
public enum CatalogueRows {
  public static let typeColumns = [
    Column("type", .text, "Type", "类型"), Column("title", .text, "Name", "名称"),
    Column("subjects", .text, "About", "主体"), Column("roles", .text, "Roles", "角色"), Column("demands", .text, "Demands", "要求"),
    Column("fields", .text, "Fields", "字段"),
  ]

  public static func types(in language: Language) -> [[Cell]] {
    Catalogue.keshi.entries.map { entry in
      let declaration = entry.declaration
      return [
        .text(declaration.name), .text(declaration.title[language]),
        .text(declaration.subjects.map(\.word).joined(separator: " ")),
        .text(declaration.recorders.map(\.word).joined(separator: " ")), .text(declaration.demands),
        .text(declaration.fields.map { $0.isRequired ? $0.name : $0.name + "?" }.joined(separator: " ")),
      ]
    }
  }

  public static let fieldColumns = [
    Column("field", .text, "Field", "字段"), Column("title", .text, "Name", "名称"),
    Column("required", .flag, "Required", "必填"), Column("kind", .text, "Kind", "种类"),
    Column("personal", .flag, "Personal", "个人信息"),
  ]

  public static func fields(of declaration: Declaration, in language: Language) -> [[Cell]] {
    declaration.fields.map { field in
      [
        .text(field.name), .text(field.title[language]), .flag(field.isRequired),
        .text(field.kind.summary(language).replacing("`", with: "")), .flag(field.isPersonal),
      ]
    }
  }

  public static let commandColumns = [
    Column("command", .text, "Command", "命令"), Column("records", .text, "Records", "入账事件"),
    Column("title", .text, "Name", "名称"), Column("roles", .text, "Roles", "角色"),
    Column("demands", .text, "Demands", "要求"),
  ]

  public static func commands(in language: Language) -> [[Cell]] {
    Catalogue.keshi.entries.map { entry in
      let declaration = entry.declaration
      return [
        .text(declaration.command), .text(declaration.name), .text(declaration.title[language]),
        .text(declaration.recorders.map(\.word).joined(separator: " ")), .text(declaration.demands),
      ]
    }
  }
}

extension Declaration {
  /// What recording it demands, as words for programs.
  public var demands: String {
    [needsReason ? "reason" : nil, needsSecondPerson ? "second-person" : nil]
      .compactMap { $0 }.joined(separator: " ")
  }
}
