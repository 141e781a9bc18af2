import Vocabulary
import YAML

// Single values and plain lists of a procedure's file.

extension ProcedureReader {
  /// The members of an object whose keys are all known.
  mutating func object(
    _ node: LocatedNode, _ path: String, keys: [String], required: [String]
  ) -> Members? {
    guard case .object(let members) = node.content else {
      refuse(node, path, Name("keys with values: \(keys.joined(separator: ", "))", "键值对：\(keys.joined(separator: "、"))"))
      return nil
    }
    for member in members where !keys.contains(member.key) {
      let near = member.key.nearest(among: keys)
      let list = keys.joined(separator: ", ")
      problems.add(
        Name(
          "there is no such field" + (near.map { "; perhaps \($0)" } ?? "") + "; allowed: \(list)",
          "没有此字段" + (near.map { "；是否为 \($0)" } ?? "") + "；可用：\(list)"),
        (path.isEmpty ? "" : path + ".") + member.key.shortened, at: member.spot)
    }
    for key in required where !members.contains(where: { $0.key == key }) {
      problems.add(
        Name("is missing", "缺少此项"), (path.isEmpty ? "" : path + ".") + key, at: node.spot)
    }
    return members
  }

  mutating func list(_ node: LocatedNode, _ path: String, limit: Int) -> [LocatedNode]? {
    if node.isEmpty { return [] }
    guard case .list(let items) = node.content, items.count <= limit else {
      refuse(node, path, Name("a list of at most \(limit)", "列表，最多 \(limit) 项"))
      return nil
    }
    return items
  }

  /// One text, or a list of texts.
  mutating func texts(_ node: LocatedNode, _ path: String, limit: Int) -> [(text: String, spot: Spot)]? {
    if case .scalar = node.content { return text(node, path, limit: 200).map { [($0, node.spot)] } }
    guard let items = list(node, path, limit: limit) else { return nil }
    return items.compactMap { item in text(item, path, limit: 200).map { ($0, item.spot) } }
  }

  mutating func text(_ node: LocatedNode, _ path: String, limit: Int) -> String? {
    guard let text = node.text, !text.isEmpty, text.utf8.count <= limit else {
      refuse(node, path, Name("a text of at most \(limit) bytes", "文本，最多 \(limit) 字节"))
      return nil
    }
    return text
  }

  /// An id: small letters, digits and hyphens.
  mutating func word(_ node: LocatedNode?, _ path: String) -> String? {
    guard let node else { return nil }
    let isPlain: (UInt8) -> Bool = { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    guard let text = node.text, (1...60).contains(text.utf8.count), text.utf8.allSatisfy(isPlain) else {
      refuse(node, path, Name("up to 60 small letters, digits and hyphens, such as complaint-handling", "最多 60 个小写字母、数字和连字符，例如 complaint-handling"))
      return nil
    }
    return text
  }

  /// One of a few words.
  mutating func choice(_ node: LocatedNode, _ path: String, _ words: [String]) -> String? {
    guard let text = node.text, words.contains(text) else {
      refuse(node, path, Name(words.joined(separator: ", "), words.joined(separator: "、")), among: words)
      return nil
    }
    return text
  }

  mutating func number(_ node: LocatedNode?, _ path: String, _ range: ClosedRange<Int>) -> Int? {
    guard let node else { return nil }
    guard let number = node.text.flatMap({ Int($0) }), range.contains(number) else {
      refuse(
        node, path,
        Name("\(range.lowerBound) to \(range.upperBound)", "\(range.lowerBound) 至 \(range.upperBound)"))
      return nil
    }
    return number
  }

  /// A title in both languages.
  mutating func name(_ node: LocatedNode?, _ path: String) -> Name? {
    guard let node, let members = object(node, path, keys: ["en", "zh"], required: ["en", "zh"]),
      let en = members.node("en").flatMap({ text($0, path + ".en", limit: 500) }),
      let zh = members.node("zh").flatMap({ text($0, path + ".zh", limit: 500) })
    else { return nil }
    return Name(en, zh)
  }

  mutating func refuse(_ node: LocatedNode, _ path: String, _ allowed: Name, among words: [String] = []) {
    if let text = node.text { return refuse(text, path, allowed, among: words, at: node.spot) }
    problems.add(
      Name(
        "\(node.kind.en) is not allowed here; allowed: \(allowed.en)", "\(node.kind.zh)不能填在此处；可填：\(allowed.zh)"), path,
      at: node.spot)
  }

  mutating func refuse(_ text: String, _ path: String, _ allowed: Name, among words: [String], at spot: Spot) {
    let near = text.nearest(among: words)
    problems.add(
      Name(
        "\"\(text.shortened)\" is not allowed here; " + (near.map { "perhaps \($0); " } ?? "") + "allowed: \(allowed.en)",
        "“\(text.shortened)”不能填在此处；" + (near.map { "是否为 \($0)；" } ?? "") + "可填：\(allowed.zh)"), path, at: spot)
  }
}

extension ProcedureReader.Members {
  func node(_ key: String) -> LocatedNode? { first { $0.key == key }?.value }
}

extension LocatedNode {
  /// The text of a single value.
  var text: String? { if case .scalar(let text, _, _) = content { text } else { nil } }
}
