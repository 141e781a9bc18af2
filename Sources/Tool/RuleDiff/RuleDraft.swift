import Engine
import Foundation
import Projection
import RuleFiles
import Vocabulary

/// A rule that stands in a file and nowhere else.
enum RuleDraft {
  /// Reads a rule of a kind from a file, as the version that it would be. What it says is checked as a published rule
  /// would be.
  static func read(_ path: String, of kind: RuleKind, as version: Int) throws -> PublishedRule {
    guard let data = FileManager.default.contents(atPath: path) else { throw missing(path) }
    let name = (path as NSString).lastPathComponent
    do throws(RuleFileError) {
      let rule = try RuleFile.read(Array(data), kind: kind, file: name)
      return .candidate(kind.name, version: version, why: Name(same: name), rule.body)
    } catch {
      throw refused(error, path)
    }
  }

  private static func missing(_ path: String) -> Trouble {
    Trouble(
      .noInput, "E-RULE-FILE", Name("the rule file cannot be read", "无法读取规则文件"), at: Name(same: path),
      unharmed: Unharmed.everything, remedy: Name("check the path", "请检查路径"))
  }

  private static func refused(_ error: RuleFileError, _ path: String) -> Trouble {
    Trouble(
      .badInput, error.code, Name(error.message(in: .en), error.message(in: .zh)), at: Name(same: path),
      unharmed: Unharmed.everything, remedy: Name("correct the file and try again", "更正文件后重试"))
  }
}
