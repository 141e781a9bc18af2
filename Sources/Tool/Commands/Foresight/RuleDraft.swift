import Engine
import Foundation
import Projection
import Vocabulary
import Wire

/// A rule as a person names it on the command line: a version, or a file with a body.
enum RuleDraft {
  /// Bytes of a file.
  static let limit = 65_536

  /// The version of that number, or the body in the file of that name.
  ///
  /// A file holds the rule's body as a JSON object, as `keshi rules show KIND --format json` gives it under `body`; a
  /// member `kind` is taken as its kind.
  static func rule(_ name: String, of kind: String, in snapshot: Snapshot) throws -> RuleVersion {
    if let number = Int(name) { return try snapshot.ruleBook().version(number, of: kind).rule }
    guard let fields = snapshot.projections.first(where: { $0.ruleKind == kind })?.ruleFields else {
      throw EngineError.unknownRuleKind(kind, known: try snapshot.ruleBook().kinds)
    }
    return RuleVersion(0, why: Name(same: name), try body(name, of: kind, fields))
  }

  private static func body(_ path: String, of kind: String, _ fields: [Field]) throws -> JSONObject {
    let bytes = try bytes(of: path)
    guard var body = (try? JSON(parsing: String(decoding: bytes, as: UTF8.self)))?.object else {
      throw trouble(path, Name("the file is not a JSON object", "文件不是 JSON 对象"))
    }
    if let said = body["kind"] {
      guard said == .string(kind) else {
        throw trouble(path, Name("this is no rule of kind \(kind)", "不是类别为 \(kind) 的规则"))
      }
      body["kind"] = nil
    }
    do { try Field.check(body, against: fields, at: "body") } catch {
      throw trouble(path, Name(error.message(in: .en), error.message(in: .zh)))
    }
    return body
  }

  private static func bytes(of path: String) throws -> Data {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw Trouble(
        .noInput, "E-FILE-NONE", Name("there is no version and no file of this name", "没有此版本，也没有此文件"),
        at: Name(same: path),
        unharmed: Unharmed.everything,
        remedy: Name("give a version, see `keshi rules list`, or a file", "请给出版本（见 `keshi rules list`）或文件"))
    }
    let data = try file.read(upToCount: limit + 1) ?? Data()
    guard data.count <= limit else {
      throw trouble(path, Name("the file has more than \(limit) bytes", "文件超过 \(limit) 字节"))
    }
    return data
  }

  private static func trouble(_ path: String, _ what: Name) -> Trouble {
    Trouble(
      .badInput, "E-RULE-FILE", what, at: Name(same: path), unharmed: Unharmed.everything,
      remedy: Name(
        "`keshi rules show KIND --format json` shows a complete body", "`keshi rules show 类别 --format json` 可显示完整内容"))
  }
}
