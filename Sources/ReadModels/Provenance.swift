public import Wire

/// Where a read model comes from: enough to build it again and get the same rows.
public struct Provenance: Hashable, Sendable {
  /// The rule by which rows were judged.
  public struct Rule: Hashable, Sendable, CustomStringConvertible {
    public var kind: String
    public var version: Int
    /// SHA-256 of the rule's canonical body, in hexadecimal digits.
    public var bodyHash: String

    public init(kind: String, version: Int, bodyHash: String) {
      self.kind = kind
      self.version = version
      self.bodyHash = bodyHash
    }

    /// `lifecycle@1`, as rows carry it.
    public var description: String { "\(kind)@\(version)" }
  }

  /// The projection's name, which is also the file's and the table's.
  public var name: String
  /// The projection's shape; an older one means that the file must be built again.
  public var shape: Int
  /// `nil` for a read model that judges nothing.
  public var rule: Rule?
  /// How many events of the log were folded.
  public var position: Int64
  /// The business time for which the rows hold.
  public var asOf: Instant
  /// The version of the program that built it.
  public var codeVersion: String

  public init(name: String, shape: Int, rule: Rule?, position: Int64, asOf: Instant, codeVersion: String) {
    self.name = name
    self.shape = shape
    self.rule = rule
    self.position = position
    self.asOf = asOf
    self.codeVersion = codeVersion
  }
}

/// What a finished build says about its rows.
struct Seal: Hashable {
  var rows: Int
  /// Hexadecimal digits of the SHA-256 that README.md defines.
  var contentHash: String
}

// The stored form: one (key, value, meaning) a line, so that people find it in any SQLite browser.
extension Provenance {
  /// The keys with their values and what they mean, in the order of the table.
  func entries(_ seal: Seal) -> [(key: String, value: String, meaning: String)] {
    [
      ("name", name, "the projection / 投影"),
      ("shape", String(shape), "version of facts and columns / 结构版本"),
      ("ruleKind", rule?.kind ?? "", "kind of rule that judged the rows, empty for none / 规则类别"),
      ("ruleVersion", rule.map { String($0.version) } ?? "", "its version / 规则版本"),
      ("ruleHash", rule?.bodyHash ?? "", "SHA-256 of the rule's canonical body / 规则正文哈希"),
      ("position", String(position), "events of the log that were folded / 已折叠的事件数"),
      ("asOf", asOf.description, "business time for which the rows hold / 业务时点"),
      ("rows", String(seal.rows), "number of rows / 行数"),
      ("contentHash", seal.contentHash, "SHA-256 over columns and rows / 内容哈希"),
      ("codeVersion", codeVersion, "program that built this file / 构建程序版本"),
    ]
  }

  /// Reads what `entries` wrote.
  /// - Throws: `damaged`, naming the entry that is absent or cannot be.
  init(_ entries: [String: String], model: String) throws(ReadModelError) {
    let reader = EntryReader(entries: entries, model: model)
    name = try reader.text("name")
    guard name == model else { throw .damaged(model: model, what: "provenance.name is \(name.prefix(80))") }
    shape = Int(try reader.number("shape"))
    if try reader.text("ruleKind").isEmpty {
      rule = nil
    } else {
      rule = Rule(
        kind: try reader.text("ruleKind"), version: Int(try reader.number("ruleVersion")),
        bodyHash: try reader.text("ruleHash"))
    }
    position = try reader.number("position")
    guard let asOf = Instant(try reader.text("asOf")) else { throw .damaged(model: model, what: "provenance.asOf") }
    self.asOf = asOf
    codeVersion = try reader.text("codeVersion")
  }
}

extension Seal {
  /// - Throws: `damaged`, as `Provenance` does.
  init(_ entries: [String: String], model: String) throws(ReadModelError) {
    let reader = EntryReader(entries: entries, model: model)
    rows = Int(try reader.number("rows"))
    contentHash = try reader.text("contentHash")
    guard contentHash.utf8.count == 64 else { throw .damaged(model: model, what: "provenance.contentHash") }
  }
}

/// Looks up entries of a file that somebody may have edited.
private struct EntryReader {
  let entries: [String: String]
  let model: String

  func text(_ key: String) throws(ReadModelError) -> String {
    guard let value = entries[key] else { throw .damaged(model: model, what: "provenance.\(key)") }
    return value
  }

  /// A whole number that is not negative.
  func number(_ key: String) throws(ReadModelError) -> Int64 {
    guard let number = Int64(try text(key)), number >= 0 else {
      throw .damaged(model: model, what: "provenance.\(key)")
    }
    return number
  }
}
