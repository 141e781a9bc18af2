import Answers
import ArgumentParser
import Engine
import Events
import Log
import Vocabulary
import Wire

/// `keshi do COMMAND SUBJECT …`: decides whether something may happen, and records it.
struct DoCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "do",
      abstract: Name(
        "Make something happen: decide by the guards, then record the event.", "办理一件事：先经守则判断，再入账事件。")[Speech.language],
      discussion: example(
        """
        keshi do
        keshi do visit.log --help
        keshi do visit.log customer:C00042 --purpose renewal --duration-min 45 --role SR
        keshi do contract.sign K-7 --party us --doc-hash 9f86… --role LG --dry-run
        """) + "\n\n" + explanation[Speech.language])
  }

  private static let explanation = Name(
    """
    Each type of event is a command; its flags are its fields. `keshi do` lists the commands, `keshi do COMMAND --help` \
    the flags of one. On a terminal, what is missing is asked for.

    Every command also takes: --reason TEXT, --occurred-at T (now where it is missing), --id ID (the same id again is \
    answered with the first receipt), --on-behalf-of NAME, --caused-by ID, --dry-run, and conditions: --expect \
    SUBJECT=VERSION, --unless TYPES@SUBJECT>NUMBER (refuse where such an event came after that number; * for any type).

    A refusal names the guard and the events that stand against it, status 77; a condition that fails, status 75. \
    Nothing is written then.
    """,
    """
    每类事件都是一个命令，其字段即选项。`keshi do` 列出全部命令，`keshi do 命令 --help` 列出其选项。在终端上，缺少的内容会逐项询问。

    每个命令还接受：--reason 原因、--occurred-at 时间（缺省为现在）、--id 编号（同一编号再次出现时返回首次的回执）、\
    --on-behalf-of 姓名、--caused-by 编号、--dry-run，以及条件：--expect 主体=版本、--unless 类型@主体>序号（该序号之后若有此类事件则拒绝；* 表示任何类型）。

    被拒绝时指明守则及相关事件，状态 77；条件不成立，状态 75。两种情况都不写入任何内容。
    """)

  @Argument(
    parsing: .captureForPassthrough,
    help: help("The command, what it is about, and its flags.", "命令、主体及其选项。", value: "command"))
  var words: [String] = []

  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let (words, global) = try DoWords.globals(words)
    let session = global.isEmpty ? session : Session(console: session.console, options: try DoCommand.options(global))
    guard let name = words.first, !name.hasPrefix("-") else {
      if words.contains("--help") || words.contains("-h") { return try DoHelp.all(in: session) }
      guard words.isEmpty else { throw DoWords.unknown(words[0]) }
      return try DoHelp.list(in: session)
    }
    guard let entry = Catalogue.keshi.entry(commanded: name) else { throw DoCommand.unknown(name) }
    if words.contains("--help") || words.contains("-h") { return try DoHelp.one(entry.declaration, in: session) }
    var wish = try DoWords(Array(words.dropFirst()), for: entry.declaration)
    if session.console.inputIsTerminal, session.console.remarksAreTerminal {
      try DoForm(session.console).complete(&wish, role: session.options.role)
    }
    try perform(wish, in: session)
  }

  private func perform(_ words: DoWords, in session: Session) throws {
    let event = try words.event(about: session.circumstances(channel: "cli"), now: session.console.clock.millisecond)
    try session.withStore(words.dryRun ? .read : .write, as: .ruled) { store in
      let result = try store.perform(
        Command([event], if: words.conditions), guards: Guards.all, rehearse: words.dryRun)
      let answer = CommandAnswer(result, isRehearsal: words.dryRun, now: session.console.clock.millisecond)
      try session.rows(CommandAnswer.columns).give(answer.rows)
      if words.dryRun { session.console.remark(Name("Nothing was written; this is what would be.", "未写入任何内容；以上为将要入账的事件。")) }
    }
  }

  private static func options(_ words: [String]) throws -> GlobalOptions {
    do { return try GlobalOptions.parse(words) } catch { throw Trouble(usage: error) }
  }

  private static func unknown(_ name: String) -> Trouble {
    .usage(
      Name("there is no command \"\(name)\"", "没有命令“\(name)”"),
      remedy: Name("`keshi do` lists the commands", "用 `keshi do` 查看全部命令"))
  }
}
