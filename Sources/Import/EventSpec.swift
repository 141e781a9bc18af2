import Vocabulary
import Wire

/// One event that a row may yield.
struct EventSpec: Sendable {
  let declaration: Declaration
  let when: Condition?
  /// Only the first row with this key yields the event.
  let first: ValueSpec?
  let subject: ValueSpec
  let at: ValueSpec
  let id: ValueSpec
  let members: [MemberSpec]
  let data: [FieldSpec]

  static var keys: [String] { ["type", "when", "first", "subject", "at", "id", "data"] + MemberSpec.names }

  init(_ node: YAMLNode, about: [MemberSpec], catalogue: Catalogue) throws(MappingError) {
    let keys = try node.members(EventSpec.keys, required: ["type", "subject", "at", "id"])
    guard let type = keys["type"], let subject = keys["subject"], let at = keys["at"], let id = keys["id"] else {
      throw node.fail(.missingKey("type"))
    }
    let name = try type.text()
    guard let entry = catalogue.entry(named: name) else {
      throw type.fail(.unknownType(name, near: catalogue.names(near: name)))
    }
    declaration = entry.declaration
    when = try keys["when"].map { node throws(MappingError) in try Condition(node) }
    first = try keys["first"].map { node throws(MappingError) in try ValueSpec(node, bareIsColumn: true) }
    self.subject = try ValueSpec(subject)
    try EventSpec.check(subject: self.subject, node: subject, declaration: entry.declaration)
    self.at = try ValueSpec(at, bareIsColumn: true)
    self.id = try ValueSpec(id)
    guard self.id.template.constant == nil else {
      throw id.fail(.contradiction(Name("an id must differ from row to row; name a column or {row}", "编号须逐行不同；请引用列或 {row}")))
    }
    let own = try MemberSpec.list(keys)
    members = about.filter { member in !own.contains { $0.name == member.name } } + own
    if declaration.needsReason, !members.contains(where: { $0.name == "reason" }) { throw node.fail(.missingKey("reason")) }
    data = try FieldSpec.list(keys["data"], of: entry.declaration.fields, at: node)
  }

  /// The kind before the colon must be one that the type may be recorded about.
  private static func check(subject: ValueSpec, node: YAMLNode, declaration: Declaration) throws(MappingError) {
    let words = declaration.subjects.map(\.word)
    guard case .literal(let text)? = subject.template.parts.first, words.contains(where: { text.hasPrefix($0 + ":") }) else {
      throw node.fail(.wrongSubject((try? node.text()) ?? "", allowed: words))
    }
  }
}

/// A field of the data and what fills it.
struct FieldSpec: Sendable {
  indirect enum Shape: Sendable {
    case value(ValueSpec, Field.Kind)
    case record([FieldSpec])
    case list([Shape])
    /// One cell that holds all items of a list.
    case split(ValueSpec, Field.Kind)
  }

  let name: String
  let shape: Shape

  static func list(_ node: YAMLNode?, of fields: [Field], at owner: YAMLNode) throws(MappingError) -> [FieldSpec] {
    var specs: [FieldSpec] = []
    for (key, value) in try node?.pairs() ?? [] {
      let name = try key.text()
      guard let field = fields.first(where: { $0.name == name }) else {
        throw key.fail(.unknownField(name, allowed: fields.map(\.name)))
      }
      specs.append(FieldSpec(name: name, shape: try Shape(value, field.kind, name: name, isRequired: field.isRequired)))
    }
    for field in fields where field.isRequired && !specs.contains(where: { $0.name == field.name }) {
      throw (node ?? owner).fail(.missingField(field.name))
    }
    return specs
  }
}

extension FieldSpec.Shape {
  init(_ node: YAMLNode, _ kind: Field.Kind, name: String, isRequired: Bool) throws(MappingError) {
    switch kind {
    case .body: throw node.fail(.unfillable(name))
    case .record(let fields): self = .record(try FieldSpec.list(node, of: fields, at: node))
    case .list(let item, _):
      if node.isList {
        var shapes: [FieldSpec.Shape] = []
        for node in try node.items() { shapes.append(try FieldSpec.Shape(node, item, name: name, isRequired: false)) }
        self = .list(shapes)
      } else {
        let value = try ValueSpec(node)
        guard value.split != nil else {
          throw node.fail(.wrongShape(expected: Name("a list, or a column with `split`", "列表，或带 split 的列")))
        }
        self = .split(value, item)
      }
    default:
      let value = try ValueSpec(node)
      if isRequired, value.isOptional { throw node.fail(.notOptional(name)) }
      if value.split != nil { throw node.fail(.contradiction(Name("`split` is for lists", "split 仅用于列表"))) }
      try FieldSpec.Shape.check(value, node, kind, name: name)
      self = .value(value, kind)
    }
  }

  /// Constants, and words that a map or default may give, must fit the field. Numbers and dates are read by pattern and
  /// scale; they are checked when the first row is made.
  private static func check(_ value: ValueSpec, _ node: YAMLNode, _ kind: Field.Kind, name: String) throws(MappingError) {
    var texts = [value.standIn].compactMap { $0 }
    if let constant = value.template.constant, value.map == nil { texts.append(constant) }
    if value.unmapped == .refuse { texts += (value.map ?? [:]).values.sorted() }
    switch kind {
    case .text, .code, .currency, .reference, .hash:
      for text in texts {
        do { try kind.check(.string(text), at: name) } catch { throw node.fail(.constant(error)) }
      }
    default: break
    }
  }
}

extension Catalogue {
  /// The types that share the family word or the deed of a wrong name; all of them where none does.
  func names(near name: String) -> [String] {
    let parts = name.split(separator: ".")
    let names = entries.map(\.declaration.name)
    let near = names.filter { $0.split(separator: ".").contains { parts.contains($0) } }
    return near.isEmpty ? names : near
  }
}
