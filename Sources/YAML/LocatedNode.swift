public import Vocabulary
import Yams

/// A value of a YAML file with its place. Neither anchors nor tags: what stands there is what it says.
public struct LocatedNode: Sendable {
  public enum Content: Sendable {
    case scalar(String, isPlain: Bool, isBlock: Bool)
    case list([LocatedNode])
    case object([(key: String, spot: Spot, value: LocatedNode)])
  }
  public let content: Content
  public let spot: Spot

  /// Where a scalar's text begins: behind its quote if it has one. `nil` where it is folded over several lines.
  public var textSpot: Spot? {
    guard case .scalar(_, let isPlain, let isBlock) = content, !isBlock else { return nil }
    return isPlain ? spot : Spot(line: spot.line, column: spot.column + 1)
  }

  /// Nothing stands behind the key.
  public var isEmpty: Bool { if case .scalar("", isPlain: true, _) = content { true } else { false } }

  /// What a person calls it.
  public var kind: Name {
    switch content {
    case .scalar: Name("a single value", "单个值")
    case .list: Name("a list", "列表")
    case .object: Name("keys with values", "键值对")
    }
  }
}

/// Why bytes are not a YAML file that anything may be read from.
public struct YAMLFault: Error {
  public let what: Name
  public let spot: Spot

  public init(_ en: String, _ zh: String, at spot: Spot = .start) {
    what = Name(en, zh)
    self.spot = spot
  }
}

extension LocatedNode {
  /// Reads a document.
  ///
  /// Complexity: O(bytes), which are at most `limits.bytes`.
  ///
  /// Anchors are refused before the parser sees them: an alias used as a key makes it hash the whole that the alias
  /// stands for, which doubles with every level.
  public static func root(of bytes: [UInt8], limits: YAMLLimits) throws(YAMLFault) -> LocatedNode {
    do {
      return try checkedRoot(of: bytes, limits)
    } catch {
      throw YAMLFault(error) ?? YAMLFault("cannot be read: \(error)", "无法读取：\(error)")
    }
  }

  private static func checkedRoot(of bytes: [UInt8], _ limits: YAMLLimits) throws -> LocatedNode {
    guard bytes.count <= limits.bytes else {
      throw YAMLFault(
        "the file has more than \(limits.bytes) bytes", "文件超过 \(limits.bytes) 字节")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw YAMLFault("the file is not UTF-8", "文件不是 UTF-8 编码")
    }
    try refuseAnchors(text)
    let parser = try Parser(yaml: text, resolver: .basic)
    guard let node = try parser.singleRoot() else {
      throw YAMLFault("the file is empty; allowed: a line `kind: …` and its fields", "文件为空；应有 `kind: …` 一行和各字段")
    }
    var reader = Reader(limits: limits)
    return try reader.located(node, depth: 1)
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
}

/// Gives nodes their places, and counts them.
private struct Reader {
  let limits: YAMLLimits
  var count = 0

  mutating func located(_ node: Node, depth: Int) throws -> LocatedNode {
    let spot = Spot(line: max(1, node.mark?.line ?? 1), column: max(1, node.mark?.column ?? 1))
    count += 1
    guard count <= limits.nodes else {
      throw YAMLFault("more than \(limits.nodes) values", "超过 \(limits.nodes) 个值", at: spot)
    }
    guard depth <= limits.depth else {
      throw YAMLFault("nested deeper than \(limits.depth)", "嵌套超过 \(limits.depth) 层", at: spot)
    }
    switch node {
    case .scalar(let scalar):
      try refuseTag(scalar.tag, at: spot)
      let isPlain = scalar.style == .plain || scalar.style == .any
      let isBlock = scalar.style == .literal || scalar.style == .folded
      return LocatedNode(content: .scalar(scalar.string, isPlain: isPlain, isBlock: isBlock), spot: spot)
    case .sequence(let list):
      try refuseTag(list.tag, at: spot)
      return LocatedNode(content: .list(try items(list, depth: depth)), spot: spot)
    case .mapping(let mapping):
      try refuseTag(mapping.tag, at: spot)
      return LocatedNode(content: .object(try members(mapping, depth: depth)), spot: spot)
    case .alias: throw YAMLFault("aliases (*name) are not allowed", "不允许使用别名（*name）", at: spot)
    }
  }

  private mutating func items(_ list: Node.Sequence, depth: Int) throws -> [LocatedNode] {
    var items: [LocatedNode] = []
    for item in list { items.append(try located(item, depth: depth + 1)) }
    return items
  }

  private mutating func members(
    _ mapping: Node.Mapping, depth: Int
  ) throws -> [(key: String, spot: Spot, value: LocatedNode)] {
    var members: [(key: String, spot: Spot, value: LocatedNode)] = []
    for (key, value) in mapping {
      let name = try located(key, depth: depth + 1)
      guard case .scalar(let text, _, _) = name.content else {
        throw YAMLFault("a key must be a word", "键必须是一个词", at: name.spot)
      }
      members.append((text, name.spot, try located(value, depth: depth + 1)))
    }
    return members
  }

  /// The tags that the parser itself gives to what has none.
  private static let plainTags: Set<String> = [
    "", "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map",
  ]

  private func refuseTag(_ tag: Tag, at spot: Spot) throws(YAMLFault) {
    guard Reader.plainTags.contains(tag.description) else {
      throw YAMLFault("tags (!name) are not allowed", "不允许使用标签（!name）", at: spot)
    }
  }
}

extension YAMLFault {
  /// The parser's own complaint in both languages, at its place.
  fileprivate init?(_ error: any Error) {
    switch error {
    case let fault as YAMLFault: self = fault
    case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _):
      self.init(
        "not valid YAML: \(problem)", "不是有效的 YAML：\(problem)",
        at: Spot(line: max(1, mark.line), column: max(1, mark.column)))
    case YamlError.duplicatedKeysInMapping(let keys, let context):
      let keys = keys.prefix(5).map(\.shortened).joined(separator: ", ")
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
