import Vocabulary
import Wire
import YAML

/// One reading of one file: gathers faults instead of stopping at the first.
struct ProcedureReader {
  typealias Members = [(key: String, spot: Spot, value: LocatedNode)]

  let catalogue: Catalogue
  let roles: [Role]
  var problems = Problems(limit: ConformanceLimit.problems)
  var steps: [Procedure.Step] = []
  /// Where each step's parts stand, for faults that only the whole shows.
  var spots: [(step: Spot, pattern: Spot, after: Spot?, notBy: [Spot])] = []
  /// Kinds of thing whose events belong to a case.
  var kinds: [String] = []
  /// Types of events that belong to a case without their thing.
  private(set) var alone: [String] = []

  init(_ catalogue: Catalogue, _ roles: [Role]) {
    self.catalogue = catalogue
    self.roles = roles
  }

  private static let limits = YAMLLimits(
    bytes: ConformanceLimit.procedureBytes, depth: ConformanceLimit.procedureDepth, nodes: ConformanceLimit.procedureNodes)
  private static let keys = [
    "kind", "id", "version", "title", "basis", "about", "only", "with", "anytime", "others", "quietDays", "steps",
  ]

  /// `nil` where anything essential is missing, which has been told.
  mutating func read(_ bytes: [UInt8]) -> Procedure? {
    do {
      let root = try LocatedNode.root(of: bytes, limits: ProcedureReader.limits)
      guard let members = object(root, "", keys: ProcedureReader.keys, required: ["kind", "id", "version", "title", "about", "steps"])
      else { return nil }
      return procedure(members)
    } catch {
      problems.add(error.what, "", at: error.spot)
      return nil
    }
  }

  private mutating func procedure(_ members: Members) -> Procedure? {
    if let kind = members.node("kind"), kind.text != "sop" { refuse(kind, "kind", Name("sop", "sop")) }
    let id = word(members.node("id"), "id")
    let version = number(members.node("version"), "version", 1...100_000)
    let title = name(members.node("title"), "title")
    let basis = members.node("basis").flatMap { text($0, "basis", limit: 1_000) }
    let about = kind(members.node("about"), "about")
    kinds = [about].compactMap { $0 }
    let links = links(members.node("with"))
    let quiet = members.node("quietDays").flatMap { number($0, "quietDays", 1...3_650) }
    let flow = members.node("steps").flatMap { sequence($0, "steps", depth: 1) }
    let anytime = patterns(members.node("anytime"), "anytime")
    let only = patterns(members.node("only"), "only")
    let others = members.node("others").flatMap { choice($0, "others", ["deviations", "free"]) }
    checkSteps(anytime)
    guard let id, let version, let title, let about, let flow else { return nil }
    return Procedure(
      id: id, version: version, title: title, basis: basis, about: about, only: only.map(\.pattern), links: links,
      anytime: anytime.map(\.pattern), isClosed: others != "free", quietDays: quiet, steps: steps, flow: flow)
  }

  private mutating func kind(_ node: LocatedNode?, _ path: String) -> String? {
    guard let node else { return nil }
    let known = catalogue.kindWords
    guard let word = node.text, known.contains(word) else {
      refuse(node, path, Name(known.joined(separator: ", "), known.joined(separator: "、")), among: known)
      return nil
    }
    return word
  }

  // MARK: What belongs to a case

  private mutating func links(_ node: LocatedNode?) -> [Procedure.Link] {
    guard let node, let items = list(node, "with", limit: 20) else { return [] }
    return items.enumerated().compactMap { number, item in link(item, "with[\(number)]") }
  }

  private mutating func link(_ node: LocatedNode, _ path: String) -> Procedure.Link? {
    guard
      let members = object(node, path, keys: ["event", "field", "names", "brings"], required: ["event", "field"]),
      let eventNode = members.node("event"), let fieldNode = members.node("field"),
      let declaration = declaration(eventNode, path + ".event"),
      let field = linkField(fieldNode.text ?? "", of: declaration, path + ".field", at: fieldNode.spot)
    else { return nil }
    let brings = members.node("brings").flatMap { choice($0, path + ".brings", ["thing", "event"]) }
    guard let kind = named(by: field, members, path, at: fieldNode.spot) else { return nil }
    if brings == "event" { alone.append(declaration.name) } else { kinds += declaration.subjects.map(\.word) }
    kinds += [kind].compactMap { $0 }
    return Procedure.Link(declaration.name, field.name, kind: kind, brings: brings == "event" ? .event : .thing)
  }

  /// The kind of thing that a field names: `.some(nil)` where its values say it.
  private mutating func named(by field: Field, _ members: Members, _ path: String, at spot: Spot) -> String?? {
    let single = if case .list(let item, _) = field.kind { item } else { field.kind }
    switch single {
    case .reference(let found): return .some(found.word)
    case .subject: return .some(nil)
    default:
      guard let names = members.node("names") else {
        problems.add(
          Name(
            "is missing: \(field.name) does not say of which kind the thing is; allowed: \(catalogue.kindWords.joined(separator: ", "))",
            "缺少此项：\(field.name) 未说明所指对象的类别；可填：\(catalogue.kindWords.joined(separator: "、"))"),
          path + ".names", at: spot)
        return nil
      }
      return kind(names, path + ".names").map { .some($0) }
    }
  }

  private mutating func patterns(_ node: LocatedNode?, _ key: String) -> [(pattern: EventPattern, spot: Spot)] {
    guard let node, let items = list(node, key, limit: 200) else { return [] }
    return items.enumerated().compactMap { number, item in
      let path = "\(key)[\(number)]"
      if case .scalar = item.content {
        return declaration(item, path).map { (EventPattern($0.name), item.spot) }
      }
      guard let members = object(item, path, keys: ["event", "where"], required: ["event"]) else { return nil }
      return pattern(members, path).map { ($0, item.spot) }
    }
  }

  // MARK: Events

  mutating func declaration(_ node: LocatedNode, _ path: String) -> Declaration? {
    if let name = node.text, let entry = catalogue.entry(named: name) { return entry.declaration }
    let names = catalogue.entries.map(\.declaration.name)
    refuse(
      node, path, Name("an event type, as keshi events lists them", "事件类型，见 keshi events"), among: names)
    return nil
  }

  mutating func pattern(_ members: Members, _ path: String) -> EventPattern? {
    guard let node = members.node("event"), let declaration = declaration(node, path + ".event") else { return nil }
    let subjects = declaration.subjects.map(\.word)
    if !kinds.isEmpty, !subjects.contains(where: kinds.contains), !alone.contains(declaration.name) {
      problems.add(
        Name(
          "\(declaration.name) is about \(subjects.joined(separator: ", ")), which is no part of a case here; allowed: events about \(kinds.joined(separator: ", ")), or a line under `with` that brings it in",
          "\(declaration.name) 的主体是 \(subjects.joined(separator: "、"))，不属于此处的案例；可用：主体为 \(kinds.joined(separator: "、")) 的事件，或在 `with` 下加入关联"),
        path + ".event", at: node.spot)
      return nil
    }
    guard let conditions = members.node("where") else { return EventPattern(declaration.name) }
    return self.conditions(conditions, declaration, path + ".where").map { EventPattern(declaration.name, $0) }
  }

  private mutating func conditions(
    _ node: LocatedNode, _ declaration: Declaration, _ path: String
  ) -> [EventPattern.Condition]? {
    guard case .object(let members) = node.content, !members.isEmpty else {
      refuse(node, path, Name("fields with the value that they must have", "字段及其应有的值"))
      return nil
    }
    var conditions: [EventPattern.Condition] = []
    for member in members {
      let place = path + "." + member.key.shortened
      guard let field = field(member.key, of: declaration, place, at: member.spot),
        let values = values(member.value, field, place) else { continue }
      conditions.append(EventPattern.Condition(field.name, values))
    }
    return conditions.count == members.count ? conditions : nil
  }

  private mutating func field(_ name: String, of declaration: Declaration, _ path: String, at spot: Spot) -> Field? {
    field(name, of: declaration, path, at: spot) { $0.isSingle }
  }

  private mutating func linkField(_ name: String, of declaration: Declaration, _ path: String, at spot: Spot) -> Field? {
    field(name, of: declaration, path, at: spot) { $0.isLink }
  }

  private mutating func field(
    _ name: String, of declaration: Declaration, _ path: String, at spot: Spot, _ isUsable: (Field.Kind) -> Bool
  ) -> Field? {
    let usable = declaration.fields.filter { !$0.isPersonal && isUsable($0.kind) }
    if let field = usable.first(where: { $0.name == name }) { return field }
    let names = usable.map(\.name)
    let allowed = Name(
      "a field of \(declaration.name): \(names.joined(separator: ", "))",
      "\(declaration.name) 的字段：\(names.joined(separator: "、"))")
    refuse(name, path, allowed, among: names, at: spot)
    return nil
  }

  private mutating func values(_ node: LocatedNode, _ field: Field, _ path: String) -> [String]? {
    var nodes = [node]
    if case .list(let items) = node.content { nodes = items }
    guard (1...100).contains(nodes.count) else {
      refuse(node, path, Name("one value, or a list of 1 to 100", "一个值，或 1 至 100 个值的列表"))
      return nil
    }
    var values: [String] = []
    for node in nodes {
      guard let text = node.text, let value = field.kind.conditionText(text) else {
        refuse(node, path, Name(field.kind.summary(.en), field.kind.summary(.zh)), among: field.kind.words)
        return nil
      }
      values.append(value)
    }
    return values
  }
}

extension Catalogue {
  /// The kinds of thing that events are about, in the order of the catalogue.
  fileprivate var kindWords: [String] {
    var words: [String] = []
    for entry in entries {
      for subject in entry.declaration.subjects where !words.contains(subject.word) { words.append(subject.word) }
    }
    return words
  }
}

extension Field.Kind {
  /// Whether it holds one value, which a condition can compare.
  fileprivate var isSingle: Bool {
    switch self {
    case .record, .list, .body, .hash, .decimal: false
    default: true
    }
  }

  /// Whether it can name things: one, or a list of them.
  fileprivate var isLink: Bool {
    switch self {
    case .reference, .subject, .text: true
    case .list(let item, _): item.isLink
    default: false
    }
  }

  fileprivate var words: [String] { if case .code(let codes) = self { codes.map(\.word.text) } else { [] } }

  /// A value of a file as `JSON.conditionText` writes it; `nil` where the field cannot have it.
  fileprivate func conditionText(_ text: String) -> String? {
    let value: JSON?
    switch self {
    case .integer: value = Int64(text).map { .int($0) }
    case .flag: value = ["yes", "true"].contains(text) ? .bool(true) : ["no", "false"].contains(text) ? .bool(false) : nil
    default: value = .string(text)
    }
    guard let value, (try? check(value, at: "")) != nil else { return nil }
    return value.conditionText
  }
}
