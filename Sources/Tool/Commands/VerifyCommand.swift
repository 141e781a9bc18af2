import Answers
import ArgumentParser
import Engine
import Log
import Proofs
import Vocabulary

/// `keshi verify`: reads every byte of the log.
struct VerifyCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "verify",
      abstract: Name(
        "Read every byte of the log and say whether it is what was acknowledged.", "读取日志的每个字节，判断是否与确认时一致。")[Speech.language],
      discussion: example(
        """
        keshi verify --data ./acme
        keshi verify --against last-year.note --key acme.vkey
        keshi verify --lines
        """) + "\n\n"
        + Name(
          "The verdict is clean, torn (a crash left bytes that were never acknowledged), damaged or forked. Status 2 unless clean.",
          "结论为 clean（完好）、torn（崩溃留下未确认的字节）、damaged（损坏）或 forked（分叉）。非 clean 时状态为 2。")[Speech.language])
  }

  @Option(
    help: help(
      "Also hold the log against a checkpoint, a proof or receipts that were kept elsewhere; may be given again.",
      "同时与他处保存的检查点、证明或回执比对；可多次给出。", value: "file"))
  var against: [String] = []

  @Option(
    help: help(
      "Whose signatures count: a public key, or a file with keys or a C2SP policy (else policy.txt in the log).",
      "采信谁的签名：公钥，或含公钥或 C2SP 策略的文件（否则用日志中的 policy.txt）。", value: "key|file"))
  var key: String?

  @Flag(
    help: help(
      "Also read every line as an event, which takes ten times as long: is it one, and can it be read in one way only?",
      "同时把每一行按事件解读（约需十倍时间）：是否为事件，且只有一种读法。"))
  var lines = false

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  func run(in session: Session) throws {
    let folder = session.folder(keys)
    let bar = ProgressBar(Name("Reading", "读取"), on: session.console)
    let (report, evidence) = try folder.locating {
      let policy = try policy(folder)
      let report = try Store.verify(at: folder.path) { done, all in bar.update(Int64(done), of: Int64(all)) }
      bar.finish()
      return (report, try compare(report, policy, folder, session.console))
    }
    let (vault, lines) = report.verdict == .damaged ? ([], LineCheck.Found()) : try readValues(session)
    let answer = VerifyAnswer(report, evidence, vault: vault, lines: lines)
    try session.give(VerifyAnswer.columns, answer.cells)
    try session.console.output.flush()
    for trouble in answer.troubles { session.console.remark(trouble.text(in: session.language)) }
    for note in answer.notes { session.console.remark(note) }
    if !answer.isClean { throw Ending(status: .differs) }
  }

  /// Whether the vault has what the lines commit to, and where that is asked for what they say.
  private func readValues(_ session: Session) throws -> ([VaultProblem], LineCheck.Found) {
    let bar = ProgressBar(Name("Understanding", "解读"), on: session.console)
    defer { bar.finish() }
    return try session.withStore(.read, keys: keys) { store in
      let lines = lines ? try store.verifyLines { done, all in bar.update(done, of: all) } : LineCheck.Found()
      return (try store.verifyVault().problems, lines)
    }
  }

  /// Whose signatures count; `nil` where nobody says so.
  private func policy(_ folder: DataFolder) throws -> Policy? {
    guard let key else { return try Signing(folder).policy() }
    do throws(ProofError) {
      return Policy(log: try VerifierKey(key))
    } catch {
      return try Policy(try OutsideFile.read(key, limit: ProofLimit.keyBytes))
    }
  }

  /// Holds what was kept against the log. A log of which parts cannot be read is compared as far as it can be.
  private func compare(
    _ report: VerifyReport, _ policy: Policy?, _ folder: DataFolder, _ console: Console
  ) throws -> EvidenceCheck {
    var check = try EvidenceCheck(folder, after: report)
    do {
      try check.compareKept(policy)
      for file in against {
        let bytes = try OutsideFile.read(file, limit: ProofLimit.proofBytes)
        if let agreement = try check.compare(bytes, from: file, policy) { console.remark(agreement) }
      }
    } catch let error as LogError {
      guard report.verdict == .damaged else { throw error }
      console.remark(
        Name("Not everything that was signed could be compared, because the log is damaged.", "日志已损坏，未能与全部已签署内容比对。"))
    }
    if policy == nil, !against.isEmpty {
      console.remark(
        Name("Nobody's signature was checked: name the log's key with --key.", "未核对任何签名：请用 --key 指定日志的公钥。"))
    }
    return check
  }
}
