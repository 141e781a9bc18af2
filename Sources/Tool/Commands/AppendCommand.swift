import Answers
import ArgumentParser
import Engine
import Events
import Log
import Vocabulary

/// `keshi append [--expect SUBJECT=VERSION] [--batch]`: events from standard input.
struct AppendCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "append",
      abstract: Name(
        "Record events from standard input, one JSON object a line; print a receipt for each.", "从标准输入记录事件，每行一个 JSON 对象；逐个给出回执。")[
          Speech.language],
      discussion: example(
        """
        keshi append < events.ndjson
        keshi append --batch --expect order:9=2 < events.ndjson
        """) + "\n\n" + explanation[Speech.language])
  }

  private static let explanation = Name(
    """
    A line: {"type":"customer.registered","subject":"customer:4","data":{"name":"Acme"}}

    Further members: occurredAt, a time with zone or a day, now where it is missing; id, the same id again is answered \
    with the first receipt; reason, actor, role and others.

    A receipt is printed when its event is durable. A bad line is told on standard error and ends the command with \
    status 65; the good lines around it are recorded, except with --batch.
    """,
    """
    一行的样子：{"type":"customer.registered","subject":"customer:4","data":{"name":"Acme"}}

    其他成员：occurredAt，带时区的时间或日期，缺省为现在；id，同一 id 再次出现时返回首次的回执；reason、actor、role 等。

    事件落盘后才输出其回执。错误的行报告在标准错误，命令以状态 65 结束；前后正确的行照常入账，--batch 除外。
    """)

  @Option(
    help: help(
      "Refuse all, status 75, unless the subject has so many events; may be given again.", "主体的事件数不符则全部拒绝（状态 75）；可多次给出。",
      value: "subject=version"))
  var expect: [ExpectedVersion] = []

  @Option(help: GuardPolicy.explanation)
  var guards = GuardPolicy.record

  @Flag(help: help("All events as one command: all or none.", "全部事件作为一个命令：全部成功或全部不写。"))
  var batch = false

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let receipts = session.rows(Acknowledgement.columns)
    let (acknowledged, refused) = try session.withStore(.write, keys: keys) { store in
      try take(from: session, into: store, receipts: receipts)
    }
    try receipts.finish()
    if refused > 0 { throw AppendCommand.refusal(of: refused, recorded: acknowledged) }
    if acknowledged == 0 { session.console.remark(Name("No event came.", "没有收到事件。")) }
  }

  private func take(from session: Session, into store: Store, receipts: any RowWriter) throws -> (Int, Int) {
    let recorder = Recorder(store, about: session.circumstances(channel: "cli"), expecting: expect, guards: guards)
    var intake = Intake(
      catalogue: store.catalogue, clock: { session.console.clock.millisecond }, record: { try recorder.record($0) },
      acknowledge: { try receipts.write($0.cells) },
      flush: { try receipts.flush() },
      refuse: { line, trouble in session.console.remark(trouble.line(line, in: session.language)) },
      isStopped: { Interrupt.isRequested })
    Interrupt.listen()
    if batch {
      try intake.runAsOne(from: session.console.input, limit: Log.Limit.batchEvents)
    } else {
      try intake.run(from: session.console.input)
    }
    if Interrupt.isRequested {
      session.console.remark(
        Name("Stopped. Events recorded: \(intake.acknowledged).", "已停止。已入账事件：\(intake.acknowledged)。"))
    }
    return (intake.acknowledged, intake.refused)
  }

  static func refusal(of refused: Int, recorded: Int) -> Trouble {
    Trouble(
      .badInput, "E-APPEND-LINES", Name("lines refused: \(refused); see above", "有 \(refused) 行被拒绝，见上"),
      unharmed: recorded == 0
        ? Unharmed.everything : Name("everything that has a receipt (\(recorded))", "已给出回执的事件（\(recorded) 个）"),
      remedy: Name("correct the lines and append them again", "更正后重新追加这些行"))
  }
}

extension GuardPolicy {
  static var explanation: ArgumentHelp {
    help(
      "strict: refuse what the guards refuse. record: take history as it was, check declarations only.",
      "strict：依守则拒绝。record：照实收录历史，只核对声明。", value: "policy")
  }
}
