import Answers
import ArgumentParser
import Engine
import Events
import Projection
import Vocabulary

/// `keshi privacy dispose …`: personal values whose time is over, by four eyes.
struct DisposeCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "dispose",
      abstract: Name("Dispose of personal values whose time is over, by four eyes.", "经双人复核处置到期的个人信息。")[Speech.language],
      discussion: example(
        """
        keshi privacy dispose list
        keshi privacy dispose request contacts --actor wang --role DO
        keshi do approval.decide approval:disposal-… --verdict approve --actor li --role LG
        keshi privacy dispose execute disposal-… --actor wang --role DO
        """) + "\n\n"
        + Name(
          """
          The rule `retention` says which class of records is kept for how long. When that is over, the keys of the \
          personal values of the class are destroyed and the values leave the files; lines, roots and proofs stay. The \
          list that was decided about is kept in certificates/ for ever. A legal hold forbids it, and so does another \
          class that is kept longer and whose values the same keys open. Time is counted to now.
          """,
          """
          规则 `retention` 规定各类档案的保管期限。期满后销毁该类个人信息的密钥，内容从文件中移除；行、根与证明保持不变。\
          经批准的清单永久保存在 certificates/。法律保全期间禁止处置；同一密钥还对应保管期更长的其他类别时也不得处置。期限计算至当前时间。
          """)[Speech.language],
      subcommands: [DisposeListCommand.self, DisposeRequestCommand.self, DisposeExecuteCommand.self])
  }
}

struct DisposeListCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list",
      abstract: Name("What is over, and what stands against its disposal.", "列出到期内容及不得处置的原因。")[Speech.language],
      discussion: example("keshi privacy dispose list contacts"))
  }

  @Argument(help: help("Only this class of the rule `retention`.", "只列规则 `retention` 的此类别。", value: "class"))
  var recordClass: String?

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let disposal = try session.withStore(.read, keys: keys) { store in
      try Disposal(of: recordClass, in: store, at: session.console.clock.millisecond)
    }
    try session.rows(Disposal.columns).give(disposal.rows)
    if disposal.rows.isEmpty { session.console.remark(Name("Nothing is kept longer than the rule `retention` says.", "没有超过规则 `retention` 所定期限的内容。")) }
  }
}

struct DisposeRequestCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "request",
      abstract: Name("Ask another person to decide about a list of what may go.", "就可处置清单提请他人决定。")[Speech.language],
      discussion: example("keshi privacy dispose request contacts customer:C00042 customer:C00043 --actor wang --role DO"))
  }

  @Argument(help: help("The class of the rule `retention`.", "规则 `retention` 的类别。", value: "class"))
  var recordClass: String

  @Argument(help: help("Only these; else all that may go.", "只处置这些对象；缺省为全部可处置者。", value: "subject"))
  var subjects: [String] = []

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  static let columns = [
    Column("id", .text, "Disposal", "处置"), Column("request", .position, "Request", "申请"),
    Column("subjects", .integer, "Subjects", "对象数"), Column("keys", .integer, "Keys", "密钥数"),
  ]

  func run(in session: Session) throws {
    let now = session.console.clock.millisecond
    let (order, request) = try session.withStore(.write, keys: keys) { store in
      let snapshot = try store.snapshot()
      let accounts = try subjects.map { try snapshot.resolve($0) }
      let order = try DisposalOrder(Disposal(of: recordClass, in: store, at: now), of: recordClass, accounts: accounts)
      return (order, try order.ask(session.circumstances(channel: "cli"), at: now, in: store))
    }
    let count = order.items.reduce(0) { $0 + $1.owners.count }
    try session.give(
      DisposeRequestCommand.columns,
      [.text(order.id), .integer(request), .integer(Int64(order.items.count)), .integer(Int64(count))])
    session.console.remark(
      Name(
        "Another person decides: keshi do approval.decide approval:\(order.id) --verdict approve --role DO|LG",
        "请他人决定：keshi do approval.decide approval:\(order.id) --verdict approve --role DO|LG"))
  }
}

struct DisposeExecuteCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "execute",
      abstract: Name("Destroy what was decided about, and record it.", "执行经批准的处置并入账。")[Speech.language],
      discussion: example("keshi privacy dispose execute disposal-9f86d081884c7d65 --actor wang --role DO"))
  }

  @Argument(help: help("The disposal, as `request` named it.", "`request` 给出的处置编号。", value: "disposal"))
  var id: String

  @Option(help: help("Why; written into the log.", "原因，写入日志。", value: "text"))
  var reason: String?

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let about = try session.reasoned(reason ?? Name("the time of retention is over", "保管期满")[session.language], channel: "cli")
    let outcome = try session.withStore(.write, keys: keys) { store in
      try DisposalOrder(id, in: store).execute(about, at: session.console.clock.millisecond, in: store)
    }
    try session.give(DisposalOutcome.columns, outcome.row)
  }
}
