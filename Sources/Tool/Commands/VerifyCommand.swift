import ArgumentParser
import Engine
import Log
import Projection
import Vocabulary
import Wire

/// `keshi verify`: reads every byte of the log.
struct VerifyCommand: KeshiCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "verify",
      abstract: Name(
        "Read every byte of the log and say whether it is what was acknowledged.", "读取日志的每个字节，判断是否与确认时一致。")[Speech.language],
      discussion: example("keshi verify --data ./acme") + "\n\n"
        + Name(
          "The verdict is clean, torn (a crash left bytes that were never acknowledged), damaged or forked. Status 2 unless clean.",
          "结论为 clean（完好）、torn（崩溃留下未确认的字节）、damaged（损坏）或 forked（分叉）。非 clean 时状态为 2。")[Speech.language])
  }

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
    let report = try session.locating {
      try Store.verify(at: session.dataPath) { done, all in bar.update(Int64(done), of: Int64(all)) }
    }
    bar.finish()
    let vault = report.verdict == .damaged ? nil : try session.withStore(.read, keys: keys) { try $0.verifyVault() }
    let problems = report.problems.map { JSON.object($0.json) } + (vault?.problems ?? []).map { JSON.object($0.json) }
    try session.give(
      VerifyCommand.columns,
      [
        .text(vault?.problems.isEmpty ?? true || report.verdict != .clean ? report.contractVerdict : "damaged"), .integer(Int64(report.events)), .text(report.root.hex), .json(.array(problems)),
        report.redactions.isEmpty ? .absent : .json(.array(report.redactions.map { .object($0.json) })),
      ])
    guard report.verdict != .clean || vault?.problems.isEmpty == false else { return }
    try session.console.output.flush()
    for problem in vault?.problems ?? [] { session.console.remark(Trouble(problem).text(in: Speech.language)) }
    explain(report, on: session.console)
    throw Ending(status: .differs)
  }

  private func explain(_ report: VerifyReport, on console: Console) {
    for problem in report.problems { console.remark(Trouble(LogError.damaged(problem)).text(in: Speech.language)) }
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
