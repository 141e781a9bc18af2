import Answers
import ArgumentParser
import Engine
import Events
import Pages
import Projection
import Vocabulary
import Wire

/// `keshi evidence export --customer|--contract|--dispute ID --out FILE`.
struct EvidenceExportCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "export",
      abstract: Name(
        "Write the events of a customer, a contract or a dispute with proofs, rules, documents and pages.",
        "导出某客户、合同或纠纷的事件，附证明、规则、文件与可读页面。")[Speech.language],
      discussion: example(
        """
        keshi evidence export --contract HT-2025-0042 --out HT-2025-0042.zip
        keshi evidence export --dispute D-7 --documents ./scans --reason "court, case 4711" --out D-7.zip
        python3 verify.py --package HT-2025-0042.zip --key acme.vkey
        """) + "\n\n"
        + Name(
          """
          The file is a ZIP archive; its README.md tells a stranger how to check it with python3 alone. Personal values \
          stay out: withheld.json says which and why. The export is recorded as an event before the file is written. The \
          same request gives the same files, but for custody.json. Without --as-of and --known-at it means: as of the \
          last event about the subject, as the log stood then.
          """,
          """
          文件为 ZIP 压缩包，其中 README.md 说明第三方如何仅用 python3 核验。个人信息不收录，withheld.json 列明何者及原因。\
          导出在写出文件之前即作为事件入账。同一请求所得文件相同，仅 custody.json 除外。不给 --as-of 与 --known-at 时，\
          指截至该主体最后一个事件、按日志当时的样子。
          """)[Speech.language])
  }

  @Argument(
    help: help(
      "About whom or what: customer:ID, contract:ID or dispute:ID; a bare id means a customer.",
      "证据对象：customer:编号、contract:编号或 dispute:编号；只写编号时指客户。", value: "subject"))
  var subject: String?

  @Option(help: help("Everything about this customer.", "该客户的全部事件。", value: "id"))
  var customer: String?

  @Option(help: help("What concerns this contract.", "与该合同有关的事件。", value: "id"))
  var contract: String?

  @Option(help: help("What concerns this dispute and its contract.", "与该纠纷及其合同有关的事件。", value: "id"))
  var dispute: String?

  @Option(help: help("The archive to write.", "要写入的压缩包。", value: "file.zip"))
  var out: String

  @Option(
    help: help(
      "Look here for the documents that events name by SHA-256, under any names.", "在此目录查找事件以 SHA-256 指明的文件（文件名不限）。",
      value: "dir"))
  var documents: String?

  @Flag(help: help("Also print each page as PDF, by Chromium.", "同时用 Chromium 将各页面打印为 PDF。"))
  var pdf = false

  @Option(help: help("What it is for; written into the log and the custody line.", "用途，写入日志与保管记录。", value: "text"))
  var reason: String?

  @OptionGroup var clocks: ClockOptions
  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  static let columns = [
    Column("subject", .text, "About", "主体"), Column("events", .integer, "Events", "事件数"),
    Column("withheld", .integer, "Withheld", "未说明"), Column("documents", .integer, "Documents", "文件数"),
    Column("absent", .integer, "Documents absent", "未收录文件数"), Column("size", .position, "Proved in the first", "所证范围"),
    Column("event", .position, "Recorded as event", "入账事件"), Column("manifest", .text, "Manifest (SHA-256)", "清单（SHA-256）"),
    Column("bytes", .integer, "Bytes", "字节数"), Column("file", .text, "File", "文件"),
  ]

  func run(in session: Session) throws {
    let request = try request()
    let export = try made(request, printer(session), in: session)
    var about = session.circumstances(channel: "cli")
    about.reason = reason
    let taken = try export.taken(by: about, at: session.console.clock.millisecond, to: out, program: "keshi \(Keshi.version)") { event in
      try session.withStore(.write, as: .ruled, keys: keys) { try Recorder($0, about: about).record([event]) }.first
    }
    guard let taken else { return }
    try OutsideFile.write(taken.archive, to: out)
    try give(export.evidence, export.package, taken.receipt, taken.archive.count, in: session)
  }

  /// What is asked for: exactly one subject.
  private func request() throws -> EvidenceRequest {
    let whole = subject.flatMap { Subject($0) }
    let kinds = [EntityKind.customer, .contract, .dispute]
    let kind = kinds.first { $0.word == whole?.kind }
    let given: [(EntityKind, String?)] = [
      (kind ?? .customer, kind == nil ? subject : whole?.id), (.customer, customer), (.contract, contract), (.dispute, dispute),
    ]
    let named = given.compactMap { kind, id in id.map { (kind, $0) } }
    guard named.count == 1 else {
      throw Trouble.usage(
        Name("the evidence is about one customer, one contract or one dispute", "证据须针对一个客户、一份合同或一项纠纷"),
        remedy: Name("name it, such as contract:HT-7, or give one of --customer, --contract, --dispute", "请写明对象（如 contract:HT-7），或给出 --customer、--contract、--dispute 之一"))
    }
    return EvidenceRequest(named[0].0, named[0].1, view: clocks.view)
  }

  /// What prints, where somebody wants PDFs.
  private func printer(_ session: Session) throws -> String? {
    guard pdf else { return nil }
    guard let program = Printing.program(in: session.console.environment["PATH"] ?? "/usr/bin:/bin") else { throw Trouble.noPrinter }
    return program
  }

  private func made(_ request: EvidenceRequest, _ printer: String?, in session: Session) throws -> EvidenceExport {
    let bar = ProgressBar(Name("Hashing", "计算哈希"), on: session.console)
    defer { bar.finish() }
    return try EvidenceExport(
      request, from: session.folder(keys), documents: documents, tell: session.console.remark, progress: { bar.update($0, of: $1) }
    ) { evidence, snapshot in
      let papers = try Page.papers(of: evidence, in: snapshot)
      guard let printer else { return papers }
      bar.finish()
      let bar = ProgressBar(Name("Printing", "打印"), on: session.console)
      defer { bar.finish() }
      return papers + (try Printing.pdfs(of: papers, by: printer) { bar.update($0, of: $1) })
    }
  }

  private func give(
    _ evidence: EvidencePackage, _ package: Package, _ receipt: Acknowledgement, _ bytes: Int, in session: Session
  ) throws {
    let withheld = evidence.withholdings.values.count + evidence.withholdings.lines.count
    let documents = evidence.attachments.found.count + evidence.attachments.absent
    try session.give(
      EvidenceExportCommand.columns,
      [
        .text(evidence.selection.request.subject), .integer(Int64(evidence.selection.events.count)), .integer(Int64(withheld)),
        .integer(Int64(documents)), .integer(Int64(evidence.attachments.absent)),
        .integer(evidence.covered), .integer(receipt.seq), .text(package.manifest.hash),
        .integer(Int64(bytes)), .text(out),
      ])
  }
}
