import Engine
import Vocabulary
import Wire

/// What an event says, in one line for people: its fields by their names in the reader's language.
public struct EventDigest {
  private let declaration: Declaration
  private let language: Language

  public init(_ declaration: Declaration, _ language: Language) { (self.declaration, self.language) = (declaration, language) }

  /// `Total: 1,200.00 · Currency: CNY · Lines: 3`
  public func text(of data: JSONObject) -> String {
    let texts = FieldText(language)
    return declaration.fields.compactMap { field in
      data[field.name].map { field.title[language] + Name(": ", "：")[language] + texts.text($0, as: field.kind) }
    }.joined(separator: " · ")
  }

  /// The same for a stored event: personal values that cannot be shown say why.
  public func text(of stored: StoredEvent) -> String {
    let texts = FieldText(language)
    return declaration.fields.compactMap { field in
      let name = field.title[language] + Name(": ", "：")[language]
      if let value = stored.event.data[field.name] { return name + texts.text(value, as: field.kind) }
      return stored.withheld[field.name].map { name + "[" + $0.explanation[language] + "]" }
    }.joined(separator: " · ")
  }
}

/// A field's value for people: money with its point, codes by their names.
public struct FieldText {
  private let language: Language

  public init(_ language: Language) { self.language = language }

  public func text(_ value: JSON, as kind: Field.Kind) -> String {
    switch (kind, value) {
    case (.code(let codes), .string(let word)): codes.first { $0.word.text == word }?.word.title[language] ?? word
    case (.integer(_, .minor), .int(let minor)): minor.asMoney
    case (.integer(_, .basisPoints), .int(let number)): (Double(number) / 100).fixed(2) + " %"
    case (.flag, .bool(let flag)): flag ? "✓" : "✗"
    case (_, .string(let text)): text
    case (.list, .array(let items)) where items.contains { $0.object != nil }: "(\(items.count))"
    case (.list(let kind, _), .array(let items)): items.map { text($0, as: kind) }.joined(separator: Name(", ", "、")[language])
    case (.record(let fields), .object(let object)):
      fields.compactMap { field in object[field.name].map { text($0, as: field.kind) } }.joined(separator: " ")
    default: value.canonical
    }
  }
}
