import Engine
import Projection
import RuleFiles
import Vocabulary

extension Trouble {
  /// A rule file with faults, each with its line.
  public init(_ error: RuleFileError) {
    let count = error.problems.count
    let (en, zh) = (error.message(in: .en), error.message(in: .zh))
    let trouble = Trouble(
      .badInput, error.code,
      Name("the rule file cannot be used, it has \(count) \(count == 1 ? "fault" : "faults")", "规则文件有 \(count) 处错误"),
      unharmed: Unharmed.everything,
      remedy: Name(
        "correct the lines; `keshi rules show KIND --format yaml` gives a file that is right",
        "请更正所列各行；`keshi rules show 类别 --format yaml` 可给出正确的文件"))
    self = trouble.listing(zip(en.split(separator: "\n"), zh.split(separator: "\n")).map { Name(String($0), String($1)) })
  }

  /// A version that is not taken.
  public init(_ refusal: RuleRefusal) {
    let (kind, code, what, remedy) = Trouble.told(refusal)
    self.init(kind, code, what, unharmed: Unharmed.everything, remedy: remedy)
  }

  private typealias Told = (Kind, String, Name, Name)

  private static func told(_ refusal: RuleRefusal) -> Told {
    switch refusal {
    case .ownApproval(let name):
      (
        .notPermitted, "E-RULE-APPROVAL",
        Name("\(name) wrote this version and cannot approve it too", "\(name) 是提出人，不能批准自己的规则"),
        Name("let another person approve it", "请由另一人批准")
      )
    case .noActor:
      (
        .usage, "E-RULE-ACTOR", Name("who wrote or approved the version is not said", "未写明提出人或批准人"),
        Name("give names with --actor and --approved-by", "请用 --actor 和 --approved-by 写明姓名")
      )
    case .notLater(let effective, let rule):
      (
        .badInput, "E-RULE-DATE",
        Name(
          "the version would begin on \(effective), but \(rule.label) begins on \(rule.rule.effective)",
          "新版本自 \(effective) 生效，而 \(rule.label) 自 \(rule.rule.effective) 生效"),
        Name("choose a later time with --from", "请用 --from 给出更晚的时间")
      )
    default: toldOfVersion(refusal)
    }
  }

  private static func toldOfVersion(_ refusal: RuleRefusal) -> Told {
    switch refusal {
    case .sameBody(let rule, true):
      return (
        .badInput, "E-RULE-SAME", Name("\(rule.label) says the same already", "\(rule.label) 的内容与此完全相同"),
        Name("change a value, or leave the rule as it is", "请修改取值，或保持现行规则")
      )
    case .sameBody(let rule, false):
      return (
        .badInput, "E-RULE-SAME", Name("\(rule.label) said the same before", "\(rule.label) 曾有相同内容"),
        Name("add --again to return to it as a new version", "如要恢复该内容，请加 --again 作为新版本发布")
      )
    case .overtaken(let proposal, let rule):
      return (
        .badInput, "E-RULE-DATE",
        Name(
          "\(rule.label) was published after \(proposal.draft.label) was proposed",
          "\(proposal.draft.label) 提出之后已发布 \(rule.label)"),
        Name("propose it again", "请重新提出")
      )
    case .noProposal(let kind, let version):
      return (
        .unknownName, "E-RULE-PROPOSAL",
        version.map { Name("\(kind)@\($0) does not wait for a decision", "\(kind)@\($0) 没有待批准的提案") }
          ?? Name("no version of \(kind) waits for a decision", "\(kind) 没有待批准的提案"),
        Name("`keshi rules list` lists what waits", "用 `keshi rules list` 查看待批准的提案")
      )
    case .ownApproval, .noActor, .notLater: return told(refusal)
    }
  }
}
