import Vocabulary

// The `format:` of a section or of a look-up table.

/// A file's records and how its cells write dates and numbers.
struct Dialect: Sendable {
  var format = Format()
  var dates = Dialect.isoDates
  var zone = Zone.utc
  var numbers = NumberStyle()
  /// The file is read as a table, whatever it looks like.
  var isTable = false

  /// What is read where a mapping names no patterns.
  static let isoDates = ["yyyy-MM-dd[ HH:mm[:ss[.SSS]]]", "yyyy-MM-ddTHH:mm[:ss[.SSS]]"].compactMap { DatePattern($0) }

  static let keys = [
    "delimiter", "quote", "encoding", "header", "columns", "skipLines", "trim", "nulls", "recordLimit", "dates", "zone",
    "decimalPoint", "thousands", "kind",
  ]

  enum Kind: String, CaseIterable { case auto, table }

  init() {}

  init(_ node: YAMLNode) throws(MappingError) {
    let keys = try node.members(Dialect.keys)
    if let node = keys["delimiter"] { format.delimiter = try Format.Delimiter(node) }
    if let node = keys["quote"] { format.quote = try node.text() == "none" ? nil : try node.byte() }
    if let node = keys["encoding"] { format.encoding = try node.word(Encoding.self) }
    if let node = keys["columns"] {
      format.columns = try Dialect.names(node)
      format.hasHeader = false
    }
    if let node = keys["header"] { format.hasHeader = try node.flag() }
    if let node = keys["skipLines"] { format.skippedLines = try node.integer(0...1_000) }
    if let node = keys["trim"] { format.keepsBlanks = !(try node.flag()) }
    if let node = keys["nulls"] {
      for item in try node.oneOrMore() { format.nulls.append(try item.text()) }
    }
    if let node = keys["recordLimit"] { format.recordLimit = try node.integer(1...Format.greatestRecordLimit) }
    if let node = keys["dates"] { dates = try DatePattern.list(node) }
    if let node = keys["zone"] { zone = try Zone(node) }
    if let node = keys["decimalPoint"] { numbers.point = try node.byte() }
    if let node = keys["thousands"] { numbers.thousands = try node.byte() }
    if let node = keys["kind"] { isTable = try node.word(Kind.self) == .table }
    guard format.hasHeader || format.columns != nil else {
      throw node.fail(.contradiction(Name("without a header row `columns` must name the columns", "没有标题行时须用 columns 写明列名")))
    }
  }

  private static func names(_ node: YAMLNode) throws(MappingError) -> [String] {
    var names: [String] = []
    for item in try node.items() {
      let name = try item.text()
      guard !names.contains(name) else { throw item.fail(.ambiguousColumn(name)) }
      names.append(name)
    }
    return names
  }
}

extension Format.Delimiter {
  fileprivate init(_ node: YAMLNode) throws(MappingError) {
    switch try node.text() {
    case "blanks": self = .blanks
    case "tab", "\t": self = .byte(0x09)
    case "comma": self = .byte(UInt8(ascii: ","))
    case ",", ";", "|": self = .byte(try node.byte())
    case let other:
      throw node.fail(.badValue(other, expected: Name("one of \",\" \";\" \"|\" tab, blanks", "\",\"、\";\"、\"|\"、tab、blanks 之一")))
    }
  }
}
