import ArgumentParser
import Engine
import Log
import Projection
import Proofs
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
  var out: String

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  static let columns = [
    Column("events", .integer, "Events", "事件数"), Column("size", .position, "Of", "检查点事件数"),
    Column("bytes", .integer, "Bytes", "字节数"), Column("file", .text, "File", "文件"),
  ]

  func run(in session: Session) throws {
    let signing = Signing(keys, in: session)
    let (bytes, count, size) = try session.locating {
      if let seq = UInt64(what) { return try one(seq, signing) }
      return try all(signing)
    }
    try OutsideFile.write(bytes, to: out)
    try session.give(
      ProveCommand.columns,
      [.integer(Int64(count)), .integer(Int64(size)), .integer(Int64(bytes.count)), .text(out)])
  }

  private typealias Made = (bytes: [UInt8], count: Int, size: UInt64)

  private func one(_ seq: UInt64, _ signing: Signing) throws -> Made {
    let (signed, tree) = try signing.checkpoint(covering: seq)
    let proof = try EventProof(of: seq, in: tree, by: signed)
    try proof.verify()
    return (proof.encoded, 1, signed.checkpoint.size)
  }

  /// Which events they are, the index says; the lines come from the log itself.
  private func all(_ signing: Signing) throws -> Made {
    var seqs: [UInt64] = []
    var name = what
    try signing.session.withStore(.read) { store in
      let snapshot = try store.snapshot()
      name = try snapshot.resolve(what)
      try snapshot.history(of: what) { seqs.append(UInt64($0.seq)) }
    }
    guard let last = seqs.last else { throw EngineError.unknownSubject(what) }
    let (signed, tree) = try signing.checkpoint(covering: last)
    let bar = ProgressBar(Name("Hashing", "计算哈希"), on: signing.session.console)
    defer { bar.finish() }
    for (done, seq) in seqs.enumerated() where seq < tree.size {  // what is computed here is kept for the proof
      _ = try tree.hash(level: 0, index: seq)
      bar.update(Int64(done), of: Int64(seqs.count))
    }
    let proof = try EventsProof(of: seqs, about: name, in: tree, by: signed)
    try proof.verify()
    return (proof.encoded, seqs.count, signed.checkpoint.size)
  }
}
