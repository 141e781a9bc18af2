import Answers
import ArgumentParser
import Foundation
import Log
import Proofs
import Vocabulary

/// `keshi checkpoint`: signs what the log is.
struct CheckpointCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "checkpoint",
      abstract: Name(
        "Sign how many events the log has, and the root over them.", "签署日志的事件数与根哈希。")[Speech.language],
      discussion: example(
        """
        keshi checkpoint --out acme.note
        keshi checkpoint --since last-year.note --out growth.txt
        keshi checkpoint --timestamp-request stamp.tsq
        """) + "\n\n"
        + Name(
          "Give it to somebody outside: only what somebody else holds binds you. Nothing is signed that contradicts an earlier checkpoint.",
          "请交给外部人员保管：只有他人持有的检查点才有约束力。与先前检查点相矛盾的内容不会被签署。")[Speech.language])
  }

  @Option(help: help("Write the note to this file (else to standard output).", "写入该文件（否则输出到标准输出）。", value: "file"))
  var out: String?

  @Option(
    help: help(
      "Instead of the note, a proof that the log only grew since this one (or since so many events); a witness takes it too.",
      "改为输出自该检查点（或自若干事件）以来日志只增不改的证明；也可交给见证方。", value: "note|size"))
  var since: String?

  @Option(help: help("Add the signatures in this file to the kept checkpoint.", "把该文件中的签名加入已保存的检查点。", value: "file"))
  var cosigned: String?

  @Option(help: help("Also write the tree and the lines as C2SP tiles.", "另将哈希树与各行写为 C2SP 分片。", value: "dir"))
  var tiles: String?

  @Flag(
    help: help(
      "Sign the root by a second hash, SHA3-256, with it: for the day on which SHA-256 is no longer enough.",
      "同时签署第二种哈希（SHA3-256）的根，以备 SHA-256 不再可靠之日。"))
  var secondRoot = false

  @Option(
    help: help("Write a request for a time stamp (RFC 3161) over the checkpoint.", "写出对检查点的时间戳请求（RFC 3161）。", value: "file"))
  var timestampRequest: String?

  @Option(help: help("Keep an authority's answer to such a request.", "保存时间戳机构的答复。", value: "file"))
  var timestamp: String?

  @Option(help: help("Certificates by which the answer is checked.", "用于核对答复的证书。", value: "file"))
  var tsaCa: String?

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let folder = session.folder(keys)
    let signing = Signing(folder)
    try folder.locating {
      if let timestamp { return try attach(timestamp, signing, session.console) }
      let signed = try cosigned.map { try signing.keep(cosigned: OutsideFile.read($0, limit: ProofLimit.noteBytes)) }
      var (issued, tree) = try signed.map { ($0, try signing.tree()) } ?? signing.issue()
      if secondRoot { issued = try signing.issueSecond(issued, tree) }
      if let tiles { try export(issued, tree, to: tiles, session) }
      if let timestampRequest {
        let request = try TimeStamp(shelf: signing.shelf).request(for: issued.checkpoint)
        try OutsideFile.write(request, to: timestampRequest)
      }
      try give(try answer(issued, tree, signing), issued.checkpoint, session)
    }
  }

  private func answer(_ issued: SignedCheckpoint, _ tree: LogTree, _ signing: Signing) throws -> [UInt8] {
    guard let since else { return Array(issued.note.encoded.utf8) }
    if let size = UInt64(since) { return try GrowthProof(since: size, in: tree, to: issued).encoded }
    return try signing.growth(since: OutsideFile.read(since, limit: ProofLimit.noteBytes), to: issued, in: tree)
  }

  private func give(_ bytes: [UInt8], _ checkpoint: Checkpoint, _ session: Session) throws {
    guard let out else { return try session.console.output.write(bytes) }
    try OutsideFile.write(bytes, to: out)
    session.console.remark(
      Name(
        "\(checkpoint.size) events, root \(checkpoint.root.hex): \(out)",
        "\(checkpoint.size) 个事件，根哈希 \(checkpoint.root.hex)：\(out)"))
  }

  private func attach(_ path: String, _ signing: Signing, _ console: Console) throws {
    let answer = try OutsideFile.read(path, limit: 1 << 20)
    let place = "log/" + (try TimeStamp(shelf: signing.shelf).attach(answer, authority: tsaCa))
    console.remark(
      tsaCa == nil
        ? Name(
          "The stamp is about a checkpoint of this log and is kept in \(place). Who gave it was not checked: see --tsa-ca.",
          "该时间戳对应本日志的一个检查点，已保存到 \(place)。未核对签发者：见 --tsa-ca。")
        : Name("The stamp is valid for a checkpoint of this log and is kept in \(place).", "该时间戳对本日志的一个检查点有效，已保存到 \(place)。"))
  }

  private func export(_ signed: SignedCheckpoint, _ tree: LogTree, to folder: String, _ session: Session) throws {
    let bar = ProgressBar(Name("Writing tiles", "写出分片"), on: session.console)
    defer { bar.finish() }
    let size = signed.checkpoint.size
    var export = TileExport { path, bytes in
      let place = URL(fileURLWithPath: folder).appending(path: path)
      try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: place)
    }
    try tree.forEachBlock(from: 0) { block in
      for place in 0..<block.count where block.first + UInt64(place) < size { try export.add(block.line(place)) }
      bar.update(Int64(block.end), of: Int64(size))
    }
    try export.finish()
    try OutsideFile.write(Array(signed.note.encoded.utf8), to: folder + "/checkpoint")
  }
}
