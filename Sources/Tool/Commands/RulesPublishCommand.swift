import Answers
import ArgumentParser
import Engine
import Log
import Projection
import RuleFiles
import Vocabulary
import Wire

/// `keshi rules publish KIND FILE`: a new version, in force once a second person has approved it.
struct RulesPublishCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "publish",
      abstract: Name(
        "Publish a new version of a rule from a file, or propose it to a second person.", "由文件发布规则新版本，或提交他人批准。")[
          Speech.language],
      discussion: example(
        """
        keshi rules show churn --format yaml > churn.yaml
        keshi rules publish churn churn.yaml --from 2027-01-01 --why "too late" --approved-by "Li Na"
        keshi rules publish churn churn.yaml --from 2027-01-01 --why "too late"
        keshi rules approve churn --actor "Li Na"
        """) + "\n\n" + explanation[Speech.language])
  }

  private static let explanation = Name(
    """
    With --approved-by the version is published; without, it is proposed and waits for `keshi rules approve` by \
    somebody else. Nobody approves their own. A version begins later than every one before it.
    """,
    "写明 --approved-by 即发布；不写则为提案，等待他人用 `keshi rules approve` 批准。不能批准自己的提案。新版本的生效时间必须晚于此前各版本。")

  @Argument(help: help("A kind of rule, see `keshi rules list`.", "规则类别，见 `keshi rules list`。", value: "kind"))
  var kind: String

  @Argument(help: help("A YAML file; - is standard input.", "YAML 文件；- 为标准输入。", value: "file"))
  var file: String

  @Option(
    help: help(
      "In force from this time, or the beginning of this day (UTC); else from now.", "生效时间，或该日零点（UTC）；缺省为现在。",
      value: "t"))
  var from: StartPoint?

  @Option(help: help("Why; whoever reads the rule reads this.", "缘由；查看规则者都会看到。", value: "text"))
  var why: String

  @Option(help: help("Who decided for it; another person than --actor.", "批准人；不能与 --actor 相同。", value: "name"))
  var approvedBy: String?

  @Option(help: help("What it is expected to change, in words.", "预期影响的文字说明。", value: "text"))
  var expected: String?

  @Option(
    help: help(
      "What `keshi rules whatif --format json` found.", "`keshi rules whatif --format json` 的结果文件。", value: "file"))
  var impact: String?

  @Flag(help: help("Return to what an earlier version said.", "恢复早先版本的内容。"))
  var again = false

  @Flag(help: help("Check everything, record nothing.", "只检查，不写入。"))
  var dryRun = false

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let kind = try RuleKind.named(kind)
    let bytes = try InputFile.read(file, limit: RuleFileLimit.bytes, in: session)
    let rule = try RuleFile.read(bytes, kind: kind, file: file == "-" ? "stdin" : file)
    let impact = try impact.map { path in
      let report = try InputFile.read(path, limit: ImpactReport.byteLimit, in: session)
      return try ImpactReport.counts(of: report, from: path, kind: kind.name, hash: RuleHash.of(rule.body))
    }
    try session.withStore(dryRun ? .read : .write) { store in
      let now = session.console.clock.millisecond
      var wish = RuleWish(
        kind: kind.name, body: rule.body, effective: from?.instant ?? now, why: try reason(), author: session.actor)
      wish.approvedBy = approvedBy
      wish.expectation = expected
      wish.impact = impact
      wish.isReturn = again
      let book = try store.snapshot().ruleBook()
      let place = try book.place(of: wish)
      if wish.effective < now { tellOfPast(wish.effective, session) }
      let event = approvedBy == nil ? wish.proposed(place, at: now) : wish.published(place, at: now)
      try session.record(event, in: store, isRehearsal: dryRun)
    }
    if approvedBy == nil, !dryRun { tellNext(session) }
  }

  private func reason() throws -> String {
    guard let why = why.nonEmpty else {
      throw Trouble.usage(
        Name("--why says nothing", "--why 为空"), remedy: Name("say why the rule changes", "请写明规则变更的缘由"))
    }
    return why
  }

  private func tellOfPast(_ effective: Instant, _ session: Session) {
    session.console.remark(
      Name(
        "\(effective) is past: conclusions about the time since then are judged anew. What was known before stays with --known-at.",
        "\(effective) 已过去：此后时间的结论将按新版本重新判断；此前所见可用 --known-at 查看。"))
  }

  private func tellNext(_ session: Session) {
    session.console.remark(
      Name(
        "Proposed. Another person puts it in force: keshi rules approve \(kind) --actor NAME",
        "已提交提案。由另一人批准后生效：keshi rules approve \(kind) --actor 姓名"))
  }
}

extension Session {
  /// Records an event about a rule, and tells it.
  func record(_ event: Event?, in store: Store, isRehearsal: Bool = false) throws {
    let answer = try RuleAnswer(event, recordedBy: isRehearsal ? nil : Recorder(store, about: circumstances(channel: "cli")))
    try give(RuleAnswer.columns, answer.cells)
    if isRehearsal { console.remark(Name("Nothing was recorded.", "没有写入任何内容。")) }
  }
}
