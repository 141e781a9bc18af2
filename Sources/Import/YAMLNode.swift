import Vocabulary
import Yams

/// A node of the mapping file, which knows its place for errors.
struct YAMLNode {
  let node: Node
  let file: String

  /// Bytes that a mapping file may have.
  static let sizeLimit = 1_048_576

  /// The document's root.
  static func root(of yaml: String, file: String) throws(MappingError) -> YAMLNode {
    func fail(_ text: String, _ line: Int = 1, _ column: Int = 1) -> MappingError {
      MappingError(.yaml(text), file: file, at: Spot(line: line, column: column))
    }
    let start = Spot(line: 1, column: 1)
    guard yaml.utf8.count <= sizeLimit else {
      throw MappingError(
        .contradiction(Name("a mapping has at most \(sizeLimit) bytes", "映射文件最多 \(sizeLimit) 字节")), file: file, at: start)
    }
    do {
      guard let node = try compose(yaml: yaml) else { throw MappingError(.missingKey("files"), file: file, at: start) }
      return YAMLNode(node: node, file: file)
    } catch let error as MappingError {
      throw error
    } catch YamlError.scanner(_, let problem, let mark, _) {
      throw fail(problem, mark.line, mark.column)
    } catch YamlError.parser(_, let problem, let mark, _) {
      throw fail(problem, mark.line, mark.column)
    } catch YamlError.composer(_, let problem, let mark, _) {
      throw fail(problem, mark.line, mark.column)
    } catch YamlError.duplicatedKeysInMapping(let duplicates, let context) {
      let keys = duplicates.joined(separator: ", ")
      throw MappingError(
        .contradiction(Name("the key \(keys) stands twice", "键 \(keys) 重复")), file: file,
        at: Spot(line: context.mark.line, column: context.mark.column))
    } catch {
      throw fail("\(error)")
    }
  }

  var spot: Spot { Spot(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1) }
  /// Where a scalar's text begins, behind its quote if it has one.
  var textSpot: Spot {
    let isQuoted = node.scalar?.style == .doubleQuoted || node.scalar?.style == .singleQuoted
    return isQuoted ? spot.advanced(by: 1) : spot
  }
  var isMapping: Bool { node.mapping != nil }
  var isList: Bool { node.sequence != nil }

  func fail(_ reason: MappingError.Reason) -> MappingError { MappingError(reason, file: file, at: spot) }

  /// The members of an object, each key among `allowed`.
  func members(_ allowed: [String], required: [String] = []) throws(MappingError) -> [String: YAMLNode] {
    var members: [String: YAMLNode] = [:]
    for (key, value) in try pairs() {
      let name = try key.text()
      guard allowed.contains(name) else { throw key.fail(.unknownKey(name, allowed: allowed)) }
      members[name] = value
    }
    for name in required where members[name] == nil { throw fail(.missingKey(name)) }
    return members
  }

  /// The members of an object whose keys are the author's, in the order of the file.
  func pairs() throws(MappingError) -> [(key: YAMLNode, value: YAMLNode)] {
    guard let mapping = node.mapping else { throw fail(.wrongShape(expected: Name("keys with values", "键值对"))) }
    return mapping.map { (YAMLNode(node: $0.key, file: file), YAMLNode(node: $0.value, file: file)) }
  }

  func items() throws(MappingError) -> [YAMLNode] {
    guard let list = node.sequence else { throw fail(.wrongShape(expected: Name("a list", "列表"))) }
    return list.map { YAMLNode(node: $0, file: file) }
  }

  /// The items of a list, or a single value as a list of one.
  func oneOrMore() throws(MappingError) -> [YAMLNode] { isList ? try items() : [self] }

  func text() throws(MappingError) -> String {
    guard let scalar = node.scalar, !scalar.string.isEmpty || scalar.style != .plain else {
      throw fail(.wrongShape(expected: Name("a text", "文本")))
    }
    return scalar.string
  }

  func flag() throws(MappingError) -> Bool {
    switch try text() {
    case "true", "yes": return true
    case "false", "no": return false
    case let other: throw fail(.badValue(other, expected: Name("yes or no", "yes 或 no")))
    }
  }

  func integer(_ range: ClosedRange<Int>) throws(MappingError) -> Int {
    let text = try text()
    guard let value = Int(text), range.contains(value) else {
      let bounds = "\(range.lowerBound)…\(range.upperBound)"
      throw fail(.badValue(text, expected: Name("a whole number \(bounds)", "\(bounds) 之间的整数")))
    }
    return value
  }

  /// One word of a closed list.
  func word<W: RawRepresentable & CaseIterable>(_: W.Type) throws(MappingError) -> W where W.RawValue == String {
    let text = try text()
    guard let word = W(rawValue: text) else {
      let words = W.allCases.map(\.rawValue)
      throw fail(
        .badValue(text, expected: Name("one of " + words.joined(separator: ", "), words.joined(separator: "、") + " 之一")))
    }
    return word
  }

  /// One ASCII character, as a byte.
  func byte() throws(MappingError) -> UInt8 {
    let text = try text()
    guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80, byte != 0x0A, byte != 0x0D else {
      throw fail(.badValue(text, expected: Name("one ASCII character", "一个 ASCII 字符")))
    }
    return byte
  }
}
