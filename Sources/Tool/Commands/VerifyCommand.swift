import ArgumentParser
import Engine
import Log
import Projection
import Proofs
import Vocabulary
import Wire

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

  @OptionGroup var keys: KeysOption
  @OptionGroup var global: GlobalOptions

  private static let verdicts = [
    Word("clean", "Clean", "完好"), Word("torn", "Torn by a crash", "崩溃残留"), Word("damaged", "Damaged", "损坏"),
    Word("forked", "Forked", "分叉"),
  ]

  static let columns = [
    Column("verdict", .text, "Verdict", "结论", words: verdicts), Column("events", .position, "Events", "事件数"),
    Column("root", .text, "Root", "根哈希"), Column("problems", .text, "Problems", "问题"),
    Column("redactions", .text, "Redacted lines", "以哈希代替的行"),
  ]

  func run(in session: Session) throws {
    let bar = ProgressBar(Name("Reading", "读取"), on: session.console)
    let (report, evidence) = try session.locating {
      let policy = try policy(session)
      let report = try Store.verify(at: session.dataPath) { done, all in bar.update(Int64(done), of: Int64(all)) }
      bar.finish()
      return (report, try compare(report, policy, session))
    }
    let vault = report.verdict == .damaged ? nil : try session.withStore(.read, keys: keys) { try $0.verifyVault() }
    let found = vault?.problems ?? []
    var verdict = VerifyCommand.verdict(report, evidence)
    if !found.isEmpty, verdict == VerifyReport.Verdict.clean.rawValue { verdict = VerifyReport.Verdict.damaged.rawValue }
    let problems = report.problems.map(\.json) + evidence.problems.map(\.json) + found.map(\.json)
    try session.give(
      VerifyCommand.columns,
      [
        .text(verdict), .integer(Int64(report.events)), .text(report.root.hex),
        .json(.array(problems.map { JSON.object($0) })),
        report.redactions.isEmpty ? .absent : .json(.array(report.redactions.map { .object($0.json) })),
      ])
    try session.console.output.flush()
    for problem in found { session.console.remark(Trouble(problem).text(in: Speech.language)) }
    explain(report, evidence, on: session.console)
    guard verdict != VerifyReport.Verdict.clean.rawValue else { return }
    throw Ending(status: .differs)
  }

  /// Whose signatures count; `nil` where nobody says so.
  private func policy(_ session: Session) throws -> Policy? {
    guard let key else { return try Signing(KeysFolder(path: ""), in: session).policy() }
    do throws(ProofError) {
      return Policy(log: try VerifierKey(key))
    } catch {
      return try Policy(try OutsideFile.read(key, limit: ProofLimit.keyBytes))
    }
  }

  /// Holds what was kept against the log. A log of which parts cannot be read is compared as far as it can be.
  private func compare(_ report: VerifyReport, _ policy: Policy?, _ session: Session) throws -> EvidenceCheck {
    var check = try EvidenceCheck(session, after: report)
    do {
      try check.compareKept(policy)
      for file in against { try check.compare(file, policy) }
    } catch let error as LogError {
      guard report.verdict == .damaged else { throw error }
      session.console.remark(
        Name("Not everything that was signed could be compared, because the log is damaged.", "日志已损坏，未能与全部已签署内容比对。"))
    }
    if policy == nil, !against.isEmpty {
      session.console.remark(
        Name("Nobody's signature was checked: name the log's key with --key.", "未核对任何签名：请用 --key 指定日志的公钥。"))
    }
    return check
  }

  /// A fork outweighs damage, damage a torn end.
  private static func verdict(_ report: VerifyReport, _ evidence: EvidenceCheck) -> String {
    if evidence.isForked { return VerifyReport.Verdict.forked.rawValue }
    return evidence.problems.isEmpty ? report.contractVerdict : VerifyReport.Verdict.damaged.rawValue
  }

  private func explain(_ report: VerifyReport, _ evidence: EvidenceCheck, on console: Console) {
    for problem in report.problems { console.remark(Trouble(LogError.damaged(problem)).text(in: Speech.language)) }
    for problem in evidence.problems { console.remark(problem.trouble.text(in: Speech.language)) }
    if evidence.agreed > 0 {
      console.remark(
        Name(
          "Kept checkpoints that the log agrees with: \(evidence.agreed).", "与日志相符的已保存检查点：\(evidence.agreed) 个。"))
    }
    guard report.verdict == .torn else { return }
    console.remark(
      Name(
        "A crash left bytes behind the last acknowledged event. Nothing acknowledged is missing; the next command that writes cuts them and keeps a copy.",
        "崩溃在最后一个已确认事件之后留下了字节。已确认的内容没有缺失；下一个写入命令会截去它们并保留副本。"))
  }
}

extension VerifyReport {
  /// The verdict in the words that scripts know. Bytes that are wrong but can be made again are damage to them.
  var contractVerdict: String {
    switch verdict {
    case .clean, .torn, .damaged, .forked: verdict.rawValue
    case .repairable: Verdict.damaged.rawValue
    }
  }
}

extension VaultProblem {
  var json: JSONObject {
    var object: JSONObject = ["kind": .string(kind.rawValue), "lost": 0, "message": .string(what)]
    if let seq { object["seq"] = .int(seq) }
    return object
  }
}

extension Redaction {
  var json: JSONObject { ["seq": .int(Int64(seq)), "leaf": .string(leaf.hex)] }
}

extension Damage {
  /// The damage for programs: where, which kind, and which events cannot be read.
  var json: JSONObject {
    var object: JSONObject = [
      "file": .string(file), "offset": .int(Int64(offset)), "kind": .string(kind.rawValue),
      "lost": .int(Int64(leaves.count)), "message": .string(description),
    ]
    if !leaves.isEmpty {
      object["firstSeq"] = .int(Int64(leaves.lowerBound))
      object["lastSeq"] = .int(Int64(leaves.upperBound) - 1)
    }
    return object
  }
}
