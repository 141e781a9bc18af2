import Vocabulary
import Yams

/// A value of a YAML file with its place. Neither anchors nor tags: what stands there is what it says.
struct LocatedNode {
  enum Content {
    case scalar(String, isPlain: Bool, isBlock: Bool)
    case list([LocatedNode])
    case object([(key: String, spot: Spot, value: LocatedNode)])
  }
  let content: Content
  let spot: Spot

  /// Where a scalar's text begins: behind its quote if it has one. `nil` where it is folded over several lines.
  var textSpot: Spot? {
    guard case .scalar(_, let isPlain, let isBlock) = content, !isBlock else { return nil }
    return isPlain ? spot : Spot(line: spot.line, column: spot.column + 1)
  }

  /// What a person calls it.
  var kind: Name {
    switch content {
    case .scalar: Name("a single value", "单个值")
    case .list: Name("a list", "列表")
    case .object: Name("keys with values", "键值对")
    }
  }
}

/// Why bytes are not a YAML file that a rule may be read from.
struct YAMLFault: Error {
  let what: Name
  let spot: Spot

  init(_ en: String, _ zh: String, at spot: Spot = .start) {
    what = Name(en, zh)
    self.spot = spot
  }
}

extension LocatedNode {
  /// Reads a document.
  ///
  /// Anchors are refused before the parser sees them: an alias used as a key makes it hash the whole that the alias
  /// stands for, which doubles with every level.
  static func root(of bytes: [UInt8]) throws -> LocatedNode {
    guard bytes.count <= RuleFileLimit.bytes else {
      throw YAMLFault(
        "the file has \(bytes.count) bytes; allowed: at most \(RuleFileLimit.bytes)",
        "文件有 \(bytes.count) 字节；最多 \(RuleFileLimit.bytes)")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw YAMLFault("the file is not UTF-8", "文件不是 UTF-8 编码")
    }
    try refuseAnchors(text)
    let parser = try Parser(yaml: text, resolver: .basic)
    guard let node = try parser.singleRoot() else {
      throw YAMLFault("the file is empty; allowed: a line `kind: …` and the rule's fields", "文件为空；应有 `kind: …` 一行和规则字段")
    }
    var count = 0
    return try located(node, depth: 1, count: &count)
  }

  /// Refuses `&name` where YAML would see an anchor. Comment lines may hold it.
  private static func refuseAnchors(_ text: String) throws(YAMLFault) {
    for (number, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
    {
      var before = UInt8(ascii: " ")
      if line.first(where: { $0 != 0x20 && $0 != 0x09 }) == UInt8(ascii: "#") { continue }
      for (column, byte) in line.enumerated() {
        let next = line.dropFirst(column + 1).first ?? 0x20
        if byte == UInt8(ascii: "&"), " \t[]{},:-?!\r".utf8.contains(before), next != 0x20, next != UInt8(ascii: "&") {
          throw YAMLFault(
            "anchors (&name) are not allowed; write the value out, or put a blank behind &",
            "不允许使用锚点（&name）；请写出完整的值，或在 & 后加空格",
            at: Spot(line: number + 1, column: column + 1))
        }
        before = byte
      }
    }
  }

  private static func located(_ node: Node, depth: Int, count: inout Int) throws -> LocatedNode {
    let spot = Spot(line: max(1, node.mark?.line ?? 1), column: max(1, node.mark?.column ?? 1))
    count += 1
    guard count <= RuleFileLimit.nodes else {
      throw YAMLFault("more than \(RuleFileLimit.nodes) values", "超过 \(RuleFileLimit.nodes) 个值", at: spot)
    }
    guard depth <= RuleFileLimit.depth else {
      throw YAMLFault("nested deeper than \(RuleFileLimit.depth)", "嵌套超过 \(RuleFileLimit.depth) 层", at: spot)
    }
    switch node {
    case .scalar(let scalar):
      try refuseTag(scalar.tag, at: spot)
      let isPlain = scalar.style == .plain || scalar.style == .any
      let isBlock = scalar.style == .literal || scalar.style == .folded
      return LocatedNode(content: .scalar(scalar.string, isPlain: isPlain, isBlock: isBlock), spot: spot)
    case .sequence(let list):
      try refuseTag(list.tag, at: spot)
      return LocatedNode(content: .list(try list.map { try located($0, depth: depth + 1, count: &count) }), spot: spot)
    case .mapping(let mapping):
      try refuseTag(mapping.tag, at: spot)
      return LocatedNode(content: .object(try members(mapping, depth: depth, count: &count)), spot: spot)
    case .alias: throw YAMLFault("aliases (*name) are not allowed", "不允许使用别名（*name）", at: spot)
    }
  }

  private static func members(
    _ mapping: Node.Mapping, depth: Int, count: inout Int
  ) throws -> [(key: String, spot: Spot, value: LocatedNode)] {
    try mapping.map { key, value in
      let name = try located(key, depth: depth + 1, count: &count)
      guard case .scalar(let text, _, _) = name.content else {
        throw YAMLFault("a key must be a word", "键必须是一个词", at: name.spot)
      }
      return (text, name.spot, try located(value, depth: depth + 1, count: &count))
    }
  }

  /// The tags that the parser itself gives to what has none.
  private static let plainTags: Set<String> = [
    "", "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map",
  ]

  private static func refuseTag(_ tag: Tag, at spot: Spot) throws(YAMLFault) {
    guard plainTags.contains(tag.description) else {
      throw YAMLFault("tags (!name) are not allowed", "不允许使用标签（!name）", at: spot)
    }
  }
}

extension YAMLFault {
  /// The parser's own complaint in both languages, at its place.
  init?(_ error: any Error) {
    switch error {
    case let fault as YAMLFault: self = fault
    case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _):
      self.init(
        "not valid YAML: \(problem)", "不是有效的 YAML：\(problem)",
        at: Spot(line: max(1, mark.line), column: max(1, mark.column)))
    case YamlError.duplicatedKeysInMapping(let keys, let context):
      let keys = keys.prefix(5).map(RuleReader.shortened).joined(separator: ", ")
      self.init(
        "the key \(keys) stands twice; allowed: once", "键 \(keys) 重复；只能出现一次",
        at: Spot(line: max(1, context.mark.line), column: max(1, context.mark.column)))
    case YamlError.reader(let problem, _, _, _):
      self.init("not readable as YAML: \(problem)", "无法按 YAML 读取：\(problem)")
    case let error as YamlError: self.init("not valid YAML: \(error)", "不是有效的 YAML：\(error)")
    default: return nil
    }
  }
}
