public import Projection
import Vocabulary
import Wire
import YAML

/// Rules as YAML files that a person reads and edits.
///
/// The file's keys are the rule's fields, and `kind` says which kind it is. `README.md` has an example.
public enum RuleFile {
  /// Reads a rule of a kind from a file's bytes.
  ///
  /// The version has number 0, takes effect at no time and says no why: a file holds what a rule lays down, and who
  /// publishes it says the rest. Its body is checked and in the spelling that is hashed.
  ///
  /// - Parameter file: the file's name, for errors.
  /// - Throws: `RuleFileError` with every fault and its place. Nothing else is read or written.
  /// - Complexity: O(bytes), which are at most `RuleFileLimit.bytes`.
  public static func read(_ bytes: [UInt8], kind: RuleKind, file: String) throws(RuleFileError) -> RuleVersion {
    var reader = RuleReader(kind)
    let body = reader.read(bytes)
    guard reader.problems.isEmpty else { throw RuleFileError(file: file, problems: reader.problems.found) }
    return RuleVersion(0, why: Name("", ""), body)
  }

  /// The kind that a file says it is of, `nil` where it says none or cannot be read.
  public static func kind(of bytes: [UInt8]) -> String? {
    guard let root = try? LocatedNode.root(of: bytes, limits: RuleFileLimit.yaml), case .object(let members) = root.content,
      let value = members.first(where: { $0.key == RuleReader.kindKey })?.value,
      case .scalar(let text, _, _) = value.content
    else { return nil }
    return text
  }
}

/// One reading of one file: gathers faults instead of stopping at the first.
struct RuleReader {
  static let kindKey = "kind"

  let kind: RuleKind
  var problems = Problems(limit: RuleFileLimit.problems)
  /// Where each value stands, by its path.
  private var nodes: [String: LocatedNode] = [:]

  init(_ kind: RuleKind) { self.kind = kind }

  mutating func read(_ bytes: [UInt8]) -> JSONObject {
    do {
      let root = try LocatedNode.root(of: bytes, limits: RuleFileLimit.yaml)
      guard case .object(let members) = root.content else {
        problems.add(wrongShape(Name("keys with values", "键值对"), root), "", at: root.spot)
        return [:]
      }
      checkKind(members, of: root)
      let body = object(members.filter { $0.key != RuleReader.kindKey }, kind.fields, path: "", at: root.spot)
      return problems.isEmpty ? judged(body) : [:]
    } catch {
      problems.add(error.what, "", at: error.spot)
      return [:]
    }
  }

  /// What no field can say alone, asked once all of them are good.
  private mutating func judged(_ body: JSONObject) -> JSONObject {
    do {
      try kind.checkBetweenFields(body)
      return kind.normal(body)
    } catch {
      problems.add(error.what, error.path, at: spot(of: error))
      return [:]
    }
  }

  private func spot(of fault: RuleFault) -> Spot {
    var path = fault.path
    while !path.isEmpty, nodes[path] == nil { path = String(path.dropLast()) }
    guard let node = nodes[path] else { return .start }
    guard let offset = fault.offset, let start = node.textSpot else { return node.spot }
    return Spot(line: start.line, column: start.column + offset)
  }

  private mutating func checkKind(_ members: [(key: String, spot: Spot, value: LocatedNode)], of root: LocatedNode) {
    guard let member = members.first(where: { $0.key == RuleReader.kindKey }) else {
      return problems.add(
        Name("the line `kind: \(kind.name)` is missing", "缺少 `kind: \(kind.name)` 一行"), "", at: root.spot)
    }
    if case .scalar(kind.name, _, _) = member.value.content { return }
    problems.add(
      Name("this is not a rule of kind \(kind.name); allowed: \(kind.name)", "不是类别为 \(kind.name) 的规则；应为 \(kind.name)"),
      RuleReader.kindKey, at: member.value.spot)
  }

  // MARK: Shapes

  private mutating func object(
    _ members: [(key: String, spot: Spot, value: LocatedNode)], _ fields: [Field], path: String, at spot: Spot
  ) -> JSONObject {
    var object = JSONObject()
    for (key, spot, value) in members {
      let shown = key.shortened
      let place = path.isEmpty ? shown : path + "." + shown
      guard let field = fields.first(where: { $0.name == key }) else {
        problems.add(unknown(key, fields), place, at: spot)
        continue
      }
      nodes[place] = value
      if value.isEmpty, !field.isRequired { continue }  // `cur:` with nothing behind it says that there is none
      if let json = json(value, field.kind, path: place) { object[key] = json }
    }
    for field in fields where field.isRequired && !members.contains(where: { $0.key == field.name }) {
      let place = path.isEmpty ? field.name : path + "." + field.name
      problems.add(
        Name(
          "is missing (\(field.title.en)); allowed: \(field.kind.allowed.en)",
          "缺少此项（\(field.title.zh)）；可填：\(field.kind.allowed.zh)"),
        place, at: spot)
    }
    return object
  }

  private func unknown(_ key: String, _ fields: [Field]) -> Name {
    let names = fields.map(\.name)
    let near = key.nearest(among: names)
    let list = names.joined(separator: ", ")
    return Name(
      "there is no such field" + (near.map { "; perhaps \($0)" } ?? "") + "; allowed: \(list)",
      "没有此字段" + (near.map { "；是否为 \($0)" } ?? "") + "；可用：\(list)")
  }

  /// The value as the field holds it; `nil` where it does not fit, which has been told.
  private mutating func json(_ node: LocatedNode, _ kind: Field.Kind, path: String) -> JSON? {
    switch (kind, node.content) {
    case (.record(let fields), .object(let members)):
      return .object(object(members, fields, path: path, at: node.spot))
    case (.list(let kind, let limit), .list(let items)):
      guard items.count <= limit else {
        problems.add(
          Name("has \(items.count) items; allowed: at most \(limit)", "有 \(items.count) 项；最多 \(limit) 项"), path,
          at: node.spot)
        return nil
      }
      return .array(
        items.enumerated().compactMap { place, item in
          nodes["\(path)[\(place)]"] = item
          return json(item, kind, path: "\(path)[\(place)]")
        })
    case (.record, _), (.list, _), (.body, _), (_, .list), (_, .object):
      problems.add(wrongShape(kind.allowed, node), path, at: node.spot)
      return nil
    case (_, .scalar(let text, let isPlain, _)):
      return scalar(text, isPlain: isPlain, kind, path: path, at: node.spot)
    }
  }

  private func wrongShape(_ allowed: Name, _ node: LocatedNode) -> Name {
    Name("\(node.kind.en) does not fit here; allowed: \(allowed.en)", "此处不能是\(node.kind.zh)；可填：\(allowed.zh)")
  }
}
