import Answers
import ArgumentParser
import Engine
import Events
import Projection
import Vocabulary

/// `keshi prove SUBJECT|SEQ --out FILE`: a proof that needs neither the log nor Keshi.
struct ProveCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "prove",
      abstract: Name(
        "Write a proof that one event, or all events of a subject, are in the log.", "写出某个事件或某主体全部事件在日志中的证明。")[
          Speech.language],
      discussion: example(
        """
        keshi prove 133605 --out event.tlog-proof
        keshi prove customer:C00042 --out C00042.proof
        keshi prove customer:C00042 --package ./for-the-auditor
        """) + "\n\n"
        + Name(
          "The file holds the events, the hashes and a signed checkpoint. Check it with `keshi verify --against FILE`, or without Keshi: python3 verify.py --proof FILE --key PUB. That no event is missing it cannot prove.",
          "文件含事件、哈希与已签署的检查点。用 `keshi verify --against 文件` 核对，或不用客史：python3 verify.py --proof 文件 --key 公钥。它无法证明没有遗漏事件。")[
            Speech.language])
  }

  @Argument(
    help: help("kind:id of a subject, or the number of an event.", "主体的 类别:编号，或事件的序号。", value: "subject|seq"))
  var what: String

  @Option(help: help("The file to write.", "要写入的文件。", value: "file"))
  var out: String?

  @Option(
    help: help(
      "An empty folder for the proof with all that its check needs: checkpoint, verifier, guide.",
      "写入空目录：证明及核对所需的一切（检查点、校验程序、说明）。", value: "dir"))
  var package: String?

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  static let columns = [
    Column("events", .integer, "Events", "事件数"), Column("size", .position, "Of", "检查点事件数"),
    Column("bytes", .integer, "Bytes", "字节数"), Column("file", .text, "File", "文件"),
  ]

  func run(in session: Session) throws {
    guard out != nil || package != nil else {
      throw Trouble.usage(
        Name("nothing says where the proof goes", "未指定证明写到哪里"), remedy: Name("give --out FILE or --package DIR", "请给出 --out 或 --package"))
    }
    let folder = session.folder(keys)
    let signing = Signing(folder)
    let proof = try folder.locating {
      if let seq = UInt64(what) { return try signing.proof(of: seq) }
      let history = try session.withStore(.read) { try SubjectHistory(of: what, in: $0.snapshot()) }
      let bar = ProgressBar(Name("Hashing", "计算哈希"), on: session.console)
      defer { bar.finish() }
      return try signing.proof(ofAll: history) { bar.update($0, of: $1) }
    }
    session.record(
      AccessRecord(
        query: "prove " + what, subject: UInt64(what) == nil ? what : nil, grade: .internal, rows: Int(proof.count),
        destination: out ?? package, bytes: proof.bytes), keys: keys)
    if let out { try OutsideFile.write(proof.bytes, to: out) }
    if let package { try folder.locating { try ProofFolder.write(proof, by: signing, to: package) } }
    let file = out ?? "\(package ?? "")/\(ProofFolder.proofName)"
    try session.give(
      ProveCommand.columns,
      [.integer(Int64(proof.count)), .integer(Int64(proof.size)), .integer(Int64(proof.bytes.count)), .text(file)])
  }
}
