public import Vocabulary
import Wire

/// Documents that were shown to people: what they rest on, and the hash by which the paper is known again.
public enum Report: UInt8, Family {
  case issued = 1

  public static let code: UInt8 = 101
  public static let title = Name("Reports", "报告")

  public static let tellsTime = false

  public enum Fact: UInt8, CaseIterable, Sendable {
    case kind = 1
    case position = 2
    case changed = 3
    case fileHash = 4
    case fileBytes = 5
    case asOf = 6
    case language = 7
    case ruleKind = 8
    case ruleFrom = 9
    case ruleTo = 10
  }

  public enum Kind: UInt8, CodeSet {
    case ruleDifference = 1

    public var word: Word {
      switch self {
      case .ruleDifference: Word("rule-difference", "What a change of a rule changes", "规则变更影响")
      }
    }
  }

  public var declaration: Declaration {
    switch self {
    case .issued:
      Declaration(
        "report.issued", "Report issued", "报告签发", on: .report,
        fields: [
          .code("kind", Kind.self, "Kind", "类别").fact(Fact.kind),
          .text("title", "Title", "标题", limit: 500),
          .hash("fileHash", "Hash of the file", "文件哈希").fact(Fact.fileHash),
          .count("fileBytes", "Bytes of the file", "文件字节数", 0...JSON.greatestInteger, .bytes).fact(Fact.fileBytes),
          .text("mediaType", "Kind of the file", "文件类型", limit: 100),
          .text("language", "Language", "语言", limit: 20).optional.fact(Fact.language),
          .count("position", "Newest event on which it rests", "所依据的最新事件").fact(Fact.position),
          .instant("asOf", "As of", "截至").optional.fact(Fact.asOf),
          .text("ruleKind", "Kind of rule", "规则类别", limit: 100).optional.fact(Fact.ruleKind),
          .text("ruleFrom", "Rule before", "原规则", limit: 200).optional.fact(Fact.ruleFrom),
          .hash("ruleFromHash", "Hash of the rule before", "原规则哈希").optional,
          .text("ruleTo", "Rule after", "新规则", limit: 200).optional.fact(Fact.ruleTo),
          .hash("ruleToHash", "Hash of the rule after", "新规则哈希").optional,
          .count("changed", "Subjects whose outcome changes", "结论改变的主体数").optional.fact(Fact.changed),
        ])
    }
  }
}
