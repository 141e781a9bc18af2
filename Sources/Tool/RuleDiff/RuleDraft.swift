import Engine
import Foundation
import Projection
import Vocabulary
import Wire

/// A rule that stands in a file and nowhere else.
struct RuleDraft {
  let kind: String
  let body: JSONObject
  /// The file's name without its folder.
  let name: String

  /// Reads a rule of a kind from a file. What it says is checked as a published rule would be.
  static func read(_ path: String, for projection: AnyProjection) throws -> RuleDraft {
    let kind = projection.ruleKind ?? ""
    guard let data = FileManager.default.contents(atPath: path) else { throw missing(path) }
    let name = (path as NSString).lastPathComponent
    do {
      guard var object = try JSON(parsing: Array(data).span).object else {
        throw EventError(.wrongKind(expected: Name("an object", "对象"), found: Name("something else", "其他内容")))
      }
      if object["kind"]?.string == kind { object["kind"] = nil }
      try Field.check(object, against: projection.ruleFields, at: name)
      return RuleDraft(kind: kind, body: object, name: name)
    } catch let error as JSONError {
      throw refused(path, Name("not valid JSON (\(error))", "不是有效的 JSON（\(error)）"))
    } catch let error as EventError {
      throw refused(path, Name(error.message(in: .en), error.message(in: .zh)))
    }
  }

  private static func missing(_ path: String) -> Trouble {
    Trouble(
      .noInput, "E-RULE-FILE", Name("the rule file cannot be read", "无法读取规则文件"), at: Name(same: path),
      unharmed: Unharmed.everything, remedy: Name("check the path", "请检查路径"))
  }

  private static func refused(_ path: String, _ what: Name) -> Trouble {
    Trouble(
      .configuration, "E-RULE-FILE", what, at: Name(same: path), unharmed: Unharmed.everything,
      remedy: Name("correct the file and try again", "更正文件后重试"))
  }
}
