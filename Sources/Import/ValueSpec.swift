import Vocabulary

/// How one value is made of a row: a template, what is cleaned up in it, and how it is read.
struct ValueSpec: Sendable {
  enum Case: String, CaseIterable, Sendable { case lower, upper }
  enum Unmapped: String, CaseIterable, Sendable {
    case keep, refuse
  }

  var template: Template
  var spot: Spot
  var trims = false
  var strip: String?
  var letterCase: Case?
  var map: [String: String]?
  var unmapped = Unmapped.keep
  var standIn: String?
  /// Blank leaves the value out.
  var isOptional = false
  var scale = 0
  var rounding = Rounding.exact
  var negates = false
  var dates: [DatePattern]?
  var zone: Zone?
  var split: String?

  static let keys = [
    "column", "value", "trim", "strip", "case", "map", "unmapped", "default", "optional", "scale", "round", "negate", "dates",
    "zone", "split",
  ]

  init(column: String, at spot: Spot) {
    template = Template(column: column, at: spot)
    self.spot = spot
  }

  /// - Parameter bareIsColumn: a text without braces names a column; elsewhere it is a constant.
  init(_ node: YAMLNode, bareIsColumn: Bool = false) throws(MappingError) {
    spot = node.spot
    guard node.isMapping else {
      let text = try node.text()
      let isBare = bareIsColumn && !text.contains("{")
      template = isBare ? Template(column: text, at: node.textSpot) : try Template(node)
      return
    }
    let keys = try node.members(ValueSpec.keys)
    switch (keys["column"], keys["value"]) {
    case (let column?, nil): template = Template(column: try column.text(), at: column.textSpot)
    case (nil, let value?): template = try Template(value)
    default: throw node.fail(.contradiction(Name("give either `column` or `value`", "column 与 value 须且只能写一个")))
    }
    try readText(keys)
    try readFigures(keys)
  }

  private mutating func readText(_ keys: [String: YAMLNode]) throws(MappingError) {
    if let node = keys["trim"] { trims = try node.flag() }
    if let node = keys["strip"] { strip = try node.text() }
    if let node = keys["case"] { letterCase = try node.word(Case.self) }
    if let node = keys["map"] {
      var map: [String: String] = [:]
      for (key, value) in try node.pairs() { map[try key.text()] = try value.text() }
      self.map = map
    }
    if let node = keys["unmapped"] {
      guard map != nil else { throw node.fail(.contradiction(Name("`unmapped` needs a `map`", "unmapped 须与 map 同用"))) }
      unmapped = try node.word(Unmapped.self)
    }
    if let node = keys["default"] { standIn = try node.text() }
    if let node = keys["optional"] { isOptional = try node.flag() }
    if isOptional, standIn != nil, let node = keys["default"] {
      throw node.fail(.contradiction(Name("`default` and `optional` exclude each other", "default 与 optional 不能同用")))
    }
    if let node = keys["split"] {
      split = try node.text()
      if split == "" { throw node.fail(.wrongShape(expected: Name("a text", "文本"))) }
    }
  }

  private mutating func readFigures(_ keys: [String: YAMLNode]) throws(MappingError) {
    if let node = keys["scale"] { scale = try node.integer(-Number.digitLimit...Number.digitLimit) }
    if let node = keys["round"] { rounding = try node.word(Rounding.self) }
    if let node = keys["negate"] { negates = try node.flag() }
    if let node = keys["dates"] { dates = try DatePattern.list(node) }
    if let node = keys["zone"] { zone = try Zone(node) }
  }
}

extension DatePattern {
  static func list(_ node: YAMLNode) throws(MappingError) -> [DatePattern] {
    var patterns: [DatePattern] = []
    for item in try node.oneOrMore() {
      let text = try item.text()
      guard let pattern = DatePattern(text) else {
        let example = "yyyyMMdd, yyyy-MM-dd, dd-MM-yyyy[ HH:mm[:ss]], M/d/yyyy"
        throw item.fail(.badValue(text, expected: Name("a date pattern such as \(example)", "日期格式，例如 \(example)")))
      }
      patterns.append(pattern)
    }
    return patterns
  }
}

extension Zone {
  init(_ node: YAMLNode) throws(MappingError) {
    let text = try node.text()
    guard let zone = Zone(text) else {
      throw node.fail(
        .badValue(text, expected: Name("a zone such as UTC, +08:00 or Asia/Shanghai", "时区，例如 UTC、+08:00 或 Asia/Shanghai")))
    }
    self = zone
  }
}
