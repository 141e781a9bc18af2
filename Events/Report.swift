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
    case report = 2
    case evidencePackage = 3
    case statement = 4

    public var word: Word {
      switch self {
      case .ruleDifference: Word("rule-difference", "What a change of a rule changes", "规则变更影响")
      case .report: Word("report", "Report", "报表")
      case .evidencePackage: Word("evidence-package", "Evidence package", "证据包")
      case .statement: Word("statement", "Statement", "对账单或说明")
      }
    }
  }

  /// A version of a rule, and the hash of what it says.
  static let rule: Field.Kind = .record([
    .text("rule", "Rule", "规则", limit: 200), .hash("hash", "Hash", "哈希"),
  ])

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
          .text("report", "Report", "报告名称", limit: 100).optional,
          .text("period", "Period", "期间", limit: 20).optional,
          .list("models", of: .text(limit: 100), "Read models it was made of", "所用读模型", limit: 100).optional,
          .list("rules", of: Report.rule, "Rules by which was judged", "所依规则", limit: 100).optional,
          .count("rows", "Rows", "行数").optional,
          .text("about", "What it is about", "所述对象", limit: 300).optional,
          .text("recipient", "Given to", "接收方", limit: 200).optional,
          .text("purpose", "For what", "用途", limit: 500).optional,
        ]
      ).by(.auditor, .salesManager, .legal, .process, .dataSecurity)
        .meaning(
          "A paper that went out, with all that it takes to make it again: the same events, rules and times give the same bytes.",
          "已签发的文件，附重新生成所需的一切：同样的事件、规则与时点给出同样的字节。")
    }
  }
}
