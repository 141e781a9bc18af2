import Engine
import Log
import Projection
import Vocabulary
import Wire

/// What comes of verifying a log: its bytes, evidence from elsewhere, the vault of personal values.
public struct VerifyAnswer {
  private let report: VerifyReport
  private let evidence: EvidenceCheck
  private let vault: [VaultProblem]
  private let lines: LineCheck.Found

  /// - Parameters:
  ///   - vault: what is wrong between lines, vault and keys; of a damaged log nobody knows.
  ///   - lines: which lines are no events; nothing where nobody read them as such.
  public init(_ report: VerifyReport, _ evidence: EvidenceCheck, vault: [VaultProblem], lines: LineCheck.Found) {
    (self.report, self.evidence, self.vault, self.lines) = (report, evidence, vault, lines)
  }

  private static let verdicts = [
    Word("clean", "Clean", "完好"), Word("torn", "Torn by a crash", "崩溃残留"), Word("damaged", "Damaged", "损坏"),
    Word("forked", "Forked", "分叉"),
  ]

  public static let columns = [
    Column("verdict", .text, "Verdict", "结论", words: verdicts), Column("events", .position, "Events", "事件数"),
    Column("root", .text, "Root", "根哈希"), Column("problems", .text, "Problems", "问题"),
    Column("redactions", .text, "Redacted lines", "以哈希代替的行"), Column("unknown", .text, "Lines that are no known event", "非已知事件的行"),
  ]

  /// `clean`, `torn`, `damaged` or `forked`. A fork outweighs damage, damage a torn end. A line that two programs could
  /// read in two ways is damage, as the auditor's own verifier has it; one that this program does not know is none.
  public var verdict: String {
    if evidence.isForked { return VerifyReport.Verdict.forked.rawValue }
    let verdict = evidence.problems.isEmpty ? report.contractVerdict : VerifyReport.Verdict.damaged.rawValue
    if lines.unreadable > 0 { return VerifyReport.Verdict.damaged.rawValue }
    return !vault.isEmpty && verdict == VerifyReport.Verdict.clean.rawValue ? VerifyReport.Verdict.damaged.rawValue : verdict
  }

  public var isClean: Bool { verdict == VerifyReport.Verdict.clean.rawValue }

  public var cells: [Cell] {
    let problems = report.problems.map(\.json) + evidence.problems.map(\.json) + vault.map(\.json) + unreadable.map(\.json)
    return [
      .text(verdict), .integer(Int64(report.events)), .text(report.root.hex),
      .json(.array(problems.map { JSON.object($0) })),
      report.redactions.isEmpty ? .absent : .json(.array(report.redactions.map { .object($0.json) })),
      unknown.isEmpty ? .absent : .json(.array(unknown.map { .object($0.json) })),
    ]
  }

  private var unreadable: [LineProblem] { lines.problems.filter { $0.kind == .unreadable } }
  private var unknown: [LineProblem] { lines.problems.filter { $0.kind == .unknown } }

  /// Each problem as a person is told it: of the vault, of the bytes, of the evidence.
  public var troubles: [Trouble] {
    vault.map { Trouble($0) } + report.problems.map { Trouble(LogError.damaged($0)) } + evidence.problems.map(\.trouble)
      + unreadable.map(\.trouble)
  }

  /// What else a person should know.
  public var notes: [Name] {
    var notes: [Name] = []
    if evidence.agreed > 0 {
      notes.append(
        Name(
          "Kept checkpoints that the log agrees with: \(evidence.agreed).", "与日志相符的已保存检查点：\(evidence.agreed) 个。"))
    }
    if evidence.agreedReceipts > 0 {
      notes.append(
        Name("Kept receipts that the log bears out: \(evidence.agreedReceipts).", "与日志相符的已保存回执：\(evidence.agreedReceipts) 张。"))
    }
    if lines.unreadable > unreadable.count {
      notes.append(Name("Lines that cannot be read, in all: \(lines.unreadable).", "无法解读的行共 \(lines.unreadable) 行。"))
    }
    if let first = unknown.first {
      notes.append(
        Name(
          "Lines that are what was acknowledged and no event to this program: \(lines.unknown), the first of them \(first.seq): \(first.why.message(in: .en)). A later program may have written them.",
          "与确认时一致、但本程序不认识的行：\(lines.unknown) 行，首行为 \(first.seq)：\(first.why.message(in: .zh))。可能由较新的程序写入。"))
    }
    if report.verdict == .torn {
      notes.append(
        Name(
          "A crash left bytes behind the last acknowledged event. Nothing acknowledged is missing; the next command that writes cuts them and keeps a copy.",
          "崩溃在最后一个已确认事件之后留下了字节。已确认的内容没有缺失；下一个写入命令会截去它们并保留副本。"))
    }
    return notes
  }
}

extension VerifyReport {
  /// The verdict in the words that scripts know. Bytes that are wrong but can be made again are damage to them.
  public var contractVerdict: String {
    switch verdict {
    case .clean, .torn, .damaged, .forked: verdict.rawValue
    case .repairable: Verdict.damaged.rawValue
    }
  }
}

extension VaultProblem {
  fileprivate var json: JSONObject {
    var object: JSONObject = ["kind": .string(kind.rawValue), "lost": 0, "message": .string(what)]
    if let seq { object["seq"] = .int(seq) }
    return object
  }
}

extension LineProblem {
  fileprivate var json: JSONObject {
    ["kind": .string(kind.rawValue), "lost": 0, "message": .string(why.message(in: .en)), "code": .string(why.code), "seq": .int(seq)]
  }

  fileprivate var trouble: Trouble {
    Trouble(
      .differs, "E-VERIFY-LINE",
      Name("the line can be read in more than one way: \(why.message(in: .en))", "该行可有多种读法：\(why.message(in: .zh))"),
      at: Name("event \(seq)", "事件 \(seq)"), unharmed: Name("every byte is what was acknowledged", "每个字节都与确认时一致"),
      remedy: Name("no version of Keshi writes such a line; find out what did", "客史不会写入这样的行；请查明来源"))
  }
}

extension Redaction {
  fileprivate var json: JSONObject { ["seq": .int(Int64(seq)), "leaf": .string(leaf.hex)] }
}

extension Damage {
  /// The damage for programs: where, which kind, and which events cannot be read.
  public var json: JSONObject {
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
