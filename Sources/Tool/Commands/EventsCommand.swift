import Answers
import ArgumentParser
import Events
import Vocabulary
import Wire

/// `keshi events [TYPE] [--schema]`: what can be recorded.
struct EventsCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "events",
      abstract: Name("List the types of events, or the fields of one.", "列出事件类型，或某一类型的字段。")[Speech.language],
      discussion: example(
        """
        keshi events
        keshi events order.placed
        keshi events order.placed --schema
        keshi events --asyncapi
        """))
  }

  @Argument(help: help("A type such as order.placed.", "事件类型，例如 order.placed。", value: "type"))
  var type: String?

  @Flag(help: help("Give the JSON Schema of the type's data.", "输出该类型数据的 JSON Schema。"))
  var schema = false

  @Flag(help: help("Give the whole catalogue as a Markdown page, in the language that --lang names, else in both.", "以 Markdown 输出整个目录；--lang 指定语言，否则双语。"))
  var markdown = false

  @Flag(help: help("Give the whole catalogue as an AsyncAPI 3 document.", "以 AsyncAPI 3 文档输出整个目录。"))
  var asyncapi = false

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    if markdown || asyncapi {
      guard type == nil, !schema, markdown != asyncapi else { throw EventsCommand.oneDocument }
      return try session.console.output.write(document(session))
    }
    guard let type else {
      guard !schema else {
        throw Trouble.usage(
          Name("--schema needs a type", "--schema 需要指定类型"), remedy: Name("add a type, `keshi events` lists them", "请加上类型，`keshi events` 可列出"))
      }
      return try list(in: session)
    }
    guard let entry = Catalogue.keshi.entry(named: type) else { throw EventError(.unknownType(type)) }
    if schema {
      try session.console.output.write(JSON.object(entry.declaration.dataSchema).canonical + "\n")
    } else {
      try fields(of: entry.declaration, in: session)
    }
  }

  private static let oneDocument = Trouble.usage(
    Name("a document is of the whole catalogue, and one at a time", "文档针对整个目录，且一次只输出一种"),
    remedy: Name("give --markdown or --asyncapi alone", "请单独使用 --markdown 或 --asyncapi"))

  private func document(_ session: Session) -> String {
    if asyncapi {
      return JSON.object(Catalogue.keshi.asyncAPI(guards: Guards.all, version: Keshi.version)).canonical + "\n"
    }
    let languages = session.options.lang.map { [$0] } ?? Language.allCases
    return CataloguePage(.keshi, guards: Guards.all, roles: Role.all, in: languages).markdown
  }

  private func list(in session: Session) throws {
    try session.rows(CatalogueRows.typeColumns).give(CatalogueRows.types(in: session.language))
  }

  private func fields(of declaration: Declaration, in session: Session) throws {
    try session.rows(CatalogueRows.fieldColumns).give(CatalogueRows.fields(of: declaration, in: session.language))
    if declaration.fields.isEmpty { session.console.remark(Name("this type has no fields", "该类型没有字段")) }
  }
}
