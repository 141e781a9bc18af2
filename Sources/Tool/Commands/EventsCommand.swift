import ArgumentParser
import Events
import Projection
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
        """))
  }

  @Argument(help: help("A type such as order.placed.", "事件类型，例如 order.placed。", value: "type"))
  var type: String?

  @Flag(help: help("Give the JSON Schema of the type's data.", "输出该类型数据的 JSON Schema。"))
  var schema = false

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
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

  private func list(in session: Session) throws {
    let rows = session.rows([
      Column("type", .text, "Type", "类型"), Column("title", .text, "Name", "名称"),
      Column("subjects", .text, "About", "主体"), Column("demands", .text, "Demands", "要求"),
      Column("fields", .text, "Fields", "字段"),
    ])
    for entry in Catalogue.keshi.entries {
      let declaration = entry.declaration
      try rows.write([
        .text(declaration.name), .text(declaration.title[session.language]),
        .text(declaration.subjects.map(\.word).joined(separator: " ")), .text(declaration.demands),
        .text(declaration.fields.map { $0.isRequired ? $0.name : $0.name + "?" }.joined(separator: " ")),
      ])
    }
    try rows.finish()
  }

  private func fields(of declaration: Declaration, in session: Session) throws {
    let rows = session.rows([
      Column("field", .text, "Field", "字段"), Column("title", .text, "Name", "名称"),
      Column("required", .flag, "Required", "必填"), Column("kind", .text, "Kind", "种类"),
      Column("personal", .flag, "Personal", "个人信息"),
    ])
    for field in declaration.fields {
      try rows.write([
        .text(field.name), .text(field.title[session.language]), .flag(field.isRequired),
        .text(field.kind.summary), .flag(field.isPersonal),
      ])
    }
    try rows.finish()
    if rows.count == 0 { session.console.remark(Name("this type has no fields", "该类型没有字段")) }
  }
}

extension Declaration {
  /// What recording it demands, as words for programs.
  fileprivate var demands: String {
    [needsReason ? "reason" : nil, needsSecondPerson ? "second-person" : nil].compactMap { $0 }.joined(separator: " ")
  }
}

extension Field.Kind {
  /// One line that says what the field may hold.
  fileprivate var summary: String {
    switch self {
    case .text(let limit): "text ≤ \(limit)"
    case .integer(let range, let unit): "\(unit.rawValue) \(Field.Kind.bounds(range))"
    case .currency: "currency"
    case .decimal: "decimal"
    case .day: "day"
    case .instant: "instant"
    case .flag: "flag"
    case .code(let codes): codes.map(\.word.text).joined(separator: " | ")
    case .reference(let kind): "\(kind.word) id"
    case .hash: "sha-256"
    case .record(let fields): "{ " + fields.map { "\($0.name): \($0.kind.summary)" }.joined(separator: ", ") + " }"
    case .list(let kind, let limit): "[\(kind.summary)] ≤ \(limit)"
    case .body: "object"
    }
  }

  private static func bounds(_ range: ClosedRange<Int64>) -> String {
    let greatest = JSON.greatestInteger
    switch (range.lowerBound, range.upperBound) {
    case (-greatest, greatest): return ""
    case (let low, greatest): return "≥ \(low)"
    case (let low, let high): return "\(low)…\(high)"
    }
  }
}
