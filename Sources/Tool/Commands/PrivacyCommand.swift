import Answers
import ArgumentParser
import Engine
import Pages
import Projection
import Vocabulary
import Wire

/// `keshi privacy …`: what a person may ask, and what must be said of it.
struct PrivacyCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "privacy",
      abstract: Name(
        "Give a person the copy of what is held about them; the record of processing; disposal.", "向个人提供所保存信息的副本；个人信息处理活动记录；到期处置。")[
          Speech.language],
      discussion: example(
        """
        keshi privacy package customer:C00042 --person "李薇" --out li-wei.zip
        keshi privacy processing --page processing.html
        keshi privacy dispose list
        """) + "\n\n"
        + Name(
          """
          A request is recorded by `keshi do privacy.request`, decided by `keshi do privacy.fulfil` (a granted `restrict` \
          keeps the person out of campaigns), a wrong value corrected by `event.corrected`, all of it erased by \
          `keshi erase`. `keshi show privacy` lists requests with their clocks, `keshi show retention` what is kept \
          until when, and `keshi privacy dispose` destroys what is over.
          """,
          """
          行权申请用 `keshi do privacy.request` 入账，用 `keshi do privacy.fulfil` 办理（限制处理获准后，营销活动不得再联系其本人）；\
          有误的内容以 `event.corrected` 更正，全部删除用 `keshi erase`。`keshi show privacy` 列出申请及时限，`keshi show retention` 列出各类档案的保管期限，`keshi privacy dispose` 处置到期内容。
          """)[Speech.language],
      subcommands: [PrivacyPackageCommand.self, PrivacyProcessingCommand.self, DisposeCommand.self])
  }
}

/// `keshi privacy package SUBJECT [--person NAME] --out FILE`.
struct PrivacyPackageCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "package",
      abstract: Name("Write the copy that a person may ask for.", "导出个人有权获取的信息副本。")[Speech.language],
      discussion: example(
        """
        keshi privacy package customer:C00042 --person "李薇" --out li-wei.zip
        keshi privacy package customer:C00042 --person K-2 --request 133605 --reason "letter of 3 March" --out k2.zip
        """) + "\n\n"
        + Name(
          """
          The archive holds pages in both languages and personal.json. Give --person, a name or a contact's number, where \
          several people are known at a customer: they must not see each other. The export is recorded before the file is \
          written; with --request the request is recorded as answered by it.
          """,
          """
          压缩包含中英文页面与 personal.json。同一客户有多名联系人时请给出 --person（姓名或联系人编号）：彼此的信息不得互见。\
          导出在写出文件之前入账；给出 --request 时，同时记录该申请已以此副本办理。
          """)[Speech.language])
  }

  @Argument(help: help("kind:id; a bare id means a customer.", "类别:编号；只写编号时指客户。", value: "subject"))
  var subject: String

  @Option(help: help("Only what names this person: a name, or a contact's number.", "仅含提及此人的信息：姓名或联系人编号。", value: "name"))
  var person: String?

  @Option(help: help("The archive to write.", "要写入的压缩包。", value: "file.zip"))
  var out: String

  @Option(help: help("The request that it answers, by its number.", "所办理申请的事件序号。", value: "seq"))
  var request: Int64?

  @Option(help: help("Why; written into the log.", "原因，写入日志。", value: "text"))
  var reason: String?

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  static let columns = [
    Column("subject", .text, "Held at", "所属主体"), Column("events", .integer, "Events", "事件数"),
    Column("event", .position, "Recorded as event", "入账事件"), Column("manifest", .text, "Manifest (SHA-256)", "清单（SHA-256）"),
    Column("file", .text, "File", "文件"),
  ]

  func run(in session: Session) throws {
    let now = session.console.clock.millisecond
    var about = session.circumstances(channel: "cli")
    about.reason = reason ?? Name("copy asked for by the person", "应本人要求提供副本")[session.language]
    let (copy, package, receipt) = try session.withStore(.write, as: .ruled, keys: keys) { store in
      let copy = try PersonalCopy(subject, person: person, in: store)
      let package = try copy.package(with: Page.papers(of: copy))
      var events = [try copy.taken(package, at: now, to: out)]
      if let request { events.append(try copy.fulfilled(request, package, at: now, in: store.snapshot())) }
      for place in events.indices { events[place].about = about }
      return (copy, package, try Recorder(store, about: about).record(events).first)
    }
    guard let receipt else { return }
    let custody = custody(receipt, about, at: now.description)
    try OutsideFile.write(package.archive(custody: custody), to: out)
    try session.give(
      PrivacyPackageCommand.columns,
      [
        .text(copy.subject), .integer(Int64(copy.items.count)), .integer(receipt.seq), .text(package.manifest.hash), .text(out),
      ])
    if person == nil {
      session.console.remark(
        Name("Without --person it holds what is known about everybody there.", "未给 --person：副本含该主体名下所有人的信息。"))
    }
  }

  private func custody(_ receipt: Acknowledgement, _ about: Circumstances, at time: String) -> JSONObject {
    var line: JSONObject = [
      "exportedAt": .string(time), "program": .string("keshi \(Keshi.version)"),
      "recorded": ["event": .int(receipt.seq), "leaf": .string(receipt.leaf)],
    ]
    line["exportedBy"] = about.actor.map { .string($0) }
    return line
  }
}

/// `keshi privacy processing [--page FILE]`.
struct PrivacyProcessingCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "processing",
      abstract: Name(
        "The record of processing: what personal values are taken, for what, by whom, how long.", "个人信息处理活动记录：处理何种信息、目的、角色与期限。")[
          Speech.language],
      discussion: example(
        """
        keshi privacy processing
        keshi privacy processing --page processing.html --lang zh
        """))
  }

  @Option(help: help("Also write a page to print.", "同时写出可打印的页面。", value: "file.html"))
  var page: String?

  @OptionGroup var clocks: ClockOptions
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let record = try session.withStore(.read) { try ProcessingRecord(view: clocks.view, in: $0) }
    if let page { try OutsideFile.write(Array(Page.processing(record, in: session.language).html.utf8), to: page) }
    try session.rows(ProcessingRecord.columns).give(record.rows(in: session.language))
    for measure in ProcessingRecord.measures { session.console.remark(measure) }
  }
}
